//! A person's own password.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A person's own password.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "credential")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    /// Folded to lower case.
    #[sea_orm(column_type = "Text")]
    pub login: String,
    /// Argon2id in PHC form.
    #[sea_orm(column_type = "Text")]
    pub password_hash: String,
    pub at: OffsetDateTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
