//! Why nobody is asked about a duty.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// Why nobody is asked about a duty.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "exemption")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub sentence_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
