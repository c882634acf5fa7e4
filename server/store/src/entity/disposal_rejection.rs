//! A list was given back; nothing was removed.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A list was given back; nothing was removed.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "disposal_rejection")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub disposal_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
