//! A question; it keeps its identity over the years.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A question; it keeps its identity over the years.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "question")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub role: String,
    /// 1 to 9.
    pub topic: i32,
    pub at: OffsetDateTime,
    pub by_person_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
