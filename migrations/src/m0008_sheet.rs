//! Settings of questions: other scales, evidence, questions shown on a condition, explanations added to an
//! edition, attributes of departments. Rows from before read as they always did.

use crate::table::{
    add, create, default_number, default_text, index, instant, integer, optional, text, unique, uuid,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        columns(manager).await?;
        spread(manager).await?;
        omission(manager).await?;
        supplement(manager).await?;
        attribute(manager).await?;
        edition_label(manager).await
    }
}

async fn columns(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    add(manager, "wording", default_text("setting")).await?;
    add(manager, "edition_item", default_text("setting")).await?;
    add(manager, "answer", optional(text("raw"))).await?;
    add(manager, "answer", default_text("evidence")).await?;
    add(manager, "target", default_text("attributes")).await?;
    add(manager, "tally", default_number("told")).await?;
    add(manager, "tally", default_number("omitted")).await
}

/// How often each answer of another scale than ○△× was given.
async fn spread(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "spread",
        vec![uuid("inspection_id"), uuid("department_id"), uuid("item_id"), text("raw"), integer("number")],
        &[("inspection_id", "inspection"), ("department_id", "department"), ("item_id", "edition_item")],
    )
    .await?;
    unique(manager, "spread", &["inspection_id", "department_id", "item_id", "raw"]).await
}

/// A question that was hidden when a sheet was handed in.
async fn omission(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "omission",
        vec![uuid("submission_id"), uuid("item_id")],
        &[("submission_id", "submission"), ("item_id", "edition_item")],
    )
    .await?;
    unique(manager, "omission", &["submission_id", "item_id"]).await
}

async fn supplement(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "supplement",
        vec![uuid("item_id"), text("text"), instant("at"), uuid("by_person_id")],
        &[("item_id", "edition_item")],
    )
    .await?;
    index(manager, "supplement", &["item_id"]).await
}

async fn attribute(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "department_attribute",
        vec![uuid("department_id"), text("attribute"), instant("at"), optional(uuid("by_person_id"))],
        &[("department_id", "department")],
    )
    .await?;
    index(manager, "department_attribute", &["department_id"]).await?;
    create(
        manager,
        "department_attribute_withdrawal",
        vec![uuid("department_attribute_id"), instant("at"), uuid("by_person_id")],
        &[("department_attribute_id", "department_attribute")],
    )
    .await?;
    unique(manager, "department_attribute_withdrawal", &["department_attribute_id"]).await
}

/// Two people freezing at once must not make two editions of one name. Should that have happened before, the
/// later one is told apart first.
async fn edition_label(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let told_apart = "UPDATE edition SET label = label || '（重複' || CAST((SELECT COUNT(*) FROM edition AS first \
        WHERE first.sheet_id = edition.sheet_id AND first.label = edition.label AND first.id < edition.id) AS TEXT) \
        || '）' WHERE EXISTS (SELECT 1 FROM edition AS first WHERE first.sheet_id = edition.sheet_id \
        AND first.label = edition.label AND first.id < edition.id)";
    manager.get_connection().execute_unprepared(told_apart).await?;
    unique(manager, "edition", &["sheet_id", "label"]).await
}
