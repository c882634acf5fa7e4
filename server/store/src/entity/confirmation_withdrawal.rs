//! A confirmation that holds no longer, with all it said.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A confirmation that holds no longer, with all it said.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "confirmation_withdrawal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub inspection_id: Uuid,
    pub department_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// Key of [`domain::post::Kind`], as in the confirmation.
    #[sea_orm(column_type = "Text")]
    pub capacity: String,
    pub confirmed_at: OffsetDateTime,
    pub confirmed_by_id: Uuid,
    /// Why it was sent back; may be empty where the head withdrew it.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// Key of [`domain::approval::Level`] of who sent it back; none where the head withdrew it.
    #[sea_orm(column_type = "Text", nullable)]
    pub level: Option<String>,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
