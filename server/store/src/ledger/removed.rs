//! Payloads that an approved disposal removed. An empty payload is accepted only where a `payload_disposal` row names
//! a disposal whose own event is in the chain and covers this very event.

use crate::entity::{event, payload_disposal};
use crate::error::StoreResult;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

use super::{START, digest, stream};

/// The kind of the event that carries a disposal out.
pub(crate) const APPROVED: &str = "disposal.approved";

/// Takes the hash of one more event in. The events of a disposal are taken in the order of stream and number; the
/// disposal's own event says what comes out, so that none can be added later.
pub(crate) fn next(before: &str, hash: &str) -> String {
    digest(&[before, hash])
}

/// What was met of one disposal while verifying.
struct Met {
    events: u64,
    digest: String,
    /// Where the first of them stands, in words.
    first: String,
}

/// What was met of all of them.
#[derive(Default)]
pub(super) struct Removals(BTreeMap<Uuid, Met>);

/// Of these events those that are said to be emptied by a disposal.
pub(super) async fn said<C: ConnectionTrait>(
    connection: &C,
    rows: &[event::Model],
) -> StoreResult<BTreeMap<Uuid, Uuid>> {
    let empty: Vec<Uuid> = rows.iter().filter(|row| row.payload.is_empty()).map(|row| row.id).collect();
    if empty.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = payload_disposal::Entity::find()
        .filter(payload_disposal::Column::EventId.is_in(empty))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.event_id, row.disposal_id)).collect())
}

impl Removals {
    /// An emptied event of a disposal.
    pub fn meet(&mut self, disposal: Uuid, row: &event::Model, place: impl FnOnce() -> String) {
        let met = self.0.entry(disposal).or_insert_with(|| Met {
            events: 0,
            digest: START.to_string(),
            first: place(),
        });
        met.events += 1;
        met.digest = next(&met.digest, &row.hash);
    }

    /// The first removal that its disposal does not cover.
    pub async fn fault<C: ConnectionTrait>(self, connection: &C) -> StoreResult<Option<String>> {
        let met: u64 = self.0.values().map(|met| met.events).sum();
        for (id, met) in self.0 {
            let own = event::Entity::find()
                .filter(event::Column::Stream.eq(stream("disposal", id)))
                .filter(event::Column::Kind.eq(APPROVED))
                .one(connection)
                .await?;
            let Some(own) = own else {
                return Ok(Some(format!("{}の内容が、承認された廃棄によらずに除かれています。", met.first)));
            };
            let told: Value = serde_json::from_str(&own.payload).unwrap_or_default();
            if told["payloads"] != met.events || told["payloads_digest"] != met.digest.as_str() {
                return Ok(Some(format!(
                    "{}などの内容が、廃棄の承認（{}）が示す範囲と違う範囲で除かれています。",
                    met.first, own.stream
                )));
            }
        }
        idle(connection, met).await
    }
}

/// A row that says an event is emptied, where it is not.
async fn idle<C: ConnectionTrait>(connection: &C, met: u64) -> StoreResult<Option<String>> {
    if payload_disposal::Entity::find().count(connection).await? == met {
        return Ok(None);
    }
    let emptied = Query::select()
        .column(event::Column::Id)
        .from(event::Entity)
        .and_where(event::Column::Payload.eq(""))
        .to_owned();
    let row = payload_disposal::Entity::find()
        .filter(payload_disposal::Column::EventId.not_in_subquery(emptied))
        .one(connection)
        .await?;
    Ok(row.map(|row| {
        format!(
            "廃棄 {} が内容を除いたとされる記録 {} は、内容が残っているか、ありません。",
            row.disposal_id, row.event_id
        )
    }))
}
