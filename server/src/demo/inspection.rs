//! The inspections of both years: who owes which sheet, and how far each has come.

use super::answers::{self, Answering};
use super::city::{City, Department, sheets_of};
use super::days::{Days, Period, instant, weekday_after, weekday_before};
use super::dice::Dice;
use super::people::Member;
use super::rows::{By, Rows};
use super::sheets::{Form, Forms};
use super::source::{CommentLine, Source};
use anyhow::{Context, Result};
use domain::approval::Level;
use domain::calendar::fiscal_year_label;
use serde_json::json;
use std::collections::BTreeMap;
use store::entity::{
    approval_step, closing, confirmation, inspection, inspection_department, inspection_edition, submission,
    tally, target,
};
use store::receipt::{handed, stated};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// An inspection being put together.
pub struct Run<'a> {
    pub id: Uuid,
    pub name: String,
    pub this_year: bool,
    pub period: Period,
    pub days: &'a Days,
    pub city: &'a City,
    pub forms: &'a [Form],
    pub comments: &'a [CommentLine],
    /// Answers that a story tells of.
    pub told: Vec<Told>,
}

/// An answer that a story tells of.
#[derive(Clone)]
pub struct Told {
    pub department: usize,
    pub role: &'static str,
    pub item: Uuid,
    pub value: &'static str,
    pub comment: String,
}

/// How far a sheet has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Progress {
    NotBegun,
    Answering,
    Submitted(OffsetDateTime),
    Returned(OffsetDateTime),
}

/// A sheet of somebody.
pub struct Sheet<'a> {
    pub row: target::Model,
    pub member: &'a Member,
    pub department: usize,
    pub form: &'a Form,
    pub progress: Progress,
}

/// What became of an inspection.
pub struct Ran<'a> {
    pub id: Uuid,
    pub name: String,
    pub period: Period,
    pub sheets: Vec<Sheet<'a>>,
}

/// Makes an inspection with everything that was answered.
///
/// # Errors
/// When a department has no head.
pub fn build<'a>(
    source: &'a Source,
    city: &'a City,
    forms: &'a Forms,
    days: &'a Days,
    this_year: bool,
    rows: &mut Rows,
) -> Result<Ran<'a>> {
    let period = if this_year { days.this } else { days.last };
    let run = Run {
        id: Uuid::now_v7(),
        name: format!("{}情報セキュリティ自己点検", fiscal_year_label(period.fiscal_year)),
        this_year,
        period,
        days,
        city,
        forms: forms.of(this_year),
        comments: &source.comments,
        told: super::stories::told(source, city, forms, this_year, days)?,
    };
    run.start(rows)?;
    let mut sheets = Vec::new();
    for (at, department) in city.departments.iter().enumerate() {
        let of_department = run.sheets(at, department);
        run.answer(&of_department, rows)?;
        run.confirm(at, department, &of_department, rows)?;
        sheets.extend(of_department);
    }
    if !this_year {
        run.close(rows)?;
    }
    Ok(Ran { id: run.id, name: run.name, period, sheets })
}

impl<'a> Run<'a> {
    fn start(&self, rows: &mut Rows) -> Result<()> {
        let officer = &self.city.named("椎名 航平")?.person;
        let by = By { person: officer, at: self.days.at(self.period.opens_on, 8, 45) };
        rows.inspection.push(inspection::Model {
            id: self.id,
            fiscal_year: self.period.fiscal_year,
            name: self.name.clone(),
            base_on: self.period.base_on,
            opens_on: self.period.opens_on,
            due_on: self.period.due_on,
            visibility: "named".to_string(),
            contact: "情報政策課（内線2341）".to_string(),
            at: by.at,
            by_person_id: Some(officer.id),
        });
        // Last year there was no such step yet.
        for level in Level::ALL.into_iter().filter(|_| self.this_year) {
            rows.approval_step.push(approval_step::Model {
                id: Uuid::now_v7(),
                inspection_id: self.id,
                level: level.key().to_string(),
            });
        }
        for form in self.forms {
            rows.inspection_edition.push(inspection_edition::Model {
                id: Uuid::now_v7(),
                inspection_id: self.id,
                edition_id: form.edition,
                role: form.role.key().to_string(),
            });
        }
        for department in &self.city.departments {
            rows.inspection_department.push(inspection_department::Model {
                id: Uuid::now_v7(),
                inspection_id: self.id,
                department_id: department.id,
                name: department.name.clone(),
                division_id: department.division_id,
                division_name: department.division.clone(),
                position: department.position,
            });
        }
        let payload = json!({
            "after": {
                "name": self.name, "opens_on": self.period.opens_on.to_string(),
                "due_on": self.period.due_on.to_string(),
            },
            "departments": self.city.departments.len(),
        });
        rows.note(&by, "inspection", self.id, "inspection.started", payload);
        Ok(())
    }

