//! Somebody is away for long: 休職, 育休, 出向, 派遣.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

/// Somebody is away for long: 休職, 育休, 出向, 派遣.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "absence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    /// Key of [`domain::post::AbsenceReason`].
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub valid_from: Date,
    /// First day back, if it is known.
    pub valid_to: Option<Date>,
    pub at: OffsetDateTime,
    /// None: by a command.
    pub by_person_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
