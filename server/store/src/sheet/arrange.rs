//! Putting a sheet together: which questions, in which order.

use crate::Db;
use crate::access::require_city;
use crate::entity::{clause, question_clause, sheet, sheet_item};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent, insert_in_portions};
use crate::question::{QuestionNow, active};
use domain::actor::Actor;
use domain::calendar::day;
use domain::permission::Action;
use domain::role::Role;
use domain::sheet::{has_sheet, may_prepare, sheet_title};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// Begins the sheet of a role for a fiscal year with all questions in use, chapter by chapter. Gives the sheet.
///
/// # Errors
/// Refused when the role has one for the year, receives none, or there is no question yet.
pub async fn create(
    db: &Db,
    actor: &Actor,
    role: Role,
    fiscal_year: i32,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require_city(actor, Action::EditPolicy)?;
    has_sheet(role)?;
    let txn = db.begin().await?;
    let questions = in_order(&txn, role).await?;
    if questions.is_empty() {
        return Err(StoreError::refused(format!(
            "{}あての設問がまだありません。ポリシーの画面で設問の案を採用してから作成してください。",
            role.short()
        )));
    }
    let questions: Vec<Uuid> = questions.into_iter().map(|question| question.id).collect();
    let id = begin(&txn, actor, role, fiscal_year, &questions, now).await?;
    txn.commit().await?;
    Ok(id)
}

/// A sheet with these questions in this order, inside the caller's transaction. Gives the sheet.
pub(super) async fn begin<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    role: Role,
    fiscal_year: i32,
    questions: &[Uuid],
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    may_prepare(fiscal_year, day(now))?;
    let id = Uuid::now_v7();
    let row = sheet::ActiveModel {
        id: Set(id),
        role: Set(role.key().to_string()),
        fiscal_year: Set(fiscal_year),
        title: Set(sheet_title(fiscal_year, role)),
        at: Set(now),
        by_person_id: Set(Some(actor.person_id)),
    };
    let inserted = sheet::Entity::insert(row).exec_without_returning(connection).await;
    on_double(inserted, "この年度の点検票は既にあります。一覧から開いてください。")?;
    let items = (1..).zip(questions).map(|(position, question)| item(id, *question, position)).collect();
    insert_in_portions::<sheet_item::Entity, _, _>(connection, items).await?;
    let after = json!({ "role": role.key(), "fiscal_year": fiscal_year, "questions": questions.len() });
    ledger::record(connection, actor, now, NewEvent::created("sheet", id, "sheet.created", after)).await?;
    Ok(id)
}

fn item(sheet: Uuid, question: Uuid, position: i32) -> sheet_item::ActiveModel {
    sheet_item::ActiveModel {
        id: Set(Uuid::now_v7()),
        sheet_id: Set(sheet),
        question_id: Set(question),
        position: Set(position),
    }
}

/// The questions of a role: by chapter, and in a chapter as the policy has them.
pub(super) async fn in_order<C: ConnectionTrait>(
    connection: &C,
    role: Role,
) -> StoreResult<Vec<QuestionNow>> {
    let places = places(connection).await?;
    let mut questions: Vec<QuestionNow> =
        active(connection).await?.into_values().filter(|question| question.role == role).collect();
    questions.sort_by_key(|question| order(question, &places));
    Ok(questions)
}

/// By chapter, then where the first of its clauses stands, then by age.
fn order(question: &QuestionNow, places: &BTreeMap<Uuid, i32>) -> (i32, i32, Uuid) {
    let place = places.get(&question.id).copied().unwrap_or(i32::MAX);
    (question.topic.number(), place, question.id)
}

/// Where the first clause of each question stands.
async fn places<C: ConnectionTrait>(connection: &C) -> StoreResult<BTreeMap<Uuid, i32>> {
    let positions: BTreeMap<Uuid, i32> =
        clause::Entity::find().all(connection).await?.into_iter().map(|c| (c.id, c.position)).collect();
    let mut places: BTreeMap<Uuid, i32> = BTreeMap::new();
    for link in question_clause::Entity::find().all(connection).await? {
        if let Some(position) = positions.get(&link.clause_id) {
            let place = places.entry(link.question_id).or_insert(*position);
            *place = (*place).min(*position);
        }
    }
    Ok(places)
}

async fn find<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<sheet::Model> {
    sheet::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)
}

