//! A proposal was settled because the same one was settled in the revision before.

use sea_orm::entity::prelude::*;

/// A proposal was settled because the same one was settled in the revision before.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "carried_settlement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The later revision.
    pub revision_id: Uuid,
    /// May be gone: a settlement that is taken back is removed.
    pub settlement_id: Uuid,
    pub from_settlement_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
