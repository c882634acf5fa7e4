//! When and why a sheet was added to a running inspection.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

/// When and why a sheet was added to a running inspection.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "target_addition")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub target_id: Uuid,
    /// Key of [`domain::inspection::transfer::Rule`]; empty by hand.
    #[sea_orm(column_type = "Text")]
    pub rule: String,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// The day whose roster was looked at.
    pub on_date: Date,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
