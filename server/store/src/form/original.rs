//! Answers of the browser into the workbook a department sent: whose form it is, which question a row means, and which
//! cell takes which answer. Nothing of the inspection changes; the workbook is a working copy of its bringer.

mod plan;

pub use plan::{Left, Line, Owner, Plan, PlannedForm};

use super::{ANONYMOUS, may_read};
use crate::Db;
use crate::access::require;
use crate::entity::{inspection, inspection_department, original};
use crate::error::{StoreError, StoreResult};
use crate::evidence::sha256;
use crate::intake;
use crate::ledger::look::look;
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::form::head::Stands;
use domain::form::old::Old;
use domain::form::placing::{Place, Wording};
use domain::inspection::Visibility;
use domain::permission::{Action, sees_answers};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

const NOTHING: &str = "この点検に、回答を閲覧できる所属がありません。";

/// A working copy is kept so long.
pub const KEPT: Duration = Duration::hours(24);

/// A workbook as it came, with what was recognised in it.
#[derive(Debug, Clone)]
pub struct NewOriginal {
    pub name: String,
    pub content: Vec<u8>,
    pub forms: Vec<ReadForm>,
}

/// A form in it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadForm {
    /// Name of the sheet.
    pub sheet: String,
    /// What stands in its head; empty where it says nothing.
    pub department: String,
    pub person: String,
    pub staff_no: String,
    pub system: String,
    /// The same with their cells.
    pub head: Vec<Stands>,
    /// What was written about the whole form: its cell (empty where it can't be emptied) and text.
    pub remark: Option<(String, String)>,
    /// How it writes its answers.
    pub wording: Wording,
    pub rows: Vec<ReadRow>,
    /// Whose it is, where a person settled that before.
    pub owner: Option<Uuid>,
}

/// A question of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadRow {
    pub no: String,
    pub question: String,
    /// What stands there now.
    pub raw: String,
    pub comment: String,
    /// The cells of its answer.
    pub places: Vec<Place>,
    pub comment_cell: Option<String>,
    /// The answer is a shape, a line or the result of a formula: emptying its cell would not take it away.
    pub fixed: bool,
    /// The question it means, where a person settled that before.
    pub item: Option<Uuid>,
}

/// What the reader chose for the forms of a workbook, by their place from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// The owner of a form, or that nothing is written into it.
    pub owners: BTreeMap<usize, Option<Uuid>>,
    /// Rows (form and row, from 0) that were proposed and confirmed, with the question they mean. A row that is proposed
    /// for another question meanwhile is confirmed no longer.
    pub rows: BTreeMap<(usize, usize), Uuid>,
    /// Whether the owner's name, department and day are written into the head of a form.
    pub heads: BTreeMap<usize, bool>,
    /// What becomes of entries in rows that get no answer.
    pub rests: BTreeMap<usize, Old>,
    /// What becomes of remarks beside answers that have none.
    pub notes: BTreeMap<usize, Old>,
}

/// A cell and what it shall hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub sheet: String,
    pub cell: String,
    /// Empty clears it.
    pub text: String,
    /// The text is a day and the cell holds days.
    pub day: bool,
}

/// The departments of an inspection whose answers the actor may read.
async fn readable(
    db: &Db,
    actor: &Actor,
    inspection: &inspection::Model,
) -> StoreResult<Vec<inspection_department::Model>> {
    let mut places = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(inspection.id))
        .order_by_asc(inspection_department::Column::Position)
        .all(db.read())
        .await?;
    let visibility = inspection.visible();
    let all: Vec<Uuid> = places.iter().map(|place| place.department_id).collect();
    places.retain(|place| sees_answers(actor, visibility, place.department_id));
    if places.is_empty() {
        return match may_read(actor, inspection, all) {
            Err(StoreError::NotFound) => Err(StoreError::refused(NOTHING)),
            Err(error) => Err(error),
            Ok(()) => Ok(places),
        };
    }
    Ok(places)
}

