//! The organisation over the years: kinds of departments and posts, which department follows which, absences,
//! grants that end by themselves, the register of systems, and what was learnt about the headings of rosters.

use crate::table::{add, binary, create, date, default_text, index, instant, optional, text, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "department", default_text("kind")).await?;
        add(manager, "post", text("kind").default("main").to_owned()).await?;
        add(manager, "role_grant", optional(date("ends_on"))).await?;
        add(manager, "roster_import", optional(binary("content"))).await?;
        add(manager, "roster_import", default_text("settings")).await?;
        add(manager, "roster_import", optional(binary("organisations"))).await?;
        department_succession(manager).await?;
        absence(manager).await?;
        information_system(manager).await?;
        roster_mapping(manager).await
    }
}

async fn department_succession(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "department_succession",
        vec![
            uuid("predecessor_id"),
            uuid("successor_id"),
            text("kind"),
            date("on_date"),
            instant("at"),
            optional(uuid("by_person_id")),
        ],
        &[("predecessor_id", "department"), ("successor_id", "department")],
    )
    .await?;
    index(manager, "department_succession", &["predecessor_id"]).await?;
    index(manager, "department_succession", &["successor_id"]).await
}

async fn absence(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "absence",
        vec![
            uuid("person_id"),
            text("reason"),
            date("valid_from"),
            optional(date("valid_to")),
            instant("at"),
            optional(uuid("by_person_id")),
        ],
        &[("person_id", "person")],
    )
    .await?;
    index(manager, "absence", &["person_id"]).await
}

async fn information_system(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "information_system",
        vec![text("name"), uuid("department_id"), date("valid_from"), optional(date("valid_to"))],
        &[("department_id", "department")],
    )
    .await?;
    index(manager, "information_system", &["department_id"]).await?;
    // Unique among those that hold only: both databases know partial indexes, the builder does not.
    let sql =
        "CREATE UNIQUE INDEX uq_information_system_name ON information_system (name) WHERE valid_to IS NULL";
    manager.get_connection().execute_unprepared(sql).await.map(drop)
}

/// Which column holds what, as an officer put it right for a file with these headings. The latest row holds.
async fn roster_mapping(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create(
        manager,
        "roster_mapping",
        vec![text("headings"), text("columns"), instant("at"), uuid("by_person_id")],
        &[],
    )
    .await?;
    index(manager, "roster_mapping", &["headings"]).await
}
