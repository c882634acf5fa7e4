//! An inspection before it starts.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// An inspection before it starts.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What was entered, as JSON of `domain::inspection::Start`.
    #[sea_orm(column_type = "Text")]
    pub content: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
