//! A number from paper, compared with the ledger and with the answers as they stand today.

use super::{SUBMITTED, handed, stated};
use crate::Db;
use crate::entity::{edition_item, event, inspection, target};
use crate::error::{StoreError, StoreResult};
use crate::evidence;
use crate::ledger::digest;
use crate::response::load::answers;
use crate::retention::is_gone;
use domain::permission::record::OF_ANSWERS;
use domain::receipt::{Handed, number, typed};
use domain::retention::Kind;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// What the submission of a receipt was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    pub inspection: String,
    pub person: String,
    pub at: OffsetDateTime,
    pub answers: i64,
}

/// What became of the comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// No submission of the ledger has this number.
    Unknown,
    /// The submission is in the chain and its answers are the same today.
    Same(Stated),
    /// It is in the chain; afterwards the sheet was returned and changed, which the ledger tells.
    Replaced(Stated),
    /// It is in the chain; the answers were disposed of.
    Gone(Stated),
    /// It is in the chain, but the stored answers are other ones; the questions that differ, where they can be named.
    Altered(Stated, Vec<i32>),
}

/// Events read at once.
const PORTION: u64 = 2000;

/// Looks for the submission with this number and compares its answers. Whether the chain itself holds is said by
/// `ledger::verify`.
///
/// # Errors
/// When the database fails.
pub async fn check(db: &Db, written: &str) -> StoreResult<Checked> {
    let Some((event, payload)) = find(db.read(), &typed(written)).await? else {
        return Ok(Checked::Unknown);
    };
    let id = event.stream.split_once(':').and_then(|(_, id)| id.parse().ok()).ok_or(StoreError::NotFound)?;
    let said = told(db.read(), &event, &payload, id).await?;
    if is_gone(db.read(), Kind::Answers, id).await?.is_some() {
        return Ok(Checked::Gone(said));
    }
    let wanted = payload["answers_digest"].as_str().unwrap_or_default();
    let (then, changed_later) = from_ledger(db.read(), &event).await?;
    if changed_later {
        let same = stated(&then) == wanted;
        return Ok(if same { Checked::Replaced(said) } else { Checked::Altered(said, Vec::new()) });
    }
    let rows = answers(db.read(), id).await?;
    let now = handed(rows.values(), evidence::contents(db.read(), id).await?);
    if stated(&now) == wanted {
        return Ok(Checked::Same(said));
    }
    Ok(Checked::Altered(said, numbers(db.read(), &differing(&then, &now)).await?))
}

/// Goes through the submissions; their hashes are covered by the chain.
async fn find<C: ConnectionTrait>(connection: &C, wanted: &str) -> StoreResult<Option<(event::Model, Json)>> {
    let mut after = Uuid::nil();
    loop {
        let rows = event::Entity::find()
            .filter(event::Column::Kind.eq(SUBMITTED))
            .filter(event::Column::Id.gt(after))
            .order_by_asc(event::Column::Id)
            .limit(PORTION)
            .all(connection)
            .await?;
        let Some(last) = rows.last() else { return Ok(None) };
        after = last.id;
        for row in rows {
            let payload: Json = serde_json::from_str(&row.payload).unwrap_or_default();
            let own = payload["answers_digest"].as_str().map(|answers| number(&row.hash, answers, digest));
            if own.as_deref() == Some(wanted) {
                return Ok(Some((row, payload)));
            }
        }
    }
}

async fn told<C: ConnectionTrait>(
    connection: &C,
    event: &event::Model,
    payload: &Json,
    target: Uuid,
) -> StoreResult<Stated> {
    let target = target::Entity::find_by_id(target).one(connection).await?.ok_or(StoreError::NotFound)?;
    let inspection = inspection::Entity::find_by_id(target.inspection_id).one(connection).await?;
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(event.at_micros) * 1000);
    Ok(Stated {
        inspection: inspection.map(|row| row.name).unwrap_or_default(),
        person: target.person_name,
        at: at.unwrap_or(OffsetDateTime::UNIX_EPOCH),
        answers: payload["answers"].as_i64().unwrap_or_default(),
    })
}

