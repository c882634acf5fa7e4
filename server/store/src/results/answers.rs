//! The answers behind a figure.

pub mod export;

use super::build::role_name;
use super::load::{self, Unit, Year, submitted_targets};
use super::{Cell, hides_few};
use crate::Db;
use crate::access::require;
use crate::entity::{answer, edition_item, inspection_department, target};
use crate::error::{StoreError, StoreResult};
use crate::evidence::{File, attached};
use crate::inspection::about;
use crate::ledger::NewEvent;
use crate::ledger::look::look;
use crate::response::{omitted_answers, raw_of};
use crate::retention::{self, Gone};
use domain::actor::Actor;
use domain::answer::Value;
use domain::inspection::Visibility;
use domain::permission::{Action, Reach, reach, sees_answers};
use domain::rate::{Scoring, Tally};
use domain::results::FEWEST;
use domain::topic::Topic;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, RelationDef, Select,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Answers on one page.
pub const PAGE: u64 = 50;

/// Which answers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Behind {
    /// A 部 or a 課.
    pub department: Option<Uuid>,
    pub topic: Option<Topic>,
    /// A question, by its identity or as it stands in an edition.
    pub question: Option<Uuid>,
    pub value: Option<Value>,
    /// From 1.
    pub page: u64,
}

/// One answer of a sheet that was handed in.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerRow {
    pub target: Uuid,
    pub department: String,
    pub person: String,
    /// Entered by somebody else (代理入力).
    pub by_proxy: bool,
    pub role: String,
    pub no: i32,
    pub text: String,
    /// What it counts as; none if it is only to know.
    pub value: Option<Value>,
    /// The answer in words where it is not one of ○△×.
    pub words: Option<String>,
    pub comment: String,
    /// 証跡（文書名・保管場所）
    pub evidence: String,
    /// 証跡のファイル
    pub files: Vec<File>,
    pub planned_on: Option<Date>,
}

/// A figure and what stands behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    pub inspection: Uuid,
    pub inspection_name: String,
    /// 全庁, or the 部 or 課.
    pub scope: String,
    pub topic: Option<Topic>,
    /// The question's number and wording, if only one is asked for.
    pub question: Option<(i32, String, String)>,
    pub counts: Cell,
    /// The rule the inspection is scored by.
    pub scoring: Scoring,
    /// The distribution of answers on another scale, if one question is asked for and nothing is hidden.
    pub summary: Vec<String>,
    /// Why there is no list; none if there is one.
    pub withheld: Option<&'static str>,
    pub rows: Vec<AnswerRow>,
    /// Answers in the whole list.
    pub total: u64,
    pub page: u64,
    /// Some of the answers were disposed of; the counts are those of all.
    pub gone: Option<Gone>,
}

const NOT_OWN: &str = "個別の回答は、自分の所属の分だけを表示できます。ここでは件数だけを示しています。";
const TOTALS: &str = "この点検では、所属長に示すのは集計だけです。個別の回答は表示しません。回答者が5人に満たない数値も示しません。";
const ANONYMOUS: &str =
    "この点検は無記名式です。個別の回答は表示しません。回答者が5人に満たない数値も示しません。";
const NO_ROLE: &str = "個別の回答は表示できません。ここでは件数だけを示しています。";

/// The answers behind a figure: counts for everybody who may see the figure, the list for who may see answers.
/// Looking at the list is recorded.
///
/// # Errors
/// `Forbidden` without permission; `NotFound` for something unknown or out of reach.
pub async fn answers(
    db: &Db,
    actor: &Actor,
    inspection: Uuid,
    behind: Behind,
    now: OffsetDateTime,
) -> StoreResult<Answers> {
    let Scope { see, year, unit, of, items, withheld } = scope(db.read(), actor, inspection, behind).await?;
    let mut answers = Answers {
        inspection,
        inspection_name: year.inspection.name.clone(),
        scope: unit.as_ref().map_or_else(|| "全庁".to_string(), |unit| unit.name.clone()),
        topic: behind.topic,
        question: question(&year, behind, &items),
        scoring: about(db.read(), inspection).await?.scoring,
        counts: counts(&year, &of, &items, hides_few(&year.inspection, &see)),
        summary: Vec::new(),
        withheld,
        rows: Vec::new(),
        total: 0,
        page: behind.page.max(1),
        gone: retention::gone(db.read(), inspection, of.iter().copied()).await?,
    };
    if behind.question.is_some() && !answers.counts.hidden {
        answers.summary = summary(&year, &of, &items);
    }
    if answers.withheld.is_none() {
        list(db, &year, &of, &items, behind, &mut answers).await?;
        record_reading(db, actor, behind, &answers, now).await?;
    }
    Ok(answers)
}

