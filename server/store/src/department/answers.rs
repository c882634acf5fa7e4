//! What a department answered, as far as the reader may see it: sums per question, ×/△ and differences to last year.
//!
//! By name only where the inspection shows individual answers to the reader; then the look is recorded. Otherwise sums,
//! without those of few people where the mode hides them. A fixed number of statements, however many people there are.

mod last;

use crate::Db;
use crate::entity::{answer, improvement, inspection, target};
use crate::error::StoreResult;
use crate::evidence::attached;
use crate::inspection::about;
use crate::ledger::NewEvent;
use crate::ledger::look::look;
use crate::response::{omitted_answers, raw_of};
use crate::results::{Item, Year, hides_few, previous, role_name};
use domain::actor::Actor;
use domain::answer::{Turn, Value};
use domain::permission::{Action, reach, sees_answers};
use domain::rate::{Scoring, Tally};
use domain::results::{FEWEST, comparable};
use domain::sheet::Change;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// The answers of a department.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    /// Individual answers are shown.
    pub named: bool,
    /// In the order of the sheets.
    pub questions: Vec<Question>,
    /// Questions whose sums are not shown because too few people answered them.
    pub hidden: usize,
    /// The inspection it is compared with.
    pub previous: Option<String>,
}

/// A question with what was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    pub item: Uuid,
    pub no: i32,
    pub role: String,
    pub text: String,
    /// new, same, minor, changed.
    pub kind: String,
    pub tally: Tally,
    /// How this year's inspection weighs.
    pub scoring: Scoring,
    /// Last year's sums of this department, where the question asks the same and they may be shown.
    pub before: Option<Tally>,
    /// ×/△ and answers that differ from last year's; empty where individual answers are not shown.
    pub people: Vec<Person>,
}

impl Question {
    /// 一部実施 and 未実施.
    pub fn gaps(&self) -> i64 {
        self.tally.partial + self.tally.not_done
    }

    /// Asked for the first time, or so changed that it can't be compared.
    pub fn is_new(&self) -> bool {
        !comparable(&self.kind)
    }

