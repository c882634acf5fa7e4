//! A person settled a row. The newest row holds.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A person settled a row. The newest row holds.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_choice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub row_id: Uuid,
    /// file, blank, stored, left_out, or the key of an answer.
    #[sea_orm(column_type = "Text")]
    pub choice: String,
    /// The question it means, where the proposal was not right.
    pub item_id: Option<Uuid>,
    /// The word that settled it.
    pub word_id: Option<Uuid>,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
