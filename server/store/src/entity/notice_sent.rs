//! Whom a notice was sent to: once for each planned day, whoever sends.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

/// Whom a notice was sent to: once for each planned day, whoever sends.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "notice_sent")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub inspection_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    pub planned_on: Date,
    pub person_id: Uuid,
    pub outbox_id: Uuid,
    pub at: OffsetDateTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
