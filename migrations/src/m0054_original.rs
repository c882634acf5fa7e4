//! Workbooks of departments that answers are written into: working copies of a day.

use crate::table::{binary, create, index, instant, text, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let original = vec![
            uuid("inspection_id"),
            text("name"),
            text("sha256"),
            binary("content"),
            // Which cells take which answers, as JSON: what was recognised when it came.
            text("reading"),
            instant("at"),
            uuid("by_person_id"),
        ];
        create(manager, "original", original, &[("inspection_id", "inspection")]).await?;
        index(manager, "original", &["at"]).await
    }
}
