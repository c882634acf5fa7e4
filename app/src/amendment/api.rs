//! Server functions of amendments.

use crate::context::ask;
use crate::error::AppError;
use domain::calendar::parse_day;
use leptos::prelude::*;
use leptos_axum::redirect;
use store::amendment::{self, NewAmendment, NewDecision};
use uuid::Uuid;

/// Proposes new words for a clause.
#[server(endpoint = "amendment/draft")]
pub async fn draft_amendment(
    clause: Uuid,
    new_text: String,
    reason: String,
    note: String,
    #[server(default)] findings: Vec<Uuid>,
    #[server(default)] improvements: Vec<Uuid>,
) -> Result<(), AppError> {
    let ask = ask()?;
    let new = NewAmendment { new_text, reason, findings, improvements, note };
    let id = amendment::draft(&ask.db, &ask.actor, clause, new, ask.now).await?;
    redirect(&format!("/amendments/{id}"));
    Ok(())
}

/// Records the committee's decision.
#[server(endpoint = "amendment/decide")]
pub async fn decide_amendment(
    amendment: Uuid,
    adopted: bool,
    decided_on: String,
    meeting: String,
    note: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let new = NewDecision { adopted, decided_on: parse_day(&decided_on), meeting, note };
    amendment::decide(&ask.db, &ask.actor, amendment, new, ask.now).await?;
    redirect(&format!("/amendments/{amendment}"));
    Ok(())
}