/// What stands behind a figure, and how much of it this reader sees.
struct Scope {
    see: Reach,
    year: Year,
    /// None for the city.
    unit: Option<Unit>,
    of: BTreeSet<Uuid>,
    items: BTreeSet<Uuid>,
    withheld: Option<&'static str>,
}

async fn scope<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    inspection: Uuid,
    behind: Behind,
) -> StoreResult<Scope> {
    let see = require(actor, Action::SeeResults)?;
    let year = Year::load(connection, load::inspection(connection, inspection).await?).await?;
    let unit = behind.department.map(|id| year.unit(id).ok_or(StoreError::NotFound)).transpose()?;
    if unit.as_ref().is_some_and(|unit| !unit.departments.iter().all(|id| see.covers(*id))) {
        return Err(StoreError::NotFound);
    }
    let of = unit.as_ref().map_or_else(|| year.everything(), |unit| unit.departments.clone());
    let items = chosen_items(&year, behind)?;
    let withheld = withheld(actor, &year, unit.as_ref());
    Ok(Scope { see, year, unit, of, items, withheld })
}

fn chosen_items(year: &Year, behind: Behind) -> StoreResult<BTreeSet<Uuid>> {
    let wanted = |item: &&load::Item| {
        behind.topic.is_none_or(|topic| topic.number() == item.row.topic)
            && behind.question.is_none_or(|id| id == item.row.id || id == item.row.question_id)
    };
    let items: BTreeSet<Uuid> = year.items.iter().filter(wanted).map(|item| item.row.id).collect();
    if behind.question.is_some() && items.is_empty() { Err(StoreError::NotFound) } else { Ok(items) }
}

fn question(year: &Year, behind: Behind, items: &BTreeSet<Uuid>) -> Option<(i32, String, String)> {
    behind.question?;
    let item = year.items.iter().find(|item| items.contains(&item.row.id))?;
    Some((item.row.no, role_name(&item.role), item.row.text.clone()))
}

fn counts(year: &Year, of: &BTreeSet<Uuid>, items: &BTreeSet<Uuid>, few: bool) -> Cell {
    let counts = year.per_item(of);
    let chosen = || {
        year.items
            .iter()
            .zip(&counts)
            .filter(|(item, _)| items.contains(&item.row.id))
            .map(|(_, tally)| *tally)
    };
    let mut cell = Cell { tally: chosen().sum(), hidden: false };
    let told = year.items.iter().zip(year.beside(of)).filter(|(item, _)| items.contains(&item.row.id));
    let told = told.map(|(_, beside)| beside.told);
    let answered = chosen().map(|tally: Tally| tally.answered());
    let people = answered.zip(told).map(|(answered, told)| answered + told).max().unwrap_or_default();
    if few && (1..FEWEST).contains(&people) {
        cell.hide();
    }
    cell
}

fn summary(year: &Year, of: &BTreeSet<Uuid>, items: &BTreeSet<Uuid>) -> Vec<String> {
    let index = year.items.iter().position(|item| items.contains(&item.row.id));
    index.map(|index| year.summary(of, index)).unwrap_or_default()
}

/// Why the individual answers are not shown to this reader.
fn withheld(actor: &Actor, year: &Year, unit: Option<&Unit>) -> Option<&'static str> {
    let Some(see) = reach(actor, Action::SeeAnswers) else { return Some(NO_ROLE) };
    let visibility = year.inspection.visible();
    if visibility == Visibility::Anonymous {
        return Some(ANONYMOUS);
    }
    let own = unit.is_some_and(|unit| unit.departments.iter().all(|id| see.covers(*id)));
    let each = |unit: &Unit| unit.departments.iter().all(|id| sees_answers(actor, visibility, *id));
    match unit.map_or(see == Reach::City, each) {
        true => None,
        false if own => Some(TOTALS),
        false => Some(NOT_OWN),
    }
}

