//! What words in answer cells mean: kept for one 様式 or for the city, and settled at once where they stand open.

use super::keep::newest;
use super::{untaken_beside, words};
use crate::Db;
use crate::access::require_city;
use crate::entity::{intake_choice, intake_form, intake_row, layout_version, layout_word};
use crate::error::{StoreError, StoreResult};
use crate::intake::{Line, among, suits};
use crate::ledger::{self, NewEvent, insert_in_portions};
use crate::response::asked;
use domain::actor::Actor;
use domain::answer::Raw;
use domain::clause::fold;
use domain::intake::{Choice, State, on_scale};
use domain::layout::Meaning;
use domain::layout::word::word as checked;
use domain::permission::Action;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// How far a word reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The 様式 of the form it stands in.
    Layout,
    /// Every workbook of the city.
    City,
}

/// Keeps what a word means, in a 様式 or (without one) in every workbook.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown or discarded 様式; a refusal for what is no word.
pub async fn set_word(
    db: &Db,
    actor: &Actor,
    layout: Option<Uuid>,
    word: &str,
    meaning: Meaning,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_city(actor, Action::RunInspection)?;
    let word = checked(word)?;
    let txn = db.begin().await?;
    if let Some(layout) = layout {
        newest(&txn, layout).await?;
    }
    put(&txn, actor, layout, (&word, meaning.key()), now).await?;
    Ok(txn.commit().await?)
}

/// Takes a word back: it means nothing again. What it settled stays settled.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for a word that means nothing.
pub async fn take_word_back(
    db: &Db,
    actor: &Actor,
    layout: Option<Uuid>,
    word: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    if !words(&txn).await?.get(&layout).is_some_and(|own| own.contains_key(word)) {
        return Err(StoreError::NotFound);
    }
    put(&txn, actor, layout, (word, ""), now).await?;
    Ok(txn.commit().await?)
}

