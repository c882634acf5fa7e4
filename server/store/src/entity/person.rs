//! Somebody who works for the city or audits it.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// Somebody who works for the city or audits it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// 職員番号 with its leading zeros.
    #[sea_orm(column_type = "Text")]
    pub staff_no: String,
    /// Every code point as delivered.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub kana: String,
    /// 雇用区分.
    #[sea_orm(column_type = "Text")]
    pub employment: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub email: Option<String>,
    pub since: OffsetDateTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
