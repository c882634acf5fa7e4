//! Reading that writes: looks at individual answers, and exports. If the record can't be written, nothing is shown.

use super::{Author, NewEvent, append, micros};
use crate::Db;
use crate::entity::event;
use crate::error::StoreResult;
use domain::actor::Actor;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use time::{Duration, OffsetDateTime};

/// The same look at the same thing is recorded once in this time.
pub const ONCE_IN: Duration = Duration::minutes(10);

/// Records that somebody looked at something, unless the same look was recorded a moment ago.
///
/// # Errors
/// When the database fails; the caller shows nothing then.
pub async fn look(db: &Db, actor: &Actor, now: OffsetDateTime, new: NewEvent) -> StoreResult<()> {
    let lately = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::Stream.eq(new.stream.as_str()))
        .filter(event::Column::AtMicros.gt(micros(now - ONCE_IN)))
        .filter(event::Column::Kind.eq(new.kind))
        .filter(event::Column::ActorId.eq(actor.person_id))
        .filter(event::Column::Address.eq(actor.origin.as_str()))
        .filter(event::Column::Payload.eq(new.payload.to_string()))
        .into_tuple::<uuid::Uuid>()
        .one(db.read())
        .await?;
    if lately.is_some() {
        return Ok(());
    }
    export(db, &actor.into(), now, new).await
}

/// Records that something was taken out as a file; every time.
///
/// # Errors
/// As [`look`].
pub async fn export(db: &Db, author: &Author, now: OffsetDateTime, new: NewEvent) -> StoreResult<()> {
    let txn = db.begin().await?;
    append(&txn, author, now, vec![new]).await?;
    Ok(txn.commit().await?)
}
