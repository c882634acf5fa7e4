//! Confirmations given within seconds: a note for the 事務局 and for nobody else.

use super::board;
use crate::Db;
use crate::access::require_city;
use crate::entity::{confirmation, event, inspection, inspection_department, person};
use crate::error::{StoreError, StoreResult};
use crate::ledger;
use domain::actor::Actor;
use domain::duty::Look;
use domain::inspection::Visibility;
use domain::permission::Action;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// One such confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hasty {
    pub department: String,
    pub head: String,
    pub look: Look,
}

/// The hasty confirmations of an inspection, in 組織順. Only where heads may open answers at all.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown inspection.
pub async fn hasty(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<Vec<Hasty>> {
    require_city(actor, Action::RunInspection)?;
    let connection = db.read();
    let inspection = inspection::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let confirmations = confirmation::Entity::find()
        .filter(confirmation::Column::InspectionId.eq(id))
        .all(connection)
        .await?;
    if inspection.visible() != Visibility::Named || confirmations.is_empty() {
        return Ok(Vec::new());
    }
    let sheets = board::sheets(connection, id).await?;
    let mut departments: BTreeMap<String, Uuid> = BTreeMap::new();
    let mut handed_in: BTreeMap<Uuid, i64> = BTreeMap::new();
    for target in sheets.targets.iter().filter(|target| sheets.submitted.contains_key(&target.id)) {
        departments.insert(ledger::stream("target", target.id), target.department_id);
        *handed_in.entry(target.department_id).or_default() += 1;
    }
    let heads: BTreeSet<Uuid> = confirmations.iter().map(|row| row.by_person_id).collect();
    let looks = event::Entity::find()
        .filter(event::Column::Kind.eq("response.read"))
        .filter(event::Column::ActorId.is_in(heads.iter().copied()))
        .order_by_asc(event::Column::AtMicros)
        .all(connection)
        .await?;
    let names: BTreeMap<Uuid, String> = person::Entity::find()
        .filter(person::Column::Id.is_in(heads))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let places = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(id))
        .order_by_asc(inspection_department::Column::Position)
        .all(connection)
        .await?;
    let hasty = places.into_iter().filter_map(|place| {
        let word = confirmations.iter().find(|row| row.department_id == place.department_id)?;
        let at = ledger::micros(word.at);
        let own: Vec<&event::Model> = looks
            .iter()
            .filter(|one| one.actor_id == Some(word.by_person_id) && one.at_micros <= at)
            .filter(|one| departments.get(&one.stream) == Some(&place.department_id))
            .collect();
        let opened: BTreeSet<&str> = own.iter().map(|one| one.stream.as_str()).collect();
        let look = Look {
            sheets: handed_in.get(&place.department_id).copied().unwrap_or_default(),
            opened: i64::try_from(opened.len()).unwrap_or(i64::MAX),
            seconds: own.first().map(|first| (at - first.at_micros) / 1_000_000),
        };
        let head = names.get(&word.by_person_id).cloned().unwrap_or_default();
        look.is_hasty().then_some(Hasty { department: place.name, head, look })
    });
    Ok(hasty.collect())
}
