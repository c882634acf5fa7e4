//! The head confirmed the department's sheets.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// The head confirmed the department's sheets.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "confirmation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub inspection_id: Uuid,
    pub department_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
    /// Key of [`domain::post::Kind`] where the head was stood in for (事務取扱, 代理); empty otherwise.
    #[sea_orm(column_type = "Text")]
    pub capacity: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
