//! A list of what is to be disposed of, made by one person for another to approve.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A list of what is to be disposed of, made by one person for another to approve.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "disposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// 第1号, 第2号 …
    pub number: i32,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
