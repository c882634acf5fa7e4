//! Something that separation of duties warns of, done all the same with a reason.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// Something that separation of duties warns of, done all the same with a reason.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "concern")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Key of [`domain::duty::Warning`].
    #[sea_orm(column_type = "Text")]
    pub rule: String,
    pub inspection_id: Uuid,
    pub department_id: Uuid,
    /// The audit it belongs to; none for a confirmation.
    pub audit_id: Option<Uuid>,
    /// Whose hands or department are on both sides.
    pub person_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
