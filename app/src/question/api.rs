//! Server functions of questions. A form is answered with the next place, the island with what changed.

use super::address::Address;
use super::reply::{Went, answer, look};
use crate::context::ask;
use crate::error::AppError;
use crate::island::workbench::Reply;
use domain::Refusal;
use domain::clause::Class;
use domain::clause::correction::Reach;
use domain::question::Draft;
use domain::role::Role;
use domain::topic::Topic;
use leptos::prelude::*;
use leptos_axum::redirect;
use store::question;
use uuid::Uuid;

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

/// Shows another place at the workbench; for the island.
#[server(endpoint = "question/open")]
pub async fn open_place(page: String) -> Result<Reply, AppError> {
    let ask = ask()?;
    let address = Address::parse(&page).ok_or(AppError::NotFound)?;
    look(&ask, &address, String::new()).await
}

/// Accepts a proposal as it stands.
#[server(endpoint = "question/accept")]
pub async fn accept_proposal(proposal: Uuid, #[server(default)] page: String) -> Result<Reply, AppError> {
    let ask = ask()?;
    let done = question::accept(&ask.db, &ask.actor, proposal, ask.now).await;
    answer(&ask, &page, done, Went::On).await
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
    #[server(default)] page: String,
) -> Result<Reply, AppError> {
    let ask = ask()?;
    let draft = draft(&role, topic, text, not_applicable, effort)?;
    let done = question::accept_edited(&ask.db, &ask.actor, proposal, draft, ask.now).await;
    answer(&ask, &page, done, Went::On).await
}

/// Splits a proposal: every line is a question.
#[server(endpoint = "question/split")]
pub async fn split_proposal(
    proposal: Uuid,
    lines: String,
    #[server(default)] page: String,
) -> Result<Reply, AppError> {
    let ask = ask()?;
    let done = question::split(&ask.db, &ask.actor, proposal, &lines, ask.now).await;
    answer(&ask, &page, done, Went::On).await
}

/// Merges the marked proposals into one question; `proposals` are keys with dots between them.
#[server(endpoint = "question/merge")]
pub async fn merge_proposals(
    proposals: String,
    role: String,
    topic: i32,
    text: String,
    not_applicable: String,
    #[server(default)] page: String,
) -> Result<Reply, AppError> {
    let ask = ask()?;
    let ids: Vec<Uuid> = proposals.split('.').filter_map(|id| id.parse().ok()).collect();
    let draft = draft(&role, topic, text, not_applicable, false)?;
    let done = question::merge(&ask.db, &ask.actor, &ids, draft, ask.now).await;
    answer(&ask, &page, done, Went::On).await
}

/// Rejects a proposal; `common` is one of the usual reasons, if its button was pressed.
#[server(endpoint = "question/reject")]
pub async fn reject_proposal(
    proposal: Uuid,
    #[server(default)] reason: String,
    #[server(default)] common: String,
    #[server(default)] page: String,
) -> Result<Reply, AppError> {
    let ask = ask()?;
    let reason = if common.is_empty() { reason } else { common };
    let done = question::reject(&ask.db, &ask.actor, proposal, &reason, ask.now).await;
    answer(&ask, &page, done, Went::On).await
}

/// Takes a settlement back.
#[server(endpoint = "question/undo")]
pub async fn undo_settlement(proposal: Uuid, #[server(default)] page: String) -> Result<Reply, AppError> {
    let ask = ask()?;
    let next = question::undo(&ask.db, &ask.actor, proposal, ask.now).await;
    let went = next.map(|next| question::Done { act: Uuid::nil(), revision: next.revision, clause: next.clause, proposal: Some(proposal) });
    answer(&ask, &page, went, Went::Back).await
}

