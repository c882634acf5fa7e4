//! The list of questions for a role in a fiscal year.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// The list of questions for a role in a fiscal year.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sheet")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub role: String,
    pub fiscal_year: i32,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    pub at: OffsetDateTime,
    pub by_person_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
