//! Transfers in a running inspection (異動などの反映): what the roster of today asks for, what was taken over, what
//! was left, and changes by hand.

mod apply;
mod hand;
mod history;
mod load;
mod whole;

pub use apply::{leave, take};
pub use hand::{ByHand, add, move_to, restore, withdraw};
pub use history::Entry;
pub use whole::add_department;

use super::target::place;
use super::{hand_out, is_closed};
use crate::Db;
use crate::access::require_city;
use crate::entity::{
    absence, department, inspection, inspection_department, post, roster_application, transfer_waiver,
};
use crate::error::{StoreError, StoreResult};
use domain::actor::Actor;
use domain::calendar::day;
use domain::inspection::transfer::{Act, Begun, Proposal, Rule};
use domain::permission::Action;
use domain::role::Role;
use load::{Situation, situation};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// The page of transfers.
#[derive(Debug, Clone)]
pub struct Transfers {
    pub inspection: inspection::Model,
    pub closed: bool,
    /// The day whose roster was looked at.
    pub on: Date,
    /// By rule, in the order of the rules; none without a line.
    pub groups: Vec<(Rule, Vec<Line>)>,
    /// Newest first.
    pub history: Vec<Entry>,
    /// Departments of today without others below them, for changes by hand.
    pub departments: Vec<(Uuid, String)>,
    /// Roles with an edition in this inspection.
    pub roles: Vec<Role>,
}

impl Transfers {
    /// How many changes wait for a decision.
    pub fn pending(&self) -> usize {
        self.groups.iter().flat_map(|(_, lines)| lines).filter(|line| line.act != Act::Keep).count()
    }
}

/// One proposal in words.
#[derive(Debug, Clone)]
pub struct Line {
    /// For taking it over.
    pub key: String,
    pub act: Act,
    pub staff_no: String,
    pub person: String,
    pub role: Role,
    pub system: Option<String>,
    pub begun: Option<Begun>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub reason: String,
}

/// The proposals of today, the history, and what changes by hand need.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown inspection.
pub async fn transfers(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<Transfers> {
    require_city(actor, Action::RunInspection)?;
    let connection = db.read();
    let inspection = inspection::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let closed = is_closed(connection, id).await?;
    let situation = situation(connection, &inspection, day(now)).await?;
    // What is past stays past: a closed inspection proposes nothing.
    let open = if closed { Vec::new() } else { open(connection, id, &situation).await? };
    let mut groups: BTreeMap<Rule, Vec<Line>> = BTreeMap::new();
    for proposal in &open {
        groups.entry(proposal.rule).or_default().push(line(proposal, &situation));
    }
    for lines in groups.values_mut() {
        lines.sort_by(|a, b| (a.act == Act::Keep, &a.staff_no).cmp(&(b.act == Act::Keep, &b.staff_no)));
    }
    Ok(Transfers {
        closed,
        on: situation.on,
        groups: groups.into_iter().collect(),
        history: history::history(connection, id, &situation).await?,
        departments: leaves(&situation),
        roles: situation.editions.keys().copied().collect(),
        inspection,
    })
}

/// How many changes wait for a decision. Looks closer only if the roster changed since 基準日.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown inspection.
pub async fn pending(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<usize> {
    require_city(actor, Action::RunInspection)?;
    let connection = db.read();
    let inspection = inspection::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
    if is_closed(connection, id).await? || !roster_changed(connection, &inspection, day(now)).await? {
        return Ok(0);
    }
    // Whoever has no sheet yet gets one in a moment; that is no change of the roster.
    if hand_out::is_under_way(connection, id).await? {
        return Ok(0);
    }
    let situation = situation(connection, &inspection, day(now)).await?;
    Ok(open(connection, id, &situation).await?.iter().filter(|one| one.changes()).count())
}

/// Whether a post or an absence began or ended since 基準日, or a roster was applied since the start.
async fn roster_changed<C: ConnectionTrait>(
    connection: &C,
    inspection: &inspection::Model,
    today: Date,
) -> StoreResult<bool> {
    let base = inspection.base_on;
    let posts = post::Entity::find().filter(
        Condition::any()
            .add(post::Column::ValidFrom.gt(base).and(post::Column::ValidFrom.lte(today)))
            .add(post::Column::ValidTo.gt(base).and(post::Column::ValidTo.lte(today))),
    );
    if posts.count(connection).await? > 0 {
        return Ok(true);
    }
    let absences = absence::Entity::find().filter(
        Condition::any()
            .add(absence::Column::ValidFrom.gt(base).and(absence::Column::ValidFrom.lte(today)))
            .add(absence::Column::ValidTo.gt(base).and(absence::Column::ValidTo.lte(today))),
    );
    if absences.count(connection).await? > 0 {
        return Ok(true);
    }
    let applied = roster_application::Entity::find().filter(roster_application::Column::At.gt(inspection.at));
    Ok(applied.count(connection).await? > 0)
}

/// The proposals that were not left before.
async fn open<C: ConnectionTrait>(
    connection: &C,
    id: Uuid,
    situation: &Situation,
) -> StoreResult<Vec<Proposal>> {
    let left: BTreeSet<String> = transfer_waiver::Entity::find()
        .filter(transfer_waiver::Column::InspectionId.eq(id))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| row.proposal)
        .collect();
    Ok(situation.proposals.iter().filter(|one| !left.contains(&one.key())).cloned().collect())
}

fn line(proposal: &Proposal, situation: &Situation) -> Line {
    let person = situation.people.get(&proposal.person_id);
    let sheet = situation.sheets.iter().find(|sheet| Some(sheet.target) == proposal.target);
    Line {
        key: proposal.key(),
        act: proposal.act,
        staff_no: person.map(|row| row.staff_no.clone()).unwrap_or_default(),
        person: person.map(|row| row.name.clone()).unwrap_or_default(),
        role: proposal.role,
        system: proposal.system.clone(),
        begun: sheet.map(|sheet| sheet.begun),
        from: proposal.from.map(|id| situation.department(id)),
        to: proposal.to.map(|id| situation.department(id)),
        reason: proposal.reason.clone(),
    }
}

fn leaves(situation: &Situation) -> Vec<(Uuid, String)> {
    let now: Vec<&department::Model> = situation
        .departments
        .values()
        .filter(|row| row.valid_from <= situation.on && row.valid_to.is_none_or(|to| to > situation.on))
        .collect();
    let above: BTreeSet<Uuid> = now.iter().filter_map(|row| row.parent_id).collect();
    let mut leaves: Vec<&department::Model> =
        now.into_iter().filter(|row| !above.contains(&row.id)).collect();
    leaves.sort_by_key(|row| row.position);
    leaves.into_iter().map(|row| (row.id, row.name.clone())).collect()
}

/// Makes a department part of the inspection's organisation, beside those it had (10/1 組織改正).
async fn take_in<C: ConnectionTrait>(connection: &C, id: Uuid, department: Uuid) -> StoreResult<()> {
    let known = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(id))
        .filter(inspection_department::Column::DepartmentId.eq(department))
        .count(connection)
        .await?;
    if known > 0 {
        return Ok(());
    }
    let rows = department::Entity::find().order_by_asc(department::Column::Position).all(connection).await?;
    let names: BTreeMap<Uuid, String> = rows.iter().map(|row| (row.id, row.name.clone())).collect();
    let row = rows.iter().find(|row| row.id == department).ok_or(StoreError::NotFound)?;
    inspection_department::Entity::insert(place(id, row, &names)).exec_without_returning(connection).await?;
    Ok(())
}
