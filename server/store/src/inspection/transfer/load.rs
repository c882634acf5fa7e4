//! Loads an inspection's sheets and the roster of a day; a fixed number of statements, however many people.

use crate::entity::{
    absence, answer, confirmation, credential, department, department_succession, inspection,
    inspection_edition, person, sheet_code, target, target_restoration, target_withdrawal,
};
use crate::error::StoreResult;
use crate::inspection::board;
use crate::inspection::target::{absent, holders};
use domain::department::Change;
use domain::inspection::transfer::{Begun, Proposal, Roster, Sheet, Withdrawn, proposals};
use domain::role::Role;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use time::Date;
use uuid::Uuid;

/// An inspection against the roster of a day.
pub(super) struct Situation {
    /// Today, or 基準日 if that is later.
    pub on: Date,
    pub sheets: Vec<Sheet>,
    pub proposals: Vec<Proposal>,
    pub targets: BTreeMap<Uuid, target::Model>,
    pub people: BTreeMap<Uuid, person::Model>,
    pub departments: BTreeMap<Uuid, department::Model>,
    pub editions: BTreeMap<Role, Uuid>,
}

impl Situation {
    /// The name of a department; empty for an unknown one.
    pub fn department(&self, id: Uuid) -> String {
        self.departments.get(&id).map(|row| row.name.clone()).unwrap_or_default()
    }

    /// How far a target has come.
    pub fn begun(&self, target: Uuid) -> Begun {
        self.sheets.iter().find(|sheet| sheet.target == target).map_or(Begun::NotBegun, |sheet| sheet.begun)
    }
}

pub(super) async fn situation<C: ConnectionTrait>(
    connection: &C,
    inspection: &inspection::Model,
    today: Date,
) -> StoreResult<Situation> {
    let on = Ord::max(today, inspection.base_on);
    let editions: BTreeMap<Role, Uuid> = inspection_edition::Entity::find()
        .filter(inspection_edition::Column::InspectionId.eq(inspection.id))
        .all(connection)
        .await?
        .into_iter()
        .filter_map(|row| Some((Role::from_key(&row.role)?, row.edition_id)))
        .collect();
    let targets = target::Entity::find()
        .filter(target::Column::InspectionId.eq(inspection.id))
        .order_by_asc(target::Column::Id)
        .all(connection)
        .await?;
    let sheets = sheets(connection, inspection.id, &targets).await?;
    let roster = roster(connection, inspection.base_on, on).await?;
    let people = person::Entity::find().all(connection).await?;
    let departments = department::Entity::find().all(connection).await?;
    let with_edition: Vec<Role> = editions.keys().copied().collect();
    Ok(Situation {
        on,
        proposals: proposals(&sheets, &roster, &with_edition),
        sheets,
        targets: targets.into_iter().map(|row| (row.id, row)).collect(),
        people: people.into_iter().map(|row| (row.id, row)).collect(),
        departments: departments.into_iter().map(|row| (row.id, row)).collect(),
        editions,
    })
}

async fn sheets<C: ConnectionTrait>(
    connection: &C,
    id: Uuid,
    targets: &[target::Model],
) -> StoreResult<Vec<Sheet>> {
    let submitted = board::sheets(connection, id).await?.submitted;
    let confirmed: BTreeSet<Uuid> = confirmation::Entity::find()
        .filter(confirmation::Column::InspectionId.eq(id))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| row.department_id)
        .collect();
    let begun = drafts(connection, id).await?;
    let withdrawn = withdrawn(connection).await?;
    let stands = |row: &target::Model| match (submitted.contains_key(&row.id), begun.contains(&row.id)) {
        (true, _) if confirmed.contains(&row.department_id) => Begun::Confirmed,
        (true, _) => Begun::Submitted,
        (false, true) => Begun::Draft,
        (false, false) => Begun::NotBegun,
    };
    Ok(targets
        .iter()
        .filter_map(|row| {
            Some(Sheet {
                target: row.id,
                person_id: row.person_id,
                department_id: row.department_id,
                role: Role::from_key(&row.role)?,
                system: row.system.clone(),
                begun: stands(row),
                withdrawn: withdrawn.get(&row.id).copied(),
            })
        })
        .collect())
}

/// Targets with at least one answer.
async fn drafts<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<BTreeSet<Uuid>> {
    let answered = Query::select()
        .column(answer::Column::Id)
        .from(answer::Entity)
        .and_where(
            Expr::col((answer::Entity, answer::Column::TargetId))
                .equals((target::Entity, target::Column::Id)),
        )
        .to_owned();
    let rows: Vec<Uuid> = target::Entity::find()
        .select_only()
        .column(target::Column::Id)
        .filter(target::Column::InspectionId.eq(id))
        .filter(Expr::exists(answered))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Targets that left and did not come back.
async fn withdrawn<C: ConnectionTrait>(connection: &C) -> StoreResult<BTreeMap<Uuid, Withdrawn>> {
    let restored: BTreeSet<Uuid> = target_restoration::Entity::find()
        .all(connection)
        .await?
        .into_iter()
        .map(|row| row.withdrawal_id)
        .collect();
    let how = |rule: &str| if rule.is_empty() { Withdrawn::ByHand } else { Withdrawn::ByRule };
    Ok(target_withdrawal::Entity::find()
        .all(connection)
        .await?
        .into_iter()
        .filter(|row| !restored.contains(&row.id))
        .map(|row| (row.target_id, how(&row.rule)))
        .collect())
}

async fn roster<C: ConnectionTrait>(connection: &C, base_on: Date, on: Date) -> StoreResult<Roster> {
    let back = absence::Entity::find()
        .filter(absence::Column::ValidTo.gt(base_on))
        .filter(absence::Column::ValidTo.lte(on))
        .all(connection)
        .await?;
    let ended = department_succession::Entity::find()
        .filter(department_succession::Column::OnDate.lte(on))
        .all(connection)
        .await?;
    Ok(Roster {
        holders: holders(connection, on).await?,
        absent: absent(connection, on).await?,
        back: back.into_iter().map(|row| row.person_id).collect(),
        ended: ended
            .into_iter()
            .filter_map(|row| Some((row.predecessor_id, Change::from_key(&row.kind)?)))
            .collect(),
        without_account: without_account(connection).await?,
    })
}

/// People who were given the number of a sheet and have no account.
async fn without_account<C: ConnectionTrait>(connection: &C) -> StoreResult<BTreeSet<Uuid>> {
    let numbered = Query::select().column(sheet_code::Column::TargetId).from(sheet_code::Entity).to_owned();
    let accounts = Query::select().column(credential::Column::PersonId).from(credential::Entity).to_owned();
    let rows: Vec<Uuid> = target::Entity::find()
        .select_only()
        .column(target::Column::PersonId)
        .filter(target::Column::Id.in_subquery(numbered))
        .filter(target::Column::PersonId.not_in_subquery(accounts))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}
