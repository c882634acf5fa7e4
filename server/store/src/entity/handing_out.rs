//! The sheets of an inspection of many are handed out by the job.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// The sheets of an inspection of many are handed out by the job.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "handing_out")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub inspection_id: Uuid,
    /// How many were owed when it started.
    pub sheets: i32,
    pub at: OffsetDateTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
