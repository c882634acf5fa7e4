//! Server functions of inspections.

use crate::context::ask;
use crate::error::AppError;
use domain::Refusal;
use domain::approval::Level;
use domain::calendar::day_field;
use domain::inspection::{Start, Visibility};
use domain::role::Role;
use leptos::prelude::*;
use leptos_axum::redirect;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// How it is run: whom to ask, and who approves after the heads.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Way {
    pub contact: String,
    /// Keys of the steps after the heads' confirmations, each as the name of a box that was ticked.
    #[serde(default)]
    pub steps: BTreeMap<String, String>,
}

/// Starts an inspection.
#[server(endpoint = "inspection/start")]
pub async fn start_inspection(
    fiscal_year: i32,
    name: String,
    base_on: String,
    opens_on: String,
    due_on: String,
    visibility: String,
    way: Way,
    staff: String,
    manager: String,
    system_manager: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let choose = || Refusal::field("visibility", "所属長に見せる範囲を選んでください。");
    let start = Start {
        fiscal_year,
        name,
        base_on: day_field("base_on", &base_on)?,
        opens_on: day_field("opens_on", &opens_on)?,
        due_on: day_field("due_on", &due_on)?,
        visibility: Visibility::from_key(&visibility).ok_or_else(choose)?,
        contact: way.contact,
        editions: editions([staff, manager, system_manager]),
        levels: way.steps.keys().filter_map(|key| Level::from_key(key)).collect(),
    };
    let id = store::inspection::start(&ask.db, &ask.actor, start, ask.now).await?;
    redirect(&format!("/inspections/{id}"));
    Ok(())
}

/// The chosen edition of each role; a blank means that the role gets no sheet.
fn editions(chosen: [String; 3]) -> Vec<(Role, Uuid)> {
    let pairs = Role::WITH_SHEET.into_iter().zip(chosen);
    pairs.filter_map(|(role, id)| Some((role, id.parse().ok()?))).collect()
}

/// Reminds the missing of an inspection, all or those of one department.
#[server(endpoint = "inspection/remind")]
pub async fn remind_missing(
    inspection: Uuid,
    /// Empty for all.
    department: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let one = match department.as_str() {
        "" => None,
        text => Some(text.parse().map_err(|_| AppError::NotFound)?),
    };
    let people = store::reminder::remind(&ask.db, &ask.actor, inspection, one, ask.now).await?;
    redirect(&format!("/inspections/{inspection}?reminded={people}"));
    Ok(())
}

/// Closes an inspection.
#[server(endpoint = "inspection/close")]
pub async fn close_inspection(inspection: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    store::inspection::close(&ask.db, &ask.actor, inspection, ask.now).await?;
    redirect(&format!("/inspections/{inspection}"));
    Ok(())
}
