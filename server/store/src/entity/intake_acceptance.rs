//! Somebody accepted that a form departs from its 様式; the version is its new shape.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// Somebody accepted that a form departs from its 様式; the version is its new shape.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_acceptance")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub form_id: Uuid,
    pub version_id: Uuid,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
