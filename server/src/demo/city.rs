//! Departments, posts, grants and credentials.

use super::days::Days;
use super::people::{Member, OUTSIDE, everybody};
use super::rows::{By, Rows};
use super::source::Source;
use anyhow::{Context, Result};
use domain::role::Role;
use serde_json::json;
use store::entity::{credential, department, information_system, person, post, role_grant};
use store::session::sign_in::fold_login;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

/// A department (課) with its division (部).
pub struct Department {
    pub id: Uuid,
    pub name: String,
    pub division_id: Uuid,
    pub division: String,
    pub position: i32,
    pub systems: Vec<String>,
}

/// Who works where.
pub struct City {
    pub departments: Vec<Department>,
    pub members: Vec<Member>,
}

impl City {
    /// Somebody of `people.tsv`.
    ///
    /// # Errors
    /// When nobody has this name.
    pub fn named(&self, name: &str) -> Result<&Member> {
        self.members.iter().find(|member| member.person.name == name).with_context(|| name.to_string())
    }

    /// The place of a department in the list.
    ///
    /// # Errors
    /// When there is no such department.
    pub fn place(&self, name: &str) -> Result<usize> {
        self.departments
            .iter()
            .position(|department| department.name == name)
            .with_context(|| name.to_string())
    }

    /// The people of a department in a year, the head first.
    pub fn of(&self, department: usize, this_year: bool) -> impl Iterator<Item = &Member> {
        let here =
            move |member: &&Member| (if this_year { member.now } else { member.last }) == Some(department);
        let head = self.members.iter().filter(here).filter(|member| member.head);
        head.chain(self.members.iter().filter(here).filter(|member| !member.head))
    }

    /// The head of a department in a year.
    ///
    /// # Errors
    /// When there is none.
    pub fn head(&self, department: usize, this_year: bool) -> Result<&person::Model> {
        let head = self.of(department, this_year).find(|member| member.head);
        head.map(|member| &member.person).context("a department without a head")
    }
}

/// Makes the city and its rows.
///
/// # Errors
/// When the written part contradicts itself.
pub fn build(source: &Source, days: &Days, rows: &mut Rows) -> Result<City> {
    let at = days.at(days.april_before(1) + Duration::days(60), 9, 0);
    let departments = departments(source, days, at, rows);
    let city = City { departments, members: everybody(source, days) };
    let officer = city.named("椎名 航平")?;
    for member in &city.members {
        let by = By { person: &officer.person, at: member.person.since };
        note(&city, member, &by, days, rows);
        rows.person.push(member.person.clone());
        posts(&city, member, days, rows);
        grants(member, at, days, rows);
    }
    Ok(city)
}

/// Who was added with which post, and who moved on 1 April.
fn note(city: &City, member: &Member, by: &By, days: &Days, rows: &mut Rows) {
    let name =
        |at: Option<usize>| at.and_then(|at| city.departments.get(at)).map(|department| &department.name);
    let (last, now) = (name(member.last), name(member.now));
    let payload = json!({ "after": {
        "staff_no": member.person.staff_no, "name": member.person.name,
        "department": last.or(now), "title": member.title,
    } });
    rows.note(by, "person", member.person.id, "person.added", payload);
    if last.is_some() && last != now {
        let by = By { person: by.person, at: days.at(days.april, 9, 0) };
        let payload = json!({ "before": { "department": last }, "after": { "department": now } });
        rows.note(&by, "person", member.person.id, "person.moved", payload);
    }
}

fn departments(source: &Source, days: &Days, at: OffsetDateTime, rows: &mut Rows) -> Vec<Department> {
    let mut departments: Vec<Department> = Vec::new();
    let mut position = 0;
    let mut row = |code: &str, name: &str, parent_id: Option<Uuid>, position: i32| {
        let id = Uuid::now_v7();
        let row = department::Model {
            id,
            parent_id,
            code: code.to_string(),
            name: name.to_string(),
            kind: if parent_id.is_none() { "division" } else { "department" }.to_string(),
            position,
            valid_from: days.april_before(6),
            valid_to: None,
        };
        let payload = json!({ "after": { "code": code, "name": name } });
        rows.note_console(at, "department", id, "department.added", payload);
        rows.department.push(row);
        id
    };
    for line in &source.departments {
        position += 1;
        let known = departments.last().filter(|before| before.division == line.division);
        let (division_id, parent) = match known.map(|before| before.division_id) {
            Some(division) => (division, Some(division)),
            None if line.division == line.department => (Uuid::nil(), None),
            None => {
                let code = format!("{}0000", line.code.get(..2).unwrap_or_default());
                let division = row(&code, &line.division, None, position);
                position += 1;
                (division, Some(division))
            }
        };
        let id = row(&line.code, &line.department, parent, position);
        departments.push(Department {
            id,
            name: line.department.clone(),
            division_id: if parent.is_none() { id } else { division_id },
            division: line.division.clone(),
            position,
            systems: line.systems.clone(),
        });
    }
    for department in &departments {
        rows.information_system.extend(department.systems.iter().map(|name| information_system::Model {
            id: Uuid::now_v7(),
            name: name.clone(),
            department_id: department.id,
            valid_from: days.april_before(6),
            valid_to: None,
        }));
    }
    departments
}

