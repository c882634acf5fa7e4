//! A question a rule proposed from one sentence.

use sea_orm::entity::prelude::*;

/// A question a rule proposed from one sentence.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub revision_id: Uuid,
    pub clause_id: Uuid,
    pub sentence_id: Uuid,
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub role: String,
    pub role_presumed: bool,
    pub topic: i32,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub not_applicable: Option<String>,
    /// What the person who answers has to know; empty for most.
    #[sea_orm(column_type = "Text")]
    pub guidance: String,
    pub weight: f64,
    #[sea_orm(column_type = "Text")]
    pub rule: String,
    /// 0..=1
    pub confidence: f64,
    /// The proposal it repeats; accepting that one links this clause as well.
    pub same_as: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
