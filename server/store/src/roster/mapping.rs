//! The columns of an uploaded roster: shown, put right once, remembered for files with the same headings.

use super::{Reading, fold_numbers};
use crate::Db;
use crate::access::require_city;
use crate::entity::{roster_application, roster_import, roster_mapping};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::permission::Action;
use domain::roster::Roster;
use domain::roster::layout::{Layout, Mapping};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// The page of the columns.
#[derive(Debug, Clone)]
pub struct Columns {
    pub id: Uuid,
    pub file_name: String,
    pub layout: Layout,
}

/// A kept file, to be read again.
#[derive(Debug, Clone)]
pub struct Content {
    pub file_name: String,
    pub bytes: Vec<u8>,
    pub organisations: Option<Vec<u8>>,
    pub as_of: Option<Date>,
    pub layout: Layout,
}

async fn open(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<(roster_import::Model, Reading)> {
    require_city(actor, Action::ManageRoster)?;
    let row = roster_import::Entity::find_by_id(id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let reading = serde_json::from_str(&row.settings).map_err(|_| StoreError::NotFound)?;
    Ok((row, reading))
}

/// How the columns of an uploaded file were understood.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown import or one whose file was not kept.
pub async fn columns(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<Columns> {
    let (row, reading) = open(db, actor, id).await?;
    if row.content.is_none() {
        return Err(StoreError::NotFound);
    }
    Ok(Columns { id, file_name: row.file_name, layout: reading.layout })
}

/// The file itself.
///
/// # Errors
/// As [`columns`].
pub async fn content(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<Content> {
    let (row, reading) = open(db, actor, id).await?;
    Ok(Content {
        file_name: row.file_name,
        bytes: row.content.ok_or(StoreError::NotFound)?,
        organisations: row.organisations,
        as_of: reading.as_of.and_then(|day| domain::calendar::parse_day(&day)),
        layout: reading.layout,
    })
}

/// The columns remembered for these headings, if somebody put them right before.
///
/// # Errors
/// When the database fails.
pub async fn remembered(db: &Db, headings: &str) -> StoreResult<Option<Mapping>> {
    let row = roster_mapping::Entity::find()
        .filter(roster_mapping::Column::Headings.eq(headings))
        .order_by_desc(roster_mapping::Column::Id)
        .one(db.read())
        .await?;
    Ok(row.and_then(|row| serde_json::from_str(&row.columns).ok()))
}

/// Keeps what a file says with other columns, and remembers them.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused when the roster was taken over already.
pub async fn take_columns(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    mut roster: Roster,
    layout: Layout,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let (row, reading) = open(db, actor, id).await?;
    let txn = db.begin().await?;
    let taken = roster_application::Entity::find()
        .filter(roster_application::Column::ImportId.eq(id))
        .one(&txn)
        .await?;
    if taken.is_some() {
        return Err(StoreError::refused("この名簿は既に取り込まれているため、列の割当てを変えられません。"));
    }
    fold_numbers(&mut roster);
    let mapping = serde_json::to_string(&layout.mapping())?;
    let remember = roster_mapping::ActiveModel {
        id: Set(Uuid::now_v7()),
        headings: Set(layout.headings()),
        columns: Set(mapping.clone()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    roster_mapping::Entity::insert(remember).exec_without_returning(&txn).await?;
    let columns_before = serde_json::to_string(&reading.layout.mapping())?;
    let rows_before = serde_json::from_str::<Roster>(&row.roster)?.rows.len();
    let settings = Reading { layout, ..reading };
    let read = roster_import::ActiveModel {
        id: Set(row.id),
        roster: Set(serde_json::to_string(&roster)?),
        settings: Set(serde_json::to_string(&settings)?),
        ..Default::default()
    };
    roster_import::Entity::update(read).exec(&txn).await?;
    let before = json!({ "columns": columns_before, "rows": rows_before });
    let after = json!({ "columns": mapping, "rows": roster.rows.len() });
    let event = NewEvent::changed("roster", id, "roster.columns_set", before, after);
    ledger::record(&txn, actor, now, event.beside(json!({ "file": row.file_name }))).await?;
    Ok(txn.commit().await?)
}
