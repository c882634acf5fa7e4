//! Loads the counts of an inspection with a fixed number of statements.

use super::{Audited, Heading};
use crate::entity::{
    audit, audit_report, closing, edition, edition_item, inspection, inspection_department,
    inspection_edition, mark, sheet_return, spread, submission, tally, target,
};
use crate::error::{StoreError, StoreResult};
use crate::inspection::target::withdrawn_targets;
use crate::inspection::{about, counting};
use crate::sheet::setting_of;
use domain::answer::{Raw, Value};
use domain::audit::{department_value, gap};
use domain::permission::Reach;
use domain::question::setting::{Setting, summary};
use domain::rate::{Coverage, Tally};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A question of an edition with its role.
pub(crate) struct Item {
    pub row: edition_item::Model,
    /// Key of the role.
    pub role: String,
    pub setting: Setting,
}

/// What is counted besides the four values.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Beside {
    /// Answers that are only to know.
    pub told: i64,
    /// Sheets on which the question was hidden.
    pub omitted: i64,
}

/// The counts of one inspection.
pub(crate) struct Year {
    pub inspection: inspection::Model,
    /// In the order of the organisation.
    pub departments: Vec<inspection_department::Model>,
    pub editions: Vec<edition::Model>,
    /// In the order of the sheets.
    pub items: Vec<Item>,
    /// Per department: counts by index of the item.
    tallies: BTreeMap<Uuid, Vec<(usize, Tally, Beside)>>,
    /// Per department: how often each answer of another scale than ○△× was given, by index of the item.
    spreads: BTreeMap<Uuid, Vec<(usize, Raw, i64)>>,
    /// Per department and edition.
    coverage: BTreeMap<(Uuid, Uuid), Coverage>,
}

/// A 部 or a 課: what its figures are summed over.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub id: Uuid,
    pub name: String,
    pub division: Option<(Uuid, String)>,
    pub departments: BTreeSet<Uuid>,
}

/// Targets whose sheet was handed in and not returned.
pub(crate) fn submitted_targets() -> SelectStatement {
    Query::select()
        .distinct()
        .column(submission::Column::TargetId)
        .from(submission::Entity)
        .and_where(
            Expr::col((submission::Entity, submission::Column::Id)).not_in_subquery(returned_submissions()),
        )
        .to_owned()
}

/// Submissions that hold no longer.
pub(crate) fn returned_submissions() -> SelectStatement {
    Query::select().column(sheet_return::Column::SubmissionId).from(sheet_return::Entity).to_owned()
}

pub(super) async fn inspection<C: ConnectionTrait>(
    connection: &C,
    id: Uuid,
) -> StoreResult<inspection::Model> {
    inspection::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)
}

/// The same, unless it is a rehearsal: that has answers, which can be read one by one, but no results.
pub(super) async fn counted<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<inspection::Model> {
    let row = counting().filter(inspection::Column::Id.eq(id)).one(connection).await?;
    row.ok_or(StoreError::NotFound)
}

/// The newest inspection before this one.
pub(crate) async fn previous<C: ConnectionTrait>(
    connection: &C,
    now: &inspection::Model,
) -> StoreResult<Option<Year>> {
    let earlier = counting()
        .filter(inspection::Column::BaseOn.lt(now.base_on))
        .order_by_desc(inspection::Column::BaseOn)
        .one(connection)
        .await?;
    match earlier {
        Some(earlier) => Ok(Some(Year::load(connection, earlier).await?)),
        None => Ok(None),
    }
}

pub(super) async fn heading<C: ConnectionTrait>(
    connection: &C,
    year: &Year,
    previous: Option<&Year>,
) -> StoreResult<Heading> {
    let closing = closing::Entity::find()
        .filter(closing::Column::InspectionId.eq(year.inspection.id))
        .one(connection)
        .await?;
    Ok(Heading {
        inspection: year.inspection.id,
        fiscal_year: year.inspection.fiscal_year,
        name: year.inspection.name.clone(),
        closed_at: closing.map(|closing| closing.at),
        editions: year.editions.iter().map(|edition| edition.label.clone()).collect(),
        previous: previous.map(|year| year.inspection.name.clone()),
        about: about(connection, year.inspection.id).await?,
    })
}

impl Year {
    /// Everything counted in an inspection.
    pub async fn load<C: ConnectionTrait>(
        connection: &C,
        inspection: inspection::Model,
    ) -> StoreResult<Year> {
        let id = inspection.id;
        let departments = inspection_department::Entity::find()
            .filter(inspection_department::Column::InspectionId.eq(id))
            .order_by_asc(inspection_department::Column::Position)
            .all(connection)
            .await?;
        let editions = editions(connection, id).await?;
        let items = items(connection, &editions).await?;
        let tallies = tallies(connection, id, &items).await?;
        let spreads = spreads(connection, id, &items).await?;
        Ok(Year {
            departments,
            items,
            tallies,
            spreads,
            coverage: coverage(connection, id).await?,
            editions,
            inspection,
        })
    }

