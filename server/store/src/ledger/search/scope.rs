//! What a search means as a condition on events.

use super::Search;
use crate::entity::{audit, department, event, finding, improvement, person, post, target};
use crate::error::StoreResult;
use crate::ledger::{micros, stream};
use domain::actor::Actor;
use domain::permission::record::{OF_AUDIT, Sight, sight_of_audit};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use time::{Date, Duration, UtcOffset};
use uuid::Uuid;

/// So many people or departments one text may mean.
const MEANT: u64 = 50;

pub(super) async fn condition<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    search: &Search,
) -> StoreResult<Condition> {
    let mut all = Condition::all();
    if search.own {
        all = all.add(event::Column::ActorId.eq(actor.person_id));
    } else if sight_of_audit(actor) == Sight::Nothing {
        for start in OF_AUDIT {
            let foreign = Condition::any()
                .add(event::Column::Kind.not_like(format!("{start}%")))
                .add(event::Column::ActorId.eq(actor.person_id));
            all = all.add(foreign);
        }
    }
    if !search.person.is_empty() {
        all = all.add(of_person(connection, &search.person).await?);
    }
    if !search.department.is_empty() {
        all = all.add(of_department(connection, &search.department).await?);
    }
    for (text, column) in [(&search.stream, event::Column::Stream), (&search.kind, event::Column::Kind)] {
        if !text.is_empty() {
            all = all.add(column.eq(text.as_str()));
        }
    }
    if !search.noun.is_empty() {
        all = all.add(event::Column::Stream.starts_with(format!("{}:", search.noun)));
    }
    if !search.address.is_empty() {
        all = all.add(event::Column::Address.starts_with(search.address.as_str()));
    }
    let from = search.from.map(|day| event::Column::AtMicros.gte(begins(day)));
    let to = search.to.and_then(Date::next_day).map(|day| event::Column::AtMicros.lt(begins(day)));
    Ok(all.add_option(from).add_option(to))
}

/// Midnight in Japan.
fn begins(day: Date) -> i64 {
    let midnight = day.midnight().assume_offset(UtcOffset::UTC) - Duration::hours(9);
    micros(midnight)
}

/// Who acted, or whose account or sheet was touched.
async fn of_person<C: ConnectionTrait>(connection: &C, text: &str) -> StoreResult<Condition> {
    let meant = Condition::any()
        .add(person::Column::StaffNo.eq(text))
        .add(person::Column::Name.contains(text))
        .add(person::Column::Kana.contains(text));
    let people = person::Entity::find().filter(meant).limit(MEANT).all(connection).await?;
    let ids: Vec<Uuid> = people.into_iter().map(|person| person.id).collect();
    let sheets = ids_of(connection, target::Column::Id, target::Column::PersonId, &ids).await?;
    let streams = ids.iter().map(|id| stream("person", *id)).chain(named("target", sheets));
    Ok(Condition::any()
        .add(event::Column::ActorId.is_in(ids.iter().copied()))
        // Somebody who has left or was renamed is still found by the name of that day.
        .add(event::Column::ActorName.contains(text))
        .add(event::Column::Stream.is_in(streams)))
}

/// The streams of a department and of everything that belongs to it, and who came into it or left it.
async fn of_department<C: ConnectionTrait>(connection: &C, text: &str) -> StoreResult<Condition> {
    let meant =
        Condition::any().add(department::Column::Code.eq(text)).add(department::Column::Name.contains(text));
    let found = department::Entity::find().filter(meant).limit(MEANT).all(connection).await?;
    let ids: Vec<Uuid> = found.iter().map(|department| department.id).collect();
    let audits = ids_of(connection, audit::Column::Id, audit::Column::DepartmentId, &ids).await?;
    let findings = ids_of(connection, finding::Column::Id, finding::Column::AuditId, &audits).await?;
    let sheets = ids_of(connection, target::Column::Id, target::Column::DepartmentId, &ids).await?;
    let improvements =
        ids_of(connection, improvement::Column::Id, improvement::Column::DepartmentId, &ids).await?;
    let people = people_of(connection, &ids, &found).await?;
    let streams = named("department", ids)
        .chain(named("audit", audits))
        .chain(named("finding", findings))
        .chain(named("target", sheets))
        .chain(named("improvement", improvements));
    Ok(Condition::any().add(event::Column::Stream.is_in(streams)).add(people))
}

/// Events of people who ever held a post in the departments, as far as they name one of them.
async fn people_of<C: ConnectionTrait>(
    connection: &C,
    ids: &[Uuid],
    found: &[department::Model],
) -> StoreResult<Condition> {
    let mut people = ids_of(connection, post::Column::PersonId, post::Column::DepartmentId, ids).await?;
    people.sort_unstable();
    people.dedup();
    let kinds = ["person.%", "post.%"].map(|start| event::Column::Kind.like(start));
    let mut names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let said = names.into_iter().map(|name| event::Column::Payload.contains(name));
    let any = |all: &mut dyn Iterator<Item = _>| all.fold(Condition::any(), Condition::add);
    Ok(Condition::all()
        .add(event::Column::Stream.is_in(named("person", people)))
        .add(any(&mut kinds.into_iter()))
        .add(any(&mut said.into_iter())))
}

fn named(noun: &'static str, ids: Vec<Uuid>) -> impl Iterator<Item = String> {
    ids.into_iter().map(move |id| stream(noun, id))
}

/// Keys of rows whose column holds one of some keys; not more than a statement can bind.
async fn ids_of<C, K>(connection: &C, key: K, of: K, ids: &[Uuid]) -> StoreResult<Vec<Uuid>>
where
    C: ConnectionTrait,
    K: ColumnTrait,
    K::EntityName: EntityTrait<Column = K>,
{
    Ok(K::EntityName::find()
        .select_only()
        .column(key)
        .filter(of.is_in(ids.iter().copied()))
        .limit(10_000)
        .into_tuple()
        .all(connection)
        .await?)
}
