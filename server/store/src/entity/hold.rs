//! A hold: records about this are not disposed of until it is lifted.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A hold: records about this are not disposed of until it is lifted.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// inspection, department or person.
    #[sea_orm(column_type = "Text")]
    pub noun: String,
    pub object_id: Uuid,
    /// Its name on that day.
    #[sea_orm(column_type = "Text")]
    pub label: String,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
