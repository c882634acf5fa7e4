//! Audits, findings, improvements, and the amendments of the policy.

use crate::table::{boolean, create, date, index, instant, integer, optional, text, unique, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        audit(manager).await?;
        mark(manager).await?;
        finding(manager).await?;
        audit_report(manager).await?;
        improvement(manager).await?;
        plan(manager).await?;
        completion(manager).await?;
        verification(manager).await?;
        amendment(manager).await?;
        amendment_ground(manager).await?;
        decision(manager).await?;
        Ok(())
    }
}

async fn audit(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "audit",
        vec![
            uuid("inspection_id"),
            uuid("department_id"),
            text("label"),
            text("purpose"),
            date("held_on"),
            uuid("auditor_id"),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[("inspection_id", "inspection"), ("department_id", "department"), ("auditor_id", "person")],
    )
    .await?;
    unique(manager, "audit", &["label"]).await?;
    unique(manager, "audit", &["inspection_id", "department_id"]).await
}

async fn mark(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "mark",
        vec![
            uuid("audit_id"),
            uuid("item_id"),
            text("value"),
            text("note"),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[("audit_id", "audit"), ("item_id", "edition_item")],
    )
    .await?;
    unique(manager, "mark", &["audit_id", "item_id"]).await
}

async fn finding(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "finding",
        vec![
            uuid("audit_id"),
            text("label"),
            text("grade"),
            text("title"),
            text("fact"),
            text("criterion"),
            text("effect"),
            text("recommendation"),
            optional(uuid("clause_id")),
            optional(uuid("item_id")),
            boolean("rule_change"),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[("audit_id", "audit"), ("clause_id", "clause"), ("item_id", "edition_item")],
    )
    .await?;
    unique(manager, "finding", &["label"]).await?;
    index(manager, "finding", &["audit_id"]).await
}

async fn audit_report(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "audit_report",
        vec![uuid("audit_id"), text("number"), text("opinion"), instant("at"), uuid("by_person_id")],
        &[("audit_id", "audit")],
    )
    .await?;
    unique(manager, "audit_report", &["audit_id"]).await
}

async fn improvement(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "improvement",
        vec![
            text("label"),
            integer("fiscal_year"),
            uuid("department_id"),
            text("source"),
            optional(uuid("finding_id")),
            optional(uuid("target_id")),
            optional(uuid("item_id")),
            optional(uuid("clause_id")),
            text("title"),
            text("fact"),
            boolean("rule_change"),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[
            ("department_id", "department"),
            ("finding_id", "finding"),
            ("target_id", "target"),
            ("item_id", "edition_item"),
            ("clause_id", "clause"),
        ],
    )
    .await?;
    unique(manager, "improvement", &["label"]).await?;
    unique(manager, "improvement", &["finding_id"]).await?;
    unique(manager, "improvement", &["target_id", "item_id"]).await?;
    index(manager, "improvement", &["department_id"]).await
}

async fn plan(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "plan",
        vec![
            uuid("improvement_id"),
            text("cause"),
            text("measure"),
            date("due_on"),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[("improvement_id", "improvement")],
    )
    .await?;
    index(manager, "plan", &["improvement_id"]).await
}

async fn completion(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "completion",
        vec![uuid("improvement_id"), text("report"), instant("at"), uuid("by_person_id")],
        &[("improvement_id", "improvement")],
    )
    .await?;
    index(manager, "completion", &["improvement_id"]).await
}

async fn verification(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "verification",
        vec![uuid("completion_id"), boolean("effective"), text("note"), instant("at"), uuid("by_person_id")],
        &[("completion_id", "completion")],
    )
    .await?;
    unique(manager, "verification", &["completion_id"]).await
}

async fn amendment(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "amendment",
        vec![
            uuid("revision_id"),
            uuid("clause_id"),
            text("old_text"),
            text("new_text"),
            text("reason"),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[("revision_id", "revision"), ("clause_id", "clause")],
    )
    .await?;
    index(manager, "amendment", &["revision_id"]).await
}

async fn amendment_ground(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "amendment_ground",
        vec![
            uuid("amendment_id"),
            optional(uuid("finding_id")),
            optional(uuid("improvement_id")),
            text("note"),
        ],
        &[("amendment_id", "amendment"), ("finding_id", "finding"), ("improvement_id", "improvement")],
    )
    .await
}

async fn decision(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "decision",
        vec![
            uuid("amendment_id"),
            boolean("adopted"),
            date("decided_on"),
            text("meeting"),
            text("note"),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[("amendment_id", "amendment")],
    )
    .await?;
    unique(manager, "decision", &["amendment_id"]).await
}