/// Writes a word down with its event; gives its key, also where it meant the same already.
async fn put(
    txn: &DatabaseTransaction,
    actor: &Actor,
    layout: Option<Uuid>,
    (word, meaning): (&str, &str),
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    let before = words(txn).await?.remove(&layout).and_then(|mut own| own.remove(word));
    if before.as_deref() == Some(meaning) {
        return written(txn, layout, word).await;
    }
    let id = Uuid::now_v7();
    let row = layout_word::ActiveModel {
        id: Set(id),
        layout_id: Set(layout),
        word: Set(word.to_string()),
        meaning: Set(meaning.to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    layout_word::Entity::insert(row).exec_without_returning(txn).await?;
    let said = |meaning: &str| json!({ "word": word, "meaning": meaning });
    let stream = layout.unwrap_or_default();
    let event = match (before.as_deref(), meaning) {
        (Some(before), "") => NewEvent::removed("word", stream, "word.taken_back", said(before)),
        (Some(before), meaning) => {
            NewEvent::changed("word", stream, "word.changed", said(before), said(meaning))
                .beside(json!({ "text": word }))
        }
        (None, meaning) => NewEvent::created("word", stream, "word.explained", said(meaning)),
    };
    ledger::record(txn, actor, now, event).await?;
    Ok(id)
}

/// The row that holds for a word.
async fn written(txn: &DatabaseTransaction, layout: Option<Uuid>, word: &str) -> StoreResult<Uuid> {
    let own = match layout {
        Some(layout) => layout_word::Column::LayoutId.eq(layout),
        None => layout_word::Column::LayoutId.is_null(),
    };
    let rows = layout_word::Entity::find().filter(own).filter(layout_word::Column::Word.eq(word));
    let newest = rows.order_by_desc(layout_word::Column::Id).one(txn).await?;
    Ok(newest.ok_or(StoreError::NotFound)?.id)
}

/// Says what a word in a form means, keeps it, and settles every row of the inspection where it stands open: in forms
/// of the same 様式, or in all. Gives how many rows. Two marks and no mark are no words and never settled.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown form; a refusal for what is no word, or for the reach of a
/// 様式 where the form was read by none.
pub async fn explain(
    db: &Db,
    actor: &Actor,
    form: Uuid,
    (word, meaning): (&str, Meaning),
    reach: Reach,
    now: OffsetDateTime,
) -> StoreResult<usize> {
    require_city(actor, Action::RunInspection)?;
    let word = checked(word)?;
    let txn = db.begin().await?;
    let row = intake_form::Entity::find_by_id(form).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let layout = match (reach, row.version_id) {
        (Reach::City, _) => None,
        (Reach::Layout, Some(version)) => {
            let version = layout_version::Entity::find_by_id(version).one(&txn).await?;
            Some(version.ok_or(StoreError::NotFound)?.layout_id)
        }
        (Reach::Layout, None) => {
            return Err(StoreError::refused(
                "この点検票の様式は、まだ保存されていません。様式を保存するか、すべての点検票で覚えることにしてください。",
            ));
        }
    };
    let id = put(&txn, actor, layout, (&word, meaning.key()), now).await?;
    let files = files_with(&txn, row.file_id, layout, &word).await?;
    let mut settled = Vec::new();
    let mut events = Vec::new();
    for file in among(&txn, &files).await? {
        let editions: BTreeSet<Uuid> = file
            .forms
            .iter()
            .filter_map(|form| form.target.as_ref().map(|target| target.edition_id).or(form.form.edition_id))
            .collect();
        let questions: BTreeMap<Uuid, _> =
            asked(&txn, editions).await?.into_iter().map(|asked| (asked.row.id, asked)).collect();
        let own = |known: Option<Uuid>| layout.is_none_or(|layout| known == Some(layout));
        for form in file.forms.iter().filter(|form| own(form.layout.as_ref().map(|(id, _)| *id))) {
            for line in form.lines.iter().filter(|line| is_open(line, &word)) {
                let question = line.item.as_ref().and_then(|item| questions.get(&item.id));
                let choice = match meaning {
                    Meaning::Blank => Choice::Blank,
                    Meaning::Answer(value) => {
                        let Some(question) = question else { continue };
                        let raw = on_scale(Raw::Mark(value), &question.setting.scale);
                        if !suits(question, &raw) {
                            continue;
                        }
                        Choice::Value(raw)
                    }
                };
                let before = json!({ "choice": line.facts.choice.as_ref().map(Choice::key) });
                let after = json!({ "choice": "word" });
                events.push(
                    NewEvent::changed("intake", file.intake, "intake.row_settled", before, after)
                        .beside(json!({ "file": file.name, "cell": line.row.cell })),
                );
                settled.push(intake_choice::ActiveModel {
                    id: Set(Uuid::now_v7()),
                    row_id: Set(line.row.id),
                    choice: Set(choice.key()),
                    item_id: Set(None),
                    word_id: Set(Some(id)),
                    at: Set(now),
                    by_person_id: Set(actor.person_id),
                });
            }
        }
    }
    let count = settled.len();
    insert_in_portions::<intake_choice::Entity, _, _>(&txn, settled).await?;
    ledger::append(&txn, &actor.into(), now, events).await?;
    txn.commit().await?;
    Ok(count)
}

/// Nobody has said what becomes of it, and the word stands in it.
fn is_open(line: &Line, word: &str) -> bool {
    line.state == State::Unclear && line.facts.choice.is_none() && fold(&line.row.word) == fold(word)
}

/// Files of the same inspection that were not taken and hold the word.
async fn files_with(
    txn: &DatabaseTransaction,
    file: Uuid,
    layout: Option<Uuid>,
    word: &str,
) -> StoreResult<Vec<Uuid>> {
    let files = untaken_beside(file);
    let mut forms = intake_form::Entity::find()
        .select_only()
        .columns([intake_form::Column::Id, intake_form::Column::FileId])
        .filter(intake_form::Column::FileId.in_subquery(files));
    if let Some(layout) = layout {
        let versions = Query::select()
            .column(layout_version::Column::Id)
            .from(layout_version::Entity)
            .and_where(layout_version::Column::LayoutId.eq(layout))
            .to_owned();
        forms = forms.filter(intake_form::Column::VersionId.in_subquery(versions));
    }
    let forms: BTreeMap<Uuid, Uuid> =
        forms.into_tuple::<(Uuid, Uuid)>().all(txn).await?.into_iter().collect();
    let rows: Vec<(Uuid, String)> = intake_row::Entity::find()
        .select_only()
        .columns([intake_row::Column::FormId, intake_row::Column::Word])
        .filter(intake_row::Column::FormId.is_in(forms.keys().copied()))
        .filter(intake_row::Column::Word.ne(""))
        .into_tuple()
        .all(txn)
        .await?;
    let with = rows.iter().filter(|(_, found)| fold(found) == fold(word));
    let files: BTreeSet<Uuid> = with.filter_map(|(form, _)| forms.get(form).copied()).collect();
    Ok(files.into_iter().collect())
}