/// The posts of a member in both years; one and the same post where nothing changed.
fn posts(city: &City, member: &Member, days: &Days, rows: &mut Rows) {
    let some_years_ago = days.april_before(2 + i32::try_from(rows.person.len() % 4).unwrap_or(0));
    let since = hired_on(member, days).map_or(some_years_ago, |hired| hired.max(some_years_ago));
    if member.now == member.last {
        return posts_in(city, member, member.now, since, None, rows);
    }
    posts_in(city, member, member.last, since, Some(days.april), rows);
    posts_in(city, member, member.now, days.april, None, rows);
}

/// The first four digits of a regular number are the year in which somebody was taken on.
fn hired_on(member: &Member, days: &Days) -> Option<Date> {
    let year: i32 = member.person.staff_no.get(..4)?.parse().ok()?;
    (1980..=days.fiscal_year).contains(&year).then(|| days.april_before(days.fiscal_year - year))
}

fn posts_in(
    city: &City,
    member: &Member,
    department: Option<usize>,
    valid_from: Date,
    valid_to: Option<Date>,
    rows: &mut Rows,
) {
    let Some(department) = department.and_then(|at| city.departments.get(at)) else { return };
    for (role, system) in sheets_of(member, department) {
        rows.post.push(post::Model {
            id: Uuid::now_v7(),
            person_id: member.person.id,
            department_id: department.id,
            role: role.to_string(),
            kind: "main".to_string(),
            title: member.title.clone(),
            system,
            valid_from,
            valid_to,
        });
    }
    // 部長 has a place on the staff of one of the 部's departments and answers for the whole 部.
    if member.named && member.title.ends_with("部長") {
        rows.post.push(post::Model {
            id: Uuid::now_v7(),
            person_id: member.person.id,
            department_id: department.division_id,
            role: Role::Responsible.key().to_string(),
            kind: "main".to_string(),
            title: member.title.clone(),
            system: None,
            valid_from,
            valid_to,
        });
    }
}

/// The sheets a member owes in a department: everybody's, the head's, and one for each information system.
pub fn sheets_of(member: &Member, department: &Department) -> Vec<(&'static str, Option<String>)> {
    let mut sheets = vec![("staff", None)];
    if member.head {
        sheets.push(("manager", None));
        sheets.extend(department.systems.iter().map(|system| ("system_manager", Some(system.clone()))));
    }
    sheets
}

/// Roles given by hand. Those of somebody from outside end by themselves with the fiscal year.
fn grants(member: &Member, at: OffsetDateTime, days: &Days, rows: &mut Rows) {
    let ends_on = (member.person.employment == OUTSIDE).then(|| days.april_before(-1));
    let end = ends_on.map(|day| day.to_string());
    for role in &member.grants {
        rows.role_grant.push(role_grant::Model {
            id: Uuid::now_v7(),
            person_id: member.person.id,
            role: role.clone(),
            at,
            by_person_id: None,
            ends_on,
        });
        let payload = json!({ "after": { "role": role, "ends_on": end } });
        rows.note_console(at, "person", member.person.id, "role.granted", payload);
    }
}

/// Lets the named people sign in, all with the same password.
pub fn credentials(city: &City, password_hash: &str, days: &Days, rows: &mut Rows) {
    for member in city.members.iter().filter(|member| member.named) {
        let at = days.past(member.person.since + Duration::hours(2));
        rows.credential.push(credential::Model {
            id: Uuid::now_v7(),
            person_id: member.person.id,
            login: fold_login(&member.person.staff_no),
            password_hash: password_hash.to_string(),
            at,
        });
        rows.note_console(at, "person", member.person.id, "password.set", json!({}));
    }
}
