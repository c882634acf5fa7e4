//! An issued report.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// An issued report.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_report")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub audit_id: Uuid,
    /// 文書番号
    #[sea_orm(column_type = "Text")]
    pub number: String,
    /// 総評
    #[sea_orm(column_type = "Text")]
    pub opinion: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
