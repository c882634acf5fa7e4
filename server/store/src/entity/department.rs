//! A department (部, 課) with its place in the organisation.

use sea_orm::entity::prelude::*;
use time::Date;

/// A department (部, 課) with its place in the organisation.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "department")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The 部 above a 課; none for a 部.
    pub parent_id: Option<Uuid>,
    /// 所属コード; decides the order (組織順).
    #[sea_orm(column_type = "Text")]
    pub code: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Key of [`domain::department::Kind`]; empty where nobody said.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// 組織順 over the whole city.
    pub position: i32,
    pub valid_from: Date,
    /// First day on which it no longer exists.
    pub valid_to: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
