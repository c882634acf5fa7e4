//! A sheet with its questions and answers as the answering page shows it.

use super::standing::{Facts, standing};
use crate::entity::{answer, department, edition, edition_item, inspection, inspection_department, target};
use crate::error::{StoreError, StoreResult};
use domain::answer::Value;
use domain::response::Given;
use domain::topic::Topic;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A sheet somebody owes.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub target: Uuid,
    pub inspection: Uuid,
    pub department: Uuid,
    /// Name of the sheet.
    pub title: String,
    pub edition_label: String,
    pub inspection_name: String,
    pub fiscal_year: i32,
    pub due_on: Date,
    pub contact: String,
    /// named or totals.
    pub visibility: String,
    /// The information system the sheet is about, if it is about one.
    pub system: Option<String>,
    pub department_name: String,
    pub person_name: String,
    pub person_title: String,
    pub facts: Facts,
    pub chapters: Vec<Chapter>,
}

/// The questions of one chapter of the guideline.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// 1 to 9.
    pub number: i32,
    pub name: &'static str,
    pub items: Vec<Item>,
}

/// One question.
#[derive(Debug, Clone)]
pub struct Item {
    pub id: Uuid,
    pub no: i32,
    pub text: String,
    /// The condition that allows 該当なし.
    pub not_applicable: Option<String>,
    /// new, same, minor, changed.
    pub change: String,
    pub clause_path: String,
    pub clause_text: String,
    /// The answer of the last fiscal year to the same question.
    pub last_value: Option<Value>,
    /// How it was worded then, if otherwise than now.
    pub last_text: Option<String>,
    pub answer: Option<Answer>,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub value: Option<Value>,
    pub comment: String,
    pub planned_on: Option<Date>,
    pub version: i32,
    pub at: OffsetDateTime,
    /// The cell it was read from, if it came in a workbook.
    pub cell: Option<String>,
}

impl Item {
    /// The question as the rules see it.
    pub fn given(&self) -> Given {
        Given {
            no: self.no,
            may_be_na: self.not_applicable.is_some(),
            value: self.answer.as_ref().and_then(|answer| answer.value),
            comment: self.answer.as_ref().map(|answer| answer.comment.clone()).unwrap_or_default(),
        }
    }
}

impl Sheet {
    /// All questions in their order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.chapters.iter().flat_map(|chapter| &chapter.items)
    }

    /// How many questions need nothing more.
    pub fn answered(&self) -> usize {
        self.items().filter(|item| item.given().is_complete()).count()
    }

    /// How many questions there are.
    pub fn total(&self) -> usize {
        self.items().count()
    }

    /// When an answer was saved last.
    pub fn saved_at(&self) -> Option<OffsetDateTime> {
        self.items().filter_map(|item| item.answer.as_ref().map(|answer| answer.at)).max()
    }
}

/// Puts the sheet of a target together.
pub(crate) async fn sheet<C: ConnectionTrait>(connection: &C, target: target::Model) -> StoreResult<Sheet> {
    let inspection = inspection::Entity::find_by_id(target.inspection_id).one(connection).await?;
    let edition = edition::Entity::find_by_id(target.edition_id).one(connection).await?;
    let (inspection, edition) =
        (inspection.ok_or(StoreError::NotFound)?, edition.ok_or(StoreError::NotFound)?);
    let department_name = department_name(connection, &target).await?;
    let facts = standing(connection, &target).await?;
    let items = items(connection, edition.id).await?;
    let answers = answers(connection, target.id).await?;
    let last = last_year(connection, &target, inspection.fiscal_year).await?;
    Ok(Sheet {
        target: target.id,
        inspection: inspection.id,
        department: target.department_id,
        title: edition.title,
        edition_label: edition.label,
        inspection_name: inspection.name,
        fiscal_year: inspection.fiscal_year,
        due_on: inspection.due_on,
        contact: inspection.contact,
        visibility: inspection.visibility,
        system: target.system,
        department_name,
        person_name: target.person_name,
        person_title: target.title,
        facts,
        chapters: chapters(items, &answers, &last),
    })
}

