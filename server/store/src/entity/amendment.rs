//! A proposed change of one clause.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A proposed change of one clause.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "amendment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub revision_id: Uuid,
    pub clause_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub old_text: String,
    #[sea_orm(column_type = "Text")]
    pub new_text: String,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
