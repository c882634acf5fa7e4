//! A frozen sheet. Nothing in it changes any more.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A frozen sheet. Nothing in it changes any more.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "edition")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub sheet_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub role: String,
    pub fiscal_year: i32,
    /// R8-職員-1
    #[sea_orm(column_type = "Text")]
    pub label: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    pub at: OffsetDateTime,
    pub by_person_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
