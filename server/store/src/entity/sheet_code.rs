//! A one-time number on paper that opens one sheet and nothing else. The latest of a target holds.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A one-time number on paper that opens one sheet and nothing else. The latest of a target holds.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sheet_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub target_id: Uuid,
    /// SHA-256 in hex.
    #[sea_orm(column_type = "Text")]
    pub code_hash: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
