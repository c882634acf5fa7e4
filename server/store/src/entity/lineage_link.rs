//! A clause comes from a clause of the revision before, as the alignment found it.

use sea_orm::entity::prelude::*;

/// A clause comes from a clause of the revision before, as the alignment found it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "lineage_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The later revision.
    pub revision_id: Uuid,
    pub old_clause_id: Uuid,
    pub new_clause_id: Uuid,
    /// 0..=1
    pub confidence: f64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
