//! Targets of a running inspection come, go and move; sheets for people without an account; what was done although
//! the same hands or the same department were on both sides.

use crate::table::{add, create, date, default_text, index, instant, optional, text, unique, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        target_addition(manager).await?;
        target_withdrawal(manager).await?;
        target_restoration(manager).await?;
        target_transfer(manager).await?;
        transfer_waiver(manager).await?;
        sheet_code(manager).await?;
        sheet_session(manager).await?;
        concern(manager).await?;
        add(manager, "confirmation", default_text("capacity")).await
    }
}

async fn target_addition(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "target_addition",
        vec![
            uuid("target_id"),
            text("rule"),
            text("reason"),
            date("on_date"),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[("target_id", "target")],
    )
    .await?;
    unique(manager, "target_addition", &["target_id"]).await
}

async fn target_withdrawal(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "target_withdrawal",
        vec![uuid("target_id"), text("rule"), text("reason"), instant("at"), uuid("by_person_id")],
        &[("target_id", "target")],
    )
    .await?;
    index(manager, "target_withdrawal", &["target_id"]).await
}

async fn target_restoration(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "target_restoration",
        vec![uuid("withdrawal_id"), text("reason"), instant("at"), uuid("by_person_id")],
        &[("withdrawal_id", "target_withdrawal")],
    )
    .await?;
    unique(manager, "target_restoration", &["withdrawal_id"]).await
}

async fn target_transfer(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "target_transfer",
        vec![
            uuid("target_id"),
            uuid("from_department_id"),
            uuid("to_department_id"),
            date("on_date"),
            text("rule"),
            text("reason"),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[("target_id", "target"), ("from_department_id", "department"), ("to_department_id", "department")],
    )
    .await?;
    index(manager, "target_transfer", &["target_id"]).await
}

/// A proposed change that the 事務局 left, with the words of the day.
async fn transfer_waiver(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "transfer_waiver",
        vec![
            uuid("inspection_id"),
            text("proposal"),
            uuid("person_id"),
            text("what"),
            text("reason"),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[("inspection_id", "inspection"), ("person_id", "person")],
    )
    .await?;
    unique(manager, "transfer_waiver", &["inspection_id", "proposal"]).await
}

/// A one-time number on paper that opens one sheet and nothing else. The latest of a target holds.
async fn sheet_code(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "sheet_code",
        vec![uuid("target_id"), text("code_hash"), instant("at"), uuid("by_person_id")],
        &[("target_id", "target")],
    )
    .await?;
    index(manager, "sheet_code", &["target_id"]).await?;
    unique(manager, "sheet_code", &["code_hash"]).await
}

/// A sheet opened by its number on a shared terminal.
async fn sheet_session(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "sheet_session",
        vec![uuid("sheet_code_id"), text("token_hash"), instant("at"), instant("last_seen_at")],
        &[("sheet_code_id", "sheet_code")],
    )
    .await?;
    unique(manager, "sheet_session", &["token_hash"]).await
}

/// Something that separation of duties warns of, done all the same with a reason.
async fn concern(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "concern",
        vec![
            text("rule"),
            uuid("inspection_id"),
            uuid("department_id"),
            optional(uuid("audit_id")),
            uuid("person_id"),
            text("reason"),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[("inspection_id", "inspection"), ("department_id", "department"), ("audit_id", "audit")],
    )
    .await?;
    index(manager, "concern", &["inspection_id", "department_id"]).await
}
