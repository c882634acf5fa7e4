//! Saving answers. An answer carries a version; a save names the version it saw.

use super::load::{answers, items};
use super::own;
use super::standing::standing;
use crate::Db;
use crate::access::require;
use crate::entity::{answer, edition_item, event, target};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, Author, NewEvent};
use domain::actor::Actor;
use domain::answer::Value;
use domain::calendar::iso;
use domain::permission::Action;
use domain::response::{Given, may_answer, may_change};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Where an answer came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The answering page.
    Web,
    /// A workbook, with the cell.
    Form(String),
}

/// An answer that is to be saved.
#[derive(Debug, Clone)]
pub struct Draft {
    pub item: Uuid,
    pub value: Option<Value>,
    pub comment: String,
    pub planned_on: Option<Date>,
    /// The version the person saw, 0 for none. `None` for a workbook, which knows no versions: it replaces.
    pub seen_version: Option<i32>,
    pub source: Source,
}

/// What a save left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    pub version: i32,
    pub at: OffsetDateTime,
    /// Questions that need nothing more.
    pub answered: usize,
    pub total: usize,
}

/// Somebody (most often the same person in another window) saved something else meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    pub item: Uuid,
    pub no: i32,
    pub theirs_value: Option<Value>,
    pub theirs_comment: String,
    pub theirs_planned_on: Option<Date>,
    /// The version that is stored.
    pub version: i32,
}

/// What became of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Saved(Saved),
    /// Nothing was written; both values are to be shown.
    Clash(Clash),
}

/// What became of many saves.
#[derive(Debug, Clone, Default)]
pub struct SavedAll {
    /// Answers that were written.
    pub changed: usize,
    pub clashes: Vec<Clash>,
    /// Answers a rule refused, with their question's number.
    pub refused: Vec<(i32, String)>,
}

/// Saves one answer.
///
/// # Errors
/// `NotFound` for somebody else's sheet or a question of another sheet; a refusal when the sheet is handed in
/// or the inspection closed, or when the answer is not allowed for the question.
pub async fn save(
    db: &Db,
    actor: &Actor,
    target: Uuid,
    draft: Draft,
    now: OffsetDateTime,
) -> StoreResult<Outcome> {
    require(actor, Action::AnswerSheet)?;
    let txn = db.begin().await?;
    let mut desk = Desk::open(&txn, actor, target, now).await?;
    let outcome = match desk.put(&draft, false).await? {
        Put::Clash(clash) => Outcome::Clash(clash),
        Put::Written(row) | Put::Same(row) => {
            let (answered, total) = desk.progress();
            Outcome::Saved(Saved { version: row.version, at: row.at, answered, total })
        }
        Put::Nothing => {
            let (answered, total) = desk.progress();
            Outcome::Saved(Saved { version: 0, at: now, answered, total })
        }
    };
    desk.record().await?;
    txn.commit().await?;
    Ok(outcome)
}

/// Saves a whole page of answers in one transaction. What can be saved is saved; the rest is named.
///
/// # Errors
/// `NotFound` for somebody else's sheet; a refusal when it may not be changed any more.
pub async fn save_all(
    db: &Db,
    actor: &Actor,
    target: Uuid,
    drafts: Vec<Draft>,
    now: OffsetDateTime,
) -> StoreResult<SavedAll> {
    require(actor, Action::AnswerSheet)?;
    let txn = db.begin().await?;
    let mut desk = Desk::open(&txn, actor, target, now).await?;
    let mut all = SavedAll::default();
    for draft in drafts {
        match desk.put(&draft, true).await {
            Ok(Put::Written(_)) => all.changed += 1,
            Ok(Put::Clash(clash)) => all.clashes.push(clash),
            Ok(Put::Same(_) | Put::Nothing) => {}
            Err(StoreError::Refused(refusal)) => {
                let no = desk.items.get(&draft.item).map_or(0, |item| item.no);
                all.refused.push((no, refusal.text));
            }
            Err(error) => return Err(error),
        }
    }
    all.clashes.sort_by_key(|clash| clash.no);
    all.refused.sort();
    desk.record().await?;
    txn.commit().await?;
    Ok(all)
}

/// What became of one answer.
enum Put {
    Written(answer::Model),
    /// Stored already in the same words.
    Same(answer::Model),
    /// Nothing given and nothing stored.
    Nothing,
    Clash(Clash),
}

/// A sheet under the hands of its owner, inside one transaction.
struct Desk<'a> {
    txn: &'a DatabaseTransaction,
    actor: &'a Actor,
    target: target::Model,
    items: BTreeMap<Uuid, edition_item::Model>,
    answers: BTreeMap<Uuid, answer::Model>,
    events: Vec<NewEvent>,
    now: OffsetDateTime,
}

