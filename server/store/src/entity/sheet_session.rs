//! A sheet opened by its number on a shared terminal.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A sheet opened by its number on a shared terminal.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sheet_session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub sheet_code_id: Uuid,
    /// SHA-256 in hex.
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    pub at: OffsetDateTime,
    pub last_seen_at: OffsetDateTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
