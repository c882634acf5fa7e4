//! Which department followed which, and how: merged, split, renamed or moved.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};

/// Which department followed which, and how: merged, split, renamed or moved.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "department_succession")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub predecessor_id: Uuid,
    pub successor_id: Uuid,
    /// Key of [`domain::department::Change`].
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// The first day of the successor.
    pub on_date: Date,
    pub at: OffsetDateTime,
    /// None: by a command.
    pub by_person_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
