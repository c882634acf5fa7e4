//! Inspections: who owes which sheet, and what was answered.

use crate::table::{create, date, index, instant, integer, optional, text, unique, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        inspection(manager).await?;
        inspection_edition(manager).await?;
        inspection_department(manager).await?;
        closing(manager).await?;
        target(manager).await?;
        answer(manager).await?;
        submission(manager).await?;
        sheet_return(manager).await?;
        confirmation(manager).await?;
        reminder(manager).await?;
        tally(manager).await?;
        Ok(())
    }
}

async fn inspection(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "inspection",
        vec![
            integer("fiscal_year"),
            text("name"),
            date("base_on"),
            date("opens_on"),
            date("due_on"),
            text("visibility"),
            text("contact"),
            instant("at"),
            optional(uuid("by_person_id")),
        ],
        &[],
    )
    .await
}

async fn inspection_edition(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "inspection_edition",
        vec![uuid("inspection_id"), uuid("edition_id"), text("role")],
        &[("inspection_id", "inspection"), ("edition_id", "edition")],
    )
    .await?;
    unique(manager, "inspection_edition", &["inspection_id", "role"]).await
}

async fn inspection_department(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "inspection_department",
        vec![
            uuid("inspection_id"),
            uuid("department_id"),
            text("name"),
            uuid("division_id"),
            text("division_name"),
            integer("position"),
        ],
        &[("inspection_id", "inspection"), ("department_id", "department")],
    )
    .await?;
    unique(manager, "inspection_department", &["inspection_id", "department_id"]).await
}

async fn closing(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "closing",
        vec![uuid("inspection_id"), instant("at"), optional(uuid("by_person_id"))],
        &[("inspection_id", "inspection")],
    )
    .await?;
    unique(manager, "closing", &["inspection_id"]).await
}

async fn target(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "target",
        vec![
            uuid("inspection_id"),
            uuid("department_id"),
            uuid("person_id"),
            uuid("edition_id"),
            text("role"),
            optional(text("system")),
            text("person_name"),
            text("person_kana"),
            text("title"),
        ],
        &[
            ("inspection_id", "inspection"),
            ("department_id", "department"),
            ("person_id", "person"),
            ("edition_id", "edition"),
        ],
    )
    .await?;
    index(manager, "target", &["inspection_id", "department_id"]).await?;
    index(manager, "target", &["person_id"]).await
}

async fn answer(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "answer",
        vec![
            uuid("target_id"),
            uuid("item_id"),
            optional(text("value")),
            text("comment"),
            optional(date("planned_on")),
            integer("version"),
            text("source"),
            optional(text("source_cell")),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[("target_id", "target"), ("item_id", "edition_item")],
    )
    .await?;
    unique(manager, "answer", &["target_id", "item_id"]).await
}

async fn submission(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "submission",
        vec![uuid("target_id"), instant("at"), uuid("by_person_id")],
        &[("target_id", "target")],
    )
    .await?;
    index(manager, "submission", &["target_id"]).await
}

async fn sheet_return(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "sheet_return",
        vec![uuid("submission_id"), text("reason"), instant("at"), uuid("by_person_id")],
        &[("submission_id", "submission")],
    )
    .await?;
    unique(manager, "sheet_return", &["submission_id"]).await
}

async fn confirmation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "confirmation",
        vec![uuid("inspection_id"), uuid("department_id"), text("note"), instant("at"), uuid("by_person_id")],
        &[("inspection_id", "inspection"), ("department_id", "department")],
    )
    .await?;
    unique(manager, "confirmation", &["inspection_id", "department_id"]).await
}

async fn reminder(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "reminder",
        vec![
            uuid("inspection_id"),
            optional(uuid("department_id")),
            integer("people"),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[("inspection_id", "inspection"), ("department_id", "department")],
    )
    .await?;
    index(manager, "reminder", &["inspection_id"]).await
}

async fn tally(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "tally",
        vec![
            uuid("inspection_id"),
            uuid("department_id"),
            uuid("item_id"),
            integer("done"),
            integer("partial"),
            integer("not_done"),
            integer("na"),
        ],
        &[("inspection_id", "inspection"), ("department_id", "department"), ("item_id", "edition_item")],
    )
    .await?;
    unique(manager, "tally", &["inspection_id", "department_id", "item_id"]).await
}