    /// A 部 or 課 of this inspection.
    pub fn unit(&self, id: Uuid) -> Option<Unit> {
        let is_department = |row: &&inspection_department::Model| row.department_id == id;
        if let Some(row) = self.departments.iter().find(is_department) {
            return Some(Unit {
                id,
                name: row.name.clone(),
                division: Some((row.division_id, row.division_name.clone())),
                departments: BTreeSet::from([id]),
            });
        }
        self.divisions().into_iter().find(|unit| unit.id == id)
    }

    /// The 課, in order.
    pub fn units(&self) -> Vec<Unit> {
        self.departments.iter().filter_map(|row| self.unit(row.department_id)).collect()
    }

    /// The 部, in order.
    pub fn divisions(&self) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        for row in &self.departments {
            match units.iter_mut().find(|unit| unit.id == row.division_id) {
                Some(unit) => {
                    unit.departments.insert(row.department_id);
                }
                None => units.push(Unit {
                    id: row.division_id,
                    name: row.division_name.clone(),
                    division: None,
                    departments: BTreeSet::from([row.department_id]),
                }),
            }
        }
        units
    }

    /// All departments.
    pub fn everything(&self) -> BTreeSet<Uuid> {
        self.departments.iter().map(|row| row.department_id).collect()
    }

    /// Counts per question, by index of the item.
    pub fn per_item(&self, departments: &BTreeSet<Uuid>) -> Vec<Tally> {
        let mut sums = vec![Tally::default(); self.items.len()];
        for (index, tally, _) in departments.iter().filter_map(|id| self.tallies.get(id)).flatten() {
            if let Some(sum) = sums.get_mut(*index) {
                *sum = *sum + *tally;
            }
        }
        sums
    }

    /// What is counted per question besides the four values, by index of the item.
    pub fn beside(&self, departments: &BTreeSet<Uuid>) -> Vec<Beside> {
        let mut sums = vec![Beside::default(); self.items.len()];
        for (index, _, beside) in departments.iter().filter_map(|id| self.tallies.get(id)).flatten() {
            if let Some(sum) = sums.get_mut(*index) {
                sum.told += beside.told;
                sum.omitted += beside.omitted;
            }
        }
        sums
    }

    /// The distribution of a question's answers in words; empty for ○△×.
    pub fn summary(&self, departments: &BTreeSet<Uuid>, index: usize) -> Vec<String> {
        let own = departments.iter().filter_map(|id| self.spreads.get(id)).flatten();
        let mut counts: BTreeMap<Raw, i64> = BTreeMap::new();
        for (_, raw, number) in own.filter(|(of, ..)| *of == index) {
            *counts.entry(raw.clone()).or_default() += number;
        }
        let counts: Vec<(Raw, i64)> = counts.into_iter().collect();
        self.items.get(index).map(|item| summary(&item.setting, &counts)).unwrap_or_default()
    }

    /// Sheets owed and handed in; of one edition, or of all.
    pub fn coverage(&self, departments: &BTreeSet<Uuid>, edition: Option<Uuid>) -> Coverage {
        self.coverage
            .iter()
            .filter(|((department, of), _)| {
                departments.contains(department) && edition.is_none_or(|edition| edition == *of)
            })
            .map(|(_, coverage)| *coverage)
            .sum()
    }
}

async fn editions<C: ConnectionTrait>(connection: &C, inspection: Uuid) -> StoreResult<Vec<edition::Model>> {
    let used = Query::select()
        .column(inspection_edition::Column::EditionId)
        .from(inspection_edition::Entity)
        .and_where(Expr::col(inspection_edition::Column::InspectionId).eq(inspection))
        .to_owned();
    let mut editions =
        edition::Entity::find().filter(edition::Column::Id.in_subquery(used)).all(connection).await?;
    let order = |edition: &edition::Model| domain::role::Role::from_key(&edition.role);
    editions.sort_by_key(order);
    Ok(editions)
}

async fn items<C: ConnectionTrait>(connection: &C, editions: &[edition::Model]) -> StoreResult<Vec<Item>> {
    let rows = edition_item::Entity::find()
        .filter(edition_item::Column::EditionId.is_in(editions.iter().map(|edition| edition.id)))
        .order_by_asc(edition_item::Column::No)
        .all(connection)
        .await?;
    let mut items = Vec::new();
    for edition in editions {
        for row in rows.iter().filter(|row| row.edition_id == edition.id) {
            let setting = setting_of(&row.setting)?;
            items.push(Item { row: row.clone(), role: edition.role.clone(), setting });
        }
    }
    Ok(items)
}

