//! A sheet with its questions and answers as the answering page shows it.

use super::asked::{Asked, given, raw_of};
use super::carry::{CARRIED, LastYear, last_year};
use super::standing::{Facts, standing};
use crate::Db;
use crate::entity::{answer, department, inspection, inspection_department, target};
use crate::error::{StoreError, StoreResult};
use crate::evidence::{File, attached};
use crate::inspection::{about, is_rehearsal};
use crate::sheet::{Supplement, supplements};
use domain::answer::{Raw, Value};
use domain::carry::carried;
use domain::inspection::{About, Visibility};
use domain::question::setting::{Attribute, Setting};
use domain::response::Given;
use domain::topic::Topic;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A sheet somebody owes.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub target: Uuid,
    /// Whose it is.
    pub person: Uuid,
    pub inspection: Uuid,
    /// It is only tried out: nothing of it counts.
    pub rehearsal: bool,
    pub department: Uuid,
    /// Name of the sheet.
    pub title: String,
    pub edition_label: String,
    pub inspection_name: String,
    pub about: About,
    pub fiscal_year: i32,
    pub due_on: Date,
    pub contact: String,
    pub visibility: Visibility,
    /// The information system the sheet is about, if it is about one.
    pub system: Option<String>,
    pub department_name: String,
    pub person_name: String,
    pub person_title: String,
    /// What the department had when the inspection began.
    pub attributes: Vec<Attribute>,
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
    /// The question's identity over the years.
    pub question: Uuid,
    pub no: i32,
    pub text: String,
    /// The condition that allows 該当なし.
    pub not_applicable: Option<String>,
    pub setting: Setting,
    /// The fiscal year answers are judged by.
    pub year: i32,
    /// Hidden for now by an earlier answer or by what the department does.
    pub hidden: bool,
    /// 補足説明, oldest first.
    pub supplements: Vec<Supplement>,
    /// new, same, minor, changed.
    pub change: String,
    pub clause_path: String,
    pub clause_text: String,
    /// The answer of the last fiscal year to the same question, in words.
    pub last: Option<String>,
    /// How it was worded then, if otherwise than now.
    pub last_text: Option<String>,
    /// The answer of the last fiscal year, where it may be taken over.
    pub carry: Option<Raw>,
    /// 証跡, oldest first.
    pub files: Vec<File>,
    pub answer: Option<Answer>,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// As it was given.
    pub raw: Option<Raw>,
    /// What it counts as.
    pub value: Option<Value>,
    pub comment: String,
    /// 証跡（文書名・保管場所）
    pub evidence: String,
    pub planned_on: Option<Date>,
    pub version: i32,
    pub at: OffsetDateTime,
    /// Taken over from the last fiscal year.
    pub carried: bool,
    /// The cell it was read from, if it came in a workbook.
    pub cell: Option<String>,
}

impl Item {
    /// The question as the rules see it.
    pub fn given(&self) -> Given {
        Given {
            no: self.no,
            may_be_na: self.not_applicable.is_some(),
            setting: self.setting.clone(),
            year: self.year,
            raw: self.answer.as_ref().and_then(|answer| answer.raw.clone()),
            comment: self.answer.as_ref().map(|answer| answer.comment.clone()).unwrap_or_default(),
            evidence: self.answer.as_ref().map(|answer| answer.evidence.clone()).unwrap_or_default(),
            files: self.files.len(),
            hidden: self.hidden,
        }
    }
}

impl Sheet {
    /// The inspection's name, unless the title says it already (令和8年度 情報セキュリティ自己点検票（職員）).
    pub fn name_beside_title(&self) -> Option<&str> {
        (!says(&self.title, &self.inspection_name)).then_some(&self.inspection_name)
    }

    /// All questions in their order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.chapters.iter().flat_map(|chapter| &chapter.items)
    }

    /// How many of the questions that are owed need nothing more.
    pub fn answered(&self) -> usize {
        self.items().filter(|item| !item.hidden && item.given().is_complete()).count()
    }

    /// How many questions are owed.
    pub fn total(&self) -> usize {
        self.items().filter(|item| !item.hidden).count()
    }

    /// When an answer was saved last.
    pub fn saved_at(&self) -> Option<OffsetDateTime> {
        self.items().filter_map(|item| item.answer.as_ref().map(|answer| answer.at)).max()
    }
}

/// Whether a title holds a name, wherever the blanks are.
fn says(title: &str, name: &str) -> bool {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    bare(title).contains(&bare(name))
}

