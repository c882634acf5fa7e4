//! A failed try or one under way, counted for the lock-out.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A failed try or one under way, counted for the lock-out.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_failure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub login: String,
    #[sea_orm(column_type = "Text")]
    pub address: String,
    pub at: OffsetDateTime,
    /// The doors this failure closed, see `domain::session::Door`.
    #[sea_orm(column_type = "Text")]
    pub closed: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
