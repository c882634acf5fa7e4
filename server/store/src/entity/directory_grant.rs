//! A role the city's directory gave to a person who signed in.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A role the city's directory gave to a person who signed in.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "directory_grant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub role: String,
    /// `ldap` or `oidc`.
    #[sea_orm(column_type = "Text")]
    pub source: String,
    pub at: OffsetDateTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
