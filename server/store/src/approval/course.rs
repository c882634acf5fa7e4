//! How far inspections have come from confirmation to approval; a fixed number of statements for any number of them.

use super::step::{levels, withdrawn};
use crate::entity::{approval, closing, confirmation, inspection_department, target};
use crate::error::StoreResult;
use crate::inspection::target::withdrawn_targets;
use crate::results::submitted_targets;
use domain::approval::{Level, Stand};
use domain::rate::Coverage;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// One inspection from confirmation to approval.
#[derive(Debug, Default)]
pub(crate) struct Course {
    pub steps: BTreeSet<Level>,
    pub closed: bool,
    /// In 組織順.
    pub places: Vec<inspection_department::Model>,
    /// What holds, by department.
    pub confirmations: BTreeMap<Uuid, confirmation::Model>,
    /// What holds.
    pub approvals: Vec<approval::Model>,
    /// Sheets owed and handed in, by department.
    pub coverage: BTreeMap<Uuid, Coverage>,
}

/// The courses of inspections.
pub(crate) async fn courses<C: ConnectionTrait>(
    connection: &C,
    ids: &[Uuid],
) -> StoreResult<BTreeMap<Uuid, Course>> {
    let mut courses: BTreeMap<Uuid, Course> = ids.iter().map(|id| (*id, Course::default())).collect();
    for (id, steps) in levels(connection, ids.iter().copied()).await? {
        courses.entry(id).or_default().steps = steps;
    }
    let of = ids.iter().copied();
    for row in closing::Entity::find()
        .filter(closing::Column::InspectionId.is_in(of.clone()))
        .all(connection)
        .await?
    {
        courses.entry(row.inspection_id).or_default().closed = true;
    }
    let places = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.is_in(of.clone()))
        .order_by_asc(inspection_department::Column::Position)
        .all(connection)
        .await?;
    for row in places {
        courses.entry(row.inspection_id).or_default().places.push(row);
    }
    let confirmations = confirmation::Entity::find()
        .filter(confirmation::Column::InspectionId.is_in(of.clone()))
        .all(connection)
        .await?;
    for row in confirmations {
        courses.entry(row.inspection_id).or_default().confirmations.insert(row.department_id, row);
    }
    let approvals = approval::Entity::find()
        .filter(approval::Column::InspectionId.is_in(of))
        .filter(approval::Column::Id.not_in_subquery(withdrawn()))
        .all(connection)
        .await?;
    for row in approvals {
        courses.entry(row.inspection_id).or_default().approvals.push(row);
    }
    coverage(connection, ids, &mut courses).await?;
    Ok(courses)
}

async fn coverage<C: ConnectionTrait>(
    connection: &C,
    ids: &[Uuid],
    courses: &mut BTreeMap<Uuid, Course>,
) -> StoreResult<()> {
    let owed = || {
        target::Entity::find()
            .select_only()
            .columns([target::Column::InspectionId, target::Column::DepartmentId])
            .column_as(target::Column::Id.count(), "number")
            .filter(target::Column::InspectionId.is_in(ids.iter().copied()))
            .filter(target::Column::Id.not_in_subquery(withdrawn_targets()))
            .group_by(target::Column::InspectionId)
            .group_by(target::Column::DepartmentId)
    };
    let targets: Vec<(Uuid, Uuid, i64)> = owed().into_tuple().all(connection).await?;
    for (id, department, number) in targets {
        courses.entry(id).or_default().coverage.entry(department).or_default().targets = number;
    }
    let handed_in = owed().filter(target::Column::Id.in_subquery(submitted_targets()));
    let submitted: Vec<(Uuid, Uuid, i64)> = handed_in.into_tuple().all(connection).await?;
    for (id, department, number) in submitted {
        courses.entry(id).or_default().coverage.entry(department).or_default().submitted = number;
    }
    Ok(())
}

impl Course {
    /// One inspection.
    pub async fn load<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<Course> {
        Ok(courses(connection, &[id]).await?.remove(&id).unwrap_or_default())
    }

    /// The 部 in 組織順, with their names.
    pub fn divisions(&self) -> Vec<(Uuid, String)> {
        let mut divisions: Vec<(Uuid, String)> = Vec::new();
        for place in &self.places {
            if !divisions.iter().any(|(id, _)| *id == place.division_id) {
                divisions.push((place.division_id, place.division_name.clone()));
            }
        }
        divisions
    }

    /// The departments of a 部 (or of the city) that owe sheets.
    pub fn departments(&self, division: Option<Uuid>) -> impl Iterator<Item = &inspection_department::Model> {
        self.places
            .iter()
            .filter(move |place| division.is_none_or(|id| place.division_id == id))
            .filter(|place| self.coverage.get(&place.department_id).is_some_and(|one| one.targets > 0))
    }

    /// Whether a 部 has a 部長's step: the inspection has it, and it is not a department that stands alone (会計課).
    pub fn is_approved_by_division(&self, division: Uuid) -> bool {
        self.steps.contains(&Level::Division)
            && self.departments(Some(division)).any(|place| place.department_id != division)
    }

    /// The approval that holds for a 部 or for the city.
    pub fn approval(&self, division: Option<Uuid>) -> Option<&approval::Model> {
        self.approvals.iter().find(|row| row.department_id == division)
    }

    /// Departments of a 部 (or of the city) nobody confirmed.
    pub fn unconfirmed(&self, division: Option<Uuid>) -> usize {
        self.departments(division)
            .filter(|place| !self.confirmations.contains_key(&place.department_id))
            .count()
    }

    /// 部 whose step is taken: approved, or all confirmed where there is no 部長's step.
    pub fn is_done(&self, division: Uuid) -> bool {
        match self.is_approved_by_division(division) {
            true => self.approval(Some(division)).is_some(),
            false => self.unconfirmed(Some(division)) == 0,
        }
    }

    /// What the rules need to know: of a 部, or of the city.
    pub fn stand(&self, division: Option<Uuid>) -> Stand {
        let level = if division.is_some() { Level::Division } else { Level::Chief };
        let with_divisions = self.steps.contains(&Level::Division);
        let owing = |id: &Uuid| self.departments(Some(*id)).next().is_some();
        let (units, open) = match (division, with_divisions) {
            (None, true) => {
                let units: Vec<Uuid> = self.divisions().into_iter().map(|(id, _)| id).filter(owing).collect();
                (units.len(), units.iter().filter(|id| !self.is_done(**id)).count())
            }
            _ => (self.departments(division).count(), self.unconfirmed(division)),
        };
        Stand {
            level,
            asked: match division {
                Some(id) => self.is_approved_by_division(id),
                None => self.steps.contains(&Level::Chief),
            },
            with_divisions,
            closed: self.closed,
            approved: self.approval(division).is_some(),
            above: division.is_some() && self.approval(None).is_some(),
            units,
            open,
        }
    }
}
