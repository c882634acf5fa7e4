//! Files that were brought in together for an inspection.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// Files that were brought in together for an inspection.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "intake")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub inspection_id: Uuid,
    /// What it was called: the name of the file, or how many there were.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
