//! Reading files again. Every turn has its own reading, forms and rows; the newest turn holds. What a person settled
//! goes over to the new rows where the cell, what stands in it and the question are the same.

use crate::Db;
use crate::access::require_city;
use crate::entity::{
    intake, intake_choice, intake_file, intake_form, intake_owner, intake_reading, intake_rereading,
    intake_row, intake_taking,
};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent, insert_in_portions};
use domain::actor::Actor;
use domain::permission::Action;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// Files whose newest turn has no reading yet.
pub fn pending() -> SelectStatement {
    let done = Query::select()
        .column((intake_reading::Entity, intake_reading::Column::Id))
        .from(intake_reading::Entity)
        .and_where(
            Expr::col((intake_reading::Entity, intake_reading::Column::FileId))
                .equals((intake_rereading::Entity, intake_rereading::Column::FileId)),
        )
        .and_where(
            Expr::col((intake_reading::Entity, intake_reading::Column::Turn))
                .equals((intake_rereading::Entity, intake_rereading::Column::Turn)),
        )
        .to_owned();
    Query::select()
        .column((intake_rereading::Entity, intake_rereading::Column::FileId))
        .from(intake_rereading::Entity)
        .and_where(Expr::exists(done).not())
        .to_owned()
}

/// The newest turn of each of these files.
pub async fn of<C: ConnectionTrait>(connection: &C, files: &[Uuid]) -> StoreResult<BTreeMap<Uuid, i32>> {
    let rows: Vec<(Uuid, i32)> = intake_rereading::Entity::find()
        .select_only()
        .columns([intake_rereading::Column::FileId, intake_rereading::Column::Turn])
        .filter(intake_rereading::Column::FileId.is_in(files.iter().copied()))
        .order_by_asc(intake_rereading::Column::Turn)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(files.iter().map(|file| (*file, 0)).chain(rows).collect())
}

/// A form as it was read last: addresses of the readings before go on leading to it, where its sheet and the person on
/// it, or its place on the sheet, are the same.
///
/// # Errors
/// `NotFound` for an unknown form, or one that is in the file no more; a refusal while the file is being read.
pub async fn current<C: ConnectionTrait>(connection: &C, form: Uuid) -> StoreResult<intake_form::Model> {
    let row = intake_form::Entity::find_by_id(form).one(connection).await?.ok_or(StoreError::NotFound)?;
    let newest = of(connection, &[row.file_id]).await?.remove(&row.file_id).unwrap_or_default();
    if row.turn == newest {
        return Ok(row);
    }
    let read = intake_reading::Entity::find()
        .filter(intake_reading::Column::FileId.eq(row.file_id))
        .filter(intake_reading::Column::Turn.eq(newest));
    if read.one(connection).await?.is_none() {
        return Err(StoreError::refused(
            "このファイルを読み直しています。終わると、この画面をそのまま開けます。少し待ってから、開き直してください。",
        ));
    }
    let forms = intake_form::Entity::find()
        .filter(intake_form::Column::FileId.eq(row.file_id))
        .filter(intake_form::Column::Turn.eq(newest))
        .filter(intake_form::Column::Sheet.eq(row.sheet.as_str()))
        .all(connection)
        .await?;
    let alike = forms.into_iter().filter(|one| one.person == row.person || one.no == row.no);
    let nearest = alike.min_by_key(|one| (one.person != row.person, one.no.abs_diff(row.no)));
    nearest.ok_or(StoreError::NotFound)
}

/// Has one file read again. Nothing of what it has become is lost: rows of an earlier turn stay.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown file; a refusal for one that was taken, is being read, or
/// was disposed of.
pub async fn read_file_again(db: &Db, actor: &Actor, file: Uuid, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    let row = intake_file::Entity::find_by_id(file).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let there = intake::Entity::find_by_id(row.intake_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let ready = candidates(&txn, there.inspection_id).await?;
    if !ready.contains(&file) {
        return Err(StoreError::refused(
            "このファイルは、取り込み済みか、読み取っている途中か、廃棄されています。読み直すことはできません。",
        ));
    }
    ask(&txn, actor, there.inspection_id, vec![file], now).await?;
    Ok(txn.commit().await?)
}

/// Has all files of an inspection read again that no 様式 has read without departing from it, or that hold words nobody
/// knew; gives how many.
///
/// # Errors
/// `Forbidden` without the role; a refusal when there is none.
pub async fn read_again(db: &Db, actor: &Actor, inspection: Uuid, now: OffsetDateTime) -> StoreResult<usize> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    let files = unrecognised(&txn, inspection).await?;
    if files.is_empty() {
        return Err(StoreError::refused("読み直すファイルはありません。"));
    }
    let count = files.len();
    ask(&txn, actor, inspection, files, now).await?;
    txn.commit().await?;
    Ok(count)
}

