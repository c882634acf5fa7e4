//! Sheets under the hands of their owners inside one transaction: loaded together, judged one by one, written together.

use super::super::asked::{Asked, raw_of};
use super::super::carry::{self, CARRIED, last_year};
use super::super::editions::{Editions, Frozen};
use super::super::may_enter;
use super::super::standing::{Facts, standings};
use super::content::Content;
use super::{Clash, Draft, Source};
use crate::access;
use crate::entity::{answer, event, inspection, target};
use crate::error::{StoreError, StoreResult};
use crate::inspection::target::withdrawn_among;
use crate::ledger::{self, Author, NewEvent};
use domain::actor::Actor;
use domain::calendar::day;
use domain::response::may_change;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use time::OffsetDateTime;
use uuid::Uuid;

/// What became of one answer.
pub(super) enum Put {
    Written(answer::Model),
    /// Stored already in the same words.
    Same(answer::Model),
    /// Nothing given and nothing stored.
    Nothing,
    Clash(Clash),
}

/// One sheet.
struct Open {
    target: target::Model,
    facts: Facts,
    withdrawn: bool,
    year: i32,
    edition: Arc<Frozen>,
}

impl Open {
    fn asked(&self, item: Uuid) -> Option<&Asked> {
        self.edition.asked.iter().find(|asked| asked.row.id == item)
    }
}

pub(super) struct Desk<'a> {
    txn: &'a DatabaseTransaction,
    editions: &'a Editions,
    sheets: BTreeMap<Uuid, Open>,
    /// By target and question.
    answers: BTreeMap<(Uuid, Uuid), answer::Model>,
    changed: BTreeSet<(Uuid, Uuid)>,
    events: Vec<(Author, OffsetDateTime, NewEvent)>,
}

impl<'a> Desk<'a> {
    /// Takes sheets and their answers to some questions in a fixed number of statements. The sheets stay locked until
    /// the end, in the order of their keys, so that two processes never wait for each other.
    pub async fn open(
        txn: &'a DatabaseTransaction,
        editions: &'a Editions,
        ids: BTreeSet<Uuid>,
        items: BTreeSet<Uuid>,
    ) -> StoreResult<Desk<'a>> {
        let targets = target::Entity::find()
            .filter(target::Column::Id.is_in(ids.iter().copied()))
            .order_by_asc(target::Column::Id)
            .lock_exclusive()
            .all(txn)
            .await?;
        let mut facts = standings(txn, &targets).await?;
        let withdrawn = withdrawn_among(txn, ids.iter().copied()).await?;
        let years = years(txn, &targets).await?;
        let frozen = editions.of(txn, targets.iter().map(|target| target.edition_id)).await?;
        let mut sheets = BTreeMap::new();
        for target in targets {
            let open = Open {
                facts: facts.remove(&target.id).ok_or(StoreError::NotFound)?,
                withdrawn: withdrawn.contains(&target.id),
                year: years.get(&target.inspection_id).copied().ok_or(StoreError::NotFound)?,
                edition: frozen.get(&target.edition_id).cloned().ok_or(StoreError::NotFound)?,
                target,
            };
            sheets.insert(open.target.id, open);
        }
        let answers = answers(txn, ids, items).await?;
        Ok(Desk { txn, editions, sheets, answers, changed: BTreeSet::new(), events: Vec::new() })
    }

    fn sheet(&self, target: Uuid) -> StoreResult<&Open> {
        self.sheets.get(&target).ok_or(StoreError::NotFound)
    }

    /// The number of a question on its sheet, 0 for one of another sheet.
    pub fn number(&self, target: Uuid, item: Uuid) -> i32 {
        self.sheet(target).ok().and_then(|open| open.asked(item)).map_or(0, |asked| asked.row.no)
    }

    /// May the actor write on this sheet now?
    ///
    /// # Errors
    /// As [`super::save_all`].
    pub async fn check(&self, target: Uuid, actor: &Actor) -> StoreResult<()> {
        let open = self.sheet(target)?;
        may_enter(self.txn, actor, &open.target, open.withdrawn).await?;
        Ok(may_change(open.facts.standing)?)
    }

    /// May anything be written on this sheet now? For answers that come in a workbook; whose it is was settled before.
    ///
    /// # Errors
    /// `NotFound` for a sheet that left the inspection; a refusal when it may not be changed any more.
    pub fn check_open(&self, target: Uuid) -> StoreResult<()> {
        let open = self.sheet(target)?;
        match open.withdrawn {
            true => Err(StoreError::NotFound),
            false => Ok(may_change(open.facts.standing)?),
        }
    }

    /// The same for an actor that was looked up a moment ago: posts count only for 代理入力, and there they are looked
    /// up again.
    pub async fn check_recent(&self, target: Uuid, actor: &Actor, now: OffsetDateTime) -> StoreResult<()> {
        if actor.sheet.is_none() && self.sheet(target)?.target.person_id != actor.person_id {
            let fresh = access::actor(self.txn, actor.person_id, day(now)).await?;
            return self.check(target, &fresh).await;
        }
        self.check(target, actor).await
    }

    /// Takes one answer. Nothing is written before [`Desk::write`].
    pub async fn put(
        &mut self,
        actor: &Actor,
        target: Uuid,
        draft: &Draft,
        whole_page: bool,
        now: OffsetDateTime,
    ) -> StoreResult<Put> {
        let open = self.sheet(target)?;
        let asked = open.asked(draft.item).ok_or(StoreError::NotFound)?;
        let content = Content::of(asked, draft, open.year)?;
        let no = asked.row.no;
        let stored = self.answers.get(&(target, draft.item)).cloned();
        if Content::stored(stored.as_ref()).words() == content.words() {
            return Ok(stored.map_or(Put::Nothing, Put::Same));
        }
        if let (Some(row), Some(seen)) = (&stored, draft.seen_version)
            && row.version != seen
        {
            // On a whole page, what the person did not touch is no change: the newer value stays.
            if whole_page && self.untouched(target, draft.item, &content, seen).await? {
                return Ok(Put::Same(row.clone()));
            }
            return Ok(Put::Clash(clash(no, row)));
        }
        let by_proxy = open.target.person_id != actor.person_id;
        if draft.source == Source::Carried {
            let last = last_year(self.txn, self.editions, &open.target, open.year).await?;
            carry::check(&last, asked, content.raw.as_ref(), by_proxy)?;
        }
        let row = row(target, actor, stored.as_ref(), draft, content, by_proxy, now);
        let payload = json!({
            "item": draft.item,
            "no": no,
            "version": row.version,
            "source": row.source,
            "cell": row.source_cell,
            "before": stored.as_ref().map(|row| Content::stored(Some(row)).words()),
            "after": Content::stored(Some(&row)).words(),
        });
        self.events.push((
            Author::from(actor),
            now,
            NewEvent::new("target", target, "answer.saved", payload),
        ));
        self.changed.insert((target, draft.item));
        self.answers.insert((target, draft.item), row.clone());
        Ok(Put::Written(row))
    }

    /// Whether a draft says just what its person saw. Earlier versions are in the ledger.
    async fn untouched(&self, target: Uuid, item: Uuid, content: &Content, seen: i32) -> StoreResult<bool> {
        if seen == 0 {
            return Ok(content.words() == Content::default().words());
        }
        let events = event::Entity::find()
            .filter(event::Column::Stream.eq(ledger::stream("target", target)))
            .filter(event::Column::Kind.eq("answer.saved"))
            .all(self.txn)
            .await?;
        let then = events
            .iter()
            .filter_map(|event| serde_json::from_str::<Json>(&event.payload).ok())
            .find(|payload| payload["item"] == json!(item) && payload["version"] == json!(seen));
        Ok(then.is_some_and(|payload| payload["after"] == content.words()))
    }

    /// Writes the answers and their events.
    pub async fn write(self) -> StoreResult<()> {
        let rows: Vec<answer::ActiveModel> = self
            .changed
            .iter()
            .filter_map(|place| self.answers.get(place))
            .map(|row| answer::ActiveModel::from(row.clone()))
            .collect();
        for portion in rows.chunks(500) {
            answer::Entity::insert_many(portion.to_vec())
                .on_conflict(replaced())
                .exec_without_returning(self.txn)
                .await?;
        }
        match self.events.is_empty() {
            true => Ok(()),
            false => ledger::append_each(self.txn, self.events).await,
        }
    }
}

