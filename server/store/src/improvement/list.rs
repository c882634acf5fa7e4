//! The list of improvements within reach, overdue ones first.

use super::{Rows, department_names, source, with_steps};
use crate::Db;
use crate::access::require;
use crate::entity::improvement;
use crate::error::StoreResult;
use domain::actor::Actor;
use domain::calendar::fiscal_year;
use domain::improvement::{Source, Stage};
use domain::permission::{Action, Reach};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use time::Date;
use uuid::Uuid;

/// Which stages are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    /// Everything that is not verified.
    #[default]
    Open,
    /// Past the due date without a report.
    Overdue,
    /// Reported, not verified.
    Waiting,
    /// Everything.
    All,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    pub show: Show,
    pub department: Option<Uuid>,
    /// Of this year, and older ones that are still open. `None`: all years.
    pub fiscal_year: Option<i32>,
}

/// One line.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: Uuid,
    pub label: String,
    pub title: String,
    pub department: Uuid,
    pub department_name: String,
    pub source: Source,
    pub stage: Stage,
    pub due_on: Option<Date>,
    /// Days past the due date.
    pub overdue_days: Option<i64>,
    /// Fiscal years it has been open.
    pub years_open: i32,
    pub rule_change: bool,
    position: i32,
}

/// How many there are behind each choice, before the choice of stages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub open: usize,
    pub overdue: usize,
    pub waiting: usize,
    pub all: usize,
}

/// A page of improvements with what can be chosen.
#[derive(Debug, Clone)]
pub struct Listing {
    pub rows: Vec<Row>,
    pub counts: Counts,
    /// Departments that have improvements, in the order of the organisation.
    pub departments: Vec<(Uuid, String)>,
    /// Fiscal years, newest first.
    pub years: Vec<i32>,
}

/// The improvements an actor may see.
///
/// # Errors
/// `Forbidden` without the permission.
pub async fn list(db: &Db, actor: &Actor, filter: Filter, today: Date) -> StoreResult<Listing> {
    let mut query = improvement::Entity::find().order_by_asc(improvement::Column::Label);
    match require(actor, Action::SeeImprovements)? {
        Reach::City => {}
        Reach::Departments(departments) => {
            query = query.filter(improvement::Column::DepartmentId.is_in(departments));
        }
        Reach::Own(_) => return Err(crate::StoreError::Forbidden),
    }
    let all = with_steps(db.read(), query.all(db.read()).await?).await?;
    let ids: BTreeSet<Uuid> = all.iter().map(|rows| rows.improvement.department_id).collect();
    let names = department_names(db.read(), ids).await?;
    let mut departments: Vec<(i32, Uuid, String)> =
        names.iter().map(|(id, (position, name))| (*position, *id, name.clone())).collect();
    departments.sort();
    let years: BTreeSet<i32> =
        all.iter().map(|rows| rows.improvement.fiscal_year).chain([fiscal_year(today)]).collect();
    let chosen: Vec<Row> = all
        .iter()
        .filter(|rows| filter.department.is_none_or(|id| rows.improvement.department_id == id))
        .filter(|rows| filter.fiscal_year.is_none_or(|year| rows.standing().belongs_to_list_of(year)))
        .map(|rows| row(rows, names.get(&rows.improvement.department_id), today))
        .collect();
    Ok(Listing {
        counts: count(&chosen),
        rows: shown(chosen, filter.show),
        departments: departments.into_iter().map(|(_, id, name)| (id, name)).collect(),
        years: years.into_iter().rev().collect(),
    })
}

fn row(rows: &Rows, department: Option<&(i32, String)>, today: Date) -> Row {
    let standing = rows.standing();
    let improvement = &rows.improvement;
    let (position, department_name) = department.cloned().unwrap_or_default();
    Row {
        id: improvement.id,
        label: improvement.label.clone(),
        title: improvement.title.clone(),
        department: improvement.department_id,
        department_name,
        source: source(improvement),
        stage: standing.stage(),
        due_on: standing.due_on,
        overdue_days: standing.overdue_days(today),
        years_open: standing.years_open(fiscal_year(today)),
        rule_change: improvement.rule_change,
        position,
    }
}

fn belongs(row: &Row, show: Show) -> bool {
    match show {
        Show::Open => row.stage.is_open(),
        Show::Overdue => row.overdue_days.is_some(),
        Show::Waiting => row.stage == Stage::Reported,
        Show::All => true,
    }
}

fn count(rows: &[Row]) -> Counts {
    let count = |show| rows.iter().filter(|row| belongs(row, show)).count();
    Counts {
        open: count(Show::Open),
        overdue: count(Show::Overdue),
        waiting: count(Show::Waiting),
        all: rows.len(),
    }
}

/// Longest overdue first, then by due date, those without a plan before those that are finished.
fn shown(mut rows: Vec<Row>, show: Show) -> Vec<Row> {
    rows.retain(|row| belongs(row, show));
    rows.sort_by_key(|row| {
        let overdue = Reverse(row.overdue_days.unwrap_or(-1));
        (overdue, !row.stage.is_open(), row.due_on.is_none(), row.due_on, row.position, row.label.clone())
    });
    rows
}
