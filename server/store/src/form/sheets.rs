//! Sheets to be written as workbooks: portion by portion, so that ten thousand of them take no more memory than the
//! largest portion.

use super::list::{handed_in, owing};
use super::{Ground, ground, may_read};
use crate::Db;
use crate::entity::{answer, edition, inspection, inspection_department, target};
use crate::error::{StoreError, StoreResult};
use crate::extension::due_days;
use crate::ledger::NewEvent;
use crate::ledger::look::export;
use crate::response::{Asked, asked, given, omitted_answers, raw_of};
use domain::actor::Actor;
use domain::answer::Raw;
use domain::calendar::day;
use domain::inspection::extension::DueDays;
use domain::question::setting::{Attribute, Setting, Shown};
use domain::role::Role;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Sheets in one workbook at most: more tabs than this nobody finds anything in, and Excel opens them slowly.
pub const VOLUME: usize = 200;

/// Which sheets are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All the actor sees, a workbook for each 部.
    All,
    /// Those of a 部.
    Division(Uuid),
    /// Those of a 課.
    Department(Uuid),
    /// One sheet.
    Target(Uuid),
}

/// A sheet with its questions.
#[derive(Debug, Clone)]
pub struct Filled {
    pub target: Uuid,
    pub title: String,
    pub edition_label: String,
    pub inspection_name: String,
    pub due_on: Date,
    pub contact: String,
    pub department: String,
    pub person: String,
    pub system: Option<String>,
    /// It was handed in.
    pub submitted: bool,
    /// The day of that, on a sheet with its answers.
    pub answered_on: Option<Date>,
    pub questions: Vec<FilledQuestion>,
}

/// A question that the department owes an answer to, or may owe depending on an earlier one.
#[derive(Debug, Clone)]
pub struct FilledQuestion {
    pub id: Uuid,
    /// The question's identity over the years.
    pub question: Uuid,
    pub no: i32,
    /// Number of the chapter.
    pub topic: i32,
    pub text: String,
    pub not_applicable: Option<String>,
    pub setting: Setting,
    pub clause_path: String,
    pub answer: Option<FilledAnswer>,
}

/// An answer on it.
#[derive(Debug, Clone)]
pub struct FilledAnswer {
    pub raw: Raw,
    pub comment: String,
    pub evidence: String,
}

/// Workbooks under way: what is asked for, and what is not written yet.
pub struct Order {
    db: Db,
    /// The inspection's name.
    pub inspection_name: String,
    /// What is asked for, in words: 全庁, a 部, a 課, a person.
    pub scope: String,
    /// The same for the name of the file: of a person with 所属.
    pub stem: String,
    inspection: inspection::Model,
    places: BTreeMap<Uuid, inspection_department::Model>,
    due: DueDays,
    editions: BTreeMap<Uuid, (edition::Model, Vec<Asked>)>,
    submitted: BTreeMap<Uuid, OffsetDateTime>,
    with_answers: bool,
    /// The last one is the next to be written.
    books: Vec<(String, Vec<target::Model>)>,
}

/// Asks for sheets, empty or with the answers handed in. That they leave the house is recorded.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` out of reach; a refusal where the mode keeps the answers from the actor, or
/// nothing is owed there.
pub async fn order(
    db: &Db,
    actor: &Actor,
    inspection: Uuid,
    which: Which,
    with_answers: bool,
    now: OffsetDateTime,
) -> StoreResult<Order> {
    let ground = ground(db, actor, inspection).await?;
    let (scope, departments, one) = chosen(db, &ground, which).await?;
    if with_answers {
        may_read(actor, &ground.inspection, departments.iter().copied())?;
    }
    let mut targets = owing(inspection, &departments).all(db.read()).await?;
    targets.retain(|target| one.is_none_or(|one| one == target.id));
    if targets.is_empty() {
        return Err(match one {
            Some(_) => StoreError::NotFound,
            None => StoreError::refused("点検票を出す対象がありません。"),
        });
    }
    let submitted = handed_in(db, &targets).await?;
    let places: BTreeMap<Uuid, inspection_department::Model> =
        ground.places.into_iter().map(|place| (place.department_id, place)).collect();
    let place = one.and(targets.first()).and_then(|target| places.get(&target.department_id));
    let stem = place.map_or_else(|| scope.clone(), |place| format!("{}_{scope}", place.name));
    let event = told(&ground.inspection, which, &scope, &targets, with_answers);
    export(db, &actor.into(), now, event).await?;
    Ok(Order {
        inspection_name: ground.inspection.name.clone(),
        due: due_days(db.read(), &ground.inspection).await?,
        editions: editions(db, &targets).await?,
        books: books(&scope, which, targets, &places),
        db: db.clone(),
        scope,
        stem,
        places,
        submitted,
        with_answers,
        inspection: ground.inspection,
    })
}

