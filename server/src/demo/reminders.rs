//! A reminder to those who had not handed in.

use super::city::City;
use super::days::{Days, weekday_before};
use super::inspection::{Progress, Ran};
use super::rows::{By, Rows};
use anyhow::Result;
use domain::calendar::short_day;
use serde_json::json;
use std::collections::BTreeMap;
use store::entity::{outbox, person, reminder};
use time::Duration;
use uuid::Uuid;

/// Makes this year's reminder, a few days ago, if the inspection had opened by then.
///
/// # Errors
/// When the officer is missing.
pub fn build(city: &City, days: &Days, ran: &Ran, rows: &mut Rows) -> Result<()> {
    let day = weekday_before(days.today - Duration::days(4));
    if day <= ran.period.opens_on {
        return Ok(());
    }
    let officer = &city.named("椎名 航平")?.person;
    let by = By { person: officer, at: days.at(day, 9, 5) };
    let missing: BTreeMap<&str, &person::Model> = ran
        .sheets
        .iter()
        .filter(|sheet| !matches!(sheet.progress, Progress::Submitted(at) if at < by.at))
        .map(|sheet| (sheet.member.person.staff_no.as_str(), &sheet.member.person))
        .collect();
    let id = Uuid::now_v7();
    rows.reminder.push(reminder::Model {
        id,
        inspection_id: ran.id,
        department_id: None,
        people: i32::try_from(missing.len())?,
        at: by.at,
        by_person_id: officer.id,
    });
    rows.note(&by, "inspection", ran.id, "reminder.sent", json!({ "people": missing.len() }));
    let due = short_day(ran.period.due_on);
    rows.outbox.extend(missing.into_values().map(|person| outbox::Model {
        id: Uuid::now_v7(),
        kind: "reminder".to_string(),
        person_id: Some(person.id),
        to_name: person.name.clone(),
        to_address: person.email.clone(),
        subject: format!("【{due}まで】{}の提出について", ran.name),
        body: format!(
            "{} 様\n\n{}の点検票が、まだ提出されていません。\n提出期限：{due}\n\n\
             サインインして回答し、提出してください。問合せ先：情報政策課（内線2341）",
            person.name, ran.name,
        ),
        at: by.at,
    }));
    Ok(())
}
