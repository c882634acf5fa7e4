//! 補足説明: all that can be added to a frozen edition. Its words, scales and order stay as they are.

use crate::Db;
use crate::access::require_city;
use crate::entity::{edition_item, supplement};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::permission::Action;
use domain::sheet::supplement_text;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// An explanation that was added to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplement {
    pub text: String,
    pub at: OffsetDateTime,
}

/// Adds an explanation to a question of an edition. Gives the edition.
///
/// # Errors
/// Refused when the text is missing or too long; `NotFound` for an unknown question.
pub async fn add_supplement(
    db: &Db,
    actor: &Actor,
    item: Uuid,
    text: &str,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require_city(actor, Action::EditPolicy)?;
    let text = supplement_text(text)?;
    let txn = db.begin().await?;
    let found = edition_item::Entity::find_by_id(item).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let row = supplement::ActiveModel {
        id: Set(Uuid::now_v7()),
        item_id: Set(item),
        text: Set(text.clone()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    supplement::Entity::insert(row).exec_without_returning(&txn).await?;
    let after = json!({ "text": text });
    let event = NewEvent::created("edition", found.edition_id, "edition.supplemented", after);
    ledger::record(&txn, actor, now, event.beside(json!({ "no": found.no }))).await?;
    txn.commit().await?;
    Ok(found.edition_id)
}

/// The explanations of questions, oldest first.
pub(crate) async fn supplements<C: ConnectionTrait>(
    connection: &C,
    items: impl IntoIterator<Item = Uuid>,
) -> StoreResult<BTreeMap<Uuid, Vec<Supplement>>> {
    let rows = supplement::Entity::find()
        .filter(supplement::Column::ItemId.is_in(items))
        .order_by_asc(supplement::Column::At)
        .order_by_asc(supplement::Column::Id)
        .all(connection)
        .await?;
    let mut found: BTreeMap<Uuid, Vec<Supplement>> = BTreeMap::new();
    for row in rows {
        found.entry(row.item_id).or_default().push(Supplement { text: row.text, at: row.at });
    }
    Ok(found)
}
