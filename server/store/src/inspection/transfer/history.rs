//! What was changed in an inspection's list of targets, by whom and why.

use super::load::Situation;
use crate::entity::{
    target, target_addition, target_restoration, target_transfer, target_withdrawal, transfer_waiver,
};
use crate::error::StoreResult;
use domain::inspection::transfer::Act;
use domain::role::Role;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// One change.
#[derive(Debug, Clone)]
pub struct Entry {
    pub at: OffsetDateTime,
    pub by: String,
    pub person: String,
    /// 所属を移す（職員、市民課→税務課）
    pub what: String,
    pub reason: String,
}

/// All changes, newest first; a fixed number of statements.
pub(super) async fn history<C: ConnectionTrait>(
    connection: &C,
    id: Uuid,
    situation: &Situation,
) -> StoreResult<Vec<Entry>> {
    let mut entries = Vec::new();
    let own = || of_inspection(id);
    let added = target_addition::Entity::find().filter(target_addition::Column::TargetId.in_subquery(own()));
    for row in added.all(connection).await? {
        let what = situation.what(row.target_id, Act::Add, None);
        entries.push(situation.entry(row.target_id, what, row.reason, row.at, row.by_person_id));
    }
    let moved = target_transfer::Entity::find().filter(target_transfer::Column::TargetId.in_subquery(own()));
    for row in moved.all(connection).await? {
        let (from, to) =
            (situation.department(row.from_department_id), situation.department(row.to_department_id));
        let what = situation.what(row.target_id, Act::Move, Some(format!("{from}→{to}")));
        entries.push(situation.entry(row.target_id, what, row.reason, row.at, row.by_person_id));
    }
    let withdrawn =
        target_withdrawal::Entity::find().filter(target_withdrawal::Column::TargetId.in_subquery(own()));
    let withdrawn = withdrawn.all(connection).await?;
    let of: BTreeMap<Uuid, Uuid> = withdrawn.iter().map(|row| (row.id, row.target_id)).collect();
    for row in withdrawn {
        let what = situation.what(row.target_id, Act::Withdraw, None);
        entries.push(situation.entry(row.target_id, what, row.reason, row.at, row.by_person_id));
    }
    let restored = target_restoration::Entity::find()
        .filter(target_restoration::Column::WithdrawalId.is_in(of.keys().copied()));
    for row in restored.all(connection).await? {
        if let Some(target) = of.get(&row.withdrawal_id) {
            let what = situation.what(*target, Act::Restore, None);
            entries.push(situation.entry(*target, what, row.reason, row.at, row.by_person_id));
        }
    }
    let left = transfer_waiver::Entity::find().filter(transfer_waiver::Column::InspectionId.eq(id));
    for row in left.all(connection).await? {
        entries.push(Entry {
            at: row.at,
            by: situation.name(row.by_person_id),
            person: situation.name(row.person_id),
            what: format!("見送り：{}", row.what),
            reason: row.reason,
        });
    }
    entries.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.person.cmp(&b.person)));
    Ok(entries)
}

fn of_inspection(id: Uuid) -> SelectStatement {
    Query::select()
        .column(target::Column::Id)
        .from(target::Entity)
        .and_where(Expr::col(target::Column::InspectionId).eq(id))
        .to_owned()
}

impl Situation {
    fn name(&self, person: Uuid) -> String {
        self.people.get(&person).map(|row| row.name.clone()).unwrap_or_default()
    }

    fn what(&self, target: Uuid, act: Act, place: Option<String>) -> String {
        let Some(row) = self.targets.get(&target) else { return act.label().to_string() };
        let role = Role::from_key(&row.role).map_or("", Role::short);
        let place = place.unwrap_or_else(|| self.department(row.department_id));
        format!("{}（{role}、{place}）", act.label())
    }

    fn entry(&self, target: Uuid, what: String, reason: String, at: OffsetDateTime, by: Uuid) -> Entry {
        let person = self.targets.get(&target).map(|row| row.person_name.clone()).unwrap_or_default();
        Entry { at, by: self.name(by), person, what, reason }
    }
}
