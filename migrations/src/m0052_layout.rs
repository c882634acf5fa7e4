//! 様式: layouts that were kept, words with their meaning, and files that are read again by them.

use crate::table::{
    add, create, default_number, default_text, index, instant, integer, optional, text, unique, uuid,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        layout(manager).await?;
        again(manager).await?;
        departed(manager).await
    }
}

/// A 様式, its versions (the newest of each fingerprint reads), the words explained in it or in the whole city.
async fn layout(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(manager, "layout", vec![instant("at"), uuid("by_person_id")], &[]).await?;
    let version = vec![
        uuid("layout_id"),
        integer("no"),
        text("name"),
        text("fingerprint"),
        // The layout as JSON.
        text("content"),
        instant("at"),
        uuid("by_person_id"),
    ];
    create(manager, "layout_version", version, &[("layout_id", "layout")]).await?;
    unique(manager, "layout_version", &["layout_id", "no"]).await?;
    let discard = vec![uuid("layout_id"), instant("at"), uuid("by_person_id")];
    create(manager, "layout_discard", discard, &[("layout_id", "layout")]).await?;
    unique(manager, "layout_discard", &["layout_id"]).await?;
    let word = vec![
        // None: in every workbook of the city.
        optional(uuid("layout_id")),
        text("word"),
        // Empty: taken back. The newest row of a word holds.
        text("meaning"),
        instant("at"),
        uuid("by_person_id"),
    ];
    create(manager, "layout_word", word, &[("layout_id", "layout")]).await?;
    index(manager, "layout_word", &["layout_id"]).await
}

/// A file that is read again has a reading for each turn; the newest turn holds.
async fn again(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let rereading = vec![uuid("file_id"), integer("turn"), instant("at"), uuid("by_person_id")];
    create(manager, "intake_rereading", rereading, &[("file_id", "intake_file")]).await?;
    unique(manager, "intake_rereading", &["file_id", "turn"]).await?;
    for (table, former, columns) in [
        ("intake_reading", "uq_intake_reading_file_id", &["file_id", "turn"][..]),
        ("intake_form", "uq_intake_form_file_id_no", &["file_id", "turn", "no"][..]),
    ] {
        add(manager, table, default_number("turn")).await?;
        let gone = Index::drop().name(former).table(Alias::new(table)).to_owned();
        manager.drop_index(gone).await?;
        unique(manager, table, columns).await?;
    }
    Ok(())
}

/// What a form was read by and how it departs from it; who accepted that; which word settled a row.
async fn departed(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    add(manager, "intake_form", optional(uuid("version_id"))).await?;
    add(manager, "intake_form", default_text("fingerprint")).await?;
    // As JSON; empty without any.
    add(manager, "intake_form", default_text("drifts")).await?;
    add(manager, "intake_row", default_text("word")).await?;
    add(manager, "intake_choice", optional(uuid("word_id"))).await?;
    let accepted = vec![uuid("form_id"), uuid("version_id"), instant("at"), uuid("by_person_id")];
    let references = [("form_id", "intake_form"), ("version_id", "layout_version")];
    create(manager, "intake_acceptance", accepted, &references).await?;
    unique(manager, "intake_acceptance", &["form_id"]).await
}
