//! Server functions of improvements.

use crate::context::ask;
use crate::error::AppError;
use domain::calendar::parse_day;
use leptos::prelude::*;
use leptos_axum::redirect;
use store::improvement::{self, Draft, NewPlan};
use uuid::Uuid;

fn path(id: Uuid) -> String {
    format!("/improvements/{id}")
}

/// The head takes up an answer.
#[server(endpoint = "improvement/from_answer")]
pub async fn open_from_answer(
    target: Uuid,
    item: Uuid,
    title: String,
    fact: String,
    #[server(default)] rule_change: bool,
) -> Result<(), AppError> {
    let ask = ask()?;
    let draft = Draft { title, fact, rule_change };
    let id = improvement::from_answer(&ask.db, &ask.actor, target, item, draft, ask.now).await?;
    redirect(&path(id));
    Ok(())
}

/// The auditor or the 事務局 takes up a finding.
#[server(endpoint = "improvement/from_finding")]
pub async fn open_from_finding(
    finding: Uuid,
    title: String,
    fact: String,
    #[server(default)] rule_change: bool,
) -> Result<(), AppError> {
    let ask = ask()?;
    let draft = Draft { title, fact, rule_change };
    let id = improvement::from_finding(&ask.db, &ask.actor, finding, draft, ask.now).await?;
    redirect(&path(id));
    Ok(())
}

/// The head plans.
#[server(endpoint = "improvement/plan")]
pub async fn plan_improvement(
    improvement: Uuid,
    cause: String,
    measure: String,
    due_on: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let plan = NewPlan { cause, measure, due_on: parse_day(&due_on) };
    improvement::plan(&ask.db, &ask.actor, improvement, plan, ask.now).await?;
    redirect(&path(improvement));
    Ok(())
}

/// The head reports completion.
#[server(endpoint = "improvement/complete")]
pub async fn complete_improvement(improvement: Uuid, report: String) -> Result<(), AppError> {
    let ask = ask()?;
    improvement::complete(&ask.db, &ask.actor, improvement, &report, ask.now).await?;
    redirect(&path(improvement));
    Ok(())
}

/// Somebody else verifies or sends back.
#[server(endpoint = "improvement/verify")]
pub async fn verify_improvement(
    improvement: Uuid,
    completion: Uuid,
    effective: bool,
    note: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    improvement::verify(&ask.db, &ask.actor, improvement, completion, effective, &note, ask.now).await?;
    redirect(&path(improvement));
    Ok(())
}
