//! Questions with their wordings, and the frozen sheets of both years.

use super::city::City;
use super::days::{Days, weekday_after};
use super::policy::Policy;
use super::rows::{By, Rows};
use super::source::{QuestionLine, Source};
use anyhow::{Context, Result};
use domain::calendar::{fiscal_year_code, fiscal_year_label};
use domain::role::Role;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use store::entity::{
    edition, edition_item, person, question, question_clause, settlement, sheet, sheet_item, wording,
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// A frozen sheet.
pub struct Form {
    pub role: Role,
    pub edition: Uuid,
    pub items: Vec<Item>,
}

/// A question on it.
pub struct Item {
    pub row: edition_item::Model,
    /// The question's number in this year's list; comments are kept by it.
    pub no: i32,
}

/// The sheets of both years.
pub struct Forms {
    pub last: Vec<Form>,
    pub this: Vec<Form>,
}

impl Forms {
    /// The sheets of a year.
    pub fn of(&self, this_year: bool) -> &[Form] {
        if this_year { &self.this } else { &self.last }
    }

    /// The first question of a year about a clause, with its role.
    pub fn about(&self, this_year: bool, clause_path: &str) -> Option<(Role, &Item)> {
        self.of(this_year).iter().find_map(|form| {
            let item = form.items.iter().find(|item| item.row.clause_path == clause_path)?;
            Some((form.role, item))
        })
    }
}

/// A question with its wordings of both years.
struct Asked<'a> {
    id: Uuid,
    line: &'a QuestionLine,
    last: Option<Uuid>,
    this: Uuid,
}

/// Makes questions, sheets and editions.
///
/// # Errors
/// When a question names a clause that does not exist.
pub fn build(source: &Source, city: &City, policy: &Policy, days: &Days, rows: &mut Rows) -> Result<Forms> {
    let officer = &city.named("椎名 航平")?.person;
    let then = days.at(weekday_after(days.april_before(1) + Duration::days(140)), 10, 15);
    let lately = days
        .past(super::days::instant(weekday_after(days.april + Duration::days(140)), 10, 15))
        .min(days.at(days.this.opens_on - Duration::days(7), 10, 15));
    let mut asked = Vec::new();
    for line in &source.questions {
        asked.push(ask(
            line,
            policy,
            [&By { person: officer, at: then }, &By { person: officer, at: lately }],
            rows,
        )?);
    }
    settle(&asked, policy, &By { person: officer, at: lately }, rows);
    let last = By { person: officer, at: days.at(days.last.opens_on - Duration::days(5), 16, 0) };
    let this = By { person: officer, at: days.at(days.this.opens_on - Duration::days(5), 16, 0) };
    let mut forms = Forms { last: Vec::new(), this: Vec::new() };
    for role in Role::WITH_SHEET {
        forms.last.push(form((role, days.last.fiscal_year, false), &asked, policy, &last, rows)?);
        forms.this.push(form((role, days.this.fiscal_year, true), &asked, policy, &this, rows)?);
    }
    Ok(forms)
}

fn ask<'a>(
    line: &'a QuestionLine,
    policy: &Policy,
    [then, lately]: [&By; 2],
    rows: &mut Rows,
) -> Result<Asked<'a>> {
    let id = Uuid::now_v7();
    let new = line.change == "new";
    let by = if new { lately } else { then };
    rows.question.push(question::Model {
        id,
        role: line.role.clone(),
        topic: line.topic,
        at: by.at,
        by_person_id: Some(by.person.id),
    });
    let clause_id = policy.clause(&line.clause_path)?.id;
    rows.question_clause.push(question_clause::Model { id: Uuid::now_v7(), question_id: id, clause_id });
    let payload = json!({
        "after": { "text": line.last_text.as_ref().unwrap_or(&line.text), "path": line.clause_path },
    });
    rows.note(by, "question", id, "question.added", payload);
    let first = line.last_text.as_deref().unwrap_or(&line.text);
    let before = worded(line, id, 1, (first, "new"), by, rows);
    let this = match &line.last_text {
        Some(last) => {
            let payload = json!({ "before": { "text": last }, "after": { "text": line.text } });
            rows.note(lately, "question", id, "question.reworded", payload);
            worded(line, id, 2, (&line.text, &line.change), lately, rows)
        }
        None => before,
    };
    Ok(Asked { id, line, last: (!new).then_some(before), this })
}

fn worded(
    line: &QuestionLine,
    question_id: Uuid,
    number: i32,
    (text, change): (&str, &str),
    by: &By,
    rows: &mut Rows,
) -> Uuid {
    let id = Uuid::now_v7();
    rows.wording.push(wording::Model {
        id,
        question_id,
        number,
        text: text.to_string(),
        not_applicable: line.not_applicable.clone(),
        weight: line.weight,
        change: change.to_string(),
        setting: String::new(),
        at: by.at,
        by_person_id: Some(by.person.id),
    });
    id
}

