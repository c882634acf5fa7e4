//! The people of the city: the named ones first, then as many as each department's headcount says.

use super::days::Days;
use super::dice::Dice;
use super::source::{DepartmentLine, PersonLine, Source};
use super::titles::{Titles, hired, titles, without_terminal};
use std::collections::BTreeSet;
use store::entity::person;
use time::Duration;
use uuid::Uuid;

/// Somebody with the departments of this and last year, as places in the list of departments.
pub struct Member {
    pub person: person::Model,
    pub title: String,
    pub now: Option<usize>,
    pub last: Option<usize>,
    /// Heads the department in both years.
    pub head: bool,
    /// From `people.tsv`.
    pub named: bool,
    /// Roles granted by hand.
    pub grants: Vec<String>,
}

impl Member {
    /// Works without a terminal and answers on paper.
    pub fn on_paper(&self) -> bool {
        without_terminal(&self.title)
    }
}

/// Takes names and numbers that nobody has yet.
struct Office<'a> {
    source: &'a Source,
    days: &'a Days,
    names: BTreeSet<String>,
    numbers: BTreeSet<String>,
}

/// Everybody, in 組織順; named people and heads first in their department.
pub fn everybody(source: &Source, days: &Days) -> Vec<Member> {
    let names = source.people.iter().map(|line| line.name.clone()).collect();
    let numbers = source.people.iter().map(|line| line.staff_no.clone()).collect();
    let mut office = Office { source, days, names, numbers };
    let mut members: Vec<Member> = source
        .people
        .iter()
        .filter(|line| line.department.is_empty())
        .map(|line| office.named(line, None))
        .collect();
    for (at, line) in source.departments.iter().enumerate() {
        members.extend(office.department(at, line));
    }
    move_heads(&mut members, source);
    move_staff(&mut members);
    let newcomers = retire_and_hire(&mut members, &mut office);
    members.extend(newcomers);
    members
}

impl Office<'_> {
    fn department(&mut self, at: usize, line: &DepartmentLine) -> Vec<Member> {
        let mut members: Vec<Member> = Vec::new();
        let known: Vec<&PersonLine> =
            self.source.people.iter().filter(|person| person.department == line.department).collect();
        members.extend(known.into_iter().map(|person| self.named(person, Some(at))));
        if !members.iter().any(|member| member.head) {
            let mut head = self.made_up(&line.head_title, "正規", at);
            head.head = true;
            members.insert(0, head);
        }
        members.sort_by_key(|member| !member.head);
        let titles = titles(&line.division, &line.department);
        let temporary = (titles.temporary_share * (line.headcount - 1) as f64).round() as usize;
        let named_temporary = members.iter().filter(|m| m.person.employment == TEMPORARY).count();
        let regular =
            line.headcount.saturating_sub(temporary).saturating_sub(members.len() - named_temporary);
        for number in 0..regular {
            let (title, employment) = self.regular(titles, number, regular, line.headcount);
            members.push(self.made_up(title, employment, at));
        }
        for number in named_temporary..temporary {
            let title = titles.temporary[number % titles.temporary.len()];
            members.push(self.made_up(title, TEMPORARY, at));
        }
        members
    }

    fn regular(
        &self,
        titles: &Titles,
        number: usize,
        of: usize,
        headcount: usize,
    ) -> (&'static str, &'static str) {
        if titles.office && number == 0 && headcount >= 12 {
            return ("課長補佐", "正規");
        }
        if titles.office && number % 6 == 1 {
            return ("係長", "正規");
        }
        if titles.office && number + 1 == of && headcount >= 14 {
            return ("主査", "再任用");
        }
        (titles.regular[number % titles.regular.len()], "正規")
    }

    fn named(&self, line: &PersonLine, at: Option<usize>) -> Member {
        let employment = match line.employment.as_str() {
            "常勤" => "正規",
            "会計年度任用" => TEMPORARY,
            other => other,
        };
        let mail = ![TEMPORARY, OUTSIDE].contains(&employment);
        let head = line.roles.iter().any(|role| role == "manager");
        let grants =
            line.roles.iter().filter(|role| !["staff", "manager", "system_manager"].contains(&role.as_str()));
        Member {
            person: self.person(&line.staff_no, &line.name, &line.kana, employment, mail),
            title: line.title.clone(),
            now: at,
            last: at,
            head,
            named: true,
            grants: grants.cloned().collect(),
        }
    }

    fn made_up(&mut self, title: &str, employment: &str, at: usize) -> Member {
        let serial = self.numbers.len().to_string();
        let mut dice = Dice::of(&["person", &serial]);
        let (name, kana) = self.name(&mut dice);
        let staff_no = match employment {
            TEMPORARY => self.number(700 + i32::try_from(dice.below(7)).unwrap_or(0)),
            "再任用" => self.number(1984 + i32::try_from(dice.below(4)).unwrap_or(0)),
            _ => {
                let (from, to) = hired(title);
                self.number(
                    from + i32::try_from(dice.below(usize::try_from(to - from).unwrap_or(1))).unwrap_or(0),
                )
            }
        };
        let mail = !without_terminal(title) && (employment != TEMPORARY || dice.chance(0.5));
        Member {
            person: self.person(&staff_no, &name, &kana, employment, mail),
            title: title.to_string(),
            now: Some(at),
            last: Some(at),
            head: false,
            named: false,
            grants: Vec::new(),
        }
    }

    fn name(&mut self, dice: &mut Dice) -> (String, String) {
        loop {
            let (Some(surname), Some(given)) =
                (dice.pick(&self.source.surnames), dice.pick(&self.source.given))
            else {
                return (String::new(), String::new());
            };
            let name = format!("{} {}", surname.0, given.0);
            if self.names.insert(name.clone()) {
                return (name, format!("{} {}", surname.1, given.1));
            }
        }
    }

    /// The next free number: a year and a serial number, six digits together.
    fn number(&mut self, prefix: i32) -> String {
        let serial = if prefix < 1000 { 1..1000 } else { 1..100 };
        let width = if prefix < 1000 { 3 } else { 2 };
        let free = serial
            .map(|serial| format!("{prefix}{serial:0width$}"))
            .find(|number| !self.numbers.contains(number));
        match free {
            Some(number) => {
                self.numbers.insert(number.clone());
                number
            }
            None => self.number(prefix + 1),
        }
    }

    fn person(&self, staff_no: &str, name: &str, kana: &str, employment: &str, mail: bool) -> person::Model {
        person::Model {
            id: Uuid::now_v7(),
            staff_no: staff_no.to_string(),
            name: name.to_string(),
            kana: kana.to_string(),
            employment: employment.to_string(),
            email: mail.then(|| format!("s{staff_no}@nagihara.example")),
            since: self.days.at(self.days.april_before(1) + Duration::days(60), 9, 0),
        }
    }
}

