//! A question was linked to a new clause because it asked about the old one.

use sea_orm::entity::prelude::*;

/// A question was linked to a new clause because it asked about the old one.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "carried_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The later revision.
    pub revision_id: Uuid,
    pub question_id: Uuid,
    pub old_clause_id: Uuid,
    pub new_clause_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
