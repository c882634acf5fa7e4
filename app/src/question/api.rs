//! Server functions of questions.

use crate::context::ask;
use crate::error::AppError;
use domain::Refusal;
use domain::clause::Class;
use domain::question::Draft;
use domain::role::Role;
use domain::topic::Topic;
use leptos::prelude::*;
use leptos_axum::redirect;
use store::question::{self, Next};
use uuid::Uuid;

/// On to the next open proposal, or back to the revision when none is left.
fn go_on(next: &Next) {
    match next.next {
        Some(clause) => redirect(&clause_path(next.revision, clause)),
        None => redirect(&format!("/policies/{}", next.revision)),
    }
}

/// The address of a clause.
pub fn clause_path(revision: Uuid, clause: Uuid) -> String {
    format!("/policies/{revision}/clauses/{clause}")
}

fn draft(
    role: &str,
    topic: i32,
    text: String,
    not_applicable: String,
    effort: bool,
) -> Result<Draft, AppError> {
    let role = Role::from_key(role).ok_or_else(|| Refusal::field("role", "答える人を選んでください。"))?;
    let topic = Topic::from_number(topic).ok_or_else(|| Refusal::field("topic", "章を選んでください。"))?;
    let weight = if effort { 0.5 } else { 1.0 };
    Ok(Draft { role, topic, text, not_applicable: Some(not_applicable), weight })
}

/// Accepts a proposal as it stands.
#[server(endpoint = "question/accept")]
pub async fn accept_proposal(proposal: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    go_on(&question::accept(&ask.db, &ask.actor, proposal, ask.now).await?);
    Ok(())
}

/// Accepts a proposal with the officer's words.
#[server(endpoint = "question/accept_edited")]
pub async fn accept_edited(
    proposal: Uuid,
    role: String,
    topic: i32,
    text: String,
    not_applicable: String,
    #[server(default)] effort: bool,
) -> Result<(), AppError> {
    let ask = ask()?;
    let draft = draft(&role, topic, text, not_applicable, effort)?;
    go_on(&question::accept_edited(&ask.db, &ask.actor, proposal, draft, ask.now).await?);
    Ok(())
}

/// Rejects a proposal.
#[server(endpoint = "question/reject")]
pub async fn reject_proposal(proposal: Uuid, reason: String) -> Result<(), AppError> {
    let ask = ask()?;
    go_on(&question::reject(&ask.db, &ask.actor, proposal, &reason, ask.now).await?);
    Ok(())
}

/// Takes a settlement back.
#[server(endpoint = "question/undo")]
pub async fn undo_settlement(proposal: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    go_on(&question::undo(&ask.db, &ask.actor, proposal, ask.now).await?);
    Ok(())
}

/// Accepts all open proposals of the roles with a sheet.
#[server(endpoint = "question/accept_all")]
pub async fn accept_all(revision: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    question::accept_all(&ask.db, &ask.actor, revision, ask.now).await?;
    redirect(&format!("/policies/{revision}"));
    Ok(())
}

/// Adds a question by hand.
#[server(endpoint = "question/add")]
pub async fn add_question(
    revision: Uuid,
    clause: Uuid,
    role: String,
    topic: i32,
    text: String,
    not_applicable: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let draft = draft(&role, topic, text, not_applicable, false)?;
    question::add(&ask.db, &ask.actor, clause, draft, ask.now).await?;
    redirect(&clause_path(revision, clause));
    Ok(())
}

/// Words a question anew.
#[server(endpoint = "question/reword")]
pub async fn reword_question(
    revision: Uuid,
    clause: Uuid,
    question: Uuid,
    text: String,
    not_applicable: String,
    change: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let changed = change == "changed";
    question::reword(&ask.db, &ask.actor, question, &text, Some(&not_applicable), changed, ask.now).await?;
    redirect(&clause_path(revision, clause));
    Ok(())
}

/// Ends a question.
#[server(endpoint = "question/retire")]
pub async fn retire_question(
    revision: Uuid,
    clause: Uuid,
    question: Uuid,
    reason: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    question::retire(&ask.db, &ask.actor, question, &reason, ask.now).await?;
    redirect(&clause_path(revision, clause));
    Ok(())
}

/// Sets the class and the role of a sentence.
#[server(endpoint = "clause/reclassify")]
pub async fn reclassify_sentence(
    revision: Uuid,
    clause: Uuid,
    sentence: Uuid,
    class: String,
    role: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let class =
        Class::from_key(&class).ok_or_else(|| Refusal::field("class", "文の種類を選んでください。"))?;
    store::clause::reclassify(&ask.db, &ask.actor, sentence, class, Role::from_key(&role), ask.now).await?;
    redirect(&clause_path(revision, clause));
    Ok(())
}
