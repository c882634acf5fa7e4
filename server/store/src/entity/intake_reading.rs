//! That a file was read, or why it can't be.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// That a file was read, or why it can't be.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_reading")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub file_id: Uuid,
    /// 0 when it came; later ones by request.
    pub turn: i32,
    /// The sentence for the person if it can't be read.
    #[sea_orm(column_type = "Text", nullable)]
    pub refusal: Option<String>,
    /// Sheets that are no filled form, as JSON.
    #[sea_orm(column_type = "Text")]
    pub ignored: String,
    pub at: OffsetDateTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
