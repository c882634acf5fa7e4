//! A role the 事務局 gave to a person.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

/// A role the 事務局 gave to a person.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "role_grant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub role: String,
    pub at: OffsetDateTime,
    /// None: granted on the command line.
    pub by_person_id: Option<Uuid>,
    /// The first day on which it no longer holds; none: until it is withdrawn.
    pub ends_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
