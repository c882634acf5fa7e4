//! A person in a department with a role for a period (発令).

use sea_orm::entity::prelude::*;
use time::Date;

/// A person in a department with a role for a period (発令).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "post")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub department_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub role: String,
    /// Key of [`domain::post::Kind`].
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// 職名.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// The information system a 情報システム管理者 answers for.
    #[sea_orm(column_type = "Text", nullable)]
    pub system: Option<String>,
    pub valid_from: Date,
    /// First day on which it no longer holds.
    pub valid_to: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::department::Entity",
        from = "Column::DepartmentId",
        to = "super::department::Column::Id"
    )]
    Department,
}

impl Related<super::department::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Department.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
