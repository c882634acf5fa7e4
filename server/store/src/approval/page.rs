//! What 部長 and 統括 see before they approve: states, sums and improvements, never an individual answer.

use super::act::{Place, own_steps};
use super::course::Course;
use super::history::{Step, history};
use super::message;
use crate::Db;
use crate::access::{require_city, require_department};
use crate::entity::{improvement, inspection, inspection_department, submission, target};
use crate::error::{StoreError, StoreResult};
use crate::improvement::with_steps;
use crate::inspection::target::withdrawn_targets;
use crate::ledger::NewEvent;
use crate::ledger::look::look;
use crate::response::standing::names;
use crate::results::{Cell, Year, hides_few, role_name};
use domain::actor::Actor;
use domain::approval::Stand;
use domain::improvement::Stage;
use domain::permission::{Action, Reach, reach};
use domain::post::Kind;
use domain::rate::{Coverage, Tally};
use domain::results::FEWEST;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationDef,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A confirmation or an approval with who gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub at: OffsetDateTime,
    pub by: String,
    pub note: String,
    /// 事務取扱 or 代理, if so.
    pub capacity: Option<Kind>,
}

/// A question of a department with 一部実施 or 未実施.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionGap {
    pub item: Uuid,
    pub no: i32,
    pub role: String,
    pub text: String,
    pub partial: i64,
    pub not_done: i64,
    /// Number and key of the improvements that take it up.
    pub improvements: Vec<(Uuid, String)>,
}

/// An improvement of the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImprovementLine {
    pub id: Uuid,
    pub label: String,
    pub title: String,
    pub stage: Stage,
    pub due_on: Option<Date>,
}

/// A department below.
#[derive(Debug, Clone, PartialEq)]
pub struct DepartmentLine {
    pub department: Uuid,
    pub name: String,
    pub coverage: Coverage,
    pub confirmed: Option<Given>,
    /// Sheets that were handed in after the confirmation.
    pub late: usize,
    /// All its answers; hidden where too few people stand behind them.
    pub cell: Cell,
    pub gaps: Vec<QuestionGap>,
    /// Questions that are not shown because too few people answered them.
    pub hidden: usize,
    pub improvements: Vec<ImprovementLine>,
    /// The actor may take up a gap of this department as an improvement.
    pub may_mend: bool,
    /// The actor may open the department's page.
    pub may_open: bool,
}

impl DepartmentLine {
    /// Confirmed although something is missing.
    pub fn is_confirmed_early(&self) -> bool {
        self.confirmed.is_some() && self.coverage.missing() > 0
    }

    /// Gaps without an improvement.
    pub fn bare(&self) -> usize {
        self.gaps.iter().filter(|gap| gap.improvements.is_empty()).count()
    }
}

/// A 部 with its departments.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    pub id: Uuid,
    pub name: String,
    /// It has a 部長's step.
    pub asked: bool,
    pub approved: Option<Given>,
    pub lines: Vec<DepartmentLine>,
}

impl Unit {
    /// Departments that are confirmed.
    pub fn confirmed(&self) -> usize {
        self.lines.iter().filter(|line| line.confirmed.is_some()).count()
    }
}

/// The page of a 部.
#[derive(Debug, Clone)]
pub struct DivisionPage {
    pub inspection: inspection::Model,
    pub unit: Unit,
    pub stand: Stand,
    /// The actor is the 部長: approves, gives back, withdraws.
    pub may_act: bool,
    /// Departments the actor confirmed with the same hands.
    pub own: usize,
    pub history: Vec<Step>,
}

/// The page of the city.
#[derive(Debug, Clone)]
pub struct CityPage {
    pub inspection: inspection::Model,
    pub units: Vec<Unit>,
    pub stand: Stand,
    pub approved: Option<Given>,
    /// The actor is the 統括.
    pub may_act: bool,
    /// Departments and 部 whose step the actor took with the same hands.
    pub own: usize,
    pub history: Vec<Step>,
}