/// An answer keeps its key; everything it says and where that came from is replaced.
fn replaced() -> OnConflict {
    OnConflict::column(answer::Column::Id)
        .update_columns([
            answer::Column::Value,
            answer::Column::Raw,
            answer::Column::Evidence,
            answer::Column::Comment,
            answer::Column::PlannedOn,
            answer::Column::Version,
            answer::Column::Source,
            answer::Column::SourceCell,
            answer::Column::At,
            answer::Column::ByPersonId,
        ])
        .to_owned()
}

fn row(
    target: Uuid,
    actor: &Actor,
    before: Option<&answer::Model>,
    draft: &Draft,
    content: Content,
    by_proxy: bool,
    now: OffsetDateTime,
) -> answer::Model {
    let (source, source_cell) = match &draft.source {
        Source::Web if by_proxy => ("proxy", None),
        Source::Web => ("web", None),
        Source::Carried => (CARRIED, None),
        Source::Form(cell) => ("form", Some(cell.clone())),
    };
    answer::Model {
        id: before.map_or_else(Uuid::now_v7, |row| row.id),
        target_id: target,
        item_id: draft.item,
        value: content.value.map(|value| value.key().to_string()),
        raw: content.raw.filter(|_| !content.marks).map(|raw| raw.key()),
        comment: content.comment,
        evidence: content.evidence,
        planned_on: content.planned_on,
        version: before.map_or(1, |row| row.version + 1),
        source: source.to_string(),
        source_cell,
        at: now,
        by_person_id: actor.person_id,
    }
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

/// The fiscal years the answers of targets are judged by, by inspection.
async fn years(txn: &DatabaseTransaction, targets: &[target::Model]) -> StoreResult<BTreeMap<Uuid, i32>> {
    let inspections: BTreeSet<Uuid> = targets.iter().map(|target| target.inspection_id).collect();
    let found: Vec<(Uuid, i32)> = inspection::Entity::find()
        .select_only()
        .columns([inspection::Column::Id, inspection::Column::FiscalYear])
        .filter(inspection::Column::Id.is_in(inspections))
        .into_tuple()
        .all(txn)
        .await?;
    Ok(found.into_iter().collect())
}

/// More than is asked for where several people answer different questions; never a whole sheet for one answer.
async fn answers(
    txn: &DatabaseTransaction,
    targets: BTreeSet<Uuid>,
    items: BTreeSet<Uuid>,
) -> StoreResult<BTreeMap<(Uuid, Uuid), answer::Model>> {
    let rows = answer::Entity::find()
        .filter(answer::Column::TargetId.is_in(targets))
        .filter(answer::Column::ItemId.is_in(items))
        .all(txn)
        .await?;
    Ok(rows.into_iter().map(|row| ((row.target_id, row.item_id), row)).collect())
}
