//! Splitting a proposal into several questions, and merging several proposals into one.

use super::accept::{Accepted, Rows, as_proposed, linked, put};
use super::act::{self, Detail, Done, NewAct};
use super::book::{Book, Key};
use crate::Db;
use crate::access::require_city;
use crate::entity::{proposal, settlement_part};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{NewEvent, insert_in_portions};
use domain::actor::Actor;
use domain::clause::fold;
use domain::permission::Action;
use domain::question::{Draft, parts};
use sea_orm::{EntityTrait, Set};
use serde_json::json;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// Splits a proposal: every line becomes a question about the same clause. Role, chapter and condition stay.
///
/// # Errors
/// Refused when it is settled already, or fewer than two lines are given.
pub async fn split(db: &Db, actor: &Actor, id: Uuid, lines: &str, now: OffsetDateTime) -> StoreResult<Done> {
    require_city(actor, Action::EditPolicy)?;
    let texts = parts(lines)?;
    let txn = db.begin().await?;
    let found = proposal::Entity::find_by_id(id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let book = Book::load(&txn, found.revision_id).await?;
    book.refuse_settled(id)?;
    let whole = as_proposed(&found).ok_or(StoreError::NotFound)?;
    let known: BTreeMap<Key, Uuid> = book.questions.values().map(|q| (q.key(), q.id)).collect();
    let mut rows = Rows::default();
    let mut questions = Vec::new();
    for text in &texts {
        let draft = Draft { text: text.clone(), ..whole.clone() }.checked()?;
        let asked = known.get(&(draft.role, fold(&draft.text))).copied();
        let question = asked.unwrap_or_else(|| rows.question(actor, &draft, now));
        if asked.is_none() {
            rows.guide(question, &found.guidance)?;
        }
        if !linked(&book, found.clause_id, question) {
            rows.link(question, found.clause_id);
        }
        questions.push(question);
    }
    let settled = rows.settle(&found, questions[0], actor, now);
    let event = NewEvent::created("proposal", id, "proposal.split", json!({ "texts": texts }));
    rows.event(event.beside(json!({
        "clause": found.clause_id, "proposed": found.text, "made": questions,
    })));
    rows.write(&txn, actor, now).await?;
    let further = questions[1..].iter().map(|question| settlement_part::ActiveModel {
        id: Set(Uuid::now_v7()),
        settlement_id: Set(settled),
        question_id: Set(*question),
    });
    insert_in_portions::<settlement_part::Entity, _, _>(&txn, further.collect()).await?;
    let text = texts.join("／");
    let new = NewAct { revision: found.revision_id, clause: found.clause_id, kind: "split", text: &text };
    let done = act::record(&txn, actor, new, &Detail::Settled(vec![settled]), now).await?;
    txn.commit().await?;
    Ok(done)
}

/// Merges proposals into one question that is linked to all their clauses.
///
/// # Errors
/// Refused when fewer than two are given, one of them is settled, or they belong to different revisions.
pub async fn merge(
    db: &Db,
    actor: &Actor,
    ids: &[Uuid],
    draft: Draft,
    now: OffsetDateTime,
) -> StoreResult<Done> {
    require_city(actor, Action::EditPolicy)?;
    let draft = draft.checked()?;
    let txn = db.begin().await?;
    let first = ids.first().copied().ok_or_else(too_few)?;
    let first = proposal::Entity::find_by_id(first).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let book = Book::load(&txn, first.revision_id).await?;
    let chosen: Vec<&proposal::Model> =
        book.proposals.iter().filter(|proposal| ids.contains(&proposal.id)).collect();
    if chosen.len() < 2 {
        return Err(too_few());
    }
    if let Some(settled) = chosen.iter().find(|proposal| book.settlements.contains_key(&proposal.id)) {
        return Err(StoreError::refused(format!(
            "「{}」は既に処理されています。まとめる候補から外すか、先に取り消してください。",
            settled.text
        )));
    }
    let text = draft.text.clone();
    let settled = put(&txn, actor, &book, vec![Accepted { draft, proposals: chosen }], now).await?;
    let new = NewAct { revision: first.revision_id, clause: first.clause_id, kind: "merged", text: &text };
    let done = act::record(&txn, actor, new, &Detail::Settled(settled), now).await?;
    txn.commit().await?;
    Ok(done)
}

fn too_few() -> StoreError {
    StoreError::refused("1問にまとめる案を、2件以上選んでください。")
}
