//! Sheets per role and their frozen editions.

use crate::table::{create, double, instant, integer, optional, text, unique, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sheet(manager).await?;
        sheet_item(manager).await?;
        edition(manager).await?;
        edition_item(manager).await?;
        Ok(())
    }
}

async fn sheet(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "sheet",
        vec![
            text("role"),
            integer("fiscal_year"),
            text("title"),
            instant("at"),
            optional(uuid("by_person_id")),
        ],
        &[],
    )
    .await?;
    unique(manager, "sheet", &["role", "fiscal_year"]).await
}

async fn sheet_item(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "sheet_item",
        vec![uuid("sheet_id"), uuid("question_id"), integer("position")],
        &[("sheet_id", "sheet"), ("question_id", "question")],
    )
    .await?;
    unique(manager, "sheet_item", &["sheet_id", "question_id"]).await
}

async fn edition(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "edition",
        vec![
            uuid("sheet_id"),
            text("role"),
            integer("fiscal_year"),
            text("label"),
            text("title"),
            instant("at"),
            optional(uuid("by_person_id")),
        ],
        &[("sheet_id", "sheet")],
    )
    .await
}

async fn edition_item(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "edition_item",
        vec![
            uuid("edition_id"),
            integer("no"),
            uuid("question_id"),
            uuid("wording_id"),
            integer("topic"),
            text("text"),
            optional(text("not_applicable")),
            double("weight"),
            text("change"),
            optional(uuid("clause_id")),
            text("clause_path"),
            text("clause_text"),
        ],
        &[
            ("edition_id", "edition"),
            ("question_id", "question"),
            ("wording_id", "wording"),
            ("clause_id", "clause"),
        ],
    )
    .await?;
    unique(manager, "edition_item", &["edition_id", "no"]).await
}
