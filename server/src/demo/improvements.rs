//! Improvements from findings and from answers, each as far as its story tells.

use super::days::{instant, weekday_after, weekday_before};
use super::rows::{By, Rows};
use super::source::StoryLine;
use super::stories::{Stage, as_plan};
use anyhow::Result;
use domain::calendar::fiscal_year_code;
use serde_json::json;
use std::collections::BTreeMap;
use store::entity::{completion, improvement, person, plan, verification};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

/// Makes the improvements; `findings` by their titles. Gives the improvements by their titles.
///
/// # Errors
/// When a story names something unknown.
pub fn build(
    stage: &Stage,
    findings: &BTreeMap<String, Uuid>,
    rows: &mut Rows,
) -> Result<BTreeMap<String, Uuid>> {
    let mut made = BTreeMap::new();
    let mut numbers: BTreeMap<(bool, bool), usize> = BTreeMap::new();
    for story in stage.source.stories.iter().filter(|story| story.kind != "amendment") {
        let finding = findings.get(&story.title).copied();
        let number = numbers.entry((story.this_year, finding.is_some())).or_default();
        *number += 1;
        let id = put(stage, story, finding, *number, rows)?;
        made.insert(story.title.clone(), id);
    }
    Ok(made)
}

fn put(
    stage: &Stage,
    story: &StoryLine,
    finding: Option<Uuid>,
    number: usize,
    rows: &mut Rows,
) -> Result<Uuid> {
    let department = stage.city.place(&story.department)?;
    let head = &stage.city.head(department, true)?.clone();
    let year = stage.ran(story.this_year).period.fiscal_year;
    let sign = if finding.is_some() { "監" } else { "自" };
    let label = format!("{}-{sign}-{number:03}", fiscal_year_code(year));
    let (target, item) = match finding {
        Some(_) => (None, stage.forms.about(story.this_year, &story.clause_path).map(|(_, i)| i.row.id)),
        None => stage.origin(story).map(|(target, item)| (Some(target.id), Some(item)))?,
    };
    let begun = begun(stage, story, finding, rows);
    let by = By { person: head, at: begun };
    let id = Uuid::now_v7();
    let source = if finding.is_some() { "audit" } else { "self" };
    rows.improvement.push(improvement::Model {
        id,
        label: label.clone(),
        fiscal_year: year,
        department_id: stage.city.departments[department].id,
        source: source.to_string(),
        finding_id: finding,
        target_id: target,
        item_id: item,
        clause_id: Some(stage.policy.clause(&story.clause_path)?.id),
        title: story.title.clone(),
        fact: stage.days.moved(&story.fact),
        rule_change: story.clause_path.starts_with("2-6-(2)"),
        at: begun,
        by_person_id: head.id,
    });
    let payload = json!({ "after": { "label": label, "title": story.title }, "source": source });
    rows.note(&by, "improvement", id, "improvement.opened", payload);
    steps(stage, story, id, &by, rows)?;
    Ok(id)
}

/// When it was opened: with the report, or soon after the answers were in.
fn begun(stage: &Stage, story: &StoryLine, finding: Option<Uuid>, rows: &Rows) -> OffsetDateTime {
    let audit = rows.finding.iter().find(|row| Some(row.id) == finding).map(|row| row.audit_id);
    if let Some(report) = rows.audit_report.iter().find(|row| Some(row.audit_id) == audit) {
        return report.at;
    }
    let days = stage.days;
    if story.this_year {
        days.past(instant(weekday_before(days.today - Duration::days(4)), 15, 20).max(days.at(
            days.this.opens_on,
            9,
            0,
        )))
    } else {
        instant(weekday_after(days.last.due_on + Duration::days(4)), 14, 0)
    }
}

/// The rows of each step, as far as the story goes; never later than now.
fn steps(stage: &Stage, story: &StoryLine, id: Uuid, by: &By, rows: &mut Rows) -> Result<()> {
    let days = stage.days;
    let (measure, due_on) = days.deadline(&story.measure);
    let planned = if story.state == "planned" { measure.clone() } else { as_plan(&story.recommendation) };
    let due_on = if story.state == "open" {
        due_on.min(weekday_before(days.today - Duration::days(20)))
    } else {
        due_on
    };
    let later = if story.this_year { Duration::hours(2) } else { Duration::days(12) };
    let mut now = By { person: by.person, at: days.past(working(by.at + later)) };
    plan_it(id, (planned, due_on), &now, rows);
    if story.state == "planned" {
        return Ok(());
    }
    let open = story.state == "open";
    now.at = days
        .past(instant(weekday_before(due_on - Duration::days(3)), 16, 40))
        .max(now.at + Duration::minutes(1));
    if story.this_year {
        now.at = days.past(now.at);
    }
    let report = if open {
        "返却の確認欄を設けた様式に改めた。".to_string()
    } else {
        measure.clone()
    };
    let completion = complete(id, report, &now, rows);
    if story.state == "completed" {
        return Ok(());
    }
    let verifier = verifier(stage, story)?;
    let at = days.past(working(now.at + Duration::days(8))).max(now.at + Duration::minutes(1));
    let note = if open {
        measure
    } else {
        "記録を閲覧し、手順のとおり行われていることを確かめた。".to_string()
    };
    verify((id, completion), !open, note, &By { person: verifier, at }, rows);
    Ok(())
}

/// The same hour of the next working day.
fn working(at: OffsetDateTime) -> OffsetDateTime {
    let day = domain::calendar::day(at);
    at + (weekday_after(day) - day)
}

/// What an audit found is verified by an auditor, what the department found by the officer.
fn verifier<'a>(stage: &'a Stage, story: &StoryLine) -> Result<&'a person::Model> {
    let name = if story.kind == "finding" { "根岸 修一" } else { "椎名 航平" };
    Ok(&stage.city.named(name)?.person)
}

fn plan_it(id: Uuid, (measure, due_on): (String, Date), by: &By, rows: &mut Rows) {
    let payload = json!({ "after": { "measure": measure, "due_on": due_on.to_string() } });
    rows.note(by, "improvement", id, "improvement.planned", payload);
    rows.plan.push(plan::Model {
        id: Uuid::now_v7(),
        improvement_id: id,
        cause: "手順及び担当者が明確でなく、確認する機会がなかったため。".to_string(),
        measure,
        due_on,
        at: by.at,
        by_person_id: by.person.id,
    });
}

fn complete(improvement_id: Uuid, report: String, by: &By, rows: &mut Rows) -> Uuid {
    let id = Uuid::now_v7();
    let payload = json!({ "after": { "report": report } });
    rows.note(by, "improvement", improvement_id, "improvement.completed", payload);
    rows.completion.push(completion::Model {
        id,
        improvement_id,
        report,
        at: by.at,
        by_person_id: by.person.id,
    });
    id
}

fn verify(
    (improvement, completion_id): (Uuid, Uuid),
    effective: bool,
    note: String,
    by: &By,
    rows: &mut Rows,
) {
    let kind = if effective { "improvement.verified" } else { "improvement.sent_back" };
    let payload = json!({ "after": { "effective": effective, "note": note } });
    rows.note(by, "improvement", improvement, kind, payload);
    rows.verification.push(verification::Model {
        id: Uuid::now_v7(),
        completion_id,
        effective,
        note,
        at: by.at,
        by_person_id: by.person.id,
    });
}
