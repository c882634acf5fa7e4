//! Drafts of inspections, their rehearsals, and how an inspection is scored.

use crate::table::{create, index, instant, integer, optional, text, unique, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        draft(manager).await?;
        rehearsal(manager).await?;
        inspection_about(manager).await
    }
}

/// What was entered so far; the row is written anew with every save. It ends once: started or discarded.
async fn draft(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(manager, "draft", vec![text("content"), instant("at"), uuid("by_person_id")], &[]).await?;
    let end = vec![uuid("draft_id"), optional(uuid("inspection_id")), instant("at"), uuid("by_person_id")];
    create(manager, "draft_end", end, &[("draft_id", "draft"), ("inspection_id", "inspection")]).await?;
    unique(manager, "draft_end", &["draft_id"]).await
}

/// An inspection that is tried out with a few people and does not count.
async fn rehearsal(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![uuid("inspection_id"), uuid("draft_id"), instant("at"), uuid("by_person_id")];
    let references = [("inspection_id", "inspection"), ("draft_id", "draft")];
    create(manager, "rehearsal", columns, &references).await?;
    unique(manager, "rehearsal", &["inspection_id"]).await?;
    index(manager, "rehearsal", &["draft_id"]).await
}

/// Frozen with the start; an inspection from before has none and is scored as usual.
async fn inspection_about(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        uuid("inspection_id"),
        text("programme"),
        text("covers"),
        integer("partial"),
        integer("threshold"),
    ];
    create(manager, "inspection_about", columns, &[("inspection_id", "inspection")]).await?;
    unique(manager, "inspection_about", &["inspection_id"]).await
}
