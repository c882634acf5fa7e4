//! Taking a file: every answer of every form in one transaction, or nothing.

use super::load::{Line, Loaded, LoadedFile, among, file};
use crate::Db;
use crate::access::require_city;
use crate::entity::{answer_origin, intake, intake_taking, target};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent, insert_in_portions};
use crate::response::save::take_form;
use crate::response::submit::submit_complete;
use crate::response::{Draft, Source};
use domain::actor::Actor;
use domain::answer::Written;
use domain::intake::State;
use domain::permission::Action;
use sea_orm::{DatabaseTransaction, EntityTrait, Set};
use serde_json::json;
use std::collections::{BTreeSet, VecDeque};
use time::OffsetDateTime;
use uuid::Uuid;

/// What came of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// Files that were taken.
    pub files: usize,
    /// Answers that were written.
    pub answers: usize,
    /// Sheets that are complete and count as handed in now.
    pub submitted: usize,
    /// Sheets that got answers and still lack something.
    pub unfinished: usize,
}

impl std::ops::AddAssign for Taken {
    fn add_assign(&mut self, other: Taken) {
        self.files += other.files;
        self.answers += other.answers;
        self.submitted += other.submitted;
        self.unfinished += other.unfinished;
    }
}

/// Takes a file whole. A sheet that is complete then counts as handed in, as if its owner had done so in the browser.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown file; a refusal that says what is left to decide, or that
/// the file was taken before.
pub async fn take(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<Taken> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    let taken = write(db, &txn, actor, &file(&txn, id).await?, now).await?;
    txn.commit().await?;
    Ok(taken)
}

/// Files written in one transaction when all of an intake are taken.
const TOGETHER: usize = 20;

/// Takes all files of an intake that are beyond doubt, each whole. A few at a time
/// are looked at together and written together. Two files for the same sheet are taken one after the other, so that
/// the second meets what the first has written and waits for a decision where they differ.
///
/// # Errors
/// `Forbidden` without the role; when the database fails: what was taken before stays.
pub async fn take_ready(db: &Db, actor: &Actor, intake: Uuid, now: OffsetDateTime) -> StoreResult<Taken> {
    let page = super::page(db, actor, intake).await?;
    let ready = page.files.iter().filter(|file| file.is_ready());
    let mut left: VecDeque<Uuid> = ready.map(|file| file.id).collect();
    let mut all = Taken::default();
    while !left.is_empty() {
        let portion: Vec<Uuid> = left.drain(..left.len().min(TOGETHER)).collect();
        match together(db, actor, &portion, now).await {
            Ok((taken, postponed)) => {
                all += taken;
                postponed.into_iter().rev().for_each(|file| left.push_front(file));
            }
            // One of them met something new while it was written: each by itself.
            Err(StoreError::Refused(_)) => {
                for file in portion {
                    match take(db, actor, file, now).await {
                        Ok(taken) => all += taken,
                        Err(StoreError::Refused(_)) => {}
                        Err(error) => return Err(error),
                    }
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(all)
}

/// A few files in one transaction; gives what came of them, and those that have to wait for the ones written.
async fn together(
    db: &Db,
    actor: &Actor,
    portion: &[Uuid],
    now: OffsetDateTime,
) -> StoreResult<(Taken, Vec<Uuid>)> {
    let mut all = Taken::default();
    let txn = db.begin().await?;
    let mut written: BTreeSet<Uuid> = BTreeSet::new();
    let mut postponed = Vec::new();
    for file in among(&txn, portion).await? {
        let owed: Vec<Uuid> = file.forms.iter().filter_map(|form| Some(form.target.as_ref()?.id)).collect();
        // Somebody may have answered meanwhile: then this file waits for a decision, and the others go on.
        if file.taking.is_some() || file.may_take().is_err() {
            continue;
        }
        if owed.iter().any(|target| written.contains(target)) {
            postponed.push(file.id);
            continue;
        }
        all += write(db, &txn, actor, &file, now).await?;
        written.extend(owed);
    }
    txn.commit().await?;
    Ok((all, postponed))
}

async fn write(
    db: &Db,
    txn: &DatabaseTransaction,
    actor: &Actor,
    file: &LoadedFile,
    now: OffsetDateTime,
) -> StoreResult<Taken> {
    if file.taking.is_some() {
        return Err(StoreError::refused("このファイルは取り込み済みです。"));
    }
    file.may_take()?;
    let mut taken = Taken { files: 1, ..Taken::default() };
    for form in file.forms.iter().filter(|form| !form.is_left_out()) {
        let Some(target) = &form.target else { return Err(StoreError::NotFound) };
        let written = answers(db, txn, actor, form, target, now).await?;
        taken.answers += written;
        match submit_complete(db, txn, actor, target, now).await? {
            true => taken.submitted += 1,
            false => taken.unfinished += usize::from(written > 0),
        }
    }
    keep(txn, actor, file, taken, now).await?;
    Ok(taken)
}

/// Writes the answers of a form with where they came from; gives how many were new.
async fn answers(
    db: &Db,
    txn: &DatabaseTransaction,
    actor: &Actor,
    form: &Loaded,
    target: &target::Model,
    now: OffsetDateTime,
) -> StoreResult<usize> {
    let lines = form.lines.iter().filter(|line| line.state == State::Taken);
    let (drafts, rows): (Vec<Draft>, Vec<Uuid>) =
        lines.filter_map(|line| Some((draft(form, line)?, line.row.id))).unzip();
    let written = take_form(db, txn, actor, target.id, &drafts, now).await?;
    let origins = drafts.iter().zip(rows).zip(&written).filter_map(|((draft, row), version)| {
        Some(answer_origin::ActiveModel {
            id: Set(Uuid::now_v7()),
            target_id: Set(target.id),
            item_id: Set(draft.item),
            version: Set((*version)?),
            row_id: Set(row),
        })
    });
    insert_in_portions::<answer_origin::Entity, _, _>(txn, origins.collect()).await?;
    Ok(written.iter().flatten().count())
}

fn draft(form: &Loaded, line: &Line) -> Option<Draft> {
    let place = match form.form.sheet.as_str() {
        "" => line.row.cell.clone(),
        sheet => format!("{sheet}!{}", line.row.cell),
    };
    Some(Draft {
        item: line.item.as_ref()?.id,
        written: Written::of(line.answer().as_ref()),
        comment: line.row.comment.clone(),
        evidence: line.row.evidence.clone(),
        planned_on: line.row.planned_on,
        seen_version: None,
        source: Source::Form(place),
    })
}

async fn keep(
    txn: &DatabaseTransaction,
    actor: &Actor,
    file: &LoadedFile,
    taken: Taken,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let row = intake_taking::ActiveModel {
        id: Set(Uuid::now_v7()),
        file_id: Set(file.id),
        answers: Set(i32::try_from(taken.answers).unwrap_or(i32::MAX)),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = intake_taking::Entity::insert(row).exec_without_returning(txn).await;
    on_double(inserted, "このファイルは取り込み済みです。")?;
    let intake = intake::Entity::find_by_id(file.intake).one(txn).await?.ok_or(StoreError::NotFound)?;
    let after = json!({
        "file": file.name, "sha256": file.sha256, "answers": taken.answers, "submitted": taken.submitted,
    });
    let event = NewEvent::created("inspection", intake.inspection_id, "intake.taken", after)
        .beside(json!({ "intake": file.intake }));
    ledger::record(txn, actor, now, event).await
}
