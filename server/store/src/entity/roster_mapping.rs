//! Which column of a roster holds what, as an officer put it right for these headings.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// Which column of a roster holds what, as an officer put it right for these headings.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "roster_mapping")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The headings as read, joined; files with the same ones are read the same way.
    #[sea_orm(column_type = "Text")]
    pub headings: String,
    /// JSON: field by column.
    #[sea_orm(column_type = "Text")]
    pub columns: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
