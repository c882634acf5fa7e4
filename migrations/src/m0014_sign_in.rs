//! Signing in: where a session comes from and what it still owes, addresses people signed in from, what closed
//! a door, the second factor.

use crate::table::{add, big_integer, create, default_no, default_text, index, instant, text, unique, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["login", "way", "address", "agent"] {
            add(manager, "session", default_text(name)).await?;
        }
        add(manager, "session", default_no("must_give_second")).await?;
        add(manager, "sign_in_failure", default_text("closed")).await?;
        sign_in_address(manager).await?;
        second_factor(manager).await?;
        requirement(manager).await
    }
}

async fn sign_in_address(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(manager, "sign_in_address", vec![text("login"), text("address"), instant("at")], &[]).await?;
    unique(manager, "sign_in_address", &["login", "address"]).await
}

async fn second_factor(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let person = [("person_id", "person")];
    let offer = vec![uuid("person_id"), text("secret"), instant("at")];
    create(manager, "second_factor_offer", offer, &person).await?;
    unique(manager, "second_factor_offer", &["person_id"]).await?;
    let factor = vec![uuid("person_id"), text("secret"), big_integer("last_step"), instant("at")];
    create(manager, "second_factor", factor, &person).await?;
    unique(manager, "second_factor", &["person_id"]).await?;
    let code = vec![uuid("person_id"), text("code_hash"), instant("at")];
    create(manager, "recovery_code", code, &person).await?;
    index(manager, "recovery_code", &["person_id"]).await
}

async fn requirement(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let required = vec![text("role"), instant("at"), uuid("by_person_id")];
    create(manager, "second_factor_requirement", required, &[]).await?;
    let withdrawn = vec![uuid("requirement_id"), instant("at"), uuid("by_person_id")];
    let reference = [("requirement_id", "second_factor_requirement")];
    create(manager, "second_factor_release", withdrawn, &reference).await?;
    unique(manager, "second_factor_release", &["requirement_id"]).await
}
