//! Saving answers. An answer carries a version; a save names the version it saw.

use super::asked::{self, Asked, file_counts, raw_of, year_of};
use super::carry::{self, CARRIED};
use super::load::answers;
use super::own;
use super::standing::standing;
use crate::Db;
use crate::access::require;
use crate::entity::{answer, event, target};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, Author, NewEvent};
use domain::Refusal;
use domain::actor::Actor;
use domain::answer::{Raw, Value, Written};
use domain::calendar::iso;
use domain::permission::Action;
use domain::question::setting::{Attribute, Scale};
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
    /// 「前年と同じ」 on the answering page.
    Carried,
    /// A workbook, with the cell.
    Form(String),
}

/// An answer that is to be saved.
#[derive(Debug, Clone)]
pub struct Draft {
    pub item: Uuid,
    /// What stands in the question's fields; its setting says what that means.
    pub written: Written,
    pub comment: String,
    /// 証跡（文書名・保管場所）
    pub evidence: String,
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
    pub theirs: Option<Raw>,
    pub theirs_comment: String,
    pub theirs_evidence: String,
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
                let no = desk.asked(draft.item).map_or(0, |asked| asked.row.no);
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
    asked: Vec<Asked>,
    year: i32,
    answers: BTreeMap<Uuid, answer::Model>,
    files: BTreeMap<Uuid, usize>,
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
        let asked = asked::asked(txn, [target.edition_id]).await?;
        let year = year_of(txn, &target).await?;
        let answers = answers(txn, target.id).await?;
        let files = file_counts(txn, target.id).await?;
        Ok(Desk { txn, actor, target, asked, year, answers, files, events: Vec::new(), now })
    }

    fn asked(&self, item: Uuid) -> Option<&Asked> {
        self.asked.iter().find(|asked| asked.row.id == item)
    }

    async fn put(&mut self, draft: &Draft, whole_page: bool) -> StoreResult<Put> {
        let asked = self.asked(draft.item).ok_or(StoreError::NotFound)?;
        let content = Content::of(asked, draft, self.year)?;
        let no = asked.row.no;
        let stored = self.answers.get(&draft.item).cloned();
        if Content::stored(stored.as_ref()).words() == content.words() {
            return Ok(stored.map_or(Put::Nothing, Put::Same));
        }
        if let (Some(row), Some(seen)) = (&stored, draft.seen_version)
            && row.version != seen
        {
            // On a whole page, what the person did not touch is no change: the newer value stays.
            if whole_page && self.untouched(draft.item, &content, seen).await? {
                return Ok(Put::Same(row.clone()));
            }
            return Ok(Put::Clash(clash(no, row)));
        }
        if draft.source == Source::Carried {
            let by_proxy = self.target.person_id != self.actor.person_id;
            carry::check(self.txn, &self.target, self.year, asked, content.raw.as_ref(), by_proxy).await?;
        }
        self.write(no, stored, draft, content).await.map(Put::Written)
    }

    async fn write(
        &mut self,
        no: i32,
        before: Option<answer::Model>,
        draft: &Draft,
        content: Content,
    ) -> StoreResult<answer::Model> {
        let by_proxy = self.target.person_id != self.actor.person_id;
        let (source, source_cell) = match &draft.source {
            Source::Web if by_proxy => ("proxy", None),
            Source::Web => ("web", None),
            Source::Carried => (CARRIED, None),
            Source::Form(cell) => ("form", Some(cell.clone())),
        };
        let after = content.words();
        let row = answer::Model {
            id: before.as_ref().map_or_else(Uuid::now_v7, |row| row.id),
            target_id: self.target.id,
            item_id: draft.item,
            value: content.value.map(|value| value.key().to_string()),
            raw: content.raw.filter(|_| !content.marks).map(|raw| raw.key()),
            comment: content.comment,
            evidence: content.evidence,
            planned_on: content.planned_on,
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
            "before": before.as_ref().map(|row| Content::stored(Some(row)).words()),
            "after": after,
        });
        self.events.push(NewEvent::new("target", self.target.id, "answer.saved", payload));
        self.answers.insert(draft.item, row.clone());
        Ok(row)
    }

    /// Whether a draft says just what its person saw. Earlier versions are in the ledger.
    async fn untouched(&self, item: Uuid, content: &Content, seen: i32) -> StoreResult<bool> {
        if seen == 0 {
            return Ok(content.words() == Content::default().words());
        }
        let events = event::Entity::find()
            .filter(event::Column::Stream.eq(ledger::stream("target", self.target.id)))
            .filter(event::Column::Kind.eq("answer.saved"))
            .all(self.txn)
            .await?;
        let then = events
            .iter()
            .filter_map(|event| serde_json::from_str::<Json>(&event.payload).ok())
            .find(|payload| payload["item"] == json!(item) && payload["version"] == json!(seen));
        Ok(then.is_some_and(|payload| payload["after"] == content.words()))
    }

    async fn record(&mut self) -> StoreResult<()> {
        let events = std::mem::take(&mut self.events);
        ledger::append(self.txn, &Author::from(self.actor), self.now, events).await
    }

    /// Complete questions of those that are owed now: an answer may show or hide others.
    fn progress(&self) -> (usize, usize) {
        let attributes = Attribute::list(&self.target.attributes);
        let given = asked::given(&self.asked, &self.answers, &self.files, &attributes, self.year);
        let owed = || given.iter().filter(|(_, given)| !given.hidden);
        (owed().filter(|(_, given)| given.is_complete()).count(), owed().count())
    }
}

