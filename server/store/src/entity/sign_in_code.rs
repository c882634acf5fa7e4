//! A one-time code handed out on paper; it opens only the page where one sets a password.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A one-time code handed out on paper; it opens only the page where one sets a password.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    /// SHA-256 in hex.
    #[sea_orm(column_type = "Text")]
    pub code_hash: String,
    pub at: OffsetDateTime,
    pub by_person_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
