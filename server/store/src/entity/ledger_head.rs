//! The last event of each stream, kept beside the events so that a tail cut off is missed.

use sea_orm::entity::prelude::*;

/// The last event of each stream, kept beside the events so that a tail cut off is missed.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_head")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub stream: String,
    /// Number of the last event; as many events the stream has.
    pub seq: i64,
    #[sea_orm(column_type = "Text")]
    pub hash: String,
    /// Number of the last event that a seal names.
    pub sealed_seq: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
