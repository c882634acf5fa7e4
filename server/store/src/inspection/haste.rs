//! Confirmations and approvals given within seconds: a note for the 事務局 and for nobody else.

use super::board;
use crate::Db;
use crate::access::require_city;
use crate::approval::course::Course;
use crate::entity::{confirmation, event, inspection};
use crate::error::{StoreError, StoreResult};
use crate::ledger;
use crate::response::standing::names;
use domain::actor::Actor;
use domain::approval::Level;
use domain::duty::{Glance, Look};
use domain::inspection::Visibility;
use domain::permission::Action;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// One such confirmation or approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hasty {
    /// The department, the 部 or 全庁.
    pub department: String,
    /// Who confirmed or approved.
    pub head: String,
    pub told: String,
}

/// The hasty confirmations of an inspection in 組織順, then the hasty approvals. Confirmations only where heads may open
/// answers at all.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown inspection.
pub async fn hasty(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<Vec<Hasty>> {
    require_city(actor, Action::RunInspection)?;
    let connection = db.read();
    let inspection = inspection::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let course = Course::load(connection, id).await?;
    let hands = course.confirmations.values().map(|row| row.by_person_id);
    let hands: BTreeSet<Uuid> = hands.chain(course.approvals.iter().map(|row| row.by_person_id)).collect();
    if hands.is_empty() {
        return Ok(Vec::new());
    }
    let looks = event::Entity::find()
        .filter(event::Column::Kind.is_in(["response.read", "answers.read", "approval.opened"]))
        .filter(event::Column::ActorId.is_in(hands.iter().copied()))
        .order_by_asc(event::Column::AtMicros)
        .all(connection)
        .await?;
    let names = names(connection, hands).await?;
    let mut hasty = match inspection.visible() {
        Visibility::Named => confirmations(connection, &course, id, &looks, &names).await?,
        _ => Vec::new(),
    };
    hasty.extend(approvals(&course, id, &looks, &names));
    Ok(hasty)
}

async fn confirmations<C: ConnectionTrait>(
    connection: &C,
    course: &Course,
    id: Uuid,
    looks: &[event::Model],
    names: &BTreeMap<Uuid, String>,
) -> StoreResult<Vec<Hasty>> {
    let sheets = board::sheets(connection, id).await?;
    let mut streams: BTreeMap<String, Uuid> = BTreeMap::new();
    let mut handed_in: BTreeMap<Uuid, i64> = BTreeMap::new();
    for target in sheets.targets.iter().filter(|target| sheets.submitted.contains_key(&target.id)) {
        streams.insert(ledger::stream("target", target.id), target.department_id);
        *handed_in.entry(target.department_id).or_default() += 1;
    }
    let told = |department: Uuid, name: &str, word: &confirmation::Model| {
        let at = ledger::micros(word.at);
        let list = ledger::stream("department", department);
        let of_list = |one: &event::Model| one.stream == list && is_about(one, id);
        let own: Vec<&event::Model> = looks
            .iter()
            .filter(|one| one.actor_id == Some(word.by_person_id) && one.at_micros <= at)
            .filter(|one| one.kind != "approval.opened")
            .filter(|one| streams.get(&one.stream) == Some(&department) || of_list(one))
            .collect();
        let opened: BTreeSet<&str> =
            own.iter().map(|one| one.stream.as_str()).filter(|stream| *stream != list).collect();
        let look = Look {
            sheets: handed_in.get(&department).copied().unwrap_or_default(),
            opened: i64::try_from(opened.len()).unwrap_or(i64::MAX),
            seconds: own.first().map(|first| (at - first.at_micros) / 1_000_000),
        };
        let head = names.get(&word.by_person_id).cloned().unwrap_or_default();
        look.is_hasty().then(|| Hasty { department: name.to_string(), head, told: look.told() })
    };
    let of = course.places.iter().filter_map(|place| {
        told(place.department_id, &place.name, course.confirmations.get(&place.department_id)?)
    });
    Ok(of.collect())
}

/// Whether the entry of a look names this inspection.
fn is_about(one: &event::Model, inspection: Uuid) -> bool {
    one.payload.contains(&inspection.to_string())
}

fn approvals(
    course: &Course,
    id: Uuid,
    looks: &[event::Model],
    names: &BTreeMap<Uuid, String>,
) -> Vec<Hasty> {
    let divisions: BTreeMap<Uuid, String> = course.divisions().into_iter().collect();
    let mut held: Vec<_> = course.approvals.iter().collect();
    held.sort_by_key(|row| (Level::from_key(&row.level), row.at));
    let told = held.into_iter().filter_map(|row| {
        let stream = match row.department_id {
            Some(division) => ledger::stream("department", division),
            None => ledger::stream("inspection", id),
        };
        let at = ledger::micros(row.at);
        let first = looks.iter().find(|one| {
            one.kind == "approval.opened"
                && one.actor_id == Some(row.by_person_id)
                && one.stream == stream
                && is_about(one, id)
                && one.at_micros <= at
        });
        let glance = Glance {
            departments: i64::try_from(course.departments(row.department_id).count()).unwrap_or(i64::MAX),
            seconds: first.map(|first| (at - first.at_micros) / 1_000_000),
        };
        let department =
            row.department_id.map_or(Some("全庁"), |id| divisions.get(&id).map(String::as_str));
        let head = names.get(&row.by_person_id).cloned().unwrap_or_default();
        let department = department.unwrap_or_default().to_string();
        glance.is_hasty().then(|| Hasty { department, head, told: glance.told() })
    });
    told.collect()
}
