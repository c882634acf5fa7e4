//! A question as it stands in an edition, with everything an answer is judged by.

use sea_orm::entity::prelude::*;

/// A question as it stands in an edition, with everything an answer is judged by.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "edition_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub edition_id: Uuid,
    pub no: i32,
    pub question_id: Uuid,
    pub wording_id: Uuid,
    pub topic: i32,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub not_applicable: Option<String>,
    pub weight: f64,
    #[sea_orm(column_type = "Text")]
    pub change: String,
    pub clause_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub clause_path: String,
    #[sea_orm(column_type = "Text")]
    pub clause_text: String,
    /// The setting as JSON; empty for the default.
    #[sea_orm(column_type = "Text")]
    pub setting: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
