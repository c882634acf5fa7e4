//! What a roster says beside posts: who is away for long, and which systems there are.

use super::known::Everything;
use crate::department::succession::{Act, hand_over};
use crate::entity::{absence, information_system};
use crate::error::StoreResult;
use crate::ledger::{self, insert_in_portions};
use crate::system;
use domain::roster::Roster;
use domain::roster::difference::{self, systems as systems_of};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Begins and ends absences. A file that names nobody says nothing about them.
pub async fn absences<C: ConnectionTrait>(
    connection: &C,
    act: &Act,
    known: &Everything,
    roster: &Roster,
    chosen: &Roster,
) -> StoreResult<()> {
    let Some(away) = difference::absences(roster) else { return Ok(()) };
    let people: BTreeSet<&str> = chosen.rows.iter().map(|row| row.staff_no.as_str()).collect();
    let mut new = Vec::new();
    for staff_no in people {
        let reason = away.get(staff_no).map(|reason| reason.key());
        let open = known.absences.get(staff_no);
        if open.map(|row| row.reason.as_str()) == reason {
            continue;
        }
        if let Some(row) = open {
            absence::Entity::update_many()
                .col_expr(absence::Column::ValidTo, Expr::value(act.on.max(row.valid_from)))
                .filter(absence::Column::Id.eq(row.id))
                .exec(connection)
                .await?;
        }
        let (Some(reason), Some(person)) = (reason, known.rows.get(staff_no)) else { continue };
        new.push(absence::ActiveModel {
            id: Set(Uuid::now_v7()),
            person_id: Set(person.id),
            reason: Set(reason.to_string()),
            valid_from: Set(act.on),
            valid_to: Set(None),
            at: Set(act.now),
            by_person_id: Set(act.author.id),
        });
    }
    insert_in_portions::<absence::Entity, _, _>(connection, new).await
}

/// Puts the systems the file names (所管システム) into the register, or hands them over.
pub async fn systems<C: ConnectionTrait>(
    connection: &C,
    act: &Act,
    known: &Everything,
    chosen: &Roster,
) -> StoreResult<()> {
    let departments: BTreeMap<&str, Uuid> =
        known.names.iter().map(|(id, name)| (name.as_str(), *id)).collect();
    let mut owners: BTreeMap<String, Uuid> = BTreeMap::new();
    for row in &chosen.rows {
        let Some(department) = departments.get(row.full_department().as_str()) else { continue };
        for name in systems_of(row) {
            owners.entry(name).or_insert(*department);
        }
    }
    if owners.is_empty() {
        return Ok(());
    }
    let open = information_system::Entity::find()
        .filter(information_system::Column::ValidTo.is_null())
        .all(connection)
        .await?;
    let (mut new, mut events) = (Vec::new(), Vec::new());
    let owner = |id: &Uuid| known.names.get(id).cloned().unwrap_or_default();
    for (name, department_id) in owners {
        match open.iter().find(|row| row.name == name) {
            Some(row) if row.department_id == department_id => {}
            Some(row) => {
                let (before, after) = (owner(&row.department_id), owner(&department_id));
                events.push(system::handed_over(row, &before, &after, act.on));
                hand_over(connection, row.clone(), department_id, act.on).await?;
            }
            None => {
                let id = Uuid::now_v7();
                events.push(system::added(id, &name, &owner(&department_id), act.on));
                new.push(information_system::ActiveModel {
                    id: Set(id),
                    name: Set(name),
                    department_id: Set(department_id),
                    valid_from: Set(act.on),
                    valid_to: Set(None),
                });
            }
        }
    }
    insert_in_portions::<information_system::Entity, _, _>(connection, new).await?;
    ledger::append(connection, &act.author, act.now, events).await
}
