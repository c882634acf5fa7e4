//! Something a department has to mend. It belongs to the department and keeps its label over the years.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// Something a department has to mend. It belongs to the department and keeps its label over the years.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "improvement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// R8-自-012
    #[sea_orm(column_type = "Text")]
    pub label: String,
    pub fiscal_year: i32,
    pub department_id: Uuid,
    /// self or audit.
    #[sea_orm(column_type = "Text")]
    pub source: String,
    pub finding_id: Option<Uuid>,
    pub target_id: Option<Uuid>,
    pub item_id: Option<Uuid>,
    pub clause_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub fact: String,
    pub rule_change: bool,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
