//! What is sent by itself, when and in which words. The newest row of a kind holds.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// What is sent by itself, when and in which words. The newest row of a kind holds.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "notice_rule")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub inspection_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    pub active: bool,
    #[sea_orm(column_type = "Text")]
    pub days: String,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub at: OffsetDateTime,
    pub by_person_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
