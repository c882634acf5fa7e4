//! The heads of all streams at one moment, chained to the seal before.

use sea_orm::entity::prelude::*;

/// The heads of all streams at one moment, chained to the seal before.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "seal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: i64,
    pub at_micros: i64,
    /// JSON: stream, seq, hash of every stream that grew since the last seal.
    #[sea_orm(column_type = "Text")]
    pub heads: String,
    #[sea_orm(column_type = "Text")]
    pub prev_hash: String,
    #[sea_orm(column_type = "Text")]
    pub hash: String,
    /// All events there were; 0 in seals from before it was counted.
    pub events: i64,
    /// Streams that grew since the seal before; 0 in seals from before it was counted.
    pub streams: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
