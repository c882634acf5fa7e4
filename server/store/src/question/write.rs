//! Questions the officer writes: adding one by hand, rewording, retiring.

use super::accept::Rows;
use super::act::{self, Detail, NewAct};
use super::book::{QuestionNow, active};
use super::links::{refuse_frozen, remove_unused};
use crate::Db;
use crate::access::require_city;
use crate::entity::{clause, question_clause, question_retirement, wording};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use crate::sheet::setting_text;
use domain::actor::Actor;
use domain::clause::fold;
use domain::permission::Action;
use domain::question::Draft;
use domain::sheet::Change;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;
use std::collections::BTreeSet;
use time::OffsetDateTime;
use uuid::Uuid;

/// Adds a question to a clause by hand. If the same role is already asked the same, that question is linked.
/// Gives the question.
///
/// # Errors
/// Refused when the clause has this question already, or the words are missing or too long.
pub async fn add(
    db: &Db,
    actor: &Actor,
    clause_id: Uuid,
    draft: Draft,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require_city(actor, Action::EditPolicy)?;
    let draft = draft.checked()?;
    let txn = db.begin().await?;
    let clause = clause::Entity::find_by_id(clause_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let key = (draft.role, fold(&draft.text));
    let known = active(&txn).await?.into_values().find(|question| question.key() == key).map(|q| q.id);
    if let Some(known) = known {
        refuse_linked(&txn, known, clause_id).await?;
    }
    let mut rows = Rows::default();
    let question = known.unwrap_or_else(|| rows.question(actor, &draft, now));
    rows.link(question, clause_id);
    let after = json!({
        "role": draft.role.key(), "topic": draft.topic.number(), "text": draft.text,
        "not_applicable": draft.not_applicable, "path": clause.short_path,
    });
    let event = NewEvent::created("question", question, "question.added", after);
    rows.event(event.beside(json!({ "new": known.is_none(), "clause": clause_id })));
    rows.write(&txn, actor, now).await?;
    let new = NewAct { revision: clause.revision_id, clause: clause_id, kind: "added", text: &draft.text };
    act::record(&txn, actor, new, &Detail::Added(question), now).await?;
    txn.commit().await?;
    Ok(question)
}

/// Takes an added question out of its clause again, and away unless something else asks it.
pub(super) async fn take_out<C: ConnectionTrait>(
    connection: &C,
    question: Uuid,
    clause: Uuid,
    since: OffsetDateTime,
) -> StoreResult<()> {
    let one = BTreeSet::from([question]);
    refuse_frozen(connection, &one, since).await?;
    question_clause::Entity::delete_many()
        .filter(question_clause::Column::QuestionId.eq(question))
        .filter(question_clause::Column::ClauseId.eq(clause))
        .exec(connection)
        .await?;
    remove_unused(connection, &one).await
}

async fn refuse_linked<C: ConnectionTrait>(connection: &C, question: Uuid, clause: Uuid) -> StoreResult<()> {
    let linked = question_clause::Entity::find()
        .filter(question_clause::Column::QuestionId.eq(question))
        .filter(question_clause::Column::ClauseId.eq(clause))
        .one(connection)
        .await?;
    match linked {
        None => Ok(()),
        Some(_) => Err(domain::Refusal::field(
            "text",
            "この条項には、同じ設問が既にあります。設問文を改めてください。",
        )
        .into()),
    }
}

async fn in_use<C: ConnectionTrait>(connection: &C, question: Uuid) -> StoreResult<QuestionNow> {
    active(connection).await?.remove(&question).ok_or(StoreError::NotFound)
}

/// Words a question anew. Editions that are frozen keep the words they have.
///
/// # Errors
/// `NotFound` for a question that is not in use; refused when nothing changes.
pub async fn reword(
    db: &Db,
    actor: &Actor,
    question: Uuid,
    text: &str,
    not_applicable: Option<&str>,
    meaning_changed: bool,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_city(actor, Action::EditPolicy)?;
    let txn = db.begin().await?;
    let words = Words { text, not_applicable, meaning_changed };
    put_wording(&txn, actor, question, words, now).await?;
    Ok(txn.commit().await?)
}

/// New words for a question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words<'a> {
    pub text: &'a str,
    pub not_applicable: Option<&'a str>,
    pub meaning_changed: bool,
}

/// Words a question anew inside the caller's transaction. Gives the wording.
pub(crate) async fn put_wording<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    question: Uuid,
    words: Words<'_>,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    let before = in_use(connection, question).await?;
    let draft = Draft {
        role: before.role,
        topic: before.topic,
        text: words.text.to_string(),
        not_applicable: words.not_applicable.map(str::to_string),
        weight: before.weight,
    }
    .checked()?;
    if draft.text == before.text && draft.not_applicable == before.not_applicable {
        return Err(
            domain::Refusal::field("text", "設問文が変わっていません。改めてから保存してください。").into()
        );
    }
    let change = if words.meaning_changed { Change::Changed } else { Change::Minor };
    let id = Uuid::now_v7();
    let row = wording::ActiveModel {
        id: Set(id),
        question_id: Set(question),
        number: Set(before.number + 1),
        text: Set(draft.text.clone()),
        not_applicable: Set(draft.not_applicable.clone()),
        weight: Set(draft.weight),
        setting: Set(setting_text(&before.setting)?),
        change: Set(change.key().to_string()),
        at: Set(now),
        by_person_id: Set(Some(actor.person_id)),
    };
    let inserted = wording::Entity::insert(row).exec_without_returning(connection).await;
    on_double(inserted, "ほかの人がこの設問を改めました。画面を開き直して確かめてください。")?;
    let event = NewEvent::changed(
        "question",
        question,
        "question.reworded",
        json!({ "text": before.text, "not_applicable": before.not_applicable, "weight": before.weight }),
        json!({ "text": draft.text, "not_applicable": draft.not_applicable, "weight": draft.weight }),
    );
    ledger::record(connection, actor, now, event.beside(json!({ "change": change.key() }))).await?;
    Ok(id)
}

/// Ends a question: no later edition asks it. Frozen editions keep it.
///
/// # Errors
/// Refused without a reason; `NotFound` for a question that is not in use.
pub async fn retire(
    db: &Db,
    actor: &Actor,
    question: Uuid,
    reason: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_city(actor, Action::EditPolicy)?;
    let txn = db.begin().await?;
    put_retirement(&txn, actor, question, reason, now).await?;
    Ok(txn.commit().await?)
}

/// Ends a question inside the caller's transaction.
pub(crate) async fn put_retirement<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    question: Uuid,
    reason: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let reason = domain::question::reason(reason)?;
    let before = in_use(connection, question).await?;
    let row = question_retirement::ActiveModel {
        id: Set(Uuid::now_v7()),
        question_id: Set(question),
        reason: Set(reason.clone()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = question_retirement::Entity::insert(row).exec_without_returning(connection).await;
    on_double(inserted, "この設問は既に使用をやめています。")?;
    let told = json!({ "text": before.text, "role": before.role.key() });
    let event = NewEvent::removed("question", question, "question.retired", told);
    ledger::record(connection, actor, now, event.beside(json!({ "reason": reason }))).await
}
