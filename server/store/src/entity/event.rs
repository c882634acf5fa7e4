//! One entry of the tamper-evident ledger.

use sea_orm::entity::prelude::*;

/// One entry of the tamper-evident ledger.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What the event is about, e.g. `target:<id>`.
    #[sea_orm(column_type = "Text")]
    pub stream: String,
    /// 1, 2, 3 ... within the stream.
    pub seq: i64,
    /// UTC, microseconds since 1970; part of the hash, therefore a number.
    pub at_micros: i64,
    pub actor_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub actor_name: String,
    /// Noun and verb, e.g. `finding.recorded`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Canonical JSON.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    #[sea_orm(column_type = "Text")]
    pub prev_hash: String,
    #[sea_orm(column_type = "Text")]
    pub hash: String,
    /// The address the request came from; empty on the command line.
    #[sea_orm(column_type = "Text")]
    pub address: String,
    /// SHA-256 of the payload, which is what the hash covers; empty in events from before it was introduced,
    /// whose hash covers the payload itself.
    #[sea_orm(column_type = "Text")]
    pub payload_digest: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
