//! Why an amendment is proposed: a finding, an improvement, or a figure.

use sea_orm::entity::prelude::*;

/// Why an amendment is proposed: a finding, an improvement, or a figure.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "amendment_ground")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub amendment_id: Uuid,
    pub finding_id: Option<Uuid>,
    pub improvement_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub note: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