impl<'a> Desk<'a> {
    async fn open(
        txn: &'a DatabaseTransaction,
        actor: &'a Actor,
        target: Uuid,
        now: OffsetDateTime,
    ) -> StoreResult<Desk<'a>> {
        let target = own(txn, actor, target, true).await?;
        may_change(standing(txn, &target).await?.standing)?;
        let items = items(txn, target.edition_id).await?.into_iter().map(|item| (item.id, item)).collect();
        let answers = answers(txn, target.id).await?;
        Ok(Desk { txn, actor, target, items, answers, events: Vec::new(), now })
    }

    async fn put(&mut self, draft: &Draft, whole_page: bool) -> StoreResult<Put> {
        let item = self.items.get(&draft.item).ok_or(StoreError::NotFound)?;
        let draft = Draft { comment: tidy(&draft.comment), ..draft.clone() };
        may_answer(&given(item, draft.value, &draft.comment))?;
        let no = item.no;
        let stored = self.answers.get(&draft.item).cloned();
        if same(stored.as_ref(), &draft) {
            return Ok(stored.map_or(Put::Nothing, Put::Same));
        }
        if let (Some(row), Some(seen)) = (&stored, draft.seen_version)
            && row.version != seen
        {
            // On a whole page, what the person did not touch is no change: the newer value stays.
            if whole_page && self.untouched(&draft, seen).await? {
                return Ok(Put::Same(row.clone()));
            }
            return Ok(Put::Clash(clash(no, row)));
        }
        self.write(no, stored, draft).await.map(Put::Written)
    }

    async fn write(
        &mut self,
        no: i32,
        before: Option<answer::Model>,
        draft: Draft,
    ) -> StoreResult<answer::Model> {
        let (source, source_cell) = match draft.source {
            Source::Web => ("web", None),
            Source::Form(cell) => ("form", Some(cell)),
        };
        let row = answer::Model {
            id: before.as_ref().map_or_else(Uuid::now_v7, |row| row.id),
            target_id: self.target.id,
            item_id: draft.item,
            value: draft.value.map(|value| value.key().to_string()),
            comment: draft.comment,
            planned_on: draft.planned_on,
            version: before.as_ref().map_or(1, |row| row.version + 1),
            source: source.to_string(),
            source_cell,
            at: self.now,
            by_person_id: self.actor.person_id,
        };
        put_row(self.txn, before.is_none(), &row).await?;
        let payload = json!({
            "item": draft.item,
            "no": no,
            "version": row.version,
            "source": row.source,
            "cell": row.source_cell,
            "before": before.as_ref().map(content),
            "after": content(&row),
        });
        self.events.push(NewEvent::new("target", self.target.id, "answer.saved", payload));
        self.answers.insert(draft.item, row.clone());
        Ok(row)
    }

    /// Whether a draft says just what its person saw. Earlier versions are in the ledger.
    async fn untouched(&self, draft: &Draft, seen: i32) -> StoreResult<bool> {
        if seen == 0 {
            return Ok(draft.value.is_none() && draft.comment.is_empty() && draft.planned_on.is_none());
        }
        let events = event::Entity::find()
            .filter(event::Column::Stream.eq(ledger::stream("target", self.target.id)))
            .filter(event::Column::Kind.eq("answer.saved"))
            .all(self.txn)
            .await?;
        let then = events
            .iter()
            .filter_map(|event| serde_json::from_str::<Json>(&event.payload).ok())
            .find(|payload| payload["item"] == json!(draft.item) && payload["version"] == json!(seen));
        Ok(then
            .is_some_and(|payload| payload["after"] == words(draft.value, &draft.comment, draft.planned_on)))
    }

    async fn record(&mut self) -> StoreResult<()> {
        let events = std::mem::take(&mut self.events);
        ledger::append(self.txn, &Author::from(self.actor), self.now, events).await
    }

    fn progress(&self) -> (usize, usize) {
        let complete = |item: &&edition_item::Model| {
            let answer = self.answers.get(&item.id);
            let value = answer.and_then(|row| row.value.as_deref()).and_then(Value::from_key);
            given(item, value, answer.map_or("", |row| &row.comment)).is_complete()
        };
        (self.items.values().filter(complete).count(), self.items.len())
    }
}

fn given(item: &edition_item::Model, value: Option<Value>, comment: &str) -> Given {
    Given { no: item.no, may_be_na: item.not_applicable.is_some(), value, comment: comment.to_string() }
}

/// Browsers send CR LF; blanks at the ends say nothing.
fn tidy(comment: &str) -> String {
    comment.replace("\r\n", "\n").replace('\r', "\n").trim().to_string()
}

fn same(stored: Option<&answer::Model>, draft: &Draft) -> bool {
    let stored = match stored {
        Some(row) => content(row),
        None => words(None, "", None),
    };
    stored == words(draft.value, &draft.comment, draft.planned_on)
}

fn content(row: &answer::Model) -> Json {
    words(row.value.as_deref().and_then(Value::from_key), &row.comment, row.planned_on)
}

fn words(value: Option<Value>, comment: &str, planned_on: Option<Date>) -> Json {
    json!({ "value": value.map(Value::key), "comment": comment, "planned_on": planned_on.map(iso) })
}

fn clash(no: i32, row: &answer::Model) -> Clash {
    Clash {
        item: row.item_id,
        no,
        theirs_value: row.value.as_deref().and_then(Value::from_key),
        theirs_comment: row.comment.clone(),
        theirs_planned_on: row.planned_on,
        version: row.version,
    }
}

async fn put_row<C: ConnectionTrait>(connection: &C, new: bool, row: &answer::Model) -> StoreResult<()> {
    let active = answer::ActiveModel {
        id: Set(row.id),
        target_id: Set(row.target_id),
        item_id: Set(row.item_id),
        value: Set(row.value.clone()),
        comment: Set(row.comment.clone()),
        planned_on: Set(row.planned_on),
        version: Set(row.version),
        source: Set(row.source.clone()),
        source_cell: Set(row.source_cell.clone()),
        at: Set(row.at),
        by_person_id: Set(row.by_person_id),
    };
    if new {
        answer::Entity::insert(active).exec_without_returning(connection).await?;
    } else {
        answer::Entity::update(active).exec(connection).await?;
    }
    Ok(())
}
