//! The 部長 approved a 部, or the 統括 the city.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// The 部長 approved a 部, or the 統括 the city.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "approval")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub inspection_id: Uuid,
    /// Key of [`domain::approval::Level`].
    #[sea_orm(column_type = "Text")]
    pub level: String,
    /// The 部; none for the city.
    pub department_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
    /// Key of [`domain::post::Kind`] where the 部長 was stood in for; empty otherwise.
    #[sea_orm(column_type = "Text")]
    pub capacity: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
