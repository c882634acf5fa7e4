//! The officer's word about a question whose clause changed.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// The officer's word about a question whose clause changed.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reconsideration_settlement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub reconsideration_id: Uuid,
    /// kept, reworded, retired or relinked.
    #[sea_orm(column_type = "Text")]
    pub outcome: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    /// The new wording, if it was worded anew.
    pub wording_id: Option<Uuid>,
    /// The clause it was linked to instead.
    pub clause_id: Option<Uuid>,
    /// Whether that link was not there before.
    pub link_made: bool,
    pub at: OffsetDateTime,
    pub by_person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
