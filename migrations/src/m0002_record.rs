//! The ledger of events, its seals, and outgoing messages.

use crate::table::{big_integer, boolean, create, index, instant, optional, text, unique, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        event(manager).await?;
        seal(manager).await?;
        outbox(manager).await?;
        delivery(manager).await?;
        Ok(())
    }
}

async fn event(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "event",
        vec![
            text("stream"),
            big_integer("seq"),
            big_integer("at_micros"),
            optional(uuid("actor_id")),
            text("actor_name"),
            text("kind"),
            text("payload"),
            text("prev_hash"),
            text("hash"),
        ],
        &[],
    )
    .await?;
    unique(manager, "event", &["stream", "seq"]).await?;
    index(manager, "event", &["at_micros"]).await
}

async fn seal(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "seal",
        vec![big_integer("number"), big_integer("at_micros"), text("heads"), text("prev_hash"), text("hash")],
        &[],
    )
    .await?;
    unique(manager, "seal", &["number"]).await
}

async fn outbox(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "outbox",
        vec![
            text("kind"),
            optional(uuid("person_id")),
            text("to_name"),
            optional(text("to_address")),
            text("subject"),
            text("body"),
            instant("at"),
        ],
        &[("person_id", "person")],
    )
    .await
}

async fn delivery(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "delivery",
        vec![uuid("outbox_id"), instant("at"), boolean("delivered"), text("detail")],
        &[("outbox_id", "outbox")],
    )
    .await?;
    index(manager, "delivery", &["outbox_id"]).await
}
