//! Server functions of the head.

use crate::context::ask;
use crate::error::AppError;
use super::reorganise_api::keyed;
use domain::Refusal;
use domain::calendar::day_field;
use leptos::prelude::*;
use leptos_axum::redirect;
use std::collections::BTreeMap;
use store::department::{self, NewDeputy};
use uuid::Uuid;

fn path(inspection: Uuid, department: Uuid) -> String {
    format!("/inspections/{inspection}/departments/{department}")
}

/// Gives a sheet back.
#[server(endpoint = "response/return_sheet")]
pub async fn return_sheet(target: Uuid, reason: String) -> Result<(), AppError> {
    let ask = ask()?;
    let place = department::return_sheet(&ask.db, &ask.actor, target, &reason, ask.now).await?;
    redirect(&path(place.inspection, place.department));
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
) -> Result<(), AppError> {
    let ask = ask()?;
    let targets: Vec<Uuid> = keyed(&sheets).map(|(target, _)| target).collect();
    department::return_sheets(&ask.db, &ask.actor, &targets, &reason, ask.now).await?;
    redirect(&path(inspection, department));
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
) -> Result<(), AppError> {
    let ask = ask()?;
    let person = person.parse().map_err(|_| Refusal::field("person", "代理に定める職員を選んでください。"))?;
    let new = NewDeputy { department, person, from: day_field("from", &from)?, until: Some(day_field("to", &to)?) };
    department::name_deputy(&ask.db, &ask.actor, new, ask.now).await?;
    redirect(&path(inspection, department));
    Ok(())
}

/// Withdraws a 代理.
#[server(endpoint = "department/withdraw_deputy")]
pub async fn withdraw_deputy(inspection: Uuid, deputation: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    let department = department::withdraw_deputy(&ask.db, &ask.actor, deputation, ask.now).await?;
    redirect(&path(inspection, department));
    Ok(())
}

/// Confirms the department's sheets.
#[server(endpoint = "department/confirm")]
pub async fn confirm_department(
    inspection: Uuid,
    department: Uuid,
    note: String,
    #[server(default)] own_reason: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let word = department::Word { note, own_reason };
    department::confirm(&ask.db, &ask.actor, inspection, department, word, ask.now).await?;
    redirect(&path(inspection, department));
    Ok(())
}

/// Takes the confirmation back.
#[server(endpoint = "department/withdraw_confirmation")]
pub async fn withdraw_confirmation(inspection: Uuid, department: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    department::withdraw_confirmation(&ask.db, &ask.actor, inspection, department, ask.now).await?;
    redirect(&path(inspection, department));
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
