//! Who owes which sheet: the rows of targets, and which of them left the inspection.

use crate::access::post_holds;
use crate::entity::{
    absence, department, inspection_department, person, post, target, target_restoration, target_withdrawal,
};
use crate::error::StoreResult;
use domain::inspection::Holder;
use domain::post::{AbsenceReason, Kind};
use domain::question::setting::Attribute;
use domain::role::Role;
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    Set,
};
use std::collections::{BTreeMap, BTreeSet};
use time::Date;
use uuid::Uuid;

/// Targets that left the inspection and did not come back. They are in no denominator: every query that counts
/// targets leaves them out.
pub(crate) fn withdrawn_targets() -> SelectStatement {
    let restored = Query::select()
        .column(target_restoration::Column::WithdrawalId)
        .from(target_restoration::Entity)
        .to_owned();
    Query::select()
        .column(target_withdrawal::Column::TargetId)
        .from(target_withdrawal::Entity)
        .and_where(
            Expr::col((target_withdrawal::Entity, target_withdrawal::Column::Id)).not_in_subquery(restored),
        )
        .to_owned()
}

/// Whether a target left the inspection.
pub(crate) async fn is_withdrawn<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<bool> {
    Ok(!withdrawn_among(connection, [id]).await?.is_empty())
}

/// Those among some targets that left the inspection.
pub(crate) async fn withdrawn_among<C: ConnectionTrait>(
    connection: &C,
    ids: impl IntoIterator<Item = Uuid>,
) -> StoreResult<BTreeSet<Uuid>> {
    let found: Vec<Uuid> = target::Entity::find()
        .select_only()
        .column(target::Column::Id)
        .filter(target::Column::Id.is_in(ids))
        .filter(target::Column::Id.in_subquery(withdrawn_targets()))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(found.into_iter().collect())
}

/// Posts of the day, in the order of appointment.
pub(crate) async fn holders<C: ConnectionTrait>(connection: &C, day: Date) -> StoreResult<Vec<Holder>> {
    let posts =
        post::Entity::find().filter(post_holds(day)).order_by_asc(post::Column::Id).all(connection).await?;
    Ok(posts
        .into_iter()
        .filter_map(|post| {
            Some(Holder {
                person_id: post.person_id,
                department_id: post.department_id,
                role: Role::from_key(&post.role)?,
                kind: Kind::from_key(&post.kind).unwrap_or_default(),
                title: post.title,
                system: post.system,
            })
        })
        .collect())
}

/// Who is away on a day, and why.
pub(crate) async fn absent<C: ConnectionTrait>(
    connection: &C,
    day: Date,
) -> StoreResult<BTreeMap<Uuid, AbsenceReason>> {
    let open = Condition::any().add(absence::Column::ValidTo.is_null()).add(absence::Column::ValidTo.gt(day));
    let rows = absence::Entity::find()
        .filter(absence::Column::ValidFrom.lte(day))
        .filter(open)
        .all(connection)
        .await?;
    let reason = |row: absence::Model| Some((row.person_id, AbsenceReason::from_key(&row.reason)?));
    Ok(rows.into_iter().filter_map(reason).collect())
}

/// A department as it stands in the organisation of an inspection.
pub(crate) fn place(
    inspection_id: Uuid,
    row: &department::Model,
    names: &BTreeMap<Uuid, String>,
) -> inspection_department::ActiveModel {
    let division = row.parent_id.unwrap_or(row.id);
    inspection_department::ActiveModel {
        id: Set(Uuid::now_v7()),
        inspection_id: Set(inspection_id),
        department_id: Set(row.id),
        division_name: Set(names.get(&division).cloned().unwrap_or_else(|| row.name.clone())),
        name: Set(row.name.clone()),
        division_id: Set(division),
        position: Set(row.position),
    }
}

/// What is needed to write targets: people, editions, attributes of departments.
pub(crate) struct Desk {
    pub inspection_id: Uuid,
    editions: BTreeMap<Role, Uuid>,
    pub people: BTreeMap<Uuid, person::Model>,
    attributes: BTreeMap<Uuid, BTreeSet<Attribute>>,
}

impl Desk {
    pub async fn load<C: ConnectionTrait>(
        connection: &C,
        inspection_id: Uuid,
        editions: BTreeMap<Role, Uuid>,
    ) -> StoreResult<Desk> {
        let people = person::Entity::find().all(connection).await?;
        Ok(Desk {
            inspection_id,
            editions,
            people: people.into_iter().map(|row| (row.id, row)).collect(),
            attributes: crate::department::attribute::held(connection).await?,
        })
    }

    /// The keys of the attributes a department has now.
    pub fn attributes(&self, department: Uuid) -> String {
        Attribute::keys(self.attributes.get(&department).into_iter().flatten().copied())
    }

    /// A new target; none for an unknown person or a role without an edition.
    pub fn target(&self, owed: &Holder) -> Option<target::Model> {
        let person = self.people.get(&owed.person_id)?;
        Some(target::Model {
            id: Uuid::now_v7(),
            inspection_id: self.inspection_id,
            department_id: owed.department_id,
            person_id: owed.person_id,
            edition_id: *self.editions.get(&owed.role)?,
            role: owed.role.key().to_string(),
            system: owed.system.clone(),
            person_name: person.name.clone(),
            person_kana: person.kana.clone(),
            title: owed.title.clone(),
            attributes: self.attributes(owed.department_id),
        })
    }
}
