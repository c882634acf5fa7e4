//! A roster as it was uploaded, waiting for its preview to be accepted.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A roster as it was uploaded, waiting for its preview to be accepted.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub file_name: String,
    /// JSON of `domain::roster::Roster`.
    #[sea_orm(column_type = "Text")]
    pub roster: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
