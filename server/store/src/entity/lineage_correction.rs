//! An officer's word about one pair of clauses; the newest holds.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// An officer's word about one pair of clauses; the newest holds.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "lineage_correction")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The later revision.
    pub revision_id: Uuid,
    pub old_clause_id: Uuid,
    pub new_clause_id: Uuid,
    /// Whether the new one comes from the old one.
    pub linked: bool,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
