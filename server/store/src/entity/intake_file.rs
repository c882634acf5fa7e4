//! A file as it came. It waits to be read until it has a reading.

use sea_orm::entity::prelude::*;

/// A file as it came. It waits to be read until it has a reading.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub intake_id: Uuid,
    /// Its place among those brought in together, from 1.
    pub no: i32,
    /// Its name, within a package with its folder.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub sha256: String,
    /// None after disposal.
    pub content: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
