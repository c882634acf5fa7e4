//! The answer to one question of a target. Earlier values are in the ledger.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

/// The answer to one question of a target. Earlier values are in the ledger.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub target_id: Uuid,
    pub item_id: Uuid,
    /// done, partial, not_done, na: what the answer counts as. None: only a comment so far, a table that is not
    /// complete, or an answer that is only to know.
    #[sea_orm(column_type = "Text", nullable)]
    pub value: Option<String>,
    /// What was answered on another scale than ○△×, e.g. `level:3`.
    #[sea_orm(column_type = "Text", nullable)]
    pub raw: Option<String>,
    /// 証跡（文書名・保管場所）
    #[sea_orm(column_type = "Text")]
    pub evidence: String,
    #[sea_orm(column_type = "Text")]
    pub comment: String,
    pub planned_on: Option<Date>,
    pub version: i32,
    /// web, form, or proxy (代理入力 by the person beside it).
    #[sea_orm(column_type = "Text")]
    pub source: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub source_cell: Option<String>,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
