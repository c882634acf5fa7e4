//! Somebody else looked.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// Somebody else looked.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "verification")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub completion_id: Uuid,
    pub effective: bool,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
