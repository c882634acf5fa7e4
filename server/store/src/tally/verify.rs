//! Recounting: what was added up answer by answer must equal what is found when all answers are counted anew.

use crate::Db;
use crate::entity::{spread, tally, target};
use crate::error::StoreResult;
use crate::retention::disposed;
use domain::retention::Kind;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Statement};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What the check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Tallies that were recomputed.
    pub checked: usize,
    /// The first difference, in words.
    pub first: Option<String>,
}

/// Recomputes every tally from the answers of submitted sheets and compares; but not where answers were disposed of.
///
/// # Errors
/// When the database fails.
pub async fn verify(db: &Db) -> StoreResult<Check> {
    let stored: BTreeMap<Key, Counts> = tally::Entity::find()
        .all(db.read())
        .await?
        .into_iter()
        .map(|row| {
            let counts = [row.done, row.partial, row.not_done, row.na, row.told, row.omitted].map(i64::from);
            ((row.inspection_id, row.department_id, row.item_id), counts)
        })
        .collect();
    let counted = recompute(db).await?;
    let gone = gone(db).await?;
    let there = |key: &&Key| !gone.contains(&(key.0, key.1));
    let keys: BTreeSet<&Key> = stored.keys().chain(counted.keys()).filter(there).collect();
    let first = keys.iter().find_map(|key| {
        let (kept, found) = (counts_at(&stored, key), counts_at(&counted, key));
        (kept != found).then(|| difference(key, kept, found))
    });
    let first = match first {
        None => spread_difference(db, &gone).await?,
        first => first,
    };
    Ok(Check { checked: keys.len(), first })
}

/// Inspection and department of answers that were disposed of: nothing is left to be counted.
async fn gone(db: &Db) -> StoreResult<BTreeSet<(Uuid, Uuid)>> {
    let pairs: Vec<(Uuid, Uuid)> = target::Entity::find()
        .select_only()
        .columns([target::Column::InspectionId, target::Column::DepartmentId])
        .distinct()
        .filter(target::Column::Id.in_subquery(disposed(Kind::Answers)))
        .into_tuple()
        .all(db.read())
        .await?;
    Ok(pairs.into_iter().collect())
}

/// Inspection, department, question.
type Key = (Uuid, Uuid, Uuid);
/// 実施, 一部実施, 未実施, 該当なし, only to know, hidden.
type Counts = [i64; 6];

const PLACES: [&str; 6] = ["done", "partial", "not_done", "na", "told", "omitted"];

fn counts_at(all: &BTreeMap<Key, Counts>, key: &Key) -> Counts {
    all.get(key).copied().unwrap_or_default()
}

fn difference((inspection, department, item): &Key, kept: Counts, found: Counts) -> String {
    let words = |counts: Counts| {
        let [done, partial, not_done, na, told, omitted] = counts;
        format!(
            "実施{done}、一部実施{partial}、未実施{not_done}、該当なし{na}、把握のみ{told}、対象外{omitted}"
        )
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

/// Sheets that were handed in and not returned.
const HELD: &str = "submission.id NOT IN (SELECT sheet_return.submission_id FROM sheet_return)";

/// Answers that count, by the given column.
fn answers_by(column: &str, filter: &str) -> String {
    format!(
        "SELECT target.inspection_id, target.department_id, answer.item_id, {column} AS value, \
         COUNT(*) AS number FROM answer JOIN target ON target.id = answer.target_id \
         WHERE {filter} AND target.id IN (SELECT submission.target_id FROM submission WHERE {HELD}) \
         AND NOT EXISTS (SELECT 1 FROM omission JOIN submission ON submission.id = omission.submission_id \
         WHERE submission.target_id = answer.target_id AND omission.item_id = answer.item_id AND {HELD}) \
         GROUP BY target.inspection_id, target.department_id, answer.item_id, {column}"
    )
}

fn omissions() -> String {
    format!(
        "SELECT target.inspection_id, target.department_id, omission.item_id, 'omitted' AS value, \
         COUNT(*) AS number FROM omission JOIN submission ON submission.id = omission.submission_id \
         JOIN target ON target.id = submission.target_id WHERE {HELD} \
         GROUP BY target.inspection_id, target.department_id, omission.item_id"
    )
}

async fn counted(db: &Db, statement: String) -> StoreResult<Vec<Counted>> {
    let statement = Statement::from_string(db.read().get_database_backend(), statement);
    Ok(Counted::find_by_statement(statement).all(db.read()).await?)
}

async fn recompute(db: &Db) -> StoreResult<BTreeMap<Key, Counts>> {
    let by_value =
        answers_by("COALESCE(answer.value, 'told')", "(answer.value IS NOT NULL OR answer.raw IS NOT NULL)");
    let mut rows = counted(db, by_value).await?;
    rows.extend(counted(db, omissions()).await?);
    let mut found: BTreeMap<Key, Counts> = BTreeMap::new();
    for row in rows {
        let counts = found.entry((row.inspection_id, row.department_id, row.item_id)).or_default();
        let place = PLACES.iter().position(|place| *place == row.value);
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count += row.number;
        }
    }
    Ok(found)
}

/// The first answer whose number is not what the answers say.
async fn spread_difference(db: &Db, gone: &BTreeSet<(Uuid, Uuid)>) -> StoreResult<Option<String>> {
    let stored: BTreeMap<(Key, String), i64> = spread::Entity::find()
        .all(db.read())
        .await?
        .into_iter()
        .map(|row| (((row.inspection_id, row.department_id, row.item_id), row.raw), row.number.into()))
        .collect();
    let found: BTreeMap<(Key, String), i64> = counted(db, answers_by("answer.raw", "answer.raw IS NOT NULL"))
        .await?
        .into_iter()
        .map(|row| (((row.inspection_id, row.department_id, row.item_id), row.value), row.number))
        .collect();
    let there = |(key, _): &&(Key, String)| !gone.contains(&(key.0, key.1));
    let keys: BTreeSet<&(Key, String)> = stored.keys().chain(found.keys()).filter(there).collect();
    let number = |all: &BTreeMap<(Key, String), i64>, key: &(Key, String)| all.get(key).copied().unwrap_or(0);
    let first = keys.into_iter().find(|key| number(&stored, key) != number(&found, key));
    Ok(first.map(|key| {
        let ((inspection, department, item), raw) = key;
        format!(
            "点検 {inspection}、所属 {department}、設問 {item}、回答 {raw}：集計は{}件ですが、回答から数えると{}件です。",
            number(&stored, key),
            number(&found, key)
        )
    }))
}
