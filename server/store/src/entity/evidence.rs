//! A file beside an answer (証跡); its content is in `evidence_content`.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A file beside an answer (証跡); its content is in `evidence_content`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub target_id: Uuid,
    pub item_id: Uuid,
    /// The file's own name.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Key of `domain::evidence::Kind`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    pub size: i64,
    #[sea_orm(column_type = "Text")]
    pub sha256: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
