//! A form found in a file, with what it says of its owner and the owner proposed.

use sea_orm::entity::prelude::*;
use time::Date;

/// A form found in a file, with what it says of its owner and the owner proposed.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_form")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub file_id: Uuid,
    /// The reading it was found by.
    pub turn: i32,
    pub no: i32,
    /// Name of the sheet; empty for CSV.
    #[sea_orm(column_type = "Text")]
    pub sheet: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub department: String,
    #[sea_orm(column_type = "Text")]
    pub person: String,
    #[sea_orm(column_type = "Text")]
    pub staff_no: String,
    #[sea_orm(column_type = "Text")]
    pub system: String,
    pub dated_on: Option<Date>,
    /// The edition its questions fit best.
    pub edition_id: Option<Uuid>,
    /// The owner proposed when it was read.
    pub target_id: Option<Uuid>,
    /// low, medium, high; empty without an owner.
    #[sea_orm(column_type = "Text")]
    pub sureness: String,
    /// What decided, in words for the screen.
    #[sea_orm(column_type = "Text")]
    pub why: String,
    /// What the reading was unsure of, a sentence a line.
    #[sea_orm(column_type = "Text")]
    pub doubts: String,
    /// The version of the 様式 it was read by.
    pub version_id: Option<Uuid>,
    /// Of its headings and questions as they were read.
    #[sea_orm(column_type = "Text")]
    pub fingerprint: String,
    /// How it departs from that version, as JSON; empty if it does not.
    #[sea_orm(column_type = "Text")]
    pub drifts: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
