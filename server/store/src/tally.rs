//! Tallies: counts of submitted answers per department and question, kept in the transaction that submits.
//! Dashboards read them, so they cost the same at 1,000 and at 100,000 employees.

mod verify;

pub use verify::{Check, verify};

use crate::entity::{answer, spread, tally, target};
use crate::error::StoreResult;
use domain::answer::Value;
use sea_orm::sea_query::{Alias, Expr, OnConflict};
use sea_orm::{ConnectionTrait, EntityTrait, ExprTrait, Set};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A submission adds, a return takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Plus,
    Minus,
}

/// What a submission counts: its answers, and the questions that were hidden, whose kept answers don't count.
pub struct Counted<'a> {
    answers: Vec<&'a answer::Model>,
    omitted: Vec<Uuid>,
}

impl<'a> Counted<'a> {
    /// Leaves out the answers to hidden questions and what is no answer yet (a comment alone).
    pub fn new(answers: impl Iterator<Item = &'a answer::Model>, omitted: Vec<Uuid>) -> Counted<'a> {
        let hidden: BTreeSet<Uuid> = omitted.iter().copied().collect();
        let counts = |row: &&answer::Model| {
            (row.value.is_some() || row.raw.is_some()) && !hidden.contains(&row.item_id)
        };
        // Always in the same order, so that two submissions of a department never wait for each other crosswise.
        let mut answers: Vec<&answer::Model> = answers.filter(counts).collect();
        answers.sort_by_key(|row| row.item_id);
        Counted { answers, omitted: hidden.into_iter().collect() }
    }
}

/// Adds the answers of a target to its department's counts, or takes them away, inside the caller's transaction.
///
/// # Errors
/// When the database fails.
pub async fn add<C: ConnectionTrait>(
    connection: &C,
    target: &target::Model,
    counted: &Counted<'_>,
    sign: Sign,
) -> StoreResult<()> {
    let step = if sign == Sign::Plus { 1 } else { -1 };
    let answered = counted.answers.iter().map(|row| answered(target, row, step));
    let mut rows: Vec<tally::Model> = answered.collect();
    rows.extend(counted.omitted.iter().map(|item| tally::Model { omitted: step, ..empty(target, *item) }));
    rows.sort_by_key(|row| row.item_id);
    if !rows.is_empty() {
        let rows = rows.into_iter().map(active);
        tally::Entity::insert_many(rows).on_conflict(sum()).exec_without_returning(connection).await?;
    }
    add_spread(connection, target, counted, step).await
}

fn empty(target: &target::Model, item_id: Uuid) -> tally::Model {
    tally::Model {
        id: Uuid::now_v7(),
        inspection_id: target.inspection_id,
        department_id: target.department_id,
        item_id,
        done: 0,
        partial: 0,
        not_done: 0,
        na: 0,
        told: 0,
        omitted: 0,
    }
}

fn answered(target: &target::Model, row: &answer::Model, step: i32) -> tally::Model {
    let mut counts = empty(target, row.item_id);
    match row.value.as_deref().and_then(Value::from_key) {
        Some(Value::Done) => counts.done = step,
        Some(Value::Partial) => counts.partial = step,
        Some(Value::NotDone) => counts.not_done = step,
        Some(Value::NotApplicable) => counts.na = step,
        None => counts.told = step,
    }
    counts
}

fn active(row: tally::Model) -> tally::ActiveModel {
    tally::ActiveModel {
        id: Set(row.id),
        inspection_id: Set(row.inspection_id),
        department_id: Set(row.department_id),
        item_id: Set(row.item_id),
        done: Set(row.done),
        partial: Set(row.partial),
        not_done: Set(row.not_done),
        na: Set(row.na),
        told: Set(row.told),
        omitted: Set(row.omitted),
    }
}

const COUNTS: [tally::Column; 6] = [
    tally::Column::Done,
    tally::Column::Partial,
    tally::Column::NotDone,
    tally::Column::Na,
    tally::Column::Told,
    tally::Column::Omitted,
];

/// The new numbers are added to those that are there; the same words in SQLite and PostgreSQL.
fn sum() -> OnConflict {
    let mut conflict = OnConflict::columns([
        tally::Column::InspectionId,
        tally::Column::DepartmentId,
        tally::Column::ItemId,
    ]);
    for column in COUNTS {
        let new = Expr::col((Alias::new("excluded"), column));
        conflict.value(column, Expr::col((tally::Entity, column)).add(new));
    }
    conflict
}

/// Answers of other scales than ○△× are counted one by one: はい 12, いいえ 3.
async fn add_spread<C: ConnectionTrait>(
    connection: &C,
    target: &target::Model,
    counted: &Counted<'_>,
    step: i32,
) -> StoreResult<()> {
    let row = |row: &&answer::Model| {
        Some(spread::ActiveModel {
            id: Set(Uuid::now_v7()),
            inspection_id: Set(target.inspection_id),
            department_id: Set(target.department_id),
            item_id: Set(row.item_id),
            raw: Set(row.raw.clone()?),
            number: Set(step),
        })
    };
    let rows: Vec<spread::ActiveModel> = counted.answers.iter().filter_map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let mut conflict = OnConflict::columns([
        spread::Column::InspectionId,
        spread::Column::DepartmentId,
        spread::Column::ItemId,
        spread::Column::Raw,
    ]);
    let new = Expr::col((Alias::new("excluded"), spread::Column::Number));
    conflict.value(spread::Column::Number, Expr::col((spread::Entity, spread::Column::Number)).add(new));
    spread::Entity::insert_many(rows).on_conflict(conflict).exec_without_returning(connection).await?;
    Ok(())
}
