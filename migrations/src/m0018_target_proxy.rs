//! 代理入力: somebody enters the answers of a person who can't.

use crate::table::{create, index, instant, text, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(
            manager,
            "proxy",
            vec![uuid("target_id"), text("reason"), instant("at"), uuid("by_person_id")],
            &[("target_id", "target"), ("by_person_id", "person")],
        )
        .await?;
        index(manager, "proxy", &["target_id"]).await
    }
}
