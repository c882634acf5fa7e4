//! What a clause excepts or lists, kept with the proposal until it becomes the guidance of a question.

use crate::table::{add, default_text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "proposal", default_text("guidance")).await
    }
}
