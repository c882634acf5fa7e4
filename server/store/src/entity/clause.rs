//! One clause of a revision.

use sea_orm::entity::prelude::*;

/// One clause of a revision.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "clause")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub revision_id: Uuid,
    pub parent_id: Option<Uuid>,
    /// Document order.
    pub position: i32,
    /// JSON array of labels; unique within the revision.
    #[sea_orm(column_type = "Text")]
    pub path: String,
    /// For people: 1-6-(3)-ア.
    #[sea_orm(column_type = "Text")]
    pub short_path: String,
    #[sea_orm(column_type = "Text")]
    pub label: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub heading: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    pub line: i32,
    /// SHA-256 of the text; a changed clause has another one.
    #[sea_orm(column_type = "Text")]
    pub digest: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
