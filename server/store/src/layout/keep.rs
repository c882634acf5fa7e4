//! Keeping a layout, naming it, and using it no more.

use super::in_use;
use crate::Db;
use crate::access::require_city;
use crate::entity::{layout, layout_discard, layout_version};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::layout::{Layout, name as named};
use domain::permission::Action;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use serde_json::{Value as Json, json};
use time::OffsetDateTime;
use uuid::Uuid;

const MEANWHILE: &str = "ほかの人がこの様式を変更しました。内容を確かめて、もう一度操作してください。";

/// Keeps a layout under a name; gives its 様式. One that has the same headings and questions becomes its next version,
/// and so does one that is kept `into` a 様式.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown 様式; a refusal for a layout that could not be found again in
/// another file, or a name that is none.
pub async fn keep(
    db: &Db,
    actor: &Actor,
    name: &str,
    layout: &Layout,
    into: Option<Uuid>,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require_city(actor, Action::RunInspection)?;
    layout.may_be_kept()?;
    let name = named(name)?;
    let txn = db.begin().await?;
    let same = in_use().filter(layout_version::Column::Fingerprint.eq(layout.fingerprint.as_str()));
    let id = match into {
        Some(id) => Some(newest(&txn, id).await?.layout_id),
        None => same.one(&txn).await?.map(|version| version.layout_id),
    };
    let id = match id {
        Some(id) => {
            let before = newest(&txn, id).await?;
            next(&txn, actor, &before, (&name, layout), now).await?;
            id
        }
        None => first(&txn, actor, &name, layout, now).await?,
    };
    txn.commit().await?;
    Ok(id)
}

/// The newest version of a 様式 in use.
pub async fn newest(txn: &DatabaseTransaction, id: Uuid) -> StoreResult<layout_version::Model> {
    let found = in_use().filter(layout_version::Column::LayoutId.eq(id)).one(txn).await?;
    found.ok_or(StoreError::NotFound)
}

async fn first(
    txn: &DatabaseTransaction,
    actor: &Actor,
    name: &str,
    kept: &Layout,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    let id = Uuid::now_v7();
    let row = layout::ActiveModel { id: Set(id), at: Set(now), by_person_id: Set(actor.person_id) };
    layout::Entity::insert(row).exec_without_returning(txn).await?;
    version(txn, actor, (id, 1), (name, kept), now).await?;
    let event = NewEvent::created("layout", id, "layout.kept", said(name, 1, kept));
    ledger::record(txn, actor, now, event).await?;
    Ok(id)
}

/// Adds the next version, with its event; gives its key.
pub async fn next(
    txn: &DatabaseTransaction,
    actor: &Actor,
    before: &layout_version::Model,
    (name, kept): (&str, &Layout),
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    let no = before.no + 1;
    let id = version(txn, actor, (before.layout_id, no), (name, kept), now).await?;
    let was: Layout = serde_json::from_str(&before.content)?;
    let (before_said, after) = (said(&before.name, before.no, &was), said(name, no, kept));
    let event = NewEvent::changed("layout", before.layout_id, "layout.changed", before_said, after);
    ledger::record(txn, actor, now, event).await?;
    Ok(id)
}

async fn version(
    txn: &DatabaseTransaction,
    actor: &Actor,
    (layout_id, no): (Uuid, i32),
    (name, kept): (&str, &Layout),
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    let id = Uuid::now_v7();
    let row = layout_version::ActiveModel {
        id: Set(id),
        layout_id: Set(layout_id),
        no: Set(no),
        name: Set(name.to_string()),
        fingerprint: Set(kept.fingerprint.clone()),
        content: Set(serde_json::to_string(kept)?),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    on_double(layout_version::Entity::insert(row).exec_without_returning(txn).await, MEANWHILE)?;
    Ok(id)
}

fn said(name: &str, no: i32, kept: &Layout) -> Json {
    let columns: Vec<String> = kept
        .tables
        .iter()
        .flat_map(|table| &table.columns)
        .map(|column| {
            format!("{}={}", domain::layout::pointing::holds_key(&column.holds), column.heading.join("/"))
        })
        .collect();
    json!({
        "name": name, "version": no, "questions": kept.questions.len(), "sha256": kept.fingerprint,
        "columns": columns, "cells": kept.head,
    })
}

/// Gives a 様式 another name.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown or discarded one; a refusal for a name that is none.
pub async fn rename(db: &Db, actor: &Actor, id: Uuid, name: &str, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::RunInspection)?;
    let name = named(name)?;
    let txn = db.begin().await?;
    let before = newest(&txn, id).await?;
    if before.name == name {
        return Ok(());
    }
    let kept: Layout = serde_json::from_str(&before.content)?;
    version(&txn, actor, (id, before.no + 1), (&name, &kept), now).await?;
    let (was, is) = (json!({ "name": before.name }), json!({ "name": name }));
    let event = NewEvent::changed("layout", id, "layout.renamed", was, is);
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}

/// Uses a 様式 no more. What was read by it stays.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown or discarded one.
pub async fn discard(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    let before = newest(&txn, id).await?;
    let row = layout_discard::ActiveModel {
        id: Set(Uuid::now_v7()),
        layout_id: Set(id),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    on_double(layout_discard::Entity::insert(row).exec_without_returning(&txn).await, MEANWHILE)?;
    let event = NewEvent::removed("layout", id, "layout.discarded", json!({ "name": before.name }));
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}
