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
    /// The file, so that it can be read again with other columns.
    pub content: Option<Vec<u8>>,
    /// The list of departments that came with it.
    pub organisations: Option<Vec<u8>>,
    /// JSON: how it was read (基準日, columns).
    #[sea_orm(column_type = "Text")]
    pub settings: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