async fn tallies<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    items: &[Item],
) -> StoreResult<BTreeMap<Uuid, Vec<(usize, Tally, Beside)>>> {
    let index: BTreeMap<Uuid, usize> =
        items.iter().zip(0..).map(|(item, index)| (item.row.id, index)).collect();
    let rows =
        tally::Entity::find().filter(tally::Column::InspectionId.eq(inspection)).all(connection).await?;
    let mut tallies: BTreeMap<Uuid, Vec<(usize, Tally, Beside)>> = BTreeMap::new();
    for row in rows {
        if let Some(index) = index.get(&row.item_id) {
            let beside = Beside { told: row.told.into(), omitted: row.omitted.into() };
            tallies.entry(row.department_id).or_default().push((*index, counts(&row), beside));
        }
    }
    Ok(tallies)
}

async fn spreads<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    items: &[Item],
) -> StoreResult<BTreeMap<Uuid, Vec<(usize, Raw, i64)>>> {
    let rows =
        spread::Entity::find().filter(spread::Column::InspectionId.eq(inspection)).all(connection).await?;
    let mut spreads: BTreeMap<Uuid, Vec<(usize, Raw, i64)>> = BTreeMap::new();
    for row in rows {
        let index = items.iter().position(|item| item.row.id == row.item_id);
        if let Some((index, raw)) = index.zip(Raw::from_key(&row.raw)) {
            spreads.entry(row.department_id).or_default().push((index, raw, row.number.into()));
        }
    }
    Ok(spreads)
}

/// The counts of a row.
pub(crate) fn counts(row: &tally::Model) -> Tally {
    Tally {
        done: row.done.into(),
        partial: row.partial.into(),
        not_done: row.not_done.into(),
        na: row.na.into(),
    }
}

async fn coverage<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
) -> StoreResult<BTreeMap<(Uuid, Uuid), Coverage>> {
    let owed = || {
        target::Entity::find()
            .select_only()
            .columns([target::Column::DepartmentId, target::Column::EditionId])
            .column_as(target::Column::Id.count(), "number")
            .filter(target::Column::InspectionId.eq(inspection))
            .filter(target::Column::Id.not_in_subquery(withdrawn_targets()))
            .group_by(target::Column::DepartmentId)
            .group_by(target::Column::EditionId)
    };
    let targets: Vec<(Uuid, Uuid, i64)> = owed().into_tuple().all(connection).await?;
    let submitted: Vec<(Uuid, Uuid, i64)> = owed()
        .filter(target::Column::Id.in_subquery(submitted_targets()))
        .into_tuple()
        .all(connection)
        .await?;
    let mut coverage: BTreeMap<(Uuid, Uuid), Coverage> = BTreeMap::new();
    for (department, edition, targets) in targets {
        coverage.entry((department, edition)).or_default().targets = targets;
    }
    for (department, edition, submitted) in submitted {
        coverage.entry((department, edition)).or_default().submitted = submitted;
    }
    Ok(coverage)
}

/// Marks of audits whose report was issued, against the answers, within reach.
pub(super) async fn audited<C: ConnectionTrait>(
    connection: &C,
    year: &Year,
    reach: &Reach,
    chosen: Option<&Unit>,
) -> StoreResult<Audited> {
    let issued = Query::select().column(audit_report::Column::AuditId).from(audit_report::Entity).to_owned();
    let audits: Vec<audit::Model> = audit::Entity::find()
        .filter(audit::Column::InspectionId.eq(year.inspection.id))
        .filter(audit::Column::Id.in_subquery(issued))
        .all(connection)
        .await?
        .into_iter()
        .filter(|audit| reach.covers(audit.department_id))
        .filter(|audit| chosen.is_none_or(|unit| unit.departments.contains(&audit.department_id)))
        .collect();
    let marks = mark::Entity::find()
        .filter(mark::Column::AuditId.is_in(audits.iter().map(|audit| audit.id)))
        .all(connection)
        .await?;
    let departments: BTreeMap<Uuid, Uuid> =
        audits.iter().map(|audit| (audit.id, audit.department_id)).collect();
    let lenient = |row: &&mark::Model| {
        let answer = departments.get(&row.audit_id).and_then(|department| {
            let index = year.items.iter().position(|item| item.row.id == row.item_id)?;
            department_value(year.per_item(&BTreeSet::from([*department])).get(index)?)
        });
        gap(answer, Value::from_key(&row.value)).is_some_and(|steps| steps > 0)
    };
    Ok(Audited {
        departments: audits.len(),
        marks: marks.len(),
        lenient: marks.iter().filter(lenient).count(),
    })
}