fn to_target() -> RelationDef {
    answer::Entity::belongs_to(target::Entity).from(answer::Column::TargetId).to(target::Column::Id).into()
}

fn to_item() -> RelationDef {
    answer::Entity::belongs_to(edition_item::Entity)
        .from(answer::Column::ItemId)
        .to(edition_item::Column::Id)
        .into()
}

fn to_place() -> RelationDef {
    target::Entity::belongs_to(inspection_department::Entity)
        .from((target::Column::InspectionId, target::Column::DepartmentId))
        .to((inspection_department::Column::InspectionId, inspection_department::Column::DepartmentId))
        .into()
}

/// Answers to these questions, with this value, that are owed.
fn asked(
    query: Select<answer::Entity>,
    items: &BTreeSet<Uuid>,
    value: Option<Value>,
) -> Select<answer::Entity> {
    let query = query
        .filter(answer::Column::ItemId.is_in(items.iter().copied()))
        .filter(answer::Column::Id.not_in_subquery(omitted_answers()));
    match value {
        Some(value) => query.filter(answer::Column::Value.eq(value.key())),
        None => query.filter(
            Condition::any().add(answer::Column::Value.is_not_null()).add(answer::Column::Raw.is_not_null()),
        ),
    }
}

async fn list(
    db: &Db,
    year: &Year,
    of: &BTreeSet<Uuid>,
    items: &BTreeSet<Uuid>,
    behind: Behind,
    answers: &mut Answers,
) -> StoreResult<()> {
    let query = asked(answer::Entity::find(), items, behind.value)
        .join(JoinType::InnerJoin, to_target())
        .join(JoinType::InnerJoin, to_item())
        .join(JoinType::InnerJoin, to_place())
        .filter(target::Column::InspectionId.eq(year.inspection.id))
        .filter(target::Column::DepartmentId.is_in(of.iter().copied()))
        .filter(target::Column::Id.in_subquery(submitted_targets()))
        .order_by_asc(inspection_department::Column::Position)
        .order_by_asc(target::Column::PersonKana)
        .order_by_asc(target::Column::Id)
        .order_by_asc(edition_item::Column::No);
    let pages = query.paginate(db.read(), PAGE);
    answers.total = pages.num_items().await?;
    let rows = pages.fetch_page(answers.page - 1).await?;
    answers.rows = told(db.read(), year, rows).await?;
    Ok(())
}

async fn told<C: ConnectionTrait>(
    connection: &C,
    year: &Year,
    rows: Vec<answer::Model>,
) -> StoreResult<Vec<AnswerRow>> {
    let targets: BTreeMap<Uuid, target::Model> = target::Entity::find()
        .filter(target::Column::Id.is_in(rows.iter().map(|row| row.target_id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|target| (target.id, target))
        .collect();
    let item = |id: Uuid| year.items.iter().find(|item| item.row.id == id);
    let place = |id: Uuid| year.departments.iter().find(|row| row.department_id == id);
    let mut files = attached(connection, targets.keys().copied()).await?;
    let row = |row: answer::Model| {
        let target = targets.get(&row.target_id)?;
        let item = item(row.item_id)?;
        Some(AnswerRow {
            target: row.target_id,
            department: place(target.department_id)?.name.clone(),
            person: target.person_name.clone(),
            by_proxy: row.source == "proxy",
            role: role_name(&item.role),
            no: item.row.no,
            text: item.row.text.clone(),
            value: row.value.as_deref().and_then(Value::from_key),
            words: raw_of(&row).filter(|_| row.raw.is_some()).map(|raw| item.setting.words(&raw)),
            comment: row.comment,
            evidence: row.evidence,
            files: files.remove(&(row.target_id, row.item_id)).unwrap_or_default(),
            planned_on: row.planned_on,
        })
    };
    Ok(rows.into_iter().filter_map(row).collect())
}

async fn record_reading(
    db: &Db,
    actor: &Actor,
    behind: Behind,
    answers: &Answers,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let payload = json!({
        "scope": answers.scope,
        "department": behind.department,
        "topic": behind.topic.map(Topic::number),
        "question": behind.question,
        "value": behind.value.map(Value::key),
        "page": answers.page,
        "answers": answers.rows.len(),
    });
    look(db, actor, now, NewEvent::new("inspection", answers.inspection, "answers.read", payload)).await
}
