//! Sending out: longer periods, notices and their texts, closed days, the letter, and tries to send a message again.

use crate::table::{
    add, boolean, create, date, default_number, index, instant, optional, text, unique, uuid,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        extension(manager).await?;
        notice(manager).await?;
        closed_day(manager).await?;
        letter(manager).await?;
        outbox_retry(manager).await
    }
}

/// A longer period for all, a department or a person, and taking it back.
async fn extension(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        uuid("inspection_id"),
        optional(uuid("department_id")),
        optional(uuid("person_id")),
        date("due_on"),
        text("reason"),
        instant("at"),
        uuid("by_person_id"),
    ];
    let references =
        [("inspection_id", "inspection"), ("department_id", "department"), ("person_id", "person")];
    create(manager, "extension", columns, &references).await?;
    index(manager, "extension", &["inspection_id"]).await?;
    let taken_back = vec![uuid("extension_id"), text("reason"), instant("at"), uuid("by_person_id")];
    create(manager, "extension_withdrawal", taken_back, &[("extension_id", "extension")]).await?;
    unique(manager, "extension_withdrawal", &["extension_id"]).await
}

/// What is sent by itself: the newest row of a kind holds. And whom it was sent to, once.
async fn notice(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let rule = vec![
        uuid("inspection_id"),
        text("kind"),
        boolean("active"),
        text("days"),
        text("subject"),
        text("body"),
        instant("at"),
        optional(uuid("by_person_id")),
    ];
    create(manager, "notice_rule", rule, &[("inspection_id", "inspection")]).await?;
    index(manager, "notice_rule", &["inspection_id"]).await?;
    let sent = vec![
        uuid("inspection_id"),
        text("kind"),
        date("planned_on"),
        uuid("person_id"),
        uuid("outbox_id"),
        instant("at"),
    ];
    let references = [("inspection_id", "inspection"), ("person_id", "person")];
    create(manager, "notice_sent", sent, &references).await?;
    unique(manager, "notice_sent", &["inspection_id", "kind", "planned_on", "person_id"]).await
}

/// Days on which the city hall is closed beside weekends and holidays.
async fn closed_day(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let day = vec![date("day"), text("name"), instant("at"), uuid("by_person_id")];
    create(manager, "closed_day", day, &[]).await?;
    let removed = vec![uuid("closed_day_id"), instant("at"), uuid("by_person_id")];
    create(manager, "closed_day_withdrawal", removed, &[("closed_day_id", "closed_day")]).await?;
    unique(manager, "closed_day_withdrawal", &["closed_day_id"]).await
}

/// The printed letter; the newest row holds.
async fn letter(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        uuid("inspection_id"),
        text("document_no"),
        date("dated_on"),
        text("addressee"),
        text("sender"),
        text("subject"),
        text("body"),
        instant("at"),
        uuid("by_person_id"),
    ];
    create(manager, "letter", columns, &[("inspection_id", "inspection")]).await?;
    index(manager, "letter", &["inspection_id"]).await
}

/// A message is sent again at the officer's word, to the address known by then.
async fn outbox_retry(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![uuid("outbox_id"), text("to_address"), instant("at"), uuid("by_person_id")];
    create(manager, "outbox_retry", columns, &[("outbox_id", "outbox")]).await?;
    index(manager, "outbox_retry", &["outbox_id"]).await?;
    // How many further tries a failure takes away: all of them if the mail server refused for good.
    add(manager, "delivery", default_number("spent")).await
}
