//! Policies, revisions, clauses, their sentences, and the questions that come from them.

use crate::table::{boolean, create, double, index, instant, integer, optional, text, unique, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        policy(manager).await?;
        revision(manager).await?;
        clause(manager).await?;
        sentence(manager).await?;
        question(manager).await?;
        wording(manager).await?;
        question_clause(manager).await?;
        question_retirement(manager).await?;
        proposal(manager).await?;
        settlement(manager).await?;
        Ok(())
    }
}

async fn policy(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(manager, "policy", vec![text("title"), instant("at")], &[]).await
}

async fn revision(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "revision",
        vec![
            uuid("policy_id"),
            integer("number"),
            text("title"),
            text("file_name"),
            text("file_sha256"),
            text("history"),
            text("remarks"),
            optional(text("signature")),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[("policy_id", "policy")],
    )
    .await?;
    unique(manager, "revision", &["policy_id", "number"]).await
}

async fn clause(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "clause",
        vec![
            uuid("revision_id"),
            optional(uuid("parent_id")),
            integer("position"),
            text("path"),
            text("short_path"),
            text("label"),
            optional(text("heading")),
            text("text"),
            text("kind"),
            integer("line"),
            text("digest"),
        ],
        &[("revision_id", "revision"), ("parent_id", "clause")],
    )
    .await?;
    unique(manager, "clause", &["revision_id", "position"]).await
}

async fn sentence(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "sentence",
        vec![
            uuid("clause_id"),
            integer("position"),
            text("text"),
            text("class"),
            optional(text("subject")),
            optional(text("role")),
            boolean("role_presumed"),
            text("marks"),
        ],
        &[("clause_id", "clause")],
    )
    .await?;
    unique(manager, "sentence", &["clause_id", "position"]).await
}

async fn question(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "question",
        vec![text("role"), integer("topic"), instant("at"), optional(uuid("by_person_id"))],
        &[],
    )
    .await
}

async fn wording(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "wording",
        vec![
            uuid("question_id"),
            integer("number"),
            text("text"),
            optional(text("not_applicable")),
            double("weight"),
            text("change"),
            instant("at"),
            optional(uuid("by_person_id")),
        ],
        &[("question_id", "question")],
    )
    .await?;
    unique(manager, "wording", &["question_id", "number"]).await
}

async fn question_clause(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "question_clause",
        vec![uuid("question_id"), uuid("clause_id")],
        &[("question_id", "question"), ("clause_id", "clause")],
    )
    .await?;
    unique(manager, "question_clause", &["question_id", "clause_id"]).await?;
    index(manager, "question_clause", &["clause_id"]).await
}

async fn question_retirement(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "question_retirement",
        vec![uuid("question_id"), text("reason"), instant("at"), uuid("by_person_id")],
        &[("question_id", "question")],
    )
    .await?;
    unique(manager, "question_retirement", &["question_id"]).await
}

async fn proposal(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "proposal",
        vec![
            uuid("revision_id"),
            uuid("clause_id"),
            uuid("sentence_id"),
            integer("position"),
            text("role"),
            boolean("role_presumed"),
            integer("topic"),
            text("text"),
            optional(text("not_applicable")),
            double("weight"),
            text("rule"),
            double("confidence"),
            optional(uuid("same_as")),
        ],
        &[("revision_id", "revision"), ("clause_id", "clause"), ("sentence_id", "sentence")],
    )
    .await?;
    index(manager, "proposal", &["revision_id"]).await?;
    index(manager, "proposal", &["clause_id"]).await
}

async fn settlement(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "settlement",
        vec![
            uuid("proposal_id"),
            text("outcome"),
            optional(text("reason")),
            optional(uuid("question_id")),
            instant("at"),
            uuid("by_person_id"),
        ],
        &[("proposal_id", "proposal"), ("question_id", "question")],
    )
    .await?;
    unique(manager, "settlement", &["proposal_id"]).await
}