/// In words, the departments, and the one sheet if only one is asked for.
async fn chosen(db: &Db, ground: &Ground, which: Which) -> StoreResult<(String, Vec<Uuid>, Option<Uuid>)> {
    let of = |wanted: &dyn Fn(&inspection_department::Model) -> bool| {
        let places: Vec<_> = ground.places.iter().filter(|place| wanted(place)).cloned().collect();
        if places.is_empty() { Err(StoreError::NotFound) } else { Ok(places) }
    };
    let ids = |places: &[inspection_department::Model]| -> Vec<Uuid> {
        places.iter().map(|place| place.department_id).collect()
    };
    match which {
        // Who reaches nothing of this inspection owes nothing there and takes nothing out.
        Which::All => Ok(("全庁".to_string(), ids(&ground.places), None)),
        Which::Division(id) => {
            let places = of(&|place| place.division_id == id)?;
            Ok((places[0].division_name.clone(), ids(&places), None))
        }
        Which::Department(id) => {
            let places = of(&|place| place.department_id == id)?;
            Ok((places[0].name.clone(), ids(&places), None))
        }
        Which::Target(id) => {
            let target = target::Entity::find_by_id(id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
            let places = of(&|place| place.department_id == target.department_id)?;
            Ok((target.person_name, ids(&places), Some(id)))
        }
    }
}

fn told(
    inspection: &inspection::Model,
    which: Which,
    scope: &str,
    targets: &[target::Model],
    with_answers: bool,
) -> NewEvent {
    let kind = if with_answers { "回答入り" } else { "空" };
    match which {
        Which::Target(id) => {
            let told = json!({ "person": scope, "form": format!("xlsx（{kind}）") });
            NewEvent::new("target", id, "response.exported", told)
        }
        _ => {
            let told = json!({ "scope": scope, "sheets": targets.len(), "form": format!("xlsx（{kind}）") });
            NewEvent::new("inspection", inspection.id, "form.exported", told)
        }
    }
}

async fn editions(
    db: &Db,
    targets: &[target::Model],
) -> StoreResult<BTreeMap<Uuid, (edition::Model, Vec<Asked>)>> {
    let ids: BTreeSet<Uuid> = targets.iter().map(|target| target.edition_id).collect();
    let rows = edition::Entity::find().filter(edition::Column::Id.is_in(ids.clone())).all(db.read()).await?;
    let mut of: BTreeMap<Uuid, Vec<Asked>> = BTreeMap::new();
    for one in asked(db.read(), ids).await? {
        of.entry(one.row.edition_id).or_default().push(one);
    }
    let with_questions = |row: edition::Model| {
        let asked = of.remove(&row.id).unwrap_or_default();
        (row.id, (row, asked))
    };
    Ok(rows.into_iter().map(with_questions).collect())
}

/// The workbooks, the first one last: by 部 where all are asked for, each of [`VOLUME`] sheets at most.
fn books(
    scope: &str,
    which: Which,
    mut targets: Vec<target::Model>,
    places: &BTreeMap<Uuid, inspection_department::Model>,
) -> Vec<(String, Vec<target::Model>)> {
    let order = |target: &target::Model| {
        let place = places.get(&target.department_id).map(|place| place.position);
        let rank = match Role::from_key(&target.role) {
            Some(Role::Manager) => 0,
            Some(Role::SystemManager) => 1,
            _ => 2,
        };
        (place, rank, target.person_kana.clone(), target.id)
    };
    targets.sort_by_cached_key(order);
    let mut of: Vec<(String, Option<Uuid>, Vec<target::Model>)> = Vec::new();
    for target in targets {
        let place = places.get(&target.department_id).filter(|_| which == Which::All);
        let division = place.map(|place| place.division_id);
        match of.iter_mut().find(|(_, id, _)| *id == division) {
            Some((.., own)) => own.push(target),
            None => {
                let name = place.map_or(scope, |place| place.division_name.as_str());
                of.push((name.to_string(), division, vec![target]));
            }
        }
    }
    let mut books = Vec::new();
    for (name, _, mut targets) in of {
        let several = targets.len() > VOLUME;
        for number in 1.. {
            let rest = targets.split_off(targets.len().min(VOLUME));
            let own = std::mem::replace(&mut targets, rest);
            books.push((if several { format!("{name}（{number}）") } else { name.clone() }, own));
            if targets.is_empty() {
                break;
            }
        }
    }
    books.reverse();
    books
}

impl Order {
    /// How many workbooks are still to be written.
    pub fn left(&self) -> usize {
        self.books.len()
    }

    /// The sheets of the next workbook with its name; `None` when all are written. One statement for the answers.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next(&mut self) -> StoreResult<Option<(String, Vec<Filled>)>> {
        let Some((name, targets)) = self.books.pop() else { return Ok(None) };
        let mut answers = self.answers(&targets).await?;
        let filled = |target: target::Model| {
            let own = answers.remove(&target.id).unwrap_or_default();
            self.filled(target, &own)
        };
        Ok(Some((name, targets.into_iter().filter_map(filled).collect())))
    }

    /// Only what was handed in, without what was hidden then: as on the page of answers.
    async fn answers(
        &self,
        targets: &[target::Model],
    ) -> StoreResult<BTreeMap<Uuid, BTreeMap<Uuid, answer::Model>>> {
        let shown = targets.iter().map(|target| target.id).filter(|id| self.submitted.contains_key(id));
        let shown: Vec<Uuid> = shown.filter(|_| self.with_answers).collect();
        load_answers(&self.db, shown).await
    }

    fn filled(&self, target: target::Model, answers: &BTreeMap<Uuid, answer::Model>) -> Option<Filled> {
        let (edition, asked) = self.editions.get(&target.edition_id)?;
        Some(Filled {
            target: target.id,
            title: edition.title.clone(),
            edition_label: edition.label.clone(),
            inspection_name: self.inspection.name.clone(),
            due_on: self.due.of(target.department_id, target.person_id),
            contact: self.inspection.contact.clone(),
            department: self.places.get(&target.department_id)?.name.clone(),
            submitted: self.submitted.contains_key(&target.id),
            answered_on: self.submitted.get(&target.id).filter(|_| self.with_answers).copied().map(day),
            questions: questions(asked, answers, &target.attributes, self.inspection.fiscal_year),
            person: target.person_name,
            system: target.system,
        })
    }
}

