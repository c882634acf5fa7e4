//! What was read from a file, put beside the sheets that are owed.

use super::people::People;
use super::turn;
use crate::Db;
use crate::entity::{
    edition_item, inspection_edition, intake, intake_file, intake_form, intake_reading, intake_row, target,
};
use crate::error::{StoreError, StoreResult, on_double};
use crate::inspection::target::withdrawn_targets;
use crate::ledger::insert_in_portions;
use domain::answer::Raw;
use domain::form::matching::{Asked, Known};
use domain::intake::Fault;
use domain::intake::fit::{Fit, fit, share};
use domain::intake::owner::{Candidate, Owner, Said, owner};
use domain::layout::Drift;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A file that was not read yet.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub id: Uuid,
    pub name: String,
    pub content: Vec<u8>,
}

/// A file as it was read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    pub forms: Vec<Form>,
    /// Sheets that are no filled form, with the reason.
    pub ignored: Vec<(String, String)>,
}

/// A form found in it.
#[derive(Debug, Clone, Default)]
pub struct Form {
    pub sheet: String,
    pub title: String,
    pub said: Said,
    pub dated_on: Option<Date>,
    /// What the reading was unsure of.
    pub doubts: Vec<String>,
    /// The version of the 様式 it was read by.
    pub version: Option<Uuid>,
    /// Of its headings and questions.
    pub fingerprint: String,
    /// How it departs from that version.
    pub drifts: Vec<Drift>,
    pub items: Vec<Item>,
}

/// A question of it with its answer.
#[derive(Debug, Clone, Default)]
pub struct Item {
    pub no: String,
    pub question: String,
    pub item_key: String,
    pub raw_answer: String,
    /// A text nobody knows, that can be explained once.
    pub word: String,
    pub answer: Option<Raw>,
    pub fault: Option<Fault>,
    pub comment: String,
    pub evidence: String,
    pub planned_on: Option<Date>,
    pub cell: String,
    pub rule: String,
}

/// The next files to be read, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn waiting(db: &Db, most: u64) -> StoreResult<Vec<Waiting>> {
    let read = sea_orm::sea_query::Query::select()
        .column(intake_reading::Column::FileId)
        .from(intake_reading::Entity)
        .to_owned();
    let unread = Condition::any()
        .add(intake_file::Column::Id.not_in_subquery(read))
        .add(intake_file::Column::Id.in_subquery(turn::pending()));
    let rows = intake_file::Entity::find()
        .filter(unread)
        .filter(intake_file::Column::Content.is_not_null())
        .order_by_asc(intake_file::Column::Id)
        .limit(most)
        .all(db.read())
        .await?;
    let waiting =
        |row: intake_file::Model| Some(Waiting { id: row.id, name: row.name, content: row.content? });
    Ok(rows.into_iter().filter_map(waiting).collect())
}

/// Keeps what was read from a file, or why it can't be read. A file that another process read meanwhile stays as it is.
///
/// # Errors
/// `NotFound` for an unknown file; when the database fails.
pub async fn note(
    db: &Db,
    file: Uuid,
    read: Result<Reading, String>,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let row = intake_file::Entity::find_by_id(file).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let intake =
        intake::Entity::find_by_id(row.intake_id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let owed = match &read {
        Ok(reading) if !reading.forms.is_empty() => Owed::load(db.read(), intake.inspection_id).await?,
        _ => Owed::default(),
    };
    let (refusal, reading) = match read {
        Ok(reading) => (None, reading),
        Err(refusal) => (Some(refusal), Reading::default()),
    };
    let txn = db.begin().await?;
    let turn = turn::of(&txn, &[file]).await?.remove(&file).unwrap_or_default();
    let noted = intake_reading::ActiveModel {
        id: Set(Uuid::now_v7()),
        file_id: Set(file),
        turn: Set(turn),
        refusal: Set(refusal),
        ignored: Set(serde_json::to_string(&reading.ignored)?),
        at: Set(now),
    };
    let inserted = intake_reading::Entity::insert(noted).exec_without_returning(&txn).await;
    match on_double(inserted, "このファイルは、もう読み取られています。") {
        Err(StoreError::Refused(_)) => return Ok(()),
        Err(error) => return Err(error),
        Ok(_) => {}
    }
    let (mut forms, mut rows) = (Vec::new(), Vec::new());
    for (no, form) in (1..).zip(&reading.forms) {
        let id = Uuid::now_v7();
        let (edition, fits, found) = owed.find(form);
        forms.push(form_row(id, (file, turn, no), form, edition, found)?);
        rows.extend(
            (1..)
                .zip(form.items.iter().zip(fits))
                .map(|(position, (item, fit))| row_of(id, position, item, fit)),
        );
    }
    insert_in_portions::<intake_form::Entity, _, _>(&txn, forms).await?;
    insert_in_portions::<intake_row::Entity, _, _>(&txn, rows).await?;
    turn::carry_over(&txn, file, turn).await?;
    Ok(txn.commit().await?)
}

/// The sheets an inspection asks for, and who owes them.
#[derive(Default)]
pub(crate) struct Owed {
    editions: BTreeMap<Uuid, Vec<Known>>,
    candidates: Vec<Candidate>,
}

impl Owed {
    /// All that are not withdrawn.
    pub(crate) async fn load<C: ConnectionTrait>(connection: &C, inspection: Uuid) -> StoreResult<Owed> {
        let editions: Vec<Uuid> = inspection_edition::Entity::find()
            .filter(inspection_edition::Column::InspectionId.eq(inspection))
            .all(connection)
            .await?
            .into_iter()
            .map(|row| row.edition_id)
            .collect();
        let targets = target::Entity::find()
            .filter(target::Column::InspectionId.eq(inspection))
            .filter(target::Column::Id.not_in_subquery(withdrawn_targets()))
            .all(connection)
            .await?;
        let people = People::all(connection, inspection).await?;
        Ok(Owed {
            editions: wanted(connection, editions).await?,
            candidates: targets.iter().map(|target| people.candidate(target)).collect(),
        })
    }

    /// Only these may be owners.
    pub(crate) fn within(mut self, targets: &BTreeSet<Uuid>) -> Owed {
        self.candidates.retain(|one| targets.contains(&one.target));
        self
    }

    /// The question of each row, for an owner with this edition.
    pub(crate) fn fits(&self, form: &Form, edition: Uuid) -> Vec<Option<Fit>> {
        let found: Vec<Asked> = form.items.iter().map(found).collect();
        let wanted = self.editions.get(&edition);
        wanted.map_or_else(|| vec![None; found.len()], |wanted| fit(&found, wanted))
    }

    /// The edition a form fits best with the question of each row, and the owner.
    pub(crate) fn find(&self, form: &Form) -> (Option<Uuid>, Vec<Option<Fit>>, Option<Owner>) {
        let found: Vec<Asked> = form.items.iter().map(found).collect();
        let mut all: BTreeMap<Uuid, Vec<Option<Fit>>> =
            self.editions.iter().map(|(edition, wanted)| (*edition, fit(&found, wanted))).collect();
        let share = |edition: &Uuid, fits: &Vec<Option<Fit>>| {
            (*edition, share(fits, self.editions.get(edition).map_or(0, Vec::len)))
        };
        let shares: BTreeMap<Uuid, u8> = all.iter().map(|(edition, fits)| share(edition, fits)).collect();
        let owner = owner(&form.said, &shares, &self.candidates);
        let of_owner = owner.and_then(|owner| {
            self.candidates.iter().find(|one| one.target == owner.target).map(|one| one.edition)
        });
        let best = || shares.iter().max_by_key(|(_, share)| **share).map(|(edition, _)| *edition);
        let edition = of_owner.or_else(best);
        let fits = edition.and_then(|edition| all.remove(&edition));
        (edition, fits.unwrap_or_else(|| vec![None; form.items.len()]), owner)
    }
}

fn found(item: &Item) -> Asked {
    asked(&item.item_key, &item.no, &item.question)
}

/// A question of a form for matching.
pub(super) fn asked(key: &str, no: &str, text: &str) -> Asked {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_string());
    Asked { key: given(key), no: given(no), text: text.to_string() }
}

