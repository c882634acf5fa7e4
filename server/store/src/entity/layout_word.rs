//! What a word in an answer cell means. The newest row of a word holds.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// What a word in an answer cell means. The newest row of a word holds.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "layout_word")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The 様式 it means that in; none for the whole city.
    pub layout_id: Option<Uuid>,
    /// As written.
    #[sea_orm(column_type = "Text")]
    pub word: String,
    /// done, partial, not_done, na or blank; empty if it was taken back.
    #[sea_orm(column_type = "Text")]
    pub meaning: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
