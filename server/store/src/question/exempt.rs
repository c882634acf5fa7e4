//! Duties nobody is asked about on purpose, with the reason.

use super::act::{self, Detail, Done, NewAct};
use crate::Db;
use crate::access::require_city;
use crate::entity::{clause, exemption, exemption_withdrawal, person, sentence};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::clause::Class;
use domain::permission::Action;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// A reason that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExemptView {
    pub id: Uuid,
    pub reason: String,
    pub at: OffsetDateTime,
    pub by: String,
}

/// Records why nobody is asked about a duty.
///
/// # Errors
/// Refused without a reason, for a sentence that obliges nobody, or when a reason stands already.
pub async fn exempt(
    db: &Db,
    actor: &Actor,
    sentence_id: Uuid,
    reason: &str,
    now: OffsetDateTime,
) -> StoreResult<Done> {
    require_city(actor, Action::EditPolicy)?;
    let reason = domain::question::reason(reason)?;
    let txn = db.begin().await?;
    let found = sentence::Entity::find_by_id(sentence_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    if !Class::from_key(&found.class).is_some_and(Class::obliges) {
        return Err(StoreError::refused("義務の文ではないため、理由を記録する必要はありません。"));
    }
    let standing = exemption::Entity::find()
        .filter(exemption::Column::SentenceId.eq(sentence_id))
        .filter(exemption::Column::Id.not_in_subquery(withdrawn()))
        .one(&txn)
        .await?;
    if standing.is_some() {
        return Err(StoreError::refused("この文には、設問にしない理由が既に記録されています。"));
    }
    let place = clause::Entity::find_by_id(found.clause_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let id = Uuid::now_v7();
    let row = exemption::ActiveModel {
        id: Set(id),
        sentence_id: Set(sentence_id),
        reason: Set(reason.clone()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    exemption::Entity::insert(row).exec_without_returning(&txn).await?;
    let new = NewAct { revision: place.revision_id, clause: place.id, kind: "exempted", text: &found.text };
    let done = act::record(&txn, actor, new, &Detail::Exempted(id), now).await?;
    let after = json!({ "exempted": true, "reason": reason });
    let event = NewEvent::created("sentence", sentence_id, "sentence.exempted", after)
        .beside(json!({ "text": found.text, "clause": place.id }));
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(done)
}

fn withdrawn() -> SelectStatement {
    Query::select()
        .column(exemption_withdrawal::Column::ExemptionId)
        .from(exemption_withdrawal::Entity)
        .to_owned()
}

/// The standing reasons of some sentences, by sentence.
pub(super) async fn standing<C: ConnectionTrait>(
    connection: &C,
    sentences: SelectStatement,
) -> StoreResult<BTreeMap<Uuid, exemption::Model>> {
    let found = exemption::Entity::find()
        .filter(exemption::Column::SentenceId.in_subquery(sentences))
        .filter(exemption::Column::Id.not_in_subquery(withdrawn()))
        .all(connection)
        .await?;
    Ok(found.into_iter().map(|row| (row.sentence_id, row)).collect())
}

/// Names of people by key.
pub(super) async fn names<C: ConnectionTrait>(
    connection: &C,
    ids: impl IntoIterator<Item = Uuid>,
) -> StoreResult<BTreeMap<Uuid, String>> {
    let found = person::Entity::find().filter(person::Column::Id.is_in(ids)).all(connection).await?;
    Ok(found.into_iter().map(|person| (person.id, person.name)).collect())
}

/// Takes a reason back.
///
/// # Errors
/// `NotFound` for an unknown one; refused when it is taken back already.
pub async fn undo_exemption(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<Done> {
    require_city(actor, Action::EditPolicy)?;
    let detail = serde_json::to_string(&Detail::Exempted(id))?;
    let found = crate::entity::act::Entity::find()
        .filter(crate::entity::act::Column::Detail.eq(detail))
        .one(db.read())
        .await?
        .ok_or(StoreError::NotFound)?;
    act::withdraw(db, actor, found.id, now).await
}
