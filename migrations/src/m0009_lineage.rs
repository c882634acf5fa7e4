//! The lineage of revisions and clauses, what was carried over, and which questions have to be looked at again.

use crate::table::{boolean, create, date, double, index, instant, optional, text, unique, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        succession(manager).await?;
        lineage_link(manager).await?;
        lineage_correction(manager).await?;
        carried_link(manager).await?;
        carried_settlement(manager).await?;
        reconsideration(manager).await?;
        reconsideration_settlement(manager).await
    }
}

async fn succession(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "succession",
        vec![uuid("revision_id"), optional(uuid("previous_id")), optional(date("effective_on"))],
        &[("revision_id", "revision"), ("previous_id", "revision")],
    )
    .await?;
    unique(manager, "succession", &["revision_id"]).await
}

async fn lineage_link(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "lineage_link",
        vec![uuid("revision_id"), uuid("old_clause_id"), uuid("new_clause_id"), double("confidence")],
        &[("revision_id", "revision"), ("old_clause_id", "clause"), ("new_clause_id", "clause")],
    )
    .await?;
    unique(manager, "lineage_link", &["revision_id", "old_clause_id", "new_clause_id"]).await
}

async fn lineage_correction(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "lineage_correction",
        vec![
            uuid("revision_id"),
            uuid("old_clause_id"),
            uuid("new_clause_id"),
            boolean("linked"),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[("revision_id", "revision"), ("old_clause_id", "clause"), ("new_clause_id", "clause")],
    )
    .await?;
    index(manager, "lineage_correction", &["revision_id"]).await
}

/// Questions may be removed again while nothing knows them; these rows don't hold them.
async fn carried_link(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "carried_link",
        vec![uuid("revision_id"), uuid("question_id"), uuid("old_clause_id"), uuid("new_clause_id")],
        &[("revision_id", "revision"), ("old_clause_id", "clause"), ("new_clause_id", "clause")],
    )
    .await?;
    unique(manager, "carried_link", &["revision_id", "question_id", "old_clause_id", "new_clause_id"]).await
}

async fn carried_settlement(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "carried_settlement",
        vec![uuid("revision_id"), uuid("settlement_id"), uuid("from_settlement_id")],
        &[("revision_id", "revision")],
    )
    .await?;
    unique(manager, "carried_settlement", &["settlement_id"]).await?;
    index(manager, "carried_settlement", &["revision_id"]).await
}

async fn reconsideration(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "reconsideration",
        vec![uuid("revision_id"), uuid("question_id"), uuid("old_clause_id"), instant("at")],
        &[("revision_id", "revision"), ("old_clause_id", "clause")],
    )
    .await?;
    unique(manager, "reconsideration", &["revision_id", "question_id", "old_clause_id"]).await
}

async fn reconsideration_settlement(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "reconsideration_settlement",
        vec![
            uuid("reconsideration_id"),
            text("outcome"),
            optional(text("reason")),
            optional(uuid("wording_id")),
            optional(uuid("clause_id")),
            boolean("link_made"),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[("reconsideration_id", "reconsideration"), ("clause_id", "clause")],
    )
    .await?;
    unique(manager, "reconsideration_settlement", &["reconsideration_id"]).await
}
