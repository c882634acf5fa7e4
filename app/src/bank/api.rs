//! Server functions of the bank.

use crate::context::ask;
use crate::error::AppError;
use domain::Refusal;
use domain::bank::find;
use domain::role::Role;
use leptos::prelude::*;
use leptos_axum::redirect;
use store::bank::{self, Chosen};

/// The address of the bank's questions for a role.
pub fn bank_path(role: Role) -> String {
    format!("/bank?role={}", role.key())
}

/// Takes the ticked questions over, each linked to the clause it is nearest to.
#[server(endpoint = "bank/take")]
pub async fn take_from_bank(role: String, #[server(default)] keys: Vec<String>) -> Result<(), AppError> {
    let ask = ask()?;
    let role = Role::from_key(&role).ok_or_else(|| Refusal::field("role", "答える人を選んでください。"))?;
    bank::take_nearest(&ask.db, &ask.actor, &keys, ask.now).await?;
    redirect(&bank_path(role));
    Ok(())
}

/// Takes one question over, linked to the clause the officer chose.
#[server(endpoint = "bank/take_one")]
pub async fn take_one_from_bank(key: String, clause: String) -> Result<(), AppError> {
    let ask = ask()?;
    let question = find(&key).ok_or(AppError::NotFound)?;
    let clause = match clause.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| Refusal::field("clause", "条項を選び直してください。"))?),
    };
    bank::take(&ask.db, &ask.actor, Chosen { key, clause }, ask.now).await?;
    redirect(&bank_path(question.role));
    Ok(())
}
