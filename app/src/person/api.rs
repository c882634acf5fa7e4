//! Server functions of people. Codes are printed in the answer to their form, which is a route of the server.

use crate::context::ask;
use crate::error::AppError;
use domain::Refusal;
use domain::role::Role;
use leptos::prelude::*;
use leptos_axum::redirect;
use uuid::Uuid;

/// Grants a role.
#[server(endpoint = "person/grant_role")]
pub async fn grant_role(person: Uuid, role: String) -> Result<(), AppError> {
    let ask = ask()?;
    let role = Role::from_key(&role).ok_or_else(|| Refusal::field("role", "役割を選んでください。"))?;
    store::person::grant_role(&ask.db, &ask.actor, person, role, ask.now).await?;
    redirect(&format!("/people/{person}"));
    Ok(())
}

/// Withdraws a granted role.
#[server(endpoint = "person/withdraw_role")]
pub async fn withdraw_role(grant: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    let person = store::person::withdraw_role(&ask.db, &ask.actor, grant, ask.now).await?;
    redirect(&format!("/people/{person}"));
    Ok(())
}