/// Files of an inspection that were not taken, are read, and were not read by a 様式 as it is kept, or hold words nobody
/// knew then: they may have been explained meanwhile.
pub async fn unrecognised<C: ConnectionTrait>(connection: &C, inspection: Uuid) -> StoreResult<Vec<Uuid>> {
    let files = candidates(connection, inspection).await?;
    let turns = of(connection, &files).await?;
    let forms: Vec<(Uuid, i32, Option<Uuid>, String)> = intake_form::Entity::find()
        .select_only()
        .columns([
            intake_form::Column::FileId,
            intake_form::Column::Turn,
            intake_form::Column::VersionId,
            intake_form::Column::Drifts,
        ])
        .filter(intake_form::Column::FileId.is_in(files.iter().copied()))
        .into_tuple()
        .all(connection)
        .await?;
    let with_words = with_words(connection, &turns).await?;
    let known = |file: &Uuid| {
        let mut own =
            forms.iter().filter(|(of, turn, ..)| of == file && turns.get(file) == Some(turn)).peekable();
        own.peek().is_some() && own.all(|(.., version, drifts)| version.is_some() && drifts.is_empty())
    };
    Ok(files.into_iter().filter(|file| !known(file) || with_words.contains(file)).collect())
}

/// Those among some files in whose newest reading a word was unknown.
async fn with_words<C: ConnectionTrait>(
    connection: &C,
    turns: &BTreeMap<Uuid, i32>,
) -> StoreResult<BTreeSet<Uuid>> {
    let unknown = Query::select()
        .column((intake_row::Entity, intake_row::Column::Id))
        .from(intake_row::Entity)
        .and_where(
            Expr::col((intake_row::Entity, intake_row::Column::FormId))
                .equals((intake_form::Entity, intake_form::Column::Id)),
        )
        .and_where(Expr::col((intake_row::Entity, intake_row::Column::Word)).ne(""))
        .to_owned();
    let forms: Vec<(Uuid, i32)> = intake_form::Entity::find()
        .select_only()
        .columns([intake_form::Column::FileId, intake_form::Column::Turn])
        .filter(intake_form::Column::FileId.is_in(turns.keys().copied()))
        .filter(Expr::exists(unknown))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(forms.into_iter().filter(|(file, turn)| turns.get(file) == Some(turn)).map(|(file, _)| file).collect())
}

