//! A class of retention as it was set for a kind of record; the latest holds.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A class of retention as it was set for a kind of record; the latest holds.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "retention_class")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Key of [`domain::retention::Kind`].
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Key of [`domain::retention::Class`].
    #[sea_orm(column_type = "Text")]
    pub class: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