/// Proposals for which there is a question are accepted, those of the first chapter declined; the rest waits.
fn settle(asked: &[Asked], policy: &Policy, by: &By, rows: &mut Rows) {
    let questions: BTreeMap<(&str, Uuid), Uuid> = asked
        .iter()
        .filter_map(|asked| {
            let clause = policy.clauses.get(&asked.line.clause_path)?;
            Some(((asked.line.role.as_str(), clause.id), asked.id))
        })
        .collect();
    let general: BTreeSet<Uuid> = policy
        .clauses
        .values()
        .filter(|clause| clause.short_path.starts_with("1-"))
        .map(|clause| clause.id)
        .collect();
    let mut settlements = Vec::new();
    for proposal in &rows.proposal {
        let question = questions.get(&(proposal.role.as_str(), proposal.clause_id)).copied();
        let declined = question.is_none() && general.contains(&proposal.clause_id);
        if question.is_none() && !declined {
            continue;
        }
        settlements.push(settlement::Model {
            id: Uuid::now_v7(),
            proposal_id: proposal.id,
            outcome: if declined { "rejected" } else { "accepted" }.to_string(),
            reason: declined
                .then(|| "基本方針の定めであり、対策基準に基づく設問で確認するため。".to_string()),
            question_id: question,
            at: by.at,
            by_person_id: by.person.id,
        });
    }
    for row in &settlements {
        match row.question_id {
            Some(question) => {
                let payload = json!({ "after": { "outcome": row.outcome }, "proposals": [row.proposal_id] });
                rows.note(by, "question", question, "question.accepted", payload);
            }
            None => {
                let payload = json!({ "after": { "outcome": row.outcome, "reason": row.reason } });
                rows.note(by, "proposal", row.proposal_id, "proposal.rejected", payload);
            }
        }
    }
    rows.settlement.extend(settlements);
}

fn form(
    (role, fiscal_year, this_year): (Role, i32, bool),
    asked: &[Asked],
    policy: &Policy,
    by: &By,
    rows: &mut Rows,
) -> Result<Form> {
    let (sheet_id, edition_id) = (Uuid::now_v7(), Uuid::now_v7());
    let title = format!("{} 情報セキュリティ自己点検票（{}）", fiscal_year_label(fiscal_year), role.short());
    let label = format!("{}-{}-1", fiscal_year_code(fiscal_year), role.short());
    rows.sheet.push(sheet_row(sheet_id, role, fiscal_year, &title, by.at - Duration::days(3), by.person));
    rows.edition.push(edition::Model {
        id: edition_id,
        sheet_id,
        role: role.key().to_string(),
        fiscal_year,
        label: label.clone(),
        title,
        at: by.at,
        by_person_id: Some(by.person.id),
    });
    let of_role = asked.iter().filter(|asked| asked.line.role == role.key());
    let on_it: Vec<(&Asked, Uuid)> =
        of_role.filter_map(|asked| Some((asked, if this_year { asked.this } else { asked.last? }))).collect();
    let mut items = Vec::new();
    for ((asked, wording), no) in on_it.into_iter().zip(1..) {
        let question_id = asked.id;
        rows.sheet_item.push(sheet_item::Model { id: Uuid::now_v7(), sheet_id, question_id, position: no });
        let change = if this_year { asked.line.change.as_str() } else { "new" };
        let row = item(asked, (edition_id, no, wording, change), policy, rows)?;
        rows.edition_item.push(row.clone());
        items.push(Item { row, no: asked.line.no });
    }
    let payload = json!({ "after": { "label": label, "questions": items.len() } });
    rows.note(by, "sheet", sheet_id, "sheet.frozen", payload);
    Ok(Form { role, edition: edition_id, items })
}

fn sheet_row(
    id: Uuid,
    role: Role,
    fiscal_year: i32,
    title: &str,
    at: OffsetDateTime,
    person: &person::Model,
) -> sheet::Model {
    let (role, title) = (role.key().to_string(), title.to_string());
    sheet::Model { id, role, fiscal_year, title, at, by_person_id: Some(person.id) }
}

fn item(
    asked: &Asked,
    (edition_id, no, wording_id, change): (Uuid, i32, Uuid, &str),
    policy: &Policy,
    rows: &Rows,
) -> Result<edition_item::Model> {
    let clause = policy.clause(&asked.line.clause_path)?;
    let wording =
        rows.wording.iter().find(|wording| wording.id == wording_id).context("a question without wording")?;
    Ok(edition_item::Model {
        id: Uuid::now_v7(),
        edition_id,
        no,
        question_id: asked.id,
        wording_id,
        topic: asked.line.topic,
        text: wording.text.clone(),
        not_applicable: wording.not_applicable.clone(),
        weight: wording.weight,
        change: change.to_string(),
        clause_id: Some(clause.id),
        clause_path: clause.short_path.clone(),
        clause_text: clause.text.clone(),
        setting: wording.setting.clone(),
    })
}