    /// The sheets of a department, the head's first.
    fn sheets(&self, at: usize, department: &Department) -> Vec<Sheet<'a>> {
        let pace = self.pace(&department.name);
        let mut sheets = Vec::new();
        for member in self.city.of(at, self.this_year) {
            for (role, system) in sheets_of(member, department) {
                let Some(form) = self.forms.iter().find(|form| form.role.key() == role) else { continue };
                let row = self.target(member, department, form, system);
                let progress = self.progress(member, &row, at, pace);
                sheets.push(Sheet { row, member, department: at, form, progress });
            }
        }
        sheets
    }

    fn target(
        &self,
        member: &Member,
        department: &Department,
        form: &Form,
        system: Option<String>,
    ) -> target::Model {
        target::Model {
            id: Uuid::now_v7(),
            inspection_id: self.id,
            department_id: department.id,
            person_id: member.person.id,
            edition_id: form.edition,
            role: form.role.key().to_string(),
            system,
            person_name: member.person.name.clone(),
            person_kana: member.person.kana.clone(),
            title: member.title.clone(),
            attributes: String::new(),
        }
    }

    /// The share of a department that has handed in, and whether the head has confirmed.
    fn pace(&self, department: &str) -> (f64, bool) {
        if !self.this_year {
            return (0.975, true);
        }
        match department {
            "情報政策課" => return (1.0, true),
            "市民課" => return (0.62, false),
            "学校給食センター" => return (0.35, false),
            _ => {}
        }
        let mut dice = Dice::of(&["pace", department]);
        match dice.share() {
            share if share < 0.15 => (1.0, true),
            share if share < 0.24 => (1.0, false),
            share if share > 0.94 => (0.04, false),
            _ => (0.15 + 0.5 * dice.share(), false),
        }
    }

    fn progress(&self, member: &Member, row: &target::Model, at: usize, (pace, _): (f64, bool)) -> Progress {
        let mut dice = Dice::of(&["progress", &member.person.staff_no, &row.role, &self.year()]);
        let submitted = Progress::Submitted(self.some_time(&mut dice));
        let told = self.told.iter().any(|told| told.department == at && told.role == row.role);
        if told && row.role != "staff" {
            return submitted;
        }
        if self.this_year && pace < 1.0 {
            match (member.person.staff_no.as_str(), row.role.as_str()) {
                ("200822" | "199521", "staff") => return submitted,
                ("201709", _) | ("199521", "manager") => return Progress::Answering,
                ("202405", _) | ("199521", _) => return Progress::NotBegun,
                ("705031", _) => return Progress::Returned(self.some_time(&mut dice)),
                _ => {}
            }
        }
        match dice.share() {
            share if share < pace => {
                let returned = self.this_year && pace < 1.0 && dice.chance(0.012);
                if returned { Progress::Returned(self.some_time(&mut dice)) } else { submitted }
            }
            share if self.this_year && share < pace + 0.16 => Progress::Answering,
            _ => Progress::NotBegun,
        }
    }

    /// A year's word for the dice: relative, so that every year looks alike.
    fn year(&self) -> String {
        if self.this_year { "this" } else { "last" }.to_string()
    }

    /// A moment in office hours while the inspection ran; early days are more frequent.
    fn some_time(&self, dice: &mut Dice) -> OffsetDateTime {
        let end = if self.this_year { self.days.today } else { self.period.due_on };
        let length = (end - self.period.opens_on).whole_days() as f64;
        let day = self.period.opens_on + Duration::days((length * dice.share().powf(1.3)) as i64);
        let minutes = 40 + i64::try_from(dice.below(480)).unwrap_or(0);
        let at = instant(weekday_before(day).max(self.period.opens_on), 8, 45) + Duration::minutes(minutes);
        at.min(self.days.now - Duration::hours(3))
    }

    fn answer(&self, sheets: &[Sheet], rows: &mut Rows) -> Result<()> {
        let mut counts: BTreeMap<(Uuid, Uuid), tally::Model> = BTreeMap::new();
        for (number, sheet) in sheets.iter().enumerate() {
            rows.target.push(sheet.row.clone());
            let given = answers::build(self, sheet, self.told(sheets, number), rows)?;
            match sheet.progress {
                Progress::Submitted(_) => count(&sheet.row, &given, &mut counts),
                _ => continue,
            }
        }
        rows.tally.extend(counts.into_values());
        Ok(())
    }

    /// The stories a sheet tells of: the head's sheet, or the first of the others that was handed in.
    fn told(&self, sheets: &[Sheet], number: usize) -> Vec<Told> {
        let sheet = &sheets[number];
        let first = sheets.iter().position(|other| {
            other.row.role == sheet.row.role
                && (sheet.row.role != "staff" || !other.member.head)
                && matches!(other.progress, Progress::Submitted(_))
        });
        if first != Some(number) {
            return Vec::new();
        }
        let fits = |told: &&Told| told.department == sheet.department && told.role == sheet.row.role;
        self.told.iter().filter(fits).cloned().collect()
    }

    fn confirm(&self, at: usize, department: &Department, sheets: &[Sheet], rows: &mut Rows) -> Result<()> {
        let (_, confirmed) = self.pace(&department.name);
        if !confirmed {
            return Ok(());
        }
        let latest = sheets.iter().filter_map(|sheet| match sheet.progress {
            Progress::Submitted(at) => Some(at),
            _ => None,
        });
        let latest = latest.max().context("nobody submitted")?;
        let missing = sheets.iter().filter(|s| !matches!(s.progress, Progress::Submitted(_))).count();
        let when = if self.this_year {
            (latest + Duration::hours(20)).min(self.days.now - Duration::hours(1))
        } else {
            instant(weekday_after(self.period.due_on + Duration::days(4)), 11, 20)
        };
        let by = By { person: self.city.head(at, self.this_year)?, at: when };
        let note = match missing {
            0 => String::new(),
            _ => format!("休職又は育児休業のため、{missing}件は提出がない。"),
        };
        let total = sheets.len();
        let payload = json!({
            "inspection": self.id, "after": { "note": note, "missing": missing, "total": total },
        });
        rows.note(&by, "department", department.id, "department.confirmed", payload);
        rows.confirmation.push(confirmation::Model {
            id: Uuid::now_v7(),
            inspection_id: self.id,
            department_id: department.id,
            note,
            at: by.at,
            by_person_id: by.person.id,
            capacity: String::new(),
        });
        Ok(())
    }

    fn close(&self, rows: &mut Rows) -> Result<()> {
        let officer = &self.city.named("椎名 航平")?.person;
        let at = instant(weekday_after(self.period.due_on + Duration::days(10)), 17, 5);
        rows.closing.push(closing::Model {
            id: Uuid::now_v7(),
            inspection_id: self.id,
            at,
            by_person_id: Some(officer.id),
        });
        let payload = json!({ "before": { "closed": false }, "after": { "closed": true } });
        rows.note(&By { person: officer, at }, "inspection", self.id, "inspection.closed", payload);
        Ok(())
    }
}

