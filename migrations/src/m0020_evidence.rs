//! Evidence (証跡): files beside answers. The content stands in a table of its own, so that lists never load it.

use crate::table::{big_integer, binary, create, index, instant, text, unique, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let file = vec![
            uuid("target_id"),
            uuid("item_id"),
            text("name"),
            text("kind"),
            big_integer("size"),
            text("sha256"),
            instant("at"),
            uuid("by_person_id"),
        ];
        let ends = [("target_id", "target"), ("item_id", "edition_item"), ("by_person_id", "person")];
        create(manager, "evidence", file, &ends).await?;
        index(manager, "evidence", &["target_id"]).await?;
        let content = vec![uuid("evidence_id"), binary("content")];
        create(manager, "evidence_content", content, &[("evidence_id", "evidence")]).await?;
        unique(manager, "evidence_content", &["evidence_id"]).await?;
        let removal = vec![uuid("evidence_id"), instant("at"), uuid("by_person_id")];
        let ends = [("evidence_id", "evidence"), ("by_person_id", "person")];
        create(manager, "evidence_removal", removal, &ends).await?;
        unique(manager, "evidence_removal", &["evidence_id"]).await
    }
}
