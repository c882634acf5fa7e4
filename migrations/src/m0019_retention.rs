//! Retention: classes as they were set, holds, lists of disposal with their decision, payloads that were removed.

use crate::table::{create, date, index, instant, integer, optional, text, unique, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let class = vec![text("kind"), text("class"), instant("at"), uuid("by_person_id")];
        create(manager, "retention_class", class, &[]).await?;
        index(manager, "retention_class", &["kind"]).await?;
        holds(manager).await?;
        disposals(manager).await?;
        decisions(manager).await?;
        let payload = vec![uuid("event_id"), uuid("disposal_id")];
        create(manager, "payload_disposal", payload, &[]).await?;
        unique(manager, "payload_disposal", &["event_id"]).await
    }
}

async fn holds(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let hold = vec![
        text("noun"),
        uuid("object_id"),
        text("label"),
        text("reason"),
        instant("at"),
        uuid("by_person_id"),
    ];
    create(manager, "hold", hold, &[]).await?;
    let release = vec![uuid("hold_id"), text("reason"), instant("at"), uuid("by_person_id")];
    create(manager, "hold_release", release, &[("hold_id", "hold")]).await?;
    unique(manager, "hold_release", &["hold_id"]).await
}

async fn disposals(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(manager, "disposal", vec![integer("number"), instant("at"), uuid("by_person_id")], &[]).await?;
    unique(manager, "disposal", &["number"]).await?;
    let item = vec![
        uuid("disposal_id"),
        text("kind"),
        uuid("object_id"),
        text("label"),
        date("ended_on"),
        date("due_on"),
        optional(uuid("hold_id")),
    ];
    create(manager, "disposal_item", item, &[("disposal_id", "disposal")]).await?;
    unique(manager, "disposal_item", &["disposal_id", "kind", "object_id"]).await?;
    index(manager, "disposal_item", &["object_id"]).await
}

async fn decisions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let approval = vec![uuid("disposal_id"), instant("at"), uuid("by_person_id")];
    create(manager, "disposal_approval", approval, &[("disposal_id", "disposal")]).await?;
    unique(manager, "disposal_approval", &["disposal_id"]).await?;
    let rejection = vec![uuid("disposal_id"), text("reason"), instant("at"), uuid("by_person_id")];
    create(manager, "disposal_rejection", rejection, &[("disposal_id", "disposal")]).await?;
    unique(manager, "disposal_rejection", &["disposal_id"]).await
}
