//! The department reports that it is done.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// The department reports that it is done.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "completion")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub improvement_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub report: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
