//! Which revision a revision follows, and from when it holds.

use sea_orm::entity::prelude::*;
use time::Date;

/// Which revision a revision follows, and from when it holds.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "succession")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The later one.
    pub revision_id: Uuid,
    /// The earlier one; none for the first revision of a policy.
    pub previous_id: Option<Uuid>,
    /// 施行日
    pub effective_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