/// Puts the sheet of a target together.
pub(crate) async fn sheet(db: &Db, target: target::Model) -> StoreResult<Sheet> {
    let (connection, editions) = (db.read(), db.editions());
    let inspection = inspection::Entity::find_by_id(target.inspection_id).one(connection).await?;
    let inspection = inspection.ok_or(StoreError::NotFound)?;
    let edition = editions.get(connection, target.edition_id).await?;
    let asked = &edition.asked;
    let department_name = department_name(connection, &target).await?;
    let due = crate::extension::due_days(connection, &inspection).await?;
    let facts = standing(connection, &target).await?;
    let answers = answers(connection, target.id).await?;
    let attributes = Attribute::list(&target.attributes);
    let mut added = supplements(connection, asked.iter().map(|one| one.row.id)).await?;
    let last = last_year(connection, editions, &target, inspection.fiscal_year).await?;
    let files = attached(connection, [target.id]).await?;
    let mut files = files.into_iter().map(|((_, item), files)| (item, files)).collect();
    Ok(Sheet {
        target: target.id,
        person: target.person_id,
        rehearsal: is_rehearsal(connection, inspection.id).await?,
        about: about(connection, inspection.id).await?,
        inspection: inspection.id,
        department: target.department_id,
        title: edition.row.title.clone(),
        edition_label: edition.row.label.clone(),
        visibility: inspection.visible(),
        inspection_name: inspection.name,
        fiscal_year: inspection.fiscal_year,
        due_on: due.of(target.department_id, target.person_id),
        contact: inspection.contact,
        system: target.system,
        department_name,
        person_name: target.person_name,
        person_title: target.title,
        facts,
        chapters: chapters(
            asked,
            &answers,
            (&attributes, inspection.fiscal_year),
            &last,
            (&mut added, &mut files),
        ),
        attributes,
    })
}

pub(crate) async fn department_name<C: ConnectionTrait>(
    connection: &C,
    target: &target::Model,
) -> StoreResult<String> {
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

/// The answers of a target by question.
pub(crate) async fn answers<C: ConnectionTrait>(
    connection: &C,
    target: Uuid,
) -> StoreResult<BTreeMap<Uuid, answer::Model>> {
    let rows = answer::Entity::find().filter(answer::Column::TargetId.eq(target)).all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.item_id, row)).collect())
}

/// Things beside questions.
type ByQuestion<T> = BTreeMap<Uuid, Vec<T>>;

fn chapters(
    asked: &[Asked],
    answers: &BTreeMap<Uuid, answer::Model>,
    (attributes, year): (&[Attribute], i32),
    last: &LastYear,
    (added, files): (&mut ByQuestion<Supplement>, &mut ByQuestion<File>),
) -> Vec<Chapter> {
    let counts = files.iter().map(|(item, files)| (*item, files.len())).collect();
    let given: BTreeMap<Uuid, Given> = given(asked, answers, &counts, attributes, year).into_iter().collect();
    let mut chapters: BTreeMap<i32, Vec<Item>> = BTreeMap::new();
    for Asked { row, setting } in asked {
        let answer = answers.get(&row.id).map(answer_of);
        let then = last.get(&row.question_id);
        chapters.entry(row.topic).or_default().push(Item {
            id: row.id,
            question: row.question_id,
            no: row.no,
            carry: carried(
                &row.change,
                &setting.scale,
                row.not_applicable.is_some(),
                then.map(|then| &then.last),
            ),
            files: files.remove(&row.id).unwrap_or_default(),
            last: then.and_then(|then| then.words.clone()),
            last_text: then.map(|then| then.text.clone()).filter(|text| *text != row.text),
            text: row.text.clone(),
            not_applicable: row.not_applicable.clone(),
            setting: setting.clone(),
            year,
            hidden: given.get(&row.id).is_some_and(|given| given.hidden),
            supplements: added.remove(&row.id).unwrap_or_default(),
            change: row.change.clone(),
            clause_path: row.clause_path.clone(),
            clause_text: row.clause_text.clone(),
            answer,
        });
    }
    let name = |number| Topic::from_number(number).map_or("その他", Topic::label);
    chapters.into_iter().map(|(number, items)| Chapter { number, name: name(number), items }).collect()
}

fn answer_of(row: &answer::Model) -> Answer {
    Answer {
        raw: raw_of(row),
        value: row.value.as_deref().and_then(Value::from_key),
        comment: row.comment.clone(),
        evidence: row.evidence.clone(),
        planned_on: row.planned_on,
        version: row.version,
        at: row.at,
        carried: row.source == CARRIED,
        cell: row.source_cell.clone(),
    }
}
