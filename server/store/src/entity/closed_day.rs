//! A day on which the city hall is closed, beside weekends and holidays.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

/// A day on which the city hall is closed, beside weekends and holidays.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "closed_day")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub day: Date,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
