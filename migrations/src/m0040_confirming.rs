//! Confirming beyond the head: the steps an inspection has, approvals, what was withdrawn, and 代理 named by heads.

use crate::table::{create, index, instant, optional, text, unique, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        approval_step(manager).await?;
        approval(manager).await?;
        confirmation_withdrawal(manager).await?;
        deputation(manager).await
    }
}

/// The steps after the heads' confirmations, chosen at the start; an inspection from before has none.
async fn approval_step(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![uuid("inspection_id"), text("level")];
    create(manager, "approval_step", columns, &[("inspection_id", "inspection")]).await?;
    unique(manager, "approval_step", &["inspection_id", "level"]).await
}

/// An approval of a 部, or of the city (without a department), and its withdrawal.
async fn approval(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        uuid("inspection_id"),
        text("level"),
        optional(uuid("department_id")),
        text("note"),
        instant("at"),
        uuid("by_person_id"),
        text("capacity"),
    ];
    let references = [("inspection_id", "inspection"), ("department_id", "department")];
    create(manager, "approval", columns, &references).await?;
    index(manager, "approval", &["inspection_id"]).await?;
    let withdrawn = vec![uuid("approval_id"), text("reason"), instant("at"), uuid("by_person_id")];
    create(manager, "approval_withdrawal", withdrawn, &[("approval_id", "approval")]).await?;
    unique(manager, "approval_withdrawal", &["approval_id"]).await
}

/// `confirmation` holds what holds, one row for a department; what was withdrawn moves here with all it said.
async fn confirmation_withdrawal(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        uuid("inspection_id"),
        uuid("department_id"),
        text("note"),
        text("capacity"),
        instant("confirmed_at"),
        uuid("confirmed_by_id"),
        text("reason"),
        optional(text("level")),
        instant("at"),
        uuid("by_person_id"),
    ];
    let references = [("inspection_id", "inspection"), ("department_id", "department")];
    create(manager, "confirmation_withdrawal", columns, &references).await?;
    index(manager, "confirmation_withdrawal", &["inspection_id", "department_id"]).await
}

/// A 代理 the head named: the post it began, and its withdrawal before the time.
async fn deputation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![uuid("department_id"), uuid("post_id"), instant("at"), uuid("by_person_id")];
    let references = [("department_id", "department"), ("post_id", "post")];
    create(manager, "deputation", columns, &references).await?;
    unique(manager, "deputation", &["post_id"]).await?;
    index(manager, "deputation", &["department_id"]).await?;
    let withdrawn = vec![uuid("deputation_id"), instant("at"), uuid("by_person_id")];
    create(manager, "deputation_withdrawal", withdrawn, &[("deputation_id", "deputation")]).await?;
    unique(manager, "deputation_withdrawal", &["deputation_id"]).await
}
