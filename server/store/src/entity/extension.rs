//! A longer period: for a person, a department, or all where neither is named.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

/// A longer period: for a person, a department, or all where neither is named.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "extension")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub inspection_id: Uuid,
    pub department_id: Option<Uuid>,
    pub person_id: Option<Uuid>,
    pub due_on: Date,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
