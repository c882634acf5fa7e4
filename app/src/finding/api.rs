//! Server functions of findings.


use crate::context::ask;
use crate::error::AppError;
use domain::Refusal;
use domain::finding::{Grade, Words};
use leptos::prelude::*;
use leptos_axum::redirect;
use store::finding::NewFinding;
use uuid::Uuid;

/// An empty field is none; anything else must be a key.
fn optional(text: &str) -> Result<Option<Uuid>, AppError> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| AppError::Malformed) }
}

fn grade(key: &str) -> Result<Grade, AppError> {
    Grade::from_key(key).ok_or_else(|| Refusal::field("grade", "区分を選んでください。").into())
}

/// Records a finding.
#[server(endpoint = "finding/record")]
pub async fn record_finding(
    audit: Uuid,
    item: String,
    clause: String,
    #[server(default)] grade: String,
    title: String,
    fact: String,
    criterion: String,
    effect: String,
    recommendation: String,
    #[server(default)] rule_change: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let words = Words { grade: self::grade(&grade)?, title, fact, criterion, effect, recommendation };
    let new = NewFinding {
        words,
        clause: optional(&clause)?,
        item: optional(&item)?,
        rule_change: !rule_change.is_empty(),
    };
    let id = store::finding::record(&ask.db, &ask.actor, audit, new, ask.now).await?;
    redirect(&format!("/findings/{id}"));
    Ok(())
}

/// Corrects a finding while the report is a draft.
#[server(endpoint = "finding/revise")]
pub async fn revise_finding(
    finding: Uuid,
    item: String,
    clause: String,
    #[server(default)] grade: String,
    title: String,
    fact: String,
    criterion: String,
    effect: String,
    recommendation: String,
    #[server(default)] rule_change: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let words = Words { grade: self::grade(&grade)?, title, fact, criterion, effect, recommendation };
    let new = NewFinding {
        words,
        clause: optional(&clause)?,
        item: optional(&item)?,
        rule_change: !rule_change.is_empty(),
    };
    store::finding::revise(&ask.db, &ask.actor, finding, new, ask.now).await?;
    redirect(&format!("/findings/{finding}"));
    Ok(())
}
