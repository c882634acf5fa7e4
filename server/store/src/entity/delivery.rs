//! One try to send a message.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// One try to send a message.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub outbox_id: Uuid,
    pub at: OffsetDateTime,
    pub delivered: bool,
    #[sea_orm(column_type = "Text")]
    pub detail: String,
    /// How many further tries the failure takes away: all of them if the mail server refused for good.
    pub spent: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