/// Answers by target and question, without those that were hidden when their sheets were handed in.
pub(super) async fn load_answers(
    db: &Db,
    targets: Vec<Uuid>,
) -> StoreResult<BTreeMap<Uuid, BTreeMap<Uuid, answer::Model>>> {
    let mut of: BTreeMap<Uuid, BTreeMap<Uuid, answer::Model>> = BTreeMap::new();
    if targets.is_empty() {
        return Ok(of);
    }
    let rows = answer::Entity::find()
        .filter(answer::Column::TargetId.is_in(targets))
        .filter(answer::Column::Id.not_in_subquery(omitted_answers()))
        .all(db.read())
        .await?;
    for row in rows {
        of.entry(row.target_id).or_default().insert(row.item_id, row);
    }
    Ok(of)
}

/// What the department never owes is left out; what an earlier answer decides is there.
fn questions(
    asked: &[Asked],
    answers: &BTreeMap<Uuid, answer::Model>,
    attributes: &str,
    year: i32,
) -> Vec<FilledQuestion> {
    let attributes = Attribute::list(attributes);
    let given = given(asked, answers, &BTreeMap::new(), &attributes, year);
    let never = |(asked, (_, given)): &(&Asked, &(Uuid, domain::response::Given))| {
        given.hidden && matches!(asked.setting.shown, Shown::Having { .. })
    };
    asked
        .iter()
        .zip(&given)
        .filter(|pair| !never(pair))
        .map(|(asked, _)| FilledQuestion {
            id: asked.row.id,
            question: asked.row.question_id,
            no: asked.row.no,
            topic: asked.row.topic,
            text: asked.row.text.clone(),
            not_applicable: asked.row.not_applicable.clone(),
            setting: asked.setting.clone(),
            clause_path: asked.row.clause_path.clone(),
            answer: answers.get(&asked.row.id).and_then(|row| {
                let (comment, evidence) = (row.comment.clone(), row.evidence.clone());
                Some(FilledAnswer { raw: raw_of(row)?, comment, evidence })
            }),
        })
        .collect()
}