/// Hands a sheet in.
pub fn submit(sheet: &Sheet, by: &By, given: &Answering, rows: &mut Rows) -> Uuid {
    let id = Uuid::now_v7();
    let person = by.person.id;
    rows.submission.push(submission::Model { id, target_id: sheet.row.id, at: by.at, by_person_id: person });
    let own = rows.answer.iter().rev().take_while(|answer| answer.target_id == sheet.row.id);
    let payload = json!({
        "before": { "submitted": false }, "after": { "submitted": true },
        "submission": id, "answers": given.len(), "again": false, "given": given.summary(),
        "answers_digest": stated(&handed(own, BTreeMap::new())),
    });
    rows.note(by, "target", sheet.row.id, "response.submitted", payload);
    id
}

fn count(target: &target::Model, given: &Answering, counts: &mut BTreeMap<(Uuid, Uuid), tally::Model>) {
    for (item_id, value) in given.values() {
        let tally = counts.entry((target.department_id, item_id)).or_insert_with(|| tally::Model {
            id: Uuid::now_v7(),
            inspection_id: target.inspection_id,
            department_id: target.department_id,
            item_id,
            done: 0,
            partial: 0,
            not_done: 0,
            na: 0,
            told: 0,
            omitted: 0,
        });
        match value {
            "done" => tally.done += 1,
            "partial" => tally.partial += 1,
            "not_done" => tally.not_done += 1,
            _ => tally.na += 1,
        }
    }
}
