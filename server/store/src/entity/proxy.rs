//! 代理入力 was begun: from then on this person may enter the answers of the sheet.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// 代理入力 was begun: from then on this person may enter the answers of the sheet.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "proxy")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub target_id: Uuid,
    /// Why the person does not answer; blank for people without an account.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