/// Somebody no roster of the city knows.
pub const OUTSIDE: &str = "外部";
const TEMPORARY: &str = "会計年度任用職員";

/// Some heads changed places on 1 April.
fn move_heads(members: &mut [Member], source: &Source) {
    let movable: Vec<usize> = (0..members.len())
        .filter(|at| members[*at].head && !members[*at].named && members[*at].title == "課長")
        .filter(|at| members[*at].now.is_some_and(|now| source.departments[now].systems.is_empty()))
        .collect();
    for (one, other) in [(0, 5), (2, 7), (3, 9)] {
        if let (Some(one), Some(other)) = (movable.get(one), movable.get(other)) {
            (members[*one].last, members[*other].last) = (members[*other].now, members[*one].now);
        }
    }
}

/// One in twelve of the regular staff came from another department on 1 April; so did one of the named.
fn move_staff(members: &mut [Member]) {
    let moved: Vec<usize> = (0..members.len())
        .filter(|at| {
            let member = &members[*at];
            !member.head && !member.named && member.person.employment == "正規" && !member.on_paper()
        })
        .step_by(12)
        .collect();
    for (at, from) in moved.iter().zip(moved.iter().skip(1)) {
        members[*at].last = members[*from].now;
    }
    let newcomer = members.iter().position(|member| member.person.staff_no == "202405");
    if let (Some(at), Some(from)) = (newcomer, moved.get(4)) {
        members[at].last = members[*from].now;
    }
}

/// Young staff is new this year, in place of somebody who left.
fn retire_and_hire(members: &mut [Member], office: &mut Office) -> Vec<Member> {
    let new: Vec<usize> = (0..members.len())
        .filter(|at| !members[*at].named && ["主事", "技師", "消防士"].contains(&members[*at].title.as_str()))
        .filter(|at| members[*at].now == members[*at].last)
        .step_by(7)
        .collect();
    let mut gone = Vec::new();
    for at in new {
        let Some(department) = members[at].now else { continue };
        let staff_no = office.number(office.days.fiscal_year);
        office.numbers.remove(&members[at].person.staff_no);
        members[at].person.email = Some(format!("s{staff_no}@nagihara.example"));
        members[at].person.since = office.days.at(office.days.april, 9, 0);
        members[at].person.staff_no = staff_no;
        members[at].last = None;
        let mut left = office.made_up("主査", "正規", department);
        left.now = None;
        gone.push(left);
    }
    gone
}
