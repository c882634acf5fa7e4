//! Roles given by the city's directory, and sign-ins that are under way at an OpenID Connect provider.

use crate::table::{create, index, instant, text, unique, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        directory_grant(manager).await?;
        directory_withdrawal(manager).await?;
        oidc_attempt(manager).await
    }
}

async fn directory_grant(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "directory_grant",
        vec![uuid("person_id"), text("role"), text("source"), instant("at")],
        &[("person_id", "person")],
    )
    .await?;
    index(manager, "directory_grant", &["person_id"]).await
}

async fn directory_withdrawal(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "directory_withdrawal",
        vec![uuid("grant_id"), instant("at")],
        &[("grant_id", "directory_grant")],
    )
    .await?;
    unique(manager, "directory_withdrawal", &["grant_id"]).await
}

async fn oidc_attempt(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "oidc_attempt",
        vec![
            text("state_hash"),
            text("cookie_hash"),
            text("nonce"),
            text("verifier"),
            text("next"),
            instant("at"),
        ],
        &[],
    )
    .await?;
    unique(manager, "oidc_attempt", &["state_hash"]).await?;
    index(manager, "oidc_attempt", &["at"]).await
}
