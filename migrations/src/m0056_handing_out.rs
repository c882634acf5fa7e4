//! 配付: an inspection of many is handed out in portions by a job. It is under way until its end is there.

use crate::table::{create, instant, integer, unique, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // How many sheets were owed when it started.
        let begun = vec![uuid("inspection_id"), integer("sheets"), instant("at")];
        create(manager, "handing_out", begun, &[("inspection_id", "inspection")]).await?;
        unique(manager, "handing_out", &["inspection_id"]).await?;
        let ended = vec![uuid("inspection_id"), instant("at")];
        create(manager, "handing_out_end", ended, &[("inspection_id", "inspection")]).await?;
        unique(manager, "handing_out_end", &["inspection_id"]).await
    }
}
