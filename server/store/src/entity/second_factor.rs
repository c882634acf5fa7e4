//! The second factor of a person: the key shared with the authenticator.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// The second factor of a person: the key shared with the authenticator.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    /// Base32. It has to be readable to check a code.
    #[sea_orm(column_type = "Text")]
    pub secret: String,
    /// The newest step a code was taken for, against a second use.
    pub last_step: i64,
    pub at: OffsetDateTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
