//! The committee's word about an amendment.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

/// The committee's word about an amendment.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "decision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub amendment_id: Uuid,
    pub adopted: bool,
    pub decided_on: Date,
    #[sea_orm(column_type = "Text")]
    pub meeting: String,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