/// The questions of editions.
pub(super) async fn wanted<C: ConnectionTrait>(
    connection: &C,
    editions: Vec<Uuid>,
) -> StoreResult<BTreeMap<Uuid, Vec<Known>>> {
    let rows = edition_item::Entity::find()
        .filter(edition_item::Column::EditionId.is_in(editions))
        .order_by_asc(edition_item::Column::No)
        .all(connection)
        .await?;
    let mut editions: BTreeMap<Uuid, Vec<Known>> = BTreeMap::new();
    for row in rows {
        let wanted = Known { key: row.id.to_string(), no: row.no.to_string(), text: row.text };
        editions.entry(row.edition_id).or_default().push(wanted);
    }
    Ok(editions)
}

fn form_row(
    id: Uuid,
    (file, turn, no): (Uuid, i32, i32),
    form: &Form,
    edition: Option<Uuid>,
    owner: Option<Owner>,
) -> StoreResult<intake_form::ActiveModel> {
    let drifts = match form.drifts.is_empty() {
        true => String::new(),
        false => serde_json::to_string(&form.drifts)?,
    };
    Ok(intake_form::ActiveModel {
        id: Set(id),
        file_id: Set(file),
        turn: Set(turn),
        no: Set(no),
        sheet: Set(form.sheet.clone()),
        title: Set(form.title.clone()),
        department: Set(form.said.department.clone()),
        person: Set(form.said.person.clone()),
        staff_no: Set(form.said.staff_no.clone()),
        system: Set(form.said.system.clone()),
        dated_on: Set(form.dated_on),
        edition_id: Set(edition),
        target_id: Set(owner.map(|owner| owner.target)),
        sureness: Set(owner.map(|owner| owner.sureness.key().to_string()).unwrap_or_default()),
        why: Set(owner.map(|owner| owner.why.to_string()).unwrap_or_default()),
        doubts: Set(form.doubts.join("\n")),
        version_id: Set(form.version),
        fingerprint: Set(form.fingerprint.clone()),
        drifts: Set(drifts),
    })
}

fn row_of(form: Uuid, position: i32, item: &Item, fit: Option<Fit>) -> intake_row::ActiveModel {
    intake_row::ActiveModel {
        id: Set(Uuid::now_v7()),
        form_id: Set(form),
        position: Set(position),
        no: Set(item.no.clone()),
        question: Set(item.question.clone()),
        item_key: Set(item.item_key.clone()),
        value: Set(item.answer.as_ref().map(Raw::key)),
        fault: Set(item.fault.map(|fault| fault.key().to_string())),
        raw: Set(item.raw_answer.clone()),
        word: Set(item.word.clone()),
        comment: Set(item.comment.clone()),
        evidence: Set(item.evidence.clone()),
        planned_on: Set(item.planned_on),
        cell: Set(item.cell.clone()),
        rule: Set(item.rule.clone()),
        item_id: Set(fit.map(|fit| fit.item)),
        sureness: Set(fit.map(|fit| fit.sureness.key().to_string()).unwrap_or_default()),
    }
}
