//! Which questions came from the bank and not from a sentence of a policy.

use crate::table::{create, text, unique, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(
            manager,
            "bank_question",
            vec![uuid("question_id"), text("bank_key")],
            &[("question_id", "question")],
        )
        .await?;
        unique(manager, "bank_question", &["question_id"]).await
    }
}
