//! What can be taken out of an inspection: 部, 課, and the sheets of one 課 or of all systems.

use super::{Ground, ground, may_read};
use crate::Db;
use crate::entity::{inspection, submission, target};
use crate::error::{StoreError, StoreResult};
use crate::inspection::target::withdrawn_targets;
use crate::results::{returned_submissions, submitted_targets};
use domain::actor::Actor;
use domain::permission::{Action, allows, sees_answers};
use domain::role::Role;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// The 課 whose sheets are listed (none for the list of all systems), and its sheets.
pub type Chosen = (Option<(Uuid, String)>, Vec<OwedSheet>);

/// The page.
#[derive(Debug, Clone)]
pub struct FormsPage {
    pub inspection: inspection::Model,
    pub divisions: Vec<Division>,
    pub chosen: Option<Chosen>,
    /// Sheets about a system within reach.
    pub systems: i64,
    /// Why the answers of no sheet are given out, where the inspection's mode says so.
    pub withheld: Option<String>,
    /// May bring workbooks in to be taken (事務局).
    pub brings_in: bool,
}

/// A 部.
#[derive(Debug, Clone)]
pub struct Division {
    pub id: Uuid,
    pub name: String,
    pub units: Vec<Unit>,
}

impl Division {
    /// Sheets owed and handed in.
    pub fn sheets(&self) -> (i64, i64) {
        self.units.iter().fold((0, 0), |(owed, given), unit| (owed + unit.owed, given + unit.submitted))
    }

    /// The actor may take all its sheets out with their answers.
    pub fn is_readable(&self) -> bool {
        self.units.iter().all(|unit| unit.readable)
    }
}

/// A 課 that owes sheets.
#[derive(Debug, Clone)]
pub struct Unit {
    pub id: Uuid,
    pub name: String,
    pub owed: i64,
    pub submitted: i64,
    /// The actor may take its sheets out with their answers.
    pub readable: bool,
}

/// A sheet.
#[derive(Debug, Clone)]
pub struct OwedSheet {
    pub target: Uuid,
    pub department: String,
    pub person: String,
    pub role: Role,
    pub system: Option<String>,
    pub submitted: bool,
    /// The actor may take it out with its answers.
    pub readable: bool,
}

/// Which sheets are listed one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    None,
    Department(Uuid),
    Systems,
}

/// The page; `listing` names what is shown sheet by sheet.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown inspection or a department out of reach.
pub async fn page(db: &Db, actor: &Actor, id: Uuid, listing: Listing) -> StoreResult<FormsPage> {
    let ground = ground(db, actor, id).await?;
    let within: Vec<Uuid> = ground.places.iter().map(|place| place.department_id).collect();
    let owed = counts(db, owing(id, &within)).await?;
    let handed_in = owing(id, &within).filter(target::Column::Id.in_subquery(submitted_targets()));
    let submitted = counts(db, handed_in).await?;
    let about_systems = owing(id, &within).filter(target::Column::System.is_not_null());
    let systems = counts(db, about_systems).await?.values().sum();
    let chosen = match listing {
        Listing::None => None,
        Listing::Systems => Some((None, sheets(db, actor, &ground, &within, true).await?)),
        Listing::Department(department) => {
            let place = ground.places.iter().find(|place| place.department_id == department);
            let name = place.ok_or(StoreError::NotFound)?.name.clone();
            Some((Some((department, name)), sheets(db, actor, &ground, &[department], false).await?))
        }
    };
    Ok(FormsPage {
        divisions: divisions(actor, &ground, &owed, &submitted),
        chosen,
        systems,
        withheld: match may_read(actor, &ground.inspection, within) {
            Err(StoreError::Refused(refusal)) => Some(refusal.text),
            _ => None,
        },
        brings_in: allows(actor, Action::RunInspection),
        inspection: ground.inspection,
    })
}

/// The sheets some departments owe.
pub(super) fn owing(inspection: Uuid, departments: &[Uuid]) -> Select<target::Entity> {
    target::Entity::find()
        .filter(target::Column::InspectionId.eq(inspection))
        .filter(target::Column::DepartmentId.is_in(departments.iter().copied()))
        .filter(target::Column::Id.not_in_subquery(withdrawn_targets()))
}

async fn counts(db: &Db, sheets: Select<target::Entity>) -> StoreResult<BTreeMap<Uuid, i64>> {
    let rows: Vec<(Uuid, i64)> = sheets
        .select_only()
        .column(target::Column::DepartmentId)
        .column_as(target::Column::Id.count(), "sheets")
        .group_by(target::Column::DepartmentId)
        .into_tuple()
        .all(db.read())
        .await?;
    Ok(rows.into_iter().collect())
}

fn divisions(
    actor: &Actor,
    ground: &Ground,
    owed: &BTreeMap<Uuid, i64>,
    submitted: &BTreeMap<Uuid, i64>,
) -> Vec<Division> {
    let mut divisions: Vec<Division> = Vec::new();
    for place in &ground.places {
        let Some(number) = owed.get(&place.department_id) else { continue };
        let unit = Unit {
            id: place.department_id,
            name: place.name.clone(),
            owed: *number,
            submitted: submitted.get(&place.department_id).copied().unwrap_or_default(),
            readable: sees_answers(actor, ground.inspection.visible(), place.department_id),
        };
        match divisions.iter_mut().find(|division| division.id == place.division_id) {
            Some(division) => division.units.push(unit),
            None => divisions.push(Division {
                id: place.division_id,
                name: place.division_name.clone(),
                units: vec![unit],
            }),
        }
    }
    divisions
}

async fn sheets(
    db: &Db,
    actor: &Actor,
    ground: &Ground,
    departments: &[Uuid],
    systems: bool,
) -> StoreResult<Vec<OwedSheet>> {
    let mut query = owing(ground.inspection.id, departments);
    if systems {
        query =
            query.filter(target::Column::System.is_not_null()).order_by(target::Column::System, Order::Asc);
    }
    let targets = query.order_by_asc(target::Column::PersonKana).all(db.read()).await?;
    let submitted = handed_in(db, &targets).await?;
    let place = |id: Uuid| ground.places.iter().find(|place| place.department_id == id);
    Ok(targets
        .into_iter()
        .map(|target| OwedSheet {
            target: target.id,
            department: place(target.department_id).map(|place| place.name.clone()).unwrap_or_default(),
            submitted: submitted.contains_key(&target.id),
            readable: sees_answers(actor, ground.inspection.visible(), target.department_id),
            role: Role::from_key(&target.role).unwrap_or(Role::Staff),
            person: target.person_name,
            system: target.system,
        })
        .collect())
}

/// Those of some targets whose sheets are handed in, with the time they last were; one statement for an inspection,
/// however many they are.
pub(super) async fn handed_in(
    db: &Db,
    targets: &[target::Model],
) -> StoreResult<BTreeMap<Uuid, OffsetDateTime>> {
    let Some(first) = targets.first() else { return Ok(BTreeMap::new()) };
    let of = target::Entity::find()
        .select_only()
        .column(target::Column::Id)
        .filter(target::Column::InspectionId.eq(first.inspection_id))
        .into_query();
    let rows: Vec<(Uuid, OffsetDateTime)> = submission::Entity::find()
        .select_only()
        .columns([submission::Column::TargetId, submission::Column::At])
        .filter(submission::Column::TargetId.in_subquery(of))
        .filter(submission::Column::Id.not_in_subquery(returned_submissions()))
        .order_by_asc(submission::Column::At)
        .into_tuple()
        .all(db.read())
        .await?;
    Ok(rows.into_iter().collect())
}
