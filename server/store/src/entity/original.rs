//! A workbook of a department that answers are written into: a working copy, thrown away after a day.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A workbook of a department that answers are written into: a working copy, thrown away after a day.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "original")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub inspection_id: Uuid,
    /// Its name as it came.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub sha256: String,
    pub content: Vec<u8>,
    /// What was recognised in it, as JSON.
    #[sea_orm(column_type = "Text")]
    pub reading: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