/// Files of an inspection that can be read again.
async fn candidates<C: ConnectionTrait>(connection: &C, inspection: Uuid) -> StoreResult<Vec<Uuid>> {
    let own = Query::select()
        .column(intake::Column::Id)
        .from(intake::Entity)
        .and_where(intake::Column::InspectionId.eq(inspection))
        .to_owned();
    let taken = Query::select().column(intake_taking::Column::FileId).from(intake_taking::Entity).to_owned();
    let read = Query::select().column(intake_reading::Column::FileId).from(intake_reading::Entity).to_owned();
    let files = intake_file::Entity::find()
        .select_only()
        .column(intake_file::Column::Id)
        .filter(intake_file::Column::IntakeId.in_subquery(own))
        .filter(intake_file::Column::Content.is_not_null())
        .filter(intake_file::Column::Id.in_subquery(read))
        .filter(intake_file::Column::Id.not_in_subquery(taken))
        .filter(intake_file::Column::Id.not_in_subquery(pending()))
        .order_by_asc(intake_file::Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(files)
}

async fn ask(
    txn: &DatabaseTransaction,
    actor: &Actor,
    inspection: Uuid,
    files: Vec<Uuid>,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let turns = of(txn, &files).await?;
    let count = files.len();
    let row = |file: Uuid| intake_rereading::ActiveModel {
        id: Set(Uuid::now_v7()),
        file_id: Set(file),
        turn: Set(turns.get(&file).copied().unwrap_or_default() + 1),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let rows: Vec<_> = files.into_iter().map(row).collect();
    for portion in rows.chunks(500) {
        let inserted =
            intake_rereading::Entity::insert_many(portion.to_vec()).exec_without_returning(txn).await;
        on_double(inserted, "このファイルは、読み直している途中です。")?;
    }
    let event = NewEvent::created("inspection", inspection, "intake.reread", json!({ "files": count }));
    ledger::record(txn, actor, now, event).await
}

/// Takes over what was settled for the forms of the turn before.
pub async fn carry_over(txn: &DatabaseTransaction, file: Uuid, turn: i32) -> StoreResult<()> {
    if turn == 0 {
        return Ok(());
    }
    let forms = intake_form::Entity::find().filter(intake_form::Column::FileId.eq(file)).all(txn).await?;
    let before = forms.iter().map(|form| form.turn).filter(|of| *of < turn).max();
    let of = |wanted: i32| forms.iter().filter(move |form| form.turn == wanted);
    let mut pairs: BTreeMap<Uuid, Uuid> = BTreeMap::new();
    for form in of(turn) {
        let same = |old: &&intake_form::Model| old.sheet == form.sheet && old.person == form.person;
        let old = before.and_then(|before| {
            let mut same = of(before).filter(same).filter(|old| !pairs.contains_key(&old.id));
            let first = same.next();
            first.or_else(|| of(before).find(|old| old.no == form.no && old.sheet == form.sheet))
        });
        if let Some(old) = old {
            pairs.insert(old.id, form.id);
        }
    }
    owners(txn, &pairs).await?;
    choices(txn, &pairs).await
}

async fn owners(txn: &DatabaseTransaction, pairs: &BTreeMap<Uuid, Uuid>) -> StoreResult<()> {
    let owners: BTreeMap<Uuid, intake_owner::Model> = intake_owner::Entity::find()
        .filter(intake_owner::Column::FormId.is_in(pairs.keys().copied()))
        .order_by_asc(intake_owner::Column::Id)
        .all(txn)
        .await?
        .into_iter()
        .map(|row| (row.form_id, row))
        .collect();
    let copy = |row: intake_owner::Model| {
        Some(intake_owner::ActiveModel {
            id: Set(Uuid::now_v7()),
            form_id: Set(*pairs.get(&row.form_id)?),
            target_id: Set(row.target_id),
            at: Set(row.at),
            by_person_id: Set(row.by_person_id),
        })
    };
    insert_in_portions::<intake_owner::Entity, _, _>(txn, owners.into_values().filter_map(copy).collect())
        .await
}

async fn choices(txn: &DatabaseTransaction, pairs: &BTreeMap<Uuid, Uuid>) -> StoreResult<()> {
    let rows = intake_row::Entity::find()
        .filter(intake_row::Column::FormId.is_in(pairs.iter().flat_map(|(old, new)| [*old, *new])))
        .all(txn)
        .await?;
    let mark =
        |row: &intake_row::Model, form: Uuid| (form, row.cell.clone(), row.raw.clone(), row.question.clone());
    let fresh: BTreeMap<_, Uuid> = rows.iter().map(|row| (mark(row, row.form_id), row.id)).collect();
    let again = |row: &intake_row::Model| {
        let form = pairs.get(&row.form_id)?;
        Some((row.id, *fresh.get(&mark(row, *form))?))
    };
    let again: BTreeMap<Uuid, Uuid> = rows.iter().filter_map(again).collect();
    let made: BTreeMap<Uuid, intake_choice::Model> = intake_choice::Entity::find()
        .filter(intake_choice::Column::RowId.is_in(again.keys().copied()))
        // What a word settled, the reading settles itself now.
        .filter(intake_choice::Column::WordId.is_null())
        .order_by_asc(intake_choice::Column::Id)
        .all(txn)
        .await?
        .into_iter()
        .map(|row| (row.row_id, row))
        .collect();
    let copy = |row: intake_choice::Model| {
        Some(intake_choice::ActiveModel {
            id: Set(Uuid::now_v7()),
            row_id: Set(*again.get(&row.row_id)?),
            choice: Set(row.choice),
            item_id: Set(row.item_id),
            word_id: Set(None),
            at: Set(row.at),
            by_person_id: Set(row.by_person_id),
        })
    };
    insert_in_portions::<intake_choice::Entity, _, _>(txn, made.into_values().filter_map(copy).collect())
        .await
}