/// Takes an act back: one from the list, or the officer's last one in the revision.
#[server(endpoint = "question/withdraw")]
pub async fn withdraw_act(
    revision: Uuid,
    #[server(default)] act: String,
    #[server(default)] page: String,
) -> Result<Reply, AppError> {
    let ask = ask()?;
    let done = match act.parse() {
        Ok(act) => question::withdraw(&ask.db, &ask.actor, act, ask.now).await,
        Err(_) => question::withdraw_last(&ask.db, &ask.actor, revision, ask.now).await,
    };
    answer(&ask, &page, done, Went::Back).await
}

/// Records why nobody is asked about a duty.
#[server(endpoint = "question/exempt")]
pub async fn exempt_duty(
    sentence: Uuid,
    #[server(default)] reason: String,
    #[server(default)] common: String,
    #[server(default)] page: String,
) -> Result<Reply, AppError> {
    let ask = ask()?;
    let reason = if common.is_empty() { reason } else { common };
    let done = question::exempt(&ask.db, &ask.actor, sentence, &reason, ask.now).await;
    answer(&ask, &page, done, Went::Here).await
}

/// Takes such a reason back.
#[server(endpoint = "question/undo_exemption")]
pub async fn undo_exemption(exemption: Uuid, #[server(default)] page: String) -> Result<Reply, AppError> {
    let ask = ask()?;
    let done = question::undo_exemption(&ask.db, &ask.actor, exemption, ask.now).await;
    answer(&ask, &page, done, Went::Back).await
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
    #[server(default)] page: String,
) -> Result<Reply, AppError> {
    let ask = ask()?;
    let draft = draft(&role, topic, text, not_applicable, false)?;
    let added = question::add(&ask.db, &ask.actor, clause, draft, ask.now).await;
    answer(&ask, &page, added.map(|_| here(revision, clause)), Went::Said("設問を加えました。")).await
}

/// An act without a row of its own.
fn here(revision: Uuid, clause: Uuid) -> question::Done {
    question::Done { act: Uuid::nil(), revision, clause, proposal: None }
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
    #[server(default)] page: String,
) -> Result<Reply, AppError> {
    let ask = ask()?;
    let changed = change == "changed";
    let done =
        question::reword(&ask.db, &ask.actor, question, &text, Some(&not_applicable), changed, ask.now).await;
    answer(&ask, &page, done.map(|()| here(revision, clause)), Went::Said("設問文を直しました。")).await
}

/// Ends a question.
#[server(endpoint = "question/retire")]
pub async fn retire_question(
    revision: Uuid,
    clause: Uuid,
    question: Uuid,
    reason: String,
    #[server(default)] page: String,
) -> Result<Reply, AppError> {
    let ask = ask()?;
    let done = question::retire(&ask.db, &ask.actor, question, &reason, ask.now).await;
    answer(&ask, &page, done.map(|()| here(revision, clause)), Went::Said("設問の使用をやめました。")).await
}

/// Sets the class and the role of a sentence.
#[server(endpoint = "clause/reclassify")]
pub async fn reclassify_sentence(
    sentence: Uuid,
    class: String,
    role: String,
    #[server(default)] same_subject: bool,
    #[server(default)] same_ending: bool,
    #[server(default)] page: String,
) -> Result<Reply, AppError> {
    let ask = ask()?;
    let class =
        Class::from_key(&class).ok_or_else(|| Refusal::field("class", "文の種類を選んでください。"))?;
    let reach = Reach { subject: same_subject, ending: same_ending };
    let role = Role::from_key(&role);
    let done = store::clause::reclassify(&ask.db, &ask.actor, sentence, class, role, reach, ask.now).await;
    answer(&ask, &page, done.map(|(done, _)| done), Went::Here).await
}

/// Ends a correction: later documents are read without it.
#[server(endpoint = "clause/withdraw_correction")]
pub async fn withdraw_correction(correction: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    store::correction::withdraw(&ask.db, &ask.actor, correction, ask.now).await?;
    redirect("/policies/corrections");
    Ok(())
}
