//! A browser that signed in.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A browser that signed in.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    /// SHA-256 of the cookie's token, in hex.
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    pub at: OffsetDateTime,
    pub last_seen_at: OffsetDateTime,
    /// Absolute end.
    pub ends_at: OffsetDateTime,
    /// Opened by a one-time code.
    pub must_set_password: bool,
    /// The login the tries are counted by; empty in rows from before.
    #[sea_orm(column_type = "Text")]
    pub login: String,
    /// See `domain::session::Way`.
    #[sea_orm(column_type = "Text")]
    pub way: String,
    #[sea_orm(column_type = "Text")]
    pub address: String,
    /// What the browser calls itself.
    #[sea_orm(column_type = "Text")]
    pub agent: String,
    /// The second factor was not given yet.
    pub must_give_second: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
