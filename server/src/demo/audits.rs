//! Last year's audits with marks, findings and reports; this year's plan.

use super::days::{instant, weekday_after};
use super::dice::Dice;
use super::rows::{By, Rows};
use super::source::StoryLine;
use super::stories::Stage;
use anyhow::{Context, Result};
use domain::calendar::{fiscal_year_code, fiscal_year_label};
use serde_json::json;
use std::collections::BTreeMap;
use store::entity::{answer, audit, audit_report, edition_item, finding, mark, person};
use time::{Date, Duration};
use uuid::Uuid;

/// The grades of the findings, in the order of the stories.
const GRADES: [&str; 5] = ["minor", "minor", "major", "minor", "major"];

/// Makes the audits; gives the finding of each story by its title.
///
/// # Errors
/// When a story names something unknown.
pub fn build(stage: &Stage, rows: &mut Rows) -> Result<BTreeMap<String, Uuid>> {
    let mut findings = BTreeMap::new();
    let auditors = [&stage.city.named("久保田 千尋")?.person, &stage.city.named("根岸 修一")?.person];
    for (number, story) in stage.stories("finding").enumerate() {
        let auditor = auditors[number % 2];
        let held_on = weekday_after(stage.last.period.due_on + Duration::days(19 + 6 * number as i64));
        let audit =
            put_audit(stage, (story.this_year, &story.department, number + 1), held_on, auditor, rows)?;
        let by = By { person: auditor, at: instant(held_on, 16, 30) };
        marks(stage, story, audit, &by, rows)?;
        let id = put_finding(stage, story, (audit, number), &by, rows)?;
        report(stage, story, (audit, number + 1), auditor, held_on, rows);
        findings.insert(story.title.clone(), id);
    }
    let ahead = weekday_after(stage.days.this.due_on + Duration::days(11));
    put_audit(stage, (true, "保険年金課", 1), ahead, auditors[1], rows)?;
    // The office that runs the inspections is audited from outside.
    let outside = &stage.city.named("樋口 正彦")?.person;
    put_audit(stage, (true, "情報政策課", 2), weekday_after(ahead + Duration::days(7)), outside, rows)?;
    Ok(findings)
}

fn put_audit(
    stage: &Stage,
    (this_year, department, number): (bool, &str, usize),
    held_on: Date,
    auditor: &person::Model,
    rows: &mut Rows,
) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let ran = stage.ran(this_year);
    let year = ran.period.fiscal_year;
    let label = format!("{}-監-{number:02}", fiscal_year_code(year));
    let day = held_on - Duration::days(21);
    let at = stage.days.at(weekday_after(day), 9, 30);
    let purpose = format!(
        "{}の自己点検の回答が実態に即しているかを、記録の閲覧及び担当者への質問により確かめる。",
        fiscal_year_label(year)
    );
    let payload = json!({
        "after": { "label": label, "department": department, "held_on": held_on.to_string() },
    });
    rows.note(&By { person: auditor, at }, "audit", id, "audit.opened", payload);
    rows.audit.push(audit::Model {
        id,
        inspection_id: ran.id,
        department_id: stage.city.departments[stage.city.place(department)?].id,
        label,
        purpose,
        held_on,
        auditor_id: auditor.id,
        at,
        by_person_id: auditor.id,
    });
    Ok(id)
}

/// The auditor marks every question of the head's sheet: mostly as answered, the finding's one lower.
fn marks(stage: &Stage, story: &StoryLine, audit: Uuid, by: &By, rows: &mut Rows) -> Result<()> {
    let department = stage.city.place(&story.department)?;
    let sheet = stage.last.sheets.iter().find(|s| s.department == department && s.row.role == "manager");
    let sheet = sheet.context("no sheet of the head")?;
    let answers: BTreeMap<Uuid, &answer::Model> = rows
        .answer
        .iter()
        .filter(|answer| answer.target_id == sheet.row.id)
        .map(|answer| (answer.item_id, answer))
        .collect();
    let marks: Vec<mark::Model> = sheet
        .form
        .items
        .iter()
        .map(|item| {
            let given = answers.get(&item.row.id).and_then(|answer| answer.value.as_deref()).unwrap_or("na");
            let (value, note) = seen(story, &item.row, given);
            mark::Model {
                id: Uuid::now_v7(),
                audit_id: audit,
                item_id: item.row.id,
                value: value.to_string(),
                note,
                at: by.at,
                by_person_id: by.person.id,
            }
        })
        .collect();
    for mark in &marks {
        let payload = json!({ "item": mark.item_id, "after": { "value": mark.value, "note": mark.note } });
        rows.note(by, "audit", audit, "mark.set", payload);
    }
    rows.mark.extend(marks);
    Ok(())
}

fn seen<'a>(story: &StoryLine, item: &edition_item::Model, given: &'a str) -> (&'a str, String) {
    if item.clause_path == story.clause_path {
        return ("not_done", story.fact.clone());
    }
    let mut dice = Dice::of(&["mark", &story.department, &item.clause_path]);
    match given {
        "done" if dice.chance(0.1) => ("partial", "記録の一部に、日付の記載がないものがあった。".to_string()),
        "done" if dice.chance(0.3) => ("done", "記録を閲覧し、実施を確かめた。".to_string()),
        other => (other, String::new()),
    }
}

fn put_finding(
    stage: &Stage,
    story: &StoryLine,
    (audit, number): (Uuid, usize),
    by: &By,
    rows: &mut Rows,
) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let year = stage.last.period.fiscal_year;
    let label = format!("{}-指-{:03}", fiscal_year_code(year), number + 1);
    let grade = GRADES.get(number).copied().unwrap_or("minor");
    let item = stage.forms.about(false, &story.clause_path).map(|(_, item)| item.row.id);
    let payload = json!({
        "after": { "label": label, "grade": grade, "title": story.title }, "audit": audit,
    });
    rows.note(by, "finding", id, "finding.recorded", payload);
    rows.finding.push(finding::Model {
        id,
        audit_id: audit,
        label,
        grade: grade.to_string(),
        title: story.title.clone(),
        fact: stage.days.moved(&story.fact),
        criterion: story.criterion.clone(),
        effect: story.effect.clone(),
        recommendation: story.recommendation.clone(),
        clause_id: Some(stage.policy.clause(&story.clause_path)?.id),
        item_id: item,
        // The delay in withdrawing rights led to an amendment.
        rule_change: story.clause_path.starts_with("2-6-(2)"),
        at: by.at,
        by_person_id: by.person.id,
    });
    Ok(id)
}

fn report(
    stage: &Stage,
    story: &StoryLine,
    (audit, number): (Uuid, usize),
    auditor: &person::Model,
    held_on: Date,
    rows: &mut Rows,
) {
    let at = instant(weekday_after(held_on + Duration::days(9)), 10, 0);
    let year = fiscal_year_code(stage.last.period.fiscal_year).replace('R', "");
    let number = format!("{year}凪監第{}号", 140 + number * 3);
    let opinion = format!(
        "情報セキュリティ対策は、おおむね適切に行われていた。ただし、{}が認められたため、速やかに改善する必要がある。",
        story.title
    );
    let payload = json!({ "after": { "number": number, "opinion": opinion } });
    rows.note(&By { person: auditor, at }, "audit", audit, "report.issued", payload);
    rows.audit_report.push(audit_report::Model {
        id: Uuid::now_v7(),
        audit_id: audit,
        number,
        opinion,
        at,
        by_person_id: auditor.id,
    });
}
