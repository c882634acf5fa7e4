//! A message written in the same transaction as the act it tells of.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A message written in the same transaction as the act it tells of.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    pub person_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub to_name: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub to_address: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub at: OffsetDateTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
