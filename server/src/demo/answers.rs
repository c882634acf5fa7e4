//! Answers as people would give them: mostly done, weaker where the field is weak.

use super::days::{weekday_after, weekday_before};
use super::dice::Dice;
use super::inspection::{Progress, Run, Sheet, Told, submit};
use super::rows::{By, Rows};
use super::sheets::Item;
use anyhow::Result;
use domain::calendar::iso;
use serde_json::{Value, json};
use store::entity::{answer, outbox, person, sheet_return};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

/// How often a duty of each topic is fulfilled. Physical rules and outsourcing are weak in most cities.
const DONE: [f64; 9] = [0.95, 0.90, 0.94, 0.85, 0.94, 0.93, 0.88, 0.80, 0.87];

/// Why sheets were given back.
const RETURN_REASONS: [&str; 3] = [
    "「一部実施」とした問の理由に、いつまでに改善するかを書き加えてください。",
    "研修は10月に受講済みですので、回答を確かめてください。",
    "「該当なし」とした問のうち、担当の業務に当たるものがあります。確かめて直してください。",
];

/// The answers of one sheet.
pub struct Answering(Vec<Given>);

struct Given {
    item: Uuid,
    no: i32,
    value: &'static str,
    comment: String,
}

impl Answering {
    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Items with their values.
    pub fn values(&self) -> impl Iterator<Item = (Uuid, &'static str)> {
        self.0.iter().map(|given| (given.item, given.value))
    }

    /// For the ledger.
    pub fn summary(&self) -> Value {
        let line = |given: &Given| json!({ "no": given.no, "value": given.value, "comment": given.comment });
        self.0.iter().map(line).collect()
    }
}

/// Makes the answers of a sheet and what became of it: handed in, given back.
///
/// # Errors
/// When the department has no head.
pub fn build(run: &Run, sheet: &Sheet, told: Vec<Told>, rows: &mut Rows) -> Result<Answering> {
    let at = match sheet.progress {
        Progress::NotBegun => return Ok(Answering(Vec::new())),
        Progress::Submitted(at) | Progress::Returned(at) => at,
        Progress::Answering => run.days.now - Duration::hours(20),
    };
    let head = run.city.head(sheet.department, run.this_year)?;
    let person = if sheet.member.on_paper() { head } else { &sheet.member.person };
    let mut answering = Answering(Vec::new());
    let begun = how_many(sheet);
    for item in sheet.form.items.iter().take(begun) {
        let told = told.iter().find(|told| told.item == item.row.id);
        let (value, comment) = match told {
            Some(told) => (told.value, told.comment.clone()),
            None => choose(run, sheet, item),
        };
        answering.0.push(Given { item: item.row.id, no: item.row.no, value, comment: comment.clone() });
        rows.answer.push(row(run, sheet, item, (value, comment), &By { person, at }));
    }
    match sheet.progress {
        Progress::Submitted(_) => drop(submit(sheet, &By { person, at }, &answering, rows)),
        Progress::Returned(_) => give_back(run, sheet, &By { person, at }, &answering, rows)?,
        _ => saved(sheet, person, rows),
    }
    Ok(answering)
}

/// What was saved so far on a sheet that is not handed in, answer by answer.
fn saved(sheet: &Sheet, person: &person::Model, rows: &mut Rows) {
    let begun = rows.answer.iter().rposition(|row| row.target_id != sheet.row.id).map_or(0, |last| last + 1);
    for (answer, no) in rows.answer.split_off(begun).into_iter().zip(1..) {
        let after = json!({
            "value": answer.value, "comment": answer.comment, "planned_on": answer.planned_on.map(iso),
        });
        let payload = json!({
            "item": answer.item_id, "no": no, "version": 1, "source": answer.source,
            "cell": answer.source_cell, "before": null, "after": after,
        });
        rows.note(&By { person, at: answer.at }, "target", sheet.row.id, "answer.saved", payload);
        rows.answer.push(answer);
    }
}

/// How many questions were answered so far.
fn how_many(sheet: &Sheet) -> usize {
    let all = sheet.form.items.len();
    match sheet.progress {
        Progress::Answering => {
            let mut dice = Dice::of(&["begun", &sheet.member.person.staff_no, &sheet.row.role]);
            1 + all / 4 + dice.below(all / 2)
        }
        _ => all,
    }
}

fn choose(run: &Run, sheet: &Sheet, item: &Item) -> (&'static str, String) {
    let person = sheet.member.person.staff_no.as_str();
    // A clause is asked about once in a role, so its path stands for the question over the years.
    let question = item.row.clause_path.as_str();
    let year = if run.this_year { "this" } else { "last" };
    let mut dice = Dice::of(&["answer", year, person, &sheet.row.role, question]);
    if item.row.not_applicable.is_some() && dice.chance(not_applicable(sheet, question)) {
        return ("na", String::new());
    }
    if dice.chance(done(run, sheet, item, question)) {
        return ("done", String::new());
    }
    let value = if dice.chance(0.68) { "partial" } else { "not_done" };
    (value, comment(run, sheet, item, value, &mut dice))
}

