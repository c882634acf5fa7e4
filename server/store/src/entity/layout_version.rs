//! A version of a 様式. It never changes; of each fingerprint the newest reads.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A version of a 様式. It never changes; of each fingerprint the newest reads.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "layout_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub layout_id: Uuid,
    /// From 1.
    pub no: i32,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// SHA-256 of headings and questions in hexadecimal.
    #[sea_orm(column_type = "Text")]
    pub fingerprint: String,
    /// The layout as JSON.
    #[sea_orm(column_type = "Text")]
    pub content: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