/// Keeps a workbook for a day, to be filled.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown inspection; a refusal where the inspection's mode keeps its
/// answers from the actor.
pub async fn keep(
    db: &Db,
    actor: &Actor,
    inspection_id: Uuid,
    new: NewOriginal,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require(actor, Action::SeeAnswers)?;
    let inspection = inspection::Entity::find_by_id(inspection_id).one(db.read()).await?;
    let inspection = inspection.ok_or(StoreError::NotFound)?;
    if inspection.visible() == Visibility::Anonymous {
        return Err(StoreError::refused(ANONYMOUS));
    }
    readable(db, actor, &inspection).await?;
    let (id, digest) = (Uuid::now_v7(), sha256(&new.content));
    let row = original::ActiveModel {
        id: Set(id),
        inspection_id: Set(inspection_id),
        name: Set(new.name.clone()),
        sha256: Set(digest.clone()),
        content: Set(new.content),
        reading: Set(serde_json::to_string(&new.forms)?),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let txn = db.begin().await?;
    original::Entity::insert(row).exec_without_returning(&txn).await?;
    let after = json!({ "file": new.name, "sha256": digest });
    let event = NewEvent::created("inspection", inspection_id, "original.brought", after);
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(id)
}

/// Throws away the working copies that are older than a day.
///
/// # Errors
/// When the database fails.
pub async fn sweep(db: &Db, now: OffsetDateTime) -> StoreResult<()> {
    let txn = db.begin().await?;
    original::Entity::delete_many().filter(original::Column::At.lte(now - KEPT)).exec(&txn).await?;
    Ok(txn.commit().await?)
}

/// What would be written into a workbook. Looking at it is looking at answers, and is recorded.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown workbook, another person's, or one older than a day.
pub async fn page(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    choices: &Choices,
    search: &str,
    now: OffsetDateTime,
) -> StoreResult<Plan> {
    let row = own(db, actor, id, now).await?;
    let plan = plan::plan(db, actor, &row, choices, search).await?;
    if plan.answers() > 0 {
        let told = json!({ "scope": plan.name, "answers": plan.answers() });
        look(db, actor, now, NewEvent::new("inspection", row.inspection_id, "answers.read", told)).await?;
    }
    Ok(plan)
}

/// The workbook as it came, the cells to be filled, and how the file with them is called. Answers leave the house with
/// it: that is recorded, for each of their owners as well.
///
/// # Errors
/// As [`page`]; a refusal when there is nothing to write.
pub async fn filling(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    choices: &Choices,
    now: OffsetDateTime,
) -> StoreResult<(String, Vec<u8>, Vec<Cell>)> {
    let row = own(db, actor, id, now).await?;
    let plan = plan::plan(db, actor, &row, choices, "").await?;
    let cells = plan.cells();
    if cells.is_empty() {
        return Err(StoreError::refused(
            "書き込める回答がありません。対象を選び、提出された回答があることを確かめてください。",
        ));
    }
    let owners = plan.owners();
    let told =
        json!({ "file": row.name, "sha256": row.sha256, "sheets": owners.len(), "answers": plan.answers() });
    let mut events = vec![NewEvent::new("inspection", row.inspection_id, "original.filled", told)];
    events.extend(owners.into_iter().map(|(target, person)| {
        let told = json!({ "person": person, "form": "元の様式" });
        NewEvent::new("target", target, "response.exported", told)
    }));
    let txn = db.begin().await?;
    ledger::append(&txn, &actor.into(), now, events).await?;
    txn.commit().await?;
    Ok((plan.filled_name(), row.content, cells))
}

/// A working copy is nobody's but its bringer's.
async fn own(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<original::Model> {
    require(actor, Action::SeeAnswers)?;
    original::Entity::find_by_id(id)
        .filter(original::Column::ByPersonId.eq(actor.person_id))
        .filter(original::Column::At.gt(now - KEPT))
        .one(db.read())
        .await?
        .ok_or(StoreError::NotFound)
}

/// Puts what was settled for a file that was brought in beside what was recognised in it.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown file. Gives its inspection.
pub async fn settled(db: &Db, actor: &Actor, file: Uuid, forms: &mut [ReadForm]) -> StoreResult<Uuid> {
    let (inspection, settled) = intake::settled(db, actor, file).await?;
    for (form, (owner, items)) in forms.iter_mut().zip(settled) {
        form.owner = owner;
        for (row, item) in form.rows.iter_mut().zip(items) {
            row.item = item;
        }
    }
    Ok(inspection)
}
