//! The board (進行状況) of an inspection: who has answered, per 部 and 課. Ten statements, however large.

mod pulse;
mod shown;

pub use pulse::pulse;
pub(crate) use pulse::stamp;
pub use shown::Row;

use super::is_closed;
use super::target::withdrawn_targets;
use crate::Db;
use crate::access::require_city;
use crate::entity::{
    confirmation, inspection, inspection_department, person, reminder, sheet_return, submission, target,
};
use crate::error::{StoreError, StoreResult};
use crate::extension::due_days;
use domain::actor::Actor;
use domain::calendar::day;
use domain::inspection::board::Standing;
use domain::inspection::days_left;
use domain::permission::Action;
use domain::rate::Coverage;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// The board.
#[derive(Debug, Clone)]
pub struct Board {
    pub inspection: inspection::Model,
    pub closed: bool,
    /// Days to the deadline; negative when it has passed.
    pub days_left: i64,
    /// Sheets.
    pub coverage: Coverage,
    /// People who owe at least one sheet, and of these who have handed in all.
    pub people: Coverage,
    pub returned: i64,
    pub confirmed: usize,
    /// Of the confirmed those in which something is missing.
    pub confirmed_early: usize,
    /// Departments in which everything is handed in and nothing confirmed.
    pub waiting: usize,
    pub departments: usize,
    /// When everybody missing was last reminded.
    pub reminded_at: Option<OffsetDateTime>,
    /// In 組織順.
    pub divisions: Vec<Division>,
    /// Sheets handed in (and not returned) by day of Japan.
    pub by_day: BTreeMap<Date, i64>,
}

/// A 部 with its 課.
#[derive(Debug, Clone)]
pub struct Division {
    pub id: Uuid,
    pub name: String,
    pub coverage: Coverage,
    pub returned: i64,
    pub confirmed: usize,
    /// Departments that owe a sheet.
    pub departments: usize,
    /// Departments with something missing after their deadline.
    pub overdue: usize,
    pub lines: Vec<Line>,
}

/// A 課.
#[derive(Debug, Clone)]
pub struct Line {
    pub department_id: Uuid,
    /// The deadline, later than the inspection's where it was extended.
    pub due_on: Date,
    /// Days since then; 0 while there is time and once the inspection is closed.
    pub days_late: i64,
    pub name: String,
    pub coverage: Coverage,
    /// Given back and not handed in again.
    pub returned: i64,
    /// Who is missing at least one sheet, counted once.
    pub missing_people: usize,
    /// When, and by whom.
    pub confirmed: Option<(OffsetDateTime, String)>,
    /// The last one that went to this department, alone or with all.
    pub reminded_at: Option<OffsetDateTime>,
}

impl Line {
    fn until(due_on: Date) -> Line {
        Line {
            department_id: Uuid::nil(),
            due_on,
            days_late: 0,
            name: String::new(),
            coverage: Coverage::default(),
            returned: 0,
            missing_people: 0,
            confirmed: None,
            reminded_at: None,
        }
    }

    /// How it stands, for filtering and sorting.
    pub fn standing(&self) -> Standing {
        Standing {
            coverage: self.coverage,
            returned: self.returned,
            due_on: Some(self.due_on),
            confirmed: self.confirmed.is_some(),
            days_late: self.days_late,
        }
    }

    /// Confirmed although something is missing.
    pub fn is_confirmed_early(&self) -> bool {
        self.confirmed.is_some() && self.coverage.missing() > 0
    }

    /// Everything is handed in; the head has yet to confirm.
    pub fn awaits_confirmation(&self) -> bool {
        self.standing().is_ready_to_confirm()
    }
}

/// How the sheets of an inspection stand. Shared with reminders.
pub(crate) struct Sheets {
    pub targets: Vec<target::Model>,
    /// Targets handed in and not returned, with the moment.
    pub submitted: BTreeMap<Uuid, OffsetDateTime>,
    /// Targets given back and not handed in again.
    pub returned: BTreeSet<Uuid>,
}

/// Loads them in three statements.
pub(crate) async fn sheets<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<Sheets> {
    let targets = target::Entity::find()
        .filter(target::Column::InspectionId.eq(id))
        .filter(target::Column::Id.not_in_subquery(withdrawn_targets()))
        .order_by_asc(target::Column::Id)
        .all(connection)
        .await?;
    let submissions = submission::Entity::find()
        .filter(submission::Column::TargetId.in_subquery(targets_of(id)))
        .all(connection)
        .await?;
    let submissions_of = Query::select()
        .column(submission::Column::Id)
        .from(submission::Entity)
        .and_where(submission::Column::TargetId.in_subquery(targets_of(id)))
        .to_owned();
    let given_back: BTreeSet<Uuid> = sheet_return::Entity::find()
        .filter(sheet_return::Column::SubmissionId.in_subquery(submissions_of))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| row.submission_id)
        .collect();
    let (back, handed): (Vec<_>, Vec<_>) =
        submissions.into_iter().partition(|submission| given_back.contains(&submission.id));
    let submitted: BTreeMap<Uuid, OffsetDateTime> =
        handed.into_iter().map(|submission| (submission.target_id, submission.at)).collect();
    let returned =
        back.into_iter().map(|submission| submission.target_id).filter(|id| !submitted.contains_key(id));
    Ok(Sheets { returned: returned.collect(), targets, submitted })
}

fn targets_of(inspection_id: Uuid) -> SelectStatement {
    Query::select()
        .column(target::Column::Id)
        .from(target::Entity)
        .and_where(target::Column::InspectionId.eq(inspection_id))
        .to_owned()
}

