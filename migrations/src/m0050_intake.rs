//! 取込み: files as they came, what was read from them, what a person settled, and where an answer came from.

use crate::table::{binary, create, date, index, instant, integer, optional, text, unique, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        file(manager).await?;
        form(manager).await?;
        settled(manager).await
    }
}

/// Files brought in together. A file is waiting to be read until it has a reading.
async fn file(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let intake = vec![uuid("inspection_id"), text("name"), instant("at"), uuid("by_person_id")];
    create(manager, "intake", intake, &[("inspection_id", "inspection")]).await?;
    index(manager, "intake", &["inspection_id"]).await?;
    let file = vec![
        uuid("intake_id"),
        integer("no"),
        text("name"),
        text("sha256"),
        // None after disposal.
        optional(binary("content")),
    ];
    create(manager, "intake_file", file, &[("intake_id", "intake")]).await?;
    unique(manager, "intake_file", &["intake_id", "no"]).await?;
    index(manager, "intake_file", &["sha256"]).await?;
    let reading = vec![
        uuid("file_id"),
        // Why the file can't be read; none if it could.
        optional(text("refusal")),
        // Sheets that are no filled form, as JSON.
        text("ignored"),
        instant("at"),
    ];
    create(manager, "intake_reading", reading, &[("file_id", "intake_file")]).await?;
    unique(manager, "intake_reading", &["file_id"]).await
}

/// The forms in a file and their rows, as they were read.
async fn form(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let form = vec![
        uuid("file_id"),
        integer("no"),
        text("sheet"),
        text("title"),
        text("department"),
        text("person"),
        text("staff_no"),
        text("system"),
        optional(date("dated_on")),
        // What was proposed when it was read: the edition its questions fit best, and its owner.
        optional(uuid("edition_id")),
        optional(uuid("target_id")),
        text("sureness"),
        text("why"),
        text("doubts"),
    ];
    let references = [("file_id", "intake_file"), ("edition_id", "edition"), ("target_id", "target")];
    create(manager, "intake_form", form, &references).await?;
    unique(manager, "intake_form", &["file_id", "no"]).await?;
    let row = vec![
        uuid("form_id"),
        integer("position"),
        text("no"),
        text("question"),
        text("item_key"),
        optional(text("value")),
        optional(text("fault")),
        text("raw"),
        text("comment"),
        text("evidence"),
        optional(date("planned_on")),
        text("cell"),
        text("rule"),
        // The question of that edition it was taken for.
        optional(uuid("item_id")),
        text("sureness"),
    ];
    create(manager, "intake_row", row, &[("form_id", "intake_form"), ("item_id", "edition_item")]).await?;
    unique(manager, "intake_row", &["form_id", "position"]).await
}

/// What a person settled (the newest row holds), which files were taken, and the answers that came of them.
async fn settled(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let owner = vec![uuid("form_id"), optional(uuid("target_id")), instant("at"), uuid("by_person_id")];
    let references = [("form_id", "intake_form"), ("target_id", "target")];
    create(manager, "intake_owner", owner, &references).await?;
    index(manager, "intake_owner", &["form_id"]).await?;
    let choice = vec![
        uuid("row_id"),
        text("choice"),
        // The question the row means, where the proposal was not right.
        optional(uuid("item_id")),
        instant("at"),
        uuid("by_person_id"),
    ];
    create(manager, "intake_choice", choice, &[("row_id", "intake_row"), ("item_id", "edition_item")])
        .await?;
    index(manager, "intake_choice", &["row_id"]).await?;
    let taking = vec![uuid("file_id"), integer("answers"), instant("at"), uuid("by_person_id")];
    create(manager, "intake_taking", taking, &[("file_id", "intake_file")]).await?;
    unique(manager, "intake_taking", &["file_id"]).await?;
    let origin = vec![uuid("target_id"), uuid("item_id"), integer("version"), uuid("row_id")];
    let references = [("target_id", "target"), ("item_id", "edition_item"), ("row_id", "intake_row")];
    create(manager, "answer_origin", origin, &references).await?;
    unique(manager, "answer_origin", &["target_id", "item_id", "version"]).await
}
