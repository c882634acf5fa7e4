//! How a question is worded, from a certain moment on.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// How a question is worded, from a certain moment on.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "wording")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub question_id: Uuid,
    /// 1, 2, 3 ... within the question; the highest holds.
    pub number: i32,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// The condition that allows 該当なし.
    #[sea_orm(column_type = "Text", nullable)]
    pub not_applicable: Option<String>,
    pub weight: f64,
    /// new, same, minor, changed.
    #[sea_orm(column_type = "Text")]
    pub change: String,
    /// The setting as JSON; empty for the default.
    #[sea_orm(column_type = "Text")]
    pub setting: String,
    pub at: OffsetDateTime,
    pub by_person_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
