//! A sentence that was read differently because of a correction.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A sentence that was read differently because of a correction.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "correction_use")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub correction_id: Uuid,
    pub sentence_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub class_before: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub role_before: Option<String>,
    pub at: OffsetDateTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
