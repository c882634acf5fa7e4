//! Tallies: counts of submitted answers per department and question, kept in the transaction that submits.
//! Dashboards read them, so they cost the same at 1,000 and at 100,000 employees.

use crate::Db;
use crate::entity::{answer, tally, target};
use crate::error::StoreResult;
use domain::answer::Value;
use sea_orm::sea_query::{Alias, Expr, OnConflict};
use sea_orm::{ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, Set, Statement};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A submission adds, a return takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Plus,
    Minus,
}

/// Adds the answers of a target to its department's counts, or takes them away, inside the caller's transaction.
///
/// # Errors
/// When the database fails.
pub async fn add<'a, C: ConnectionTrait>(
    connection: &C,
    target: &target::Model,
    answers: impl Iterator<Item = &'a answer::Model>,
    sign: Sign,
) -> StoreResult<()> {
    let step = if sign == Sign::Plus { 1 } else { -1 };
    let mut rows: Vec<(Uuid, Value)> = answers
        .filter_map(|row| Some((row.item_id, row.value.as_deref().and_then(Value::from_key)?)))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    // Always in the same order, so that two submissions of a department never wait for each other crosswise.
    rows.sort_by_key(|(item, _)| *item);
    let one = |wanted: Value, value: Value| Set(if wanted == value { step } else { 0 });
    let rows = rows.into_iter().map(|(item_id, value)| tally::ActiveModel {
        id: Set(Uuid::now_v7()),
        inspection_id: Set(target.inspection_id),
        department_id: Set(target.department_id),
        item_id: Set(item_id),
        done: one(Value::Done, value),
        partial: one(Value::Partial, value),
        not_done: one(Value::NotDone, value),
        na: one(Value::NotApplicable, value),
    });
    tally::Entity::insert_many(rows).on_conflict(sum()).exec_without_returning(connection).await?;
    Ok(())
}

/// The new numbers are added to those that are there; the same words in SQLite and PostgreSQL.
fn sum() -> OnConflict {
    let mut conflict = OnConflict::columns([
        tally::Column::InspectionId,
        tally::Column::DepartmentId,
        tally::Column::ItemId,
    ]);
    for column in [tally::Column::Done, tally::Column::Partial, tally::Column::NotDone, tally::Column::Na] {
        let new = Expr::col((Alias::new("excluded"), column));
        conflict.value(column, Expr::col((tally::Entity, column)).add(new));
    }
    conflict
}

/// What the check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Tallies that were recomputed.
    pub checked: usize,
    /// The first difference, in words.
    pub first: Option<String>,
}

/// Recomputes every tally from the answers of submitted sheets and compares.
///
/// # Errors
/// When the database fails.
pub async fn verify(db: &Db) -> StoreResult<Check> {
    let stored: BTreeMap<Key, Counts> = tally::Entity::find()
        .all(db.read())
        .await?
        .into_iter()
        .map(|row| {
            let counts = [row.done, row.partial, row.not_done, row.na].map(i64::from);
            ((row.inspection_id, row.department_id, row.item_id), counts)
        })
        .collect();
    let counted = recompute(db).await?;
    let keys: BTreeSet<&Key> = stored.keys().chain(counted.keys()).collect();
    let first = keys.iter().find_map(|key| {
        let (kept, found) = (counts_at(&stored, key), counts_at(&counted, key));
        (kept != found).then(|| difference(key, kept, found))
    });
    Ok(Check { checked: keys.len(), first })
}

/// Inspection, department, question.
type Key = (Uuid, Uuid, Uuid);
/// 実施, 一部実施, 未実施, 該当なし.
type Counts = [i64; 4];

fn counts_at(all: &BTreeMap<Key, Counts>, key: &Key) -> Counts {
    all.get(key).copied().unwrap_or_default()
}

fn difference((inspection, department, item): &Key, kept: Counts, found: Counts) -> String {
    let words = |counts: Counts| {
        let [done, partial, not_done, na] = counts;
        format!("実施{done}、一部実施{partial}、未実施{not_done}、該当なし{na}")
    };
    format!(
        "点検 {inspection}、所属 {department}、設問 {item}：集計は（{}）ですが、回答から数えると（{}）です。",
        words(kept),
        words(found)
    )
}

#[derive(FromQueryResult)]
struct Counted {
    inspection_id: Uuid,
    department_id: Uuid,
    item_id: Uuid,
    value: String,
    number: i64,
}

const RECOMPUTE: &str = "SELECT target.inspection_id, target.department_id, answer.item_id, answer.value, \
    COUNT(*) AS number FROM answer JOIN target ON target.id = answer.target_id \
    WHERE answer.value IS NOT NULL AND target.id IN (SELECT submission.target_id FROM submission \
    WHERE submission.id NOT IN (SELECT sheet_return.submission_id FROM sheet_return)) \
    GROUP BY target.inspection_id, target.department_id, answer.item_id, answer.value";

async fn recompute(db: &Db) -> StoreResult<BTreeMap<Key, Counts>> {
    let statement = Statement::from_string(db.read().get_database_backend(), RECOMPUTE);
    let rows = Counted::find_by_statement(statement).all(db.read()).await?;
    let mut counted: BTreeMap<Key, Counts> = BTreeMap::new();
    for row in rows {
        let counts = counted.entry((row.inspection_id, row.department_id, row.item_id)).or_default();
        let place = Value::ALL.iter().position(|value| value.key() == row.value);
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count += row.number;
        }
    }
    Ok(counted)
}
