//! A question of a form with its answer, as it was read. It never changes.

use sea_orm::entity::prelude::*;
use time::Date;

/// A question of a form with its answer, as it was read. It never changes.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_row")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub form_id: Uuid,
    /// From 1, in the order of the sheet.
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub no: String,
    #[sea_orm(column_type = "Text")]
    pub question: String,
    /// The hidden key of one of our own forms.
    #[sea_orm(column_type = "Text")]
    pub item_key: String,
    /// The key of the answer; none if there is a fault.
    #[sea_orm(column_type = "Text", nullable)]
    pub value: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub fault: Option<String>,
    /// As written.
    #[sea_orm(column_type = "Text")]
    pub raw: String,
    /// A text nobody knows, that can be explained once; empty if there is none.
    #[sea_orm(column_type = "Text")]
    pub word: String,
    #[sea_orm(column_type = "Text")]
    pub comment: String,
    #[sea_orm(column_type = "Text")]
    pub evidence: String,
    pub planned_on: Option<Date>,
    #[sea_orm(column_type = "Text")]
    pub cell: String,
    /// The rule that made an answer of what stands there.
    #[sea_orm(column_type = "Text")]
    pub rule: String,
    /// The question of the proposed edition it was taken for.
    pub item_id: Option<Uuid>,
    /// low, medium, high; empty without a question.
    #[sea_orm(column_type = "Text")]
    pub sureness: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