/// What an answer says, apart from where it came from.
#[derive(Default)]
struct Content {
    raw: Option<Raw>,
    value: Option<Value>,
    /// The question's scale is ○△×, whose answers need no column of their own.
    marks: bool,
    comment: String,
    evidence: String,
    planned_on: Option<Date>,
}

impl Content {
    /// Reads a draft by the setting of its question.
    fn of(asked: &Asked, draft: &Draft, year: i32) -> Result<Content, Refusal> {
        let (no, may_be_na) = (asked.row.no, asked.row.not_applicable.is_some());
        let raw = asked
            .setting
            .read(&draft.written, may_be_na)
            .map_err(|what| Refusal::new(format!("問{no}{what}")))?;
        let (comment, evidence) = (tidy(&draft.comment), tidy(&draft.evidence));
        let setting = asked.setting.clone();
        let given = Given { no, may_be_na, setting, year, raw, comment, evidence, files: 0, hidden: false };
        may_answer(&given)?;
        Ok(Content {
            value: given.judgement().value(),
            marks: asked.setting.scale == Scale::Marks && asked.setting.counts(),
            raw: given.raw,
            comment: given.comment,
            evidence: given.evidence,
            planned_on: draft.planned_on,
        })
    }

    fn stored(row: Option<&answer::Model>) -> Content {
        let Some(row) = row else { return Content::default() };
        Content {
            raw: raw_of(row),
            comment: row.comment.clone(),
            evidence: row.evidence.clone(),
            planned_on: row.planned_on,
            ..Content::default()
        }
    }

    /// How the ledger has it; the evidence only where there is one.
    fn words(&self) -> Json {
        let mut words = json!({
            "value": self.raw.as_ref().map(Raw::key), "comment": self.comment,
            "planned_on": self.planned_on.map(iso),
        });
        if !self.evidence.is_empty() {
            words["evidence"] = json!(self.evidence);
        }
        words
    }
}

/// Browsers send CR LF; blanks at the ends say nothing.
fn tidy(comment: &str) -> String {
    comment.replace("\r\n", "\n").replace('\r', "\n").trim().to_string()
}

fn clash(no: i32, row: &answer::Model) -> Clash {
    Clash {
        item: row.item_id,
        no,
        theirs: raw_of(row),
        theirs_comment: row.comment.clone(),
        theirs_evidence: row.evidence.clone(),
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
        raw: Set(row.raw.clone()),
        evidence: Set(row.evidence.clone()),
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
