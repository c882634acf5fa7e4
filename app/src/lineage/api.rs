//! Server functions of the lineage.

use crate::context::ask;
use crate::error::AppError;
use domain::Refusal;
use leptos::prelude::*;
use leptos_axum::redirect;
use store::lineage::{self, Correction, Decision};
use uuid::Uuid;

/// The address of the to-do list of a revision.
pub fn changes_path(revision: Uuid) -> String {
    format!("/policies/{revision}/changes")
}

async fn settle(id: Uuid, decision: Decision) -> Result<(), AppError> {
    let ask = ask()?;
    let revision = lineage::settle(&ask.db, &ask.actor, id, decision, ask.now).await?;
    redirect(&changes_path(revision));
    Ok(())
}

/// Leaves a question as it is although its clause changed.
#[server(endpoint = "lineage/keep")]
pub async fn keep_question(id: Uuid, #[server(default)] reason: String) -> Result<(), AppError> {
    settle(id, Decision::Keep { reason }).await
}

/// Words a question anew because its clause changed.
#[server(endpoint = "lineage/reword")]
pub async fn reword_again(
    id: Uuid,
    text: String,
    not_applicable: String,
    change: String,
) -> Result<(), AppError> {
    settle(id, Decision::Reword { text, not_applicable, meaning_changed: change == "changed" }).await
}

/// Ends a question because its clause changed.
#[server(endpoint = "lineage/retire")]
pub async fn retire_again(id: Uuid, reason: String) -> Result<(), AppError> {
    settle(id, Decision::Retire { reason }).await
}

/// Links a question to another clause.
#[server(endpoint = "lineage/relink")]
pub async fn relink_question(id: Uuid, clause: String) -> Result<(), AppError> {
    let clause = clause
        .parse()
        .map_err(|_| Refusal::field("clause", "結び付ける条項を選んでください。"))?;
    settle(id, Decision::Relink { clause }).await
}

/// Takes back how a question was settled.
#[server(endpoint = "lineage/reopen")]
pub async fn reopen_question(id: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    let revision = lineage::reopen(&ask.db, &ask.actor, id, ask.now).await?;
    redirect(&changes_path(revision));
    Ok(())
}

/// Corrects where a clause comes from.
#[server(endpoint = "lineage/correct")]
pub async fn correct_lineage(
    revision: Uuid,
    act: String,
    #[server(default)] old: String,
    #[server(default)] new: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let clause = |text: &str, field: &str| -> Result<Uuid, AppError> {
        Ok(text.parse().map_err(|_| Refusal::field(field, "条項を選んでください。"))?)
    };
    let (from, to) = (clause(&old, "old"), clause(&new, "new"));
    let correction = match act.as_str() {
        "from" => Correction::ComesFrom { old: from?, new: to? },
        "also" => Correction::ComesAlsoFrom { old: from?, new: to? },
        "cut" => Correction::DoesNotComeFrom { old: from?, new: to? },
        "new" => Correction::IsNew { new: to? },
        "repealed" => Correction::IsRepealed { old: from? },
        _ => return Err(AppError::Malformed),
    };
    lineage::correct(&ask.db, &ask.actor, revision, correction, ask.now).await?;
    let line = if new.is_empty() { old } else { new };
    redirect(&format!("/policies/{revision}/lineage?line={line}#line"));
    Ok(())
}
