//! One dated revision of a policy, as imported.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// One dated revision of a policy, as imported.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "revision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub policy_id: Uuid,
    /// 1, 2, 3 ... within the policy.
    pub number: i32,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub file_name: String,
    #[sea_orm(column_type = "Text")]
    pub file_sha256: String,
    /// JSON: the printed table of revisions.
    #[sea_orm(column_type = "Text")]
    pub history: String,
    /// JSON: what the reader had to guess.
    #[sea_orm(column_type = "Text")]
    pub remarks: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub signature: Option<String>,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