/// How often a duty does not arise: the same for all who are asked the same question.
fn not_applicable(sheet: &Sheet, question: &str) -> f64 {
    let often = 0.08 + 0.22 * Dice::of(&["na", question]).share();
    if sheet.member.on_paper() { 0.75 } else { often }
}

fn done(run: &Run, sheet: &Sheet, item: &Item, question: &str) -> f64 {
    let place = usize::try_from(item.row.topic - 1).unwrap_or(0);
    let base = DONE.get(place).copied().unwrap_or(0.9);
    let department = &run.city.departments[sheet.department].name;
    let shift = |words: &[&str], width: f64| (Dice::of(words).share() - 0.5) * width;
    let topic = item.row.topic.to_string();
    let local = shift(&["department", department], 0.10) + shift(&["local", department, &topic], 0.12);
    let own = shift(&["person", &sheet.member.person.staff_no], 0.10) + shift(&["question", question], 0.08);
    let year = if run.this_year { 0.02 } else { 0.0 };
    let new = if item.row.change == "new" && run.this_year { 0.05 } else { 0.0 };
    (base + local + own + year - new).clamp(0.05, 0.99)
}

fn comment(run: &Run, sheet: &Sheet, item: &Item, value: &str, dice: &mut Dice) -> String {
    let role = sheet.row.role.as_str();
    let of = |no: i32| -> Vec<&str> {
        let fits = run.comments.iter().filter(|c| c.role == role && c.no == no && c.value == value);
        fits.map(|line| line.comment.as_str()).collect()
    };
    let (own, general) = (of(item.no), of(0));
    let pool = if !own.is_empty() && dice.chance(0.4) { own } else { general };
    dice.pick(&pool).map(|text| text.to_string()).unwrap_or_default()
}

fn row(run: &Run, sheet: &Sheet, item: &Item, (value, comment): (&str, String), by: &By) -> answer::Model {
    let on_paper = sheet.member.on_paper();
    let open = matches!(value, "partial" | "not_done");
    answer::Model {
        id: Uuid::now_v7(),
        target_id: sheet.row.id,
        item_id: item.row.id,
        value: Some(value.to_string()),
        raw: None,
        evidence: String::new(),
        planned_on: if open { planned_on(run, sheet, item) } else { None },
        comment,
        version: 1,
        source: if on_paper { "form" } else { "web" }.to_string(),
        // The sheet as a workbook has its first question in row 8.
        source_cell: on_paper.then(|| format!("D{}", item.row.no + 7)),
        at: by.at - Duration::seconds(i64::from(sheet.form.items.len() as i32 - item.row.no) * 25 + 20),
        by_person_id: by.person.id,
    }
}

/// Three of five say until when they will do it.
fn planned_on(run: &Run, sheet: &Sheet, item: &Item) -> Option<Date> {
    let no = item.row.no.to_string();
    let mut dice = Dice::of(&["planned", &sheet.member.person.staff_no, &no]);
    let days = 14 + i64::try_from(dice.below(80)).unwrap_or(0);
    dice.chance(0.6).then(|| weekday_before(run.period.due_on + Duration::days(days)))
}

/// The head gave a sheet back, and its owner was told.
fn give_back(run: &Run, sheet: &Sheet, by: &By, given: &Answering, rows: &mut Rows) -> Result<()> {
    let submission_id = submit(sheet, by, given, rows);
    let head = run.city.head(sheet.department, run.this_year)?;
    let at = returned_at(run, by.at);
    let mut dice = Dice::of(&["returned", &sheet.member.person.staff_no]);
    let reason = dice.pick(&RETURN_REASONS).copied().unwrap_or(RETURN_REASONS[0]);
    rows.sheet_return.push(sheet_return::Model {
        id: Uuid::now_v7(),
        submission_id,
        reason: reason.to_string(),
        at,
        by_person_id: head.id,
    });
    let payload = json!({
        "before": { "submitted": true }, "after": { "submitted": false },
        "submission": submission_id, "reason": reason,
    });
    rows.note(&By { person: head, at }, "target", sheet.row.id, "response.returned", payload);
    let owner = &sheet.member.person;
    rows.outbox.push(outbox::Model {
        id: Uuid::now_v7(),
        kind: "return".to_string(),
        person_id: Some(owner.id),
        to_name: owner.name.clone(),
        to_address: owner.email.clone(),
        subject: format!("【差戻し】{}", run.name),
        body: format!(
            "{} 様\n\n{}の点検票が差し戻されました。\n\n理由：{reason}\n差し戻した人：{}\n提出期限：{}\n\n\
             サインインして点検票を直し、もう一度提出してください。入力した回答は残っています。",
            owner.name,
            run.name,
            head.name,
            domain::calendar::short_day(run.period.due_on),
        ),
        at,
    });
    Ok(())
}

fn returned_at(run: &Run, submitted: OffsetDateTime) -> OffsetDateTime {
    let next = weekday_after(domain::calendar::day(submitted) + Duration::days(1));
    super::days::instant(next, 13, 10)
        .min(run.days.now - Duration::hours(2))
        .max(submitted + Duration::minutes(5))
}
