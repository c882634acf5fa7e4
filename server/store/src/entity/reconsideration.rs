//! A question whose clause changed; somebody has to look at it again.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A question whose clause changed; somebody has to look at it again.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reconsideration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The later revision.
    pub revision_id: Uuid,
    pub question_id: Uuid,
    pub old_clause_id: Uuid,
    pub at: OffsetDateTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
