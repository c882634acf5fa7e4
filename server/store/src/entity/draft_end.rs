//! A draft started or was discarded.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A draft started or was discarded.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "draft_end")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub draft_id: Uuid,
    /// The inspection it became; none if it was discarded.
    pub inspection_id: Option<Uuid>,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
