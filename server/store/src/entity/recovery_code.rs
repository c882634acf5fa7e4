//! A recovery code that was not used yet.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A recovery code that was not used yet.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    /// SHA-256 in hex.
    #[sea_orm(column_type = "Text")]
    pub code_hash: String,
    pub at: OffsetDateTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
