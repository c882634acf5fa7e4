//! What an auditor found.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// What an auditor found.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "finding")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub audit_id: Uuid,
    /// R8-指-001
    #[sea_orm(column_type = "Text")]
    pub label: String,
    #[sea_orm(column_type = "Text")]
    pub grade: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub fact: String,
    #[sea_orm(column_type = "Text")]
    pub criterion: String,
    #[sea_orm(column_type = "Text")]
    pub effect: String,
    #[sea_orm(column_type = "Text")]
    pub recommendation: String,
    pub clause_id: Option<Uuid>,
    pub item_id: Option<Uuid>,
    /// The rule itself should change.
    pub rule_change: bool,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
