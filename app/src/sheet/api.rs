//! Server functions of sheets.

use crate::context::ask;
use crate::error::AppError;
use domain::Refusal;
use domain::role::Role;
use leptos::prelude::*;
use leptos_axum::redirect;
use store::sheet;
use uuid::Uuid;

/// Begins the sheet of a role.
#[server(endpoint = "sheet/create")]
pub async fn create_sheet(role: String, fiscal_year: i32) -> Result<(), AppError> {
    let ask = ask()?;
    let role = Role::from_key(&role).ok_or_else(|| Refusal::field("role", "答える人を選んでください。"))?;
    let sheet = sheet::create(&ask.db, &ask.actor, role, fiscal_year, ask.now).await?;
    redirect(&format!("/sheets/{sheet}"));
    Ok(())
}

/// Moves a question up or down.
#[server(endpoint = "sheet/move")]
pub async fn move_item(sheet: Uuid, question: Uuid, direction: String) -> Result<(), AppError> {
    let ask = ask()?;
    let up = direction == "up";
    sheet::move_item(&ask.db, &ask.actor, sheet, question, up, ask.now).await?;
    redirect(&format!("/sheets/{sheet}#q-{question}"));
    Ok(())
}

/// Leaves a question out.
#[server(endpoint = "sheet/leave_out")]
pub async fn leave_out(sheet: Uuid, question: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    sheet::leave_out(&ask.db, &ask.actor, sheet, question, ask.now).await?;
    redirect(&format!("/sheets/{sheet}"));
    Ok(())
}

/// Takes a question in.
#[server(endpoint = "sheet/take_in")]
pub async fn take_in(sheet: Uuid, question: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    sheet::take_in(&ask.db, &ask.actor, sheet, question, ask.now).await?;
    redirect(&format!("/sheets/{sheet}#q-{question}"));
    Ok(())
}

/// Freezes a sheet.
#[server(endpoint = "sheet/freeze")]
pub async fn freeze_sheet(sheet: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    let edition = sheet::freeze(&ask.db, &ask.actor, sheet, ask.now).await?;
    redirect(&format!("/editions/{edition}"));
    Ok(())
}
