//! A sheet went to another department. Where it is now stands in the target.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

/// A sheet went to another department. Where it is now stands in the target.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "target_transfer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub target_id: Uuid,
    pub from_department_id: Uuid,
    pub to_department_id: Uuid,
    /// The day whose roster was looked at.
    pub on_date: Date,
    /// Key of [`domain::inspection::transfer::Rule`]; empty by hand.
    #[sea_orm(column_type = "Text")]
    pub rule: String,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