/// The items of a sheet in their order.
pub(super) async fn items<C: ConnectionTrait>(
    connection: &C,
    sheet: Uuid,
) -> StoreResult<Vec<sheet_item::Model>> {
    Ok(sheet_item::Entity::find()
        .filter(sheet_item::Column::SheetId.eq(sheet))
        .order_by_asc(sheet_item::Column::Position)
        .order_by_asc(sheet_item::Column::Id)
        .all(connection)
        .await?)
}

async fn put_at<C: ConnectionTrait>(
    connection: &C,
    row: sheet_item::Model,
    position: i32,
) -> StoreResult<()> {
    if row.position != position {
        let mut row: sheet_item::ActiveModel = row.into();
        row.position = Set(position);
        sheet_item::Entity::update(row).exec(connection).await?;
    }
    Ok(())
}

/// Moves a question one place up or down.
///
/// # Errors
/// Refused at the end of the sheet; `NotFound` for a question that is not on it.
pub async fn move_item(
    db: &Db,
    actor: &Actor,
    sheet: Uuid,
    question: Uuid,
    up: bool,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_city(actor, Action::EditPolicy)?;
    let txn = db.begin().await?;
    find(&txn, sheet).await?;
    // Retired questions are not shown; one moves past them.
    let in_use = active(&txn).await?;
    let mut rows = items(&txn, sheet).await?;
    rows.retain(|row| in_use.contains_key(&row.question_id));
    let from = rows.iter().position(|row| row.question_id == question).ok_or(StoreError::NotFound)?;
    let to = if up { from.checked_sub(1) } else { Some(from + 1).filter(|to| *to < rows.len()) };
    let Some(to) = to else {
        return Err(StoreError::refused("これより先には動かせません。ほかの設問を動かしてください。"));
    };
    let (here, there) = (rows[from].clone(), rows[to].clone());
    let (first, second) = (here.position, there.position);
    put_at(&txn, here, second).await?;
    put_at(&txn, there, first).await?;
    let (before, after) = (json!({ "position": from + 1 }), json!({ "position": to + 1 }));
    let event = NewEvent::changed("sheet", sheet, "sheet.item_moved", before, after);
    ledger::record(&txn, actor, now, event.beside(json!({ "question": question }))).await?;
    Ok(txn.commit().await?)
}

/// Leaves a question out of the sheet. The question itself stays in use.
///
/// # Errors
/// `NotFound` for a question that is not on the sheet.
pub async fn leave_out(
    db: &Db,
    actor: &Actor,
    sheet: Uuid,
    question: Uuid,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_city(actor, Action::EditPolicy)?;
    let txn = db.begin().await?;
    find(&txn, sheet).await?;
    let row = sheet_item::Entity::find()
        .filter(sheet_item::Column::SheetId.eq(sheet))
        .filter(sheet_item::Column::QuestionId.eq(question))
        .one(&txn)
        .await?
        .ok_or(StoreError::NotFound)?;
    sheet_item::Entity::delete_by_id(row.id).exec(&txn).await?;
    let before = json!({ "question": question, "position": row.position });
    let event = NewEvent::removed("sheet", sheet, "sheet.item_left_out", before);
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}

/// Takes a question in, behind the last one of its chapter.
///
/// # Errors
/// `NotFound` for a question that is not in use or of another role; refused when it is on the sheet already.
pub async fn take_in(
    db: &Db,
    actor: &Actor,
    sheet: Uuid,
    question: Uuid,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_city(actor, Action::EditPolicy)?;
    let txn = db.begin().await?;
    let found = find(&txn, sheet).await?;
    let in_use = active(&txn).await?;
    let wanted =
        in_use.get(&question).filter(|wanted| wanted.role.key() == found.role).ok_or(StoreError::NotFound)?;
    let rows = items(&txn, sheet).await?;
    let before = |row: &sheet_item::Model| {
        in_use.get(&row.question_id).is_some_and(|other| other.topic <= wanted.topic)
    };
    let place = rows.iter().rposition(before).map_or(0, |last| last + 1);
    for (position, row) in (1..).zip(rows.into_iter().enumerate()) {
        let (index, row) = row;
        put_at(&txn, row, if index < place { position } else { position + 1 }).await?;
    }
    let row = item(sheet, question, i32::try_from(place + 1).unwrap_or(i32::MAX));
    let inserted = sheet_item::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, "この設問は既に点検票にあります。")?;
    let after = json!({ "question": question, "position": place + 1 });
    let event = NewEvent::created("sheet", sheet, "sheet.item_taken_in", after);
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}