/// The answers as the ledger tells them up to the submission, and whether it tells of changes after it.
async fn from_ledger<C: ConnectionTrait>(
    connection: &C,
    submission: &event::Model,
) -> StoreResult<(Vec<Handed>, bool)> {
    let events = event::Entity::find()
        .filter(event::Column::Stream.eq(&submission.stream))
        .filter(event::Column::Kind.is_in(OF_ANSWERS))
        .order_by_asc(event::Column::Seq)
        .all(connection)
        .await?;
    let mut then: BTreeMap<Uuid, Handed> = BTreeMap::new();
    let changing = events.iter().filter(|event| event.kind != "evidence.read");
    let mut later = false;
    for event in changing {
        if event.seq > submission.seq {
            later = true;
        } else if let Ok(payload) = serde_json::from_str(&event.payload) {
            apply(&mut then, &payload);
        }
    }
    Ok((then.into_values().collect(), later))
}

fn apply(then: &mut BTreeMap<Uuid, Handed>, payload: &Json) {
    let text = |side: &Json, key: &str| side[key].as_str().unwrap_or_default().to_string();
    let Some(item) = payload["item"].as_str().and_then(|item| item.parse::<Uuid>().ok()) else { return };
    let one = then.entry(item).or_insert_with(|| Handed { item, ..Handed::default() });
    let (before, after) = (&payload["before"], &payload["after"]);
    if payload["evidence"].is_null() {
        one.value = text(after, "value");
        one.comment = text(after, "comment");
        one.reference = text(after, "evidence");
        one.planned_on = text(after, "planned_on");
        return;
    }
    let gone = text(before, "sha256");
    one.files.retain(|file| *file != gone);
    if !after.is_null() {
        one.files.push(text(after, "sha256"));
    }
}

fn differing(then: &[Handed], now: &[Handed]) -> Vec<Uuid> {
    let one = |of: &[Handed], item: Uuid| {
        let found = of.iter().find(|answer| answer.item == item).cloned();
        let mut found = found.filter(|answer| !answer.is_blank())?;
        found.files.sort_unstable();
        Some(found)
    };
    let mut items: Vec<Uuid> = then.iter().chain(now).map(|answer| answer.item).collect();
    items.sort_unstable();
    items.dedup();
    items.retain(|item| one(then, *item) != one(now, *item));
    items
}

async fn numbers<C: ConnectionTrait>(connection: &C, items: &[Uuid]) -> StoreResult<Vec<i32>> {
    let rows = edition_item::Entity::find()
        .filter(edition_item::Column::Id.is_in(items.iter().copied()))
        .order_by_asc(edition_item::Column::No)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.no).collect())
}

impl Checked {
    /// In words.
    pub fn text(&self) -> String {
        let of = |said: &Stated| {
            format!(
                "{}が{}に提出した「{}」の回答（{}問）",
                said.person,
                domain::calendar::wareki_time(said.at),
                said.inspection,
                said.answers
            )
        };
        match self {
            Checked::Unknown => {
                "この照合値の受領証は、記録にありません。紙の照合値と見比べてください。".into()
            }
            Checked::Same(said) => format!("{}は、記録の連鎖の中にあり、提出した時のままです。", of(said)),
            Checked::Replaced(said) => format!(
                "{}は、記録の連鎖の中にあります。その後に差し戻され、直した回答が提出し直されています。",
                of(said)
            ),
            Checked::Gone(said) => format!(
                "{}は、記録の連鎖の中にあります。回答の内容は、保存期間が満了したため廃棄されています。",
                of(said)
            ),
            Checked::Altered(said, numbers) => format!(
                "{}は記録の連鎖の中にありますが、保存されている回答が提出した時と異なります。{}",
                of(said),
                named(numbers)
            ),
        }
    }

    /// Whether the paper is right.
    pub fn holds(&self) -> bool {
        !matches!(self, Checked::Unknown | Checked::Altered(..))
    }
}

fn named(numbers: &[i32]) -> String {
    let numbers: Vec<String> = numbers.iter().map(|no| format!("問{no}")).collect();
    if numbers.is_empty() { String::new() } else { format!("異なる設問：{}", numbers.join("、")) }
}
