//! An information system with the department that owns it (所管) for a period.

use sea_orm::entity::prelude::*;
use time::Date;

/// An information system with the department that owns it (所管) for a period.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "information_system")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub department_id: Uuid,
    pub valid_from: Date,
    /// First day on which the department no longer owns it.
    pub valid_to: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
