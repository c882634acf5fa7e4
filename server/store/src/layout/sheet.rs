//! A file's sheet, for whoever points at its cells.

use super::{habits, in_use};
use crate::Db;
use crate::access::require_city;
use crate::entity::{inspection, intake, intake_file, intake_taking};
use crate::error::{StoreError, StoreResult};
use crate::ledger::NewEvent;
use crate::ledger::look::look;
use domain::actor::Actor;
use domain::layout::Habits;
use domain::permission::Action;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// A file with everything its reader has to know.
#[derive(Debug, Clone)]
pub struct SheetPage {
    pub inspection: inspection::Model,
    pub intake: Uuid,
    pub file: Uuid,
    pub file_name: String,
    pub content: Vec<u8>,
    /// It was taken: looking is all that can be done.
    pub taken: bool,
    pub habits: Habits,
    /// The 様式 in use: key, name, and its versions.
    pub layouts: Vec<(Uuid, String, Vec<Uuid>)>,
}

/// A file to point at. Looking at it is looking at somebody's answers, and is recorded.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown file or one that was disposed of.
pub async fn sheet(db: &Db, actor: &Actor, file: Uuid, now: OffsetDateTime) -> StoreResult<SheetPage> {
    require_city(actor, Action::RunInspection)?;
    let connection = db.read();
    let row = intake_file::Entity::find_by_id(file).one(connection).await?.ok_or(StoreError::NotFound)?;
    let content = row.content.ok_or(StoreError::NotFound)?;
    let intake =
        intake::Entity::find_by_id(row.intake_id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let inspection = inspection::Entity::find_by_id(intake.inspection_id).one(connection).await?;
    let seen = NewEvent::new("intake", intake.id, "intake.read", json!({ "file": row.name }));
    look(db, actor, now, seen).await?;
    let taken = intake_taking::Entity::find().filter(intake_taking::Column::FileId.eq(file));
    let mut layouts: BTreeMap<Uuid, (String, Vec<Uuid>)> = BTreeMap::new();
    for version in in_use().all(connection).await? {
        let own = layouts.entry(version.layout_id).or_insert_with(|| (version.name, Vec::new()));
        own.1.push(version.id);
    }
    Ok(SheetPage {
        inspection: inspection.ok_or(StoreError::NotFound)?,
        intake: intake.id,
        file,
        file_name: row.name,
        content,
        taken: taken.count(connection).await? > 0,
        habits: habits(connection).await?,
        layouts: layouts.into_iter().map(|(id, (name, versions))| (id, name, versions)).collect(),
    })
}
