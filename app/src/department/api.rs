//! Server functions of the head.

use crate::context::ask;
use crate::error::AppError;
use crate::ui::back;
use super::reorganise_api::keyed;
use domain::Refusal;
use domain::calendar::day_field;
use leptos::prelude::*;
use leptos_axum::redirect;
use std::collections::BTreeMap;
use store::department::{self, NewDeputy};
use uuid::Uuid;

/// Back to the department's page, with what was done and to how many, and with what was chosen there.
fn done(inspection: Uuid, department: Uuid, page: &str, (what, number): (&str, usize), at: &str) {
    let path = format!("/inspections/{inspection}/departments/{department}");
    let said = [("done", what.to_string()), ("n", number.to_string())];
    redirect(&back(&path, page, &said, at));
}

/// Where a sheet that was given back is found again: its row, if the page still shows it.
fn row_of(target: Uuid, page: &str) -> String {
    if page.contains("state=submitted") { "people".to_string() } else { format!("p-{target}") }
}

/// Gives a sheet back.
#[server(endpoint = "response/return_sheet")]
pub async fn return_sheet(
    target: Uuid,
    reason: String,
    /// The page it came from, as every form carries it along.
    #[server(default)]
    page: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let place = department::return_sheet(&ask.db, &ask.actor, target, &reason, ask.now).await?;
    done(place.inspection, place.department, &page, ("returned", 1), &row_of(target, &page));
    Ok(())
}

/// Gives several sheets back with one reason.
#[server(endpoint = "response/return_sheets")]
pub async fn return_sheets(
    inspection: Uuid,
    department: Uuid,
    /// Keys of targets, each with a letter before it, as the names of boxes that were ticked.
    #[server(default)]
    sheets: BTreeMap<String, String>,
    reason: String,
    #[server(default)] page: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let targets: Vec<Uuid> = keyed(&sheets).map(|(target, _)| target).collect();
    department::return_sheets(&ask.db, &ask.actor, &targets, &reason, ask.now).await?;
    done(inspection, department, &page, ("returned", targets.len()), "people");
    Ok(())
}

/// Names a 代理 of the department.
#[server(endpoint = "department/name_deputy")]
pub async fn name_deputy(
    inspection: Uuid,
    department: Uuid,
    person: String,
    from: String,
    to: String,
    #[server(default)] page: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let person = person.parse().map_err(|_| Refusal::field("person", "代理に定める職員を選んでください。"))?;
    let new = NewDeputy { department, person, from: day_field("from", &from)?, until: Some(day_field("to", &to)?) };
    department::name_deputy(&ask.db, &ask.actor, new, ask.now).await?;
    done(inspection, department, &page, ("deputy", 1), "deputy");
    Ok(())
}

/// Withdraws a 代理.
#[server(endpoint = "department/withdraw_deputy")]
pub async fn withdraw_deputy(
    inspection: Uuid,
    deputation: Uuid,
    #[server(default)] page: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let department = department::withdraw_deputy(&ask.db, &ask.actor, deputation, ask.now).await?;
    done(inspection, department, &page, ("deputy_withdrawn", 1), "deputy");
    Ok(())
}

/// Confirms the department's sheets.
#[server(endpoint = "department/confirm")]
pub async fn confirm_department(
    inspection: Uuid,
    department: Uuid,
    note: String,
    #[server(default)] own_reason: String,
    #[server(default)] page: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let word = department::Word { note, own_reason };
    department::confirm(&ask.db, &ask.actor, inspection, department, word, ask.now).await?;
    done(inspection, department, &page, ("confirmed", 1), "word");
    Ok(())
}

/// Takes the confirmation back.
#[server(endpoint = "department/withdraw_confirmation")]
pub async fn withdraw_confirmation(
    inspection: Uuid,
    department: Uuid,
    #[server(default)] page: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    department::withdraw_confirmation(&ask.db, &ask.actor, inspection, department, ask.now).await?;
    done(inspection, department, &page, ("withdrawn", 1), "word");
    Ok(())
}

/// Begins to enter the answers of somebody of the department.
#[server(endpoint = "response/begin_proxy")]
pub async fn begin_proxy(target: Uuid, #[server(default)] reason: String) -> Result<(), AppError> {
    let ask = ask()?;
    store::proxy::begin(&ask.db, &ask.actor, target, &reason, ask.now).await?;
    redirect(&format!("/answer/{target}"));
    Ok(())
}

/// Reminds the missing of the department.
#[server(endpoint = "department/remind")]
pub async fn remind_department(
    inspection: Uuid,
    department: Uuid,
    #[server(default)] page: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let people =
        store::reminder::remind_own(&ask.db, &ask.actor, inspection, department, ask.now).await?;
    done(inspection, department, &page, ("reminded", people), "people");
    Ok(())
}