/// The board of an inspection.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown inspection.
pub async fn board(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<Board> {
    require_city(actor, Action::RunInspection)?;
    let mut inspection =
        inspection::Entity::find_by_id(id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let due = due_days(db.read(), &inspection).await?;
    inspection.due_on = due.of_all();
    let rows = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(id))
        .order_by_asc(inspection_department::Column::Position)
        .all(db.read())
        .await?;
    let sheets = sheets(db.read(), id).await?;
    let mut lines = count(&sheets);
    confirmations(db, id, &mut lines).await?;
    let reminded_at = reminders(db, id, &mut lines).await?;
    let closed = is_closed(db.read(), id).await?;
    for (department, line) in &mut lines {
        line.due_on = due.of_department(*department);
        line.days_late = if closed { 0 } else { (-days_left(line.due_on, day(now))).max(0) };
    }
    let divisions = divisions(rows, &mut lines, inspection.due_on);
    let all = || divisions.iter().flat_map(|division| &division.lines);
    let mut by_day: BTreeMap<Date, i64> = BTreeMap::new();
    for at in sheets.submitted.values() {
        *by_day.entry(day(*at)).or_default() += 1;
    }
    Ok(Board {
        closed,
        days_left: days_left(inspection.due_on, day(now)),
        coverage: all().map(|line| line.coverage).sum(),
        people: people(&sheets),
        returned: all().map(|line| line.returned).sum(),
        confirmed: all().filter(|line| line.confirmed.is_some()).count(),
        confirmed_early: all().filter(|line| line.is_confirmed_early()).count(),
        waiting: all().filter(|line| line.awaits_confirmation()).count(),
        departments: all().filter(|line| line.coverage.targets > 0).count(),
        reminded_at,
        inspection,
        divisions,
        by_day,
    })
}

fn people(sheets: &Sheets) -> Coverage {
    let everybody: BTreeSet<Uuid> = sheets.targets.iter().map(|target| target.person_id).collect();
    let missing: BTreeSet<Uuid> = sheets
        .targets
        .iter()
        .filter(|target| !sheets.submitted.contains_key(&target.id))
        .map(|target| target.person_id)
        .collect();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    Coverage { targets: number(everybody.len()), submitted: number(everybody.len() - missing.len()) }
}

fn count(sheets: &Sheets) -> BTreeMap<Uuid, Line> {
    let mut lines: BTreeMap<Uuid, Line> = BTreeMap::new();
    let mut missing = BTreeSet::new();
    for target in &sheets.targets {
        let line = lines.entry(target.department_id).or_insert_with(|| Line::until(Date::MIN));
        let submitted = sheets.submitted.contains_key(&target.id);
        line.coverage.targets += 1;
        line.coverage.submitted += i64::from(submitted);
        line.returned += i64::from(sheets.returned.contains(&target.id));
        if !submitted && missing.insert((target.department_id, target.person_id)) {
            line.missing_people += 1;
        }
    }
    lines
}

async fn confirmations(db: &Db, id: Uuid, lines: &mut BTreeMap<Uuid, Line>) -> StoreResult<()> {
    let rows =
        confirmation::Entity::find().filter(confirmation::Column::InspectionId.eq(id)).all(db.read()).await?;
    let names: BTreeMap<Uuid, String> = person::Entity::find()
        .filter(person::Column::Id.is_in(rows.iter().map(|row| row.by_person_id)))
        .all(db.read())
        .await?
        .into_iter()
        .map(|person| (person.id, person.name))
        .collect();
    for row in rows {
        let name = names.get(&row.by_person_id).cloned().unwrap_or_default();
        lines.entry(row.department_id).or_insert_with(|| Line::until(Date::MIN)).confirmed =
            Some((row.at, name));
    }
    Ok(())
}

/// Writes the last reminder beside each department and gives the last one to all.
async fn reminders(
    db: &Db,
    id: Uuid,
    lines: &mut BTreeMap<Uuid, Line>,
) -> StoreResult<Option<OffsetDateTime>> {
    let rows = reminder::Entity::find()
        .filter(reminder::Column::InspectionId.eq(id))
        .order_by_asc(reminder::Column::At)
        .all(db.read())
        .await?;
    let mut to_all = None;
    for row in rows {
        match row.department_id {
            Some(department) => {
                lines.entry(department).or_insert_with(|| Line::until(Date::MIN)).reminded_at = Some(row.at)
            }
            None => {
                to_all = Some(row.at);
                for line in lines.values_mut() {
                    line.reminded_at = Some(row.at);
                }
            }
        }
    }
    Ok(to_all)
}

fn divisions(
    rows: Vec<inspection_department::Model>,
    lines: &mut BTreeMap<Uuid, Line>,
    due_on: Date,
) -> Vec<Division> {
    let mut divisions: Vec<Division> = Vec::new();
    for row in rows {
        let mut line = lines.remove(&row.department_id).unwrap_or_else(|| Line::until(due_on));
        line.department_id = row.department_id;
        line.name = row.name;
        let index = match divisions.iter().position(|known| known.id == row.division_id) {
            Some(index) => index,
            None => {
                divisions.push(Division {
                    id: row.division_id,
                    name: row.division_name,
                    coverage: Coverage::default(),
                    returned: 0,
                    confirmed: 0,
                    departments: 0,
                    overdue: 0,
                    lines: Vec::new(),
                });
                divisions.len() - 1
            }
        };
        let division = &mut divisions[index];
        division.coverage = division.coverage + line.coverage;
        division.returned += line.returned;
        division.confirmed += usize::from(line.confirmed.is_some());
        division.departments += usize::from(line.coverage.targets > 0);
        division.overdue += usize::from(line.standing().is_overdue());
        division.lines.push(line);
    }
    divisions
}
