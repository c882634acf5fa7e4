//! The organisation on the day the inspection started.

use sea_orm::entity::prelude::*;

/// The organisation on the day the inspection started.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "inspection_department")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub inspection_id: Uuid,
    pub department_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub division_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub division_name: String,
    pub position: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