/// The page of a 部 in an inspection. That who may approve opened it is recorded.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for another 部 or one that is not part of the inspection.
pub async fn division(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    division: Uuid,
    now: OffsetDateTime,
) -> StoreResult<DivisionPage> {
    require_department(actor, Action::SeeDivision, division)?;
    let connection = db.read();
    let inspection = message::inspection(connection, id).await?;
    let course = Course::load(connection, id).await?;
    let name = course.divisions().into_iter().find(|(known, _)| *known == division);
    let (_, name) = name.ok_or(StoreError::NotFound)?;
    let bundle = Bundle::load(connection, actor, &inspection, &course, Some(division)).await?;
    let place = Place::Division(division);
    let stand = course.stand(Some(division));
    let may_act = place.require(actor).is_ok() && stand.asked;
    if may_act && !stand.approved {
        let seen = NewEvent::new("department", division, "approval.opened", json!({ "inspection": id }));
        look(db, actor, now, seen).await?;
    }
    Ok(DivisionPage {
        unit: bundle.unit(&course, division, name),
        stand,
        may_act,
        own: own_steps(&course, actor, place).len(),
        history: history(connection, id, (None, Some(division)), &[]).await?,
        inspection,
    })
}

/// The page of the city in an inspection.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown inspection.
pub async fn city(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<CityPage> {
    require_city(actor, Action::SeeApproval)?;
    let connection = db.read();
    let inspection = message::inspection(connection, id).await?;
    let course = Course::load(connection, id).await?;
    let bundle = Bundle::load(connection, actor, &inspection, &course, None).await?;
    let stand = course.stand(None);
    let may_act = Place::City.require(actor).is_ok() && stand.asked;
    if may_act && !stand.approved {
        let seen = NewEvent::new("inspection", id, "approval.opened", json!({ "inspection": id }));
        look(db, actor, now, seen).await?;
    }
    let owing =
        course.divisions().into_iter().filter(|(id, _)| course.departments(Some(*id)).next().is_some());
    Ok(CityPage {
        units: owing.map(|(id, name)| bundle.unit(&course, id, name)).collect(),
        stand,
        approved: bundle
            .given(course.approval(None).map(|row| (row.at, row.by_person_id, &row.note, &row.capacity))),
        may_act,
        own: own_steps(&course, actor, Place::City).len(),
        history: history(connection, id, (None, None), &[]).await?,
        inspection,
    })
}

/// Everything beside the course, loaded once for all departments.
struct Bundle {
    year: Year,
    few: bool,
    names: BTreeMap<Uuid, String>,
    late: BTreeMap<Uuid, usize>,
    improvements: BTreeMap<Uuid, Vec<(Option<Uuid>, ImprovementLine)>>,
    mends: Option<Reach>,
    opens: Option<Reach>,
}

impl Bundle {
    async fn load<C: ConnectionTrait>(
        connection: &C,
        actor: &Actor,
        inspection: &inspection::Model,
        course: &Course,
        division: Option<Uuid>,
    ) -> StoreResult<Bundle> {
        let departments: Vec<Uuid> = course.departments(division).map(|place| place.department_id).collect();
        let people = course.confirmations.values().map(|row| row.by_person_id);
        let people = people.chain(course.approvals.iter().map(|row| row.by_person_id));
        let results = reach(actor, Action::SeeResults);
        Ok(Bundle {
            year: Year::load(connection, inspection.clone()).await?,
            few: results.is_none_or(|reach| hides_few(inspection, &reach)),
            names: names(connection, people).await?,
            late: late(connection, course, &departments).await?,
            improvements: improvements(connection, inspection.fiscal_year, &departments).await?,
            mends: reach(actor, Action::MendImprovement),
            opens: reach(actor, Action::SeeMissing),
        })
    }

    fn given(&self, row: Option<(OffsetDateTime, Uuid, &String, &String)>) -> Option<Given> {
        row.map(|(at, by, note, capacity)| Given {
            at,
            by: self.names.get(&by).cloned().unwrap_or_default(),
            note: note.clone(),
            capacity: Kind::from_key(capacity),
        })
    }

    fn unit(&self, course: &Course, id: Uuid, name: String) -> Unit {
        let held = course.approval(Some(id));
        Unit {
            id,
            name,
            asked: course.is_approved_by_division(id),
            approved: self.given(held.map(|row| (row.at, row.by_person_id, &row.note, &row.capacity))),
            lines: course.departments(Some(id)).map(|place| self.line(course, place)).collect(),
        }
    }

    fn line(&self, course: &Course, place: &inspection_department::Model) -> DepartmentLine {
        let id = place.department_id;
        let held = course.confirmations.get(&id);
        let coverage = course.coverage.get(&id).copied().unwrap_or_default();
        let own = self.improvements.get(&id).map(Vec::as_slice).unwrap_or_default();
        let counts = self.year.per_item(&BTreeSet::from([id]));
        let hidden = self.few && (1..FEWEST).contains(&coverage.submitted);
        let tally: Tally = if hidden { Tally::default() } else { counts.iter().copied().sum() };
        let (gaps, withheld) = self.gaps(&counts, own);
        DepartmentLine {
            department: id,
            name: place.name.clone(),
            coverage,
            confirmed: self.given(held.map(|row| (row.at, row.by_person_id, &row.note, &row.capacity))),
            late: self.late.get(&id).copied().unwrap_or_default(),
            cell: Cell { tally, hidden },
            gaps,
            hidden: withheld,
            improvements: own.iter().map(|(_, line)| line.clone()).collect(),
            may_mend: self.mends.as_ref().is_some_and(|reach| reach.covers(id)),
            may_open: self.opens.as_ref().is_some_and(|reach| reach.covers(id)),
        }
    }

    fn gaps(&self, counts: &[Tally], own: &[(Option<Uuid>, ImprovementLine)]) -> (Vec<QuestionGap>, usize) {
        let (mut gaps, mut withheld) = (Vec::new(), 0);
        for (item, tally) in self.year.items.iter().zip(counts) {
            if self.few && (1..FEWEST).contains(&tally.answered()) {
                withheld += 1;
                continue;
            }
            if tally.partial + tally.not_done == 0 {
                continue;
            }
            let takes_up = |(of, line): &(Option<Uuid>, ImprovementLine)| {
                (*of == Some(item.row.id)).then(|| (line.id, line.label.clone()))
            };
            gaps.push(QuestionGap {
                item: item.row.id,
                no: item.row.no,
                role: role_name(&item.role),
                text: item.row.text.clone(),
                partial: tally.partial,
                not_done: tally.not_done,
                improvements: own.iter().filter_map(takes_up).collect(),
            });
        }
        (gaps, withheld)
    }
}

/// How many sheets were handed in after their department was confirmed.
async fn late<C: ConnectionTrait>(
    connection: &C,
    course: &Course,
    departments: &[Uuid],
) -> StoreResult<BTreeMap<Uuid, usize>> {
    let confirmed: Vec<Uuid> =
        departments.iter().copied().filter(|id| course.confirmations.contains_key(id)).collect();
    let Some(inspection) = course.places.first().map(|place| place.inspection_id) else {
        return Ok(BTreeMap::new());
    };
    let earliest = course.confirmations.values().map(|row| row.at).min();
    let to_target: RelationDef = submission::Entity::belongs_to(target::Entity)
        .from(submission::Column::TargetId)
        .to(target::Column::Id)
        .into();
    let rows: Vec<(Uuid, OffsetDateTime)> = submission::Entity::find()
        .select_only()
        .column(target::Column::DepartmentId)
        .column(submission::Column::At)
        .join(JoinType::InnerJoin, to_target)
        .filter(target::Column::InspectionId.eq(inspection))
        .filter(target::Column::DepartmentId.is_in(confirmed))
        .filter(target::Column::Id.not_in_subquery(withdrawn_targets()))
        .filter(Condition::all().add_option(earliest.map(|at| submission::Column::At.gt(at))))
        .into_tuple()
        .all(connection)
        .await?;
    let mut late = BTreeMap::new();
    for (department, at) in rows {
        if course.confirmations.get(&department).is_some_and(|word| at > word.at) {
            *late.entry(department).or_default() += 1;
        }
    }
    Ok(late)
}

async fn improvements<C: ConnectionTrait>(
    connection: &C,
    fiscal_year: i32,
    departments: &[Uuid],
) -> StoreResult<BTreeMap<Uuid, Vec<(Option<Uuid>, ImprovementLine)>>> {
    let rows = improvement::Entity::find()
        .filter(improvement::Column::DepartmentId.is_in(departments.iter().copied()))
        .all(connection)
        .await?;
    let mut by_department: BTreeMap<Uuid, Vec<(Option<Uuid>, ImprovementLine)>> = BTreeMap::new();
    for rows in with_steps(connection, rows).await? {
        let standing = rows.standing();
        if !standing.belongs_to_list_of(fiscal_year) {
            continue;
        }
        let row = &rows.improvement;
        let line = ImprovementLine {
            id: row.id,
            label: row.label.clone(),
            title: row.title.clone(),
            stage: standing.stage(),
            due_on: standing.due_on,
        };
        by_department.entry(row.department_id).or_default().push((row.item_id, line));
    }
    Ok(by_department)
}
