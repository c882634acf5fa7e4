//! A record on a list of disposal.

use sea_orm::entity::prelude::*;
use time::Date;

/// A record on a list of disposal.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "disposal_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub disposal_id: Uuid,
    /// Key of [`domain::retention::Kind`].
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// The target, message or import.
    pub object_id: Uuid,
    /// What it is, without the name of a person.
    #[sea_orm(column_type = "Text")]
    pub label: String,
    pub ended_on: Date,
    pub due_on: Date,
    /// The hold that keeps it: listed, not disposed of.
    pub hold_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
