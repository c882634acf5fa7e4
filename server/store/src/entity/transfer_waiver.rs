//! A proposed change that was left, so that it is not proposed again.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A proposed change that was left, so that it is not proposed again.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "transfer_waiver")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub inspection_id: Uuid,
    /// Key of the proposal.
    #[sea_orm(column_type = "Text")]
    pub proposal: String,
    pub person_id: Uuid,
    /// The proposal in the words of the day.
    #[sea_orm(column_type = "Text")]
    pub what: String,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
