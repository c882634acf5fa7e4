//! What an inspection is part of, and how it is scored.

use sea_orm::entity::prelude::*;

/// What an inspection is part of, and how it is scored.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "inspection_about")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub inspection_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub programme: String,
    /// 対象期間
    #[sea_orm(column_type = "Text")]
    pub covers: String,
    /// What 一部実施 counts, in hundredths.
    pub partial: i32,
    /// From which 実施率 on a question counts as reached, in percent.
    pub threshold: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
