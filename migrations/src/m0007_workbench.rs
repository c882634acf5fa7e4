//! The workbench: acts and taking them back, split proposals, what was corrected, duties that are not asked.

use crate::table::{create, index, instant, optional, text, unique, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        settlement_part(manager).await?;
        act(manager).await?;
        withdrawal(manager, "act").await?;
        correction(manager).await?;
        withdrawal(manager, "correction").await?;
        correction_use(manager).await?;
        exemption(manager).await?;
        withdrawal(manager, "exemption").await
    }
}

/// The further questions of a proposal that was split.
async fn settlement_part(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "settlement_part",
        vec![uuid("settlement_id"), uuid("question_id")],
        &[("settlement_id", "settlement"), ("question_id", "question")],
    )
    .await?;
    unique(manager, "settlement_part", &["settlement_id", "question_id"]).await
}

/// One act of the officer, with what is needed to take it back.
async fn act(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "act",
        vec![
            uuid("revision_id"),
            uuid("clause_id"),
            text("kind"),
            text("text"),
            text("detail"),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[("revision_id", "revision"), ("clause_id", "clause")],
    )
    .await?;
    index(manager, "act", &["revision_id"]).await
}

/// Taking one thing back, once.
async fn withdrawal(manager: &SchemaManager<'_>, noun: &str) -> Result<(), DbErr> {
    let (table, key) = (format!("{noun}_withdrawal"), format!("{noun}_id"));
    create(manager, &table, vec![uuid(&key), instant("at"), uuid("by_person_id")], &[(key.as_str(), noun)])
        .await?;
    unique(manager, &table, &[key.as_str()]).await
}

async fn correction(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "correction",
        vec![
            text("kind"),
            text("words"),
            optional(text("class")),
            optional(text("role")),
            uuid("sentence_id"),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[("sentence_id", "sentence")],
    )
    .await
}

async fn correction_use(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "correction_use",
        vec![
            uuid("correction_id"),
            uuid("sentence_id"),
            text("class_before"),
            optional(text("role_before")),
            instant("at"),
        ],
        &[("correction_id", "correction"), ("sentence_id", "sentence")],
    )
    .await?;
    index(manager, "correction_use", &["sentence_id"]).await
}

/// A duty nobody is asked about on purpose.
async fn exemption(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "exemption",
        vec![uuid("sentence_id"), text("reason"), instant("at"), uuid("by_person_id")],
        &[("sentence_id", "sentence")],
    )
    .await?;
    index(manager, "exemption", &["sentence_id"]).await
}
