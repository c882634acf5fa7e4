//! One run of the self-inspection.

use domain::inspection::Visibility;
use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

/// One run of the self-inspection.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "inspection")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub fiscal_year: i32,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// 基準日.
    pub base_on: Date,
    pub opens_on: Date,
    pub due_on: Date,
    /// A key of `Visibility`.
    #[sea_orm(column_type = "Text")]
    pub visibility: String,
    #[sea_orm(column_type = "Text")]
    pub contact: String,
    pub at: OffsetDateTime,
    pub by_person_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl Model {
    /// Who sees who answered what; an unknown word shows the least.
    pub fn visible(&self) -> Visibility {
        Visibility::from_key(&self.visibility).unwrap_or(Visibility::Anonymous)
    }
}

impl ActiveModelBehavior for ActiveModel {}
