//! Departments, people, posts, and how people sign in.

use crate::table::{boolean, create, date, index, instant, integer, optional, text, unique, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        department(manager).await?;
        person(manager).await?;
        post(manager).await?;
        role_grant(manager).await?;
        role_withdrawal(manager).await?;
        credential(manager).await?;
        sign_in_code(manager).await?;
        session(manager).await?;
        sign_in_failure(manager).await?;
        roster_import(manager).await?;
        roster_application(manager).await?;
        Ok(())
    }
}

async fn department(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "department",
        vec![
            optional(uuid("parent_id")),
            text("code"),
            text("name"),
            integer("position"),
            date("valid_from"),
            optional(date("valid_to")),
        ],
        &[("parent_id", "department")],
    )
    .await?;
    index(manager, "department", &["parent_id"]).await
}

async fn person(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "person",
        vec![
            text("staff_no"),
            text("name"),
            text("kana"),
            text("employment"),
            optional(text("email")),
            instant("since"),
        ],
        &[],
    )
    .await?;
    unique(manager, "person", &["staff_no"]).await
}

async fn post(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "post",
        vec![
            uuid("person_id"),
            uuid("department_id"),
            text("role"),
            text("title"),
            optional(text("system")),
            date("valid_from"),
            optional(date("valid_to")),
        ],
        &[("person_id", "person"), ("department_id", "department")],
    )
    .await?;
    index(manager, "post", &["person_id"]).await?;
    index(manager, "post", &["department_id"]).await
}

async fn role_grant(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "role_grant",
        vec![uuid("person_id"), text("role"), instant("at"), optional(uuid("by_person_id"))],
        &[("person_id", "person")],
    )
    .await?;
    index(manager, "role_grant", &["person_id"]).await
}

async fn role_withdrawal(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "role_withdrawal",
        vec![uuid("grant_id"), instant("at"), uuid("by_person_id")],
        &[("grant_id", "role_grant")],
    )
    .await?;
    unique(manager, "role_withdrawal", &["grant_id"]).await
}

async fn credential(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "credential",
        vec![uuid("person_id"), text("login"), text("password_hash"), instant("at")],
        &[("person_id", "person")],
    )
    .await?;
    unique(manager, "credential", &["person_id"]).await?;
    unique(manager, "credential", &["login"]).await
}

async fn sign_in_code(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "sign_in_code",
        vec![uuid("person_id"), text("code_hash"), instant("at"), optional(uuid("by_person_id"))],
        &[("person_id", "person")],
    )
    .await?;
    index(manager, "sign_in_code", &["person_id"]).await
}

async fn session(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "session",
        vec![
            uuid("person_id"),
            text("token_hash"),
            instant("at"),
            instant("last_seen_at"),
            instant("ends_at"),
            boolean("must_set_password"),
        ],
        &[("person_id", "person")],
    )
    .await?;
    unique(manager, "session", &["token_hash"]).await?;
    index(manager, "session", &["person_id"]).await
}

async fn sign_in_failure(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(manager, "sign_in_failure", vec![text("login"), text("address"), instant("at")], &[]).await?;
    index(manager, "sign_in_failure", &["login", "at"]).await?;
    index(manager, "sign_in_failure", &["address", "at"]).await
}

async fn roster_import(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "roster_import",
        vec![text("file_name"), text("roster"), instant("at"), uuid("by_person_id")],
        &[],
    )
    .await
}

async fn roster_application(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "roster_application",
        vec![uuid("import_id"), text("summary"), instant("at"), uuid("by_person_id")],
        &[("import_id", "roster_import")],
    )
    .await?;
    unique(manager, "roster_application", &["import_id"]).await
}
