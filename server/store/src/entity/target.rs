//! Who owes which sheet. The name and title are those of the day.

use sea_orm::entity::prelude::*;

/// Who owes which sheet. The name and title are those of the day.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "target")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub inspection_id: Uuid,
    pub department_id: Uuid,
    pub person_id: Uuid,
    pub edition_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub role: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub system: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub person_name: String,
    #[sea_orm(column_type = "Text")]
    pub person_kana: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Keys of the attributes the department had when the inspection began.
    #[sea_orm(column_type = "Text")]
    pub attributes: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
