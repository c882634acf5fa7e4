//! A key that was shown for setting up the second factor; it counts once a code confirms it.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// A key that was shown for setting up the second factor; it counts once a code confirms it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factor_offer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    /// Base32, as authenticators read it.
    #[sea_orm(column_type = "Text")]
    pub secret: String,
    pub at: OffsetDateTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
