//! The taking over of an uploaded roster.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// The taking over of an uploaded roster.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_application")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub import_id: Uuid,
    /// JSON of `domain::roster::Applied`.
    #[sea_orm(column_type = "Text")]
    pub summary: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
