//! Where an event came from, its payload by digest, the head of every stream, and what a seal counts.

use crate::table::{add, big_integer, create, default_big_number, default_text, text, unique};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The heads of the streams as they stand, so that a tail cut off later is missed.
const HEADS: &str = "INSERT INTO ledger_head (id, stream, seq, hash, sealed_seq) \
    SELECT id, stream, seq, hash, 0 FROM event AS newest \
    WHERE seq = (SELECT MAX(seq) FROM event WHERE event.stream = newest.stream)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "event", default_text("address")).await?;
        add(manager, "event", default_text("payload_digest")).await?;
        add(manager, "seal", default_big_number("events")).await?;
        add(manager, "seal", default_big_number("streams")).await?;
        create(
            manager,
            "ledger_head",
            vec![text("stream"), big_integer("seq"), text("hash"), big_integer("sealed_seq")],
            &[],
        )
        .await?;
        unique(manager, "ledger_head", &["stream"]).await?;
        manager.get_connection().execute_unprepared(HEADS).await?;
        Ok(())
    }
}
