//! The answer to one question of a target. Earlier values are in the ledger.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

/// The answer to one question of a target. Earlier values are in the ledger.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub target_id: Uuid,
    pub item_id: Uuid,
    /// done, partial, not_done, na; none: only a comment so far.
    #[sea_orm(column_type = "Text", nullable)]
    pub value: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub comment: String,
    pub planned_on: Option<Date>,
    pub version: i32,
    /// web or form.
    #[sea_orm(column_type = "Text")]
    pub source: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub source_cell: Option<String>,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
