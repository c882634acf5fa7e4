//! A question that came from the bank.

use sea_orm::entity::prelude::*;

/// A question that came from the bank.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "bank_question")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub question_id: Uuid,
    /// The question's key in the bank (`staff-2-3`).
    #[sea_orm(column_type = "Text")]
    pub bank_key: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
