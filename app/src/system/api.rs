//! Server functions of the register of systems.

use crate::context::ask;
use crate::error::AppError;
use domain::Refusal;
use domain::calendar::day_field;
use leptos::prelude::*;
use leptos_axum::redirect;
use uuid::Uuid;

fn owner(text: &str) -> Result<Uuid, Refusal> {
    text.parse().map_err(|_| Refusal::field("department", "所管する所属を選んでください。"))
}

/// Enters a system.
#[server(endpoint = "system/add")]
pub async fn add_system(name: String, department: String, from: String) -> Result<(), AppError> {
    let ask = ask()?;
    let (department, from) = (owner(&department)?, day_field("from", &from)?);
    store::system::add(&ask.db, &ask.actor, &name, department, from, ask.now).await?;
    redirect("/systems");
    Ok(())
}

/// Another department owns it from a day on.
#[server(endpoint = "system/hand_over")]
pub async fn hand_over_system(system: Uuid, department: String, on: String) -> Result<(), AppError> {
    let ask = ask()?;
    let (department, on) = (owner(&department)?, day_field("on", &on)?);
    store::system::hand_over(&ask.db, &ask.actor, system, department, on, ask.now).await?;
    redirect("/systems");
    Ok(())
}

/// It is no longer in use from a day on.
#[server(endpoint = "system/end")]
pub async fn end_system(system: Uuid, to: String) -> Result<(), AppError> {
    let ask = ask()?;
    let on = day_field("to", &to)?;
    store::system::end(&ask.db, &ask.actor, system, on, ask.now).await?;
    redirect("/systems");
    Ok(())
}