    /// The sums fell or rose against last year, both weighed as this year's inspection weighs.
    pub fn turn(&self) -> Option<Turn> {
        let (before, now) = (self.before?.score_rate(self.scoring)?, self.tally.score_rate(self.scoring)?);
        match now.total_cmp(&before) {
            std::cmp::Ordering::Less => Some(Turn::Worse),
            std::cmp::Ordering::Greater => Some(Turn::Better),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// One person's answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    pub target: Uuid,
    pub name: String,
    /// The sheet was given back; its answers are in no sum.
    pub returned: bool,
    pub value: Value,
    /// The answer in words where it is not one of ○△×.
    pub words: Option<String>,
    /// Last year's, where the question asks the same.
    pub before: Option<Value>,
    pub comment: String,
    pub evidence: String,
    pub files: usize,
    pub planned_on: Option<Date>,
    /// The improvement that takes it up.
    pub improvement: Option<Uuid>,
}

impl Person {
    /// How it differs from last year's.
    pub fn turn(&self) -> Option<Turn> {
        Turn::between(self.before?, self.value)
    }
}

/// A sheet whose answers the head may look at: handed in, or given back at a moment. Of the latter only what still
/// stands as it did then: what is being mended is the person's own until it is handed in again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held<'a> {
    pub target: &'a target::Model,
    pub returned_at: Option<OffsetDateTime>,
}

/// What was answered on the department's sheets that were handed in; none for who may not even see sums.
pub(super) async fn answers(
    db: &Db,
    actor: &Actor,
    inspection: &inspection::Model,
    department: Uuid,
    held: &[Held<'_>],
    now: OffsetDateTime,
) -> StoreResult<Option<Answers>> {
    let named = sees_answers(actor, inspection.visible(), department);
    let sums = reach(actor, Action::SeeResults).filter(|reach| reach.covers(department));
    if !named && sums.is_none() {
        return Ok(None);
    }
    let connection = db.read();
    let year = Year::load(connection, inspection.clone()).await?;
    let last = previous(connection, inspection).await?;
    let few = !named && sums.is_none_or(|reach| hides_few(inspection, &reach));
    let mut answers = Answers {
        named,
        previous: last.as_ref().map(|year| year.inspection.name.clone()),
        ..Answers::default()
    };
    let before = same(&year, last.as_ref());
    let mut people =
        if named { people(connection, &year, held, inspection.fiscal_year).await? } else { BTreeMap::new() };
    let scoring = about(connection, inspection.id).await?.scoring;
    let of = BTreeSet::from([department]);
    let last_counts = last.as_ref().map(|year| year.per_item(&of)).unwrap_or_default();
    for ((item, tally), before) in year.items.iter().zip(year.per_item(&of)).zip(before) {
        let hides = |tally: &Tally| few && (1..FEWEST).contains(&tally.answered());
        if hides(&tally) {
            answers.hidden += 1;
            continue;
        }
        if tally.answered() == 0 && !people.contains_key(&item.row.id) {
            continue;
        }
        let before = before.and_then(|index| last_counts.get(index)).filter(|tally| tally.answered() > 0);
        answers.questions.push(Question {
            item: item.row.id,
            no: item.row.no,
            role: role_name(&item.role),
            text: item.row.text.clone(),
            kind: item.row.change.clone(),
            tally,
            scoring,
            before: before.filter(|tally| !hides(tally)).copied(),
            people: people.remove(&item.row.id).unwrap_or_default(),
        });
    }
    let shown: usize = answers.questions.iter().map(|question| question.people.len()).sum();
    if named && shown > 0 {
        let payload = json!({ "inspection": inspection.id, "answers": shown });
        look(db, actor, now, NewEvent::new("department", department, "answers.read", payload)).await?;
    }
    Ok(Some(answers))
}

/// By index of this year's question: last year's, if it asks the same.
fn same(now: &Year, last: Option<&Year>) -> Vec<Option<usize>> {
    let Some(last) = last else { return vec![None; now.items.len()] };
    let earlier: BTreeMap<Uuid, usize> =
        last.items.iter().zip(0..).map(|(item, index)| (item.row.question_id, index)).collect();
    let pair = |item: &Item| {
        let index = earlier.get(&item.row.question_id)?;
        let before = last.items.get(*index)?;
        asks_the_same(item, &before.setting).then_some(*index)
    };
    now.items.iter().map(pair).collect()
}

fn asks_the_same(item: &Item, before: &domain::question::setting::Setting) -> bool {
    comparable(&item.row.change) && item.setting.change_since(before) != Some(Change::Changed)
}

/// ×/△ and differences by question; within a question in the order of the people.
async fn people<C: ConnectionTrait>(
    connection: &C,
    year: &Year,
    held: &[Held<'_>],
    fiscal_year: i32,
) -> StoreResult<BTreeMap<Uuid, Vec<Person>>> {
    let targets: Vec<&target::Model> = held.iter().map(|one| one.target).collect();
    let ids: Vec<Uuid> = targets.iter().map(|target| target.id).collect();
    let rows = answer::Entity::find()
        .filter(answer::Column::TargetId.is_in(ids.iter().copied()))
        .filter(answer::Column::Value.is_not_null())
        .filter(answer::Column::Id.not_in_subquery(omitted_answers()))
        .all(connection)
        .await?;
    let last = last::answers(connection, &targets, fiscal_year).await?;
    let files = attached(connection, ids.iter().copied()).await?;
    let taken: BTreeMap<(Uuid, Uuid), Uuid> = improvement::Entity::find()
        .filter(improvement::Column::TargetId.is_in(ids.iter().copied()))
        .all(connection)
        .await?
        .into_iter()
        .filter_map(|row| Some(((row.target_id?, row.item_id?), row.id)))
        .collect();
    let items: BTreeMap<Uuid, &Item> = year.items.iter().map(|item| (item.row.id, item)).collect();
    let order: BTreeMap<Uuid, usize> = ids.iter().copied().zip(0..).collect();
    let mut found: BTreeMap<Uuid, Vec<(usize, Person)>> = BTreeMap::new();
    for row in rows {
        let (Some(item), Some(place)) = (items.get(&row.item_id), order.get(&row.target_id)) else {
            continue;
        };
        let (Some(one), Some(value)) = (held.get(*place), row.value.as_deref().and_then(Value::from_key))
        else {
            continue;
        };
        if one.returned_at.is_some_and(|at| row.at > at) {
            continue;
        }
        let then = last.get(&(row.target_id, item.row.question_id));
        let before = then.filter(|then| asks_the_same(item, &then.setting)).map(|then| then.value);
        let person = Person {
            target: row.target_id,
            name: one.target.person_name.clone(),
            returned: one.returned_at.is_some(),
            value,
            words: raw_of(&row).filter(|_| row.raw.is_some()).map(|raw| item.setting.words(&raw)),
            before,
            files: files.get(&(row.target_id, row.item_id)).map_or(0, Vec::len),
            improvement: taken.get(&(row.target_id, row.item_id)).copied(),
            comment: row.comment,
            evidence: row.evidence,
            planned_on: row.planned_on,
        };
        if value.is_gap() || person.turn().is_some() {
            found.entry(row.item_id).or_default().push((*place, person));
        }
    }
    let sorted = |mut people: Vec<(usize, Person)>| {
        people.sort_by_key(|(place, _)| *place);
        people.into_iter().map(|(_, person)| person).collect()
    };
    Ok(found.into_iter().map(|(item, people)| (item, sorted(people))).collect())
}