async fn department_name<C: ConnectionTrait>(connection: &C, target: &target::Model) -> StoreResult<String> {
    let frozen = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(target.inspection_id))
        .filter(inspection_department::Column::DepartmentId.eq(target.department_id))
        .one(connection)
        .await?;
    if let Some(frozen) = frozen {
        return Ok(frozen.name);
    }
    let department = department::Entity::find_by_id(target.department_id).one(connection).await?;
    Ok(department.map(|department| department.name).unwrap_or_default())
}

/// The questions of an edition in their order.
pub(crate) async fn items<C: ConnectionTrait>(
    connection: &C,
    edition: Uuid,
) -> StoreResult<Vec<edition_item::Model>> {
    Ok(edition_item::Entity::find()
        .filter(edition_item::Column::EditionId.eq(edition))
        .order_by_asc(edition_item::Column::No)
        .all(connection)
        .await?)
}

/// The answers of a target by question.
pub(crate) async fn answers<C: ConnectionTrait>(
    connection: &C,
    target: Uuid,
) -> StoreResult<BTreeMap<Uuid, answer::Model>> {
    let rows = answer::Entity::find().filter(answer::Column::TargetId.eq(target)).all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.item_id, row)).collect())
}

/// The answer of the last fiscal year and how the question was worded then, by the question's identity.
type LastYear = BTreeMap<Uuid, (Option<Value>, String)>;

async fn last_year<C: ConnectionTrait>(
    connection: &C,
    target: &target::Model,
    year: i32,
) -> StoreResult<LastYear> {
    let earlier = target::Entity::find()
        .filter(target::Column::PersonId.eq(target.person_id))
        .filter(target::Column::Role.eq(&target.role))
        .filter(target::Column::Id.ne(target.id))
        .all(connection)
        .await?;
    let earlier: Vec<_> = earlier.into_iter().filter(|other| other.system == target.system).collect();
    if earlier.is_empty() {
        return Ok(LastYear::new());
    }
    let ids: BTreeSet<Uuid> = earlier.iter().map(|other| other.inspection_id).collect();
    let last = inspection::Entity::find()
        .filter(inspection::Column::Id.is_in(ids))
        .filter(inspection::Column::FiscalYear.lt(year))
        .order_by_desc(inspection::Column::FiscalYear)
        .order_by_desc(inspection::Column::At)
        .one(connection)
        .await?;
    let Some(last) = last.and_then(|last| earlier.iter().find(|other| other.inspection_id == last.id)) else {
        return Ok(LastYear::new());
    };
    let answers = answers(connection, last.id).await?;
    let value = |id| answers.get(&id).and_then(|row| row.value.as_deref()).and_then(Value::from_key);
    let items = items(connection, last.edition_id).await?;
    Ok(items.into_iter().map(|item| (item.question_id, (value(item.id), item.text))).collect())
}

fn chapters(
    items: Vec<edition_item::Model>,
    answers: &BTreeMap<Uuid, answer::Model>,
    last: &LastYear,
) -> Vec<Chapter> {
    let mut chapters: BTreeMap<i32, Vec<Item>> = BTreeMap::new();
    for item in items {
        let answer = answers.get(&item.id).map(answer_of);
        let then = last.get(&item.question_id);
        chapters.entry(item.topic).or_default().push(Item {
            id: item.id,
            no: item.no,
            last_value: then.and_then(|(value, _)| *value),
            last_text: then.map(|(_, text)| text.clone()).filter(|text| *text != item.text),
            text: item.text,
            not_applicable: item.not_applicable,
            change: item.change,
            clause_path: item.clause_path,
            clause_text: item.clause_text,
            answer,
        });
    }
    let name = |number| Topic::from_number(number).map_or("その他", Topic::label);
    chapters.into_iter().map(|(number, items)| Chapter { number, name: name(number), items }).collect()
}

fn answer_of(row: &answer::Model) -> Answer {
    Answer {
        value: row.value.as_deref().and_then(Value::from_key),
        comment: row.comment.clone(),
        planned_on: row.planned_on,
        version: row.version,
        at: row.at,
        cell: row.source_cell.clone(),
    }
}
