//! A step after the heads' confirmations that an inspection has.

use sea_orm::entity::prelude::*;

/// A step after the heads' confirmations that an inspection has.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "approval_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub inspection_id: Uuid,
    /// Key of [`domain::approval::Level`].
    #[sea_orm(column_type = "Text")]
    pub level: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
