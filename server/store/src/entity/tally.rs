//! Counts of submitted answers per department and question.

use sea_orm::entity::prelude::*;

/// Counts of submitted answers per department and question.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tally")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub inspection_id: Uuid,
    pub department_id: Uuid,
    pub item_id: Uuid,
    pub done: i32,
    pub partial: i32,
    pub not_done: i32,
    pub na: i32,
    /// Answers that are only to know.
    pub told: i32,
    /// Sheets on which the question was hidden.
    pub omitted: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
