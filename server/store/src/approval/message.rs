//! Messages to those who hold a role in a department today, or in the city.

use crate::access::{open_grants, post_holds};
use crate::entity::{inspection, person, post, role_grant};
use crate::error::{StoreError, StoreResult};
use crate::outbox::{self, Message};
use domain::calendar::day;
use domain::role::Role;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;
use uuid::Uuid;

/// Who is told.
pub(crate) enum To {
    /// Holders of a post, 代理 and 事務取扱 included.
    Post(Uuid, Role),
    /// Holders of a role that was granted.
    Grant(Role),
}

async fn people<C: ConnectionTrait>(
    connection: &C,
    to: To,
    now: OffsetDateTime,
) -> StoreResult<Vec<person::Model>> {
    let ids: Vec<Uuid> = match to {
        To::Post(department, role) => post::Entity::find()
            .filter(post::Column::DepartmentId.eq(department))
            .filter(post::Column::Role.eq(role.key()))
            .filter(post_holds(day(now)))
            .all(connection)
            .await?
            .into_iter()
            .map(|row| row.person_id)
            .collect(),
        To::Grant(role) => open_grants(day(now))
            .filter(role_grant::Column::Role.eq(role.key()))
            .all(connection)
            .await?
            .into_iter()
            .map(|row| row.person_id)
            .collect(),
    };
    Ok(person::Entity::find().filter(person::Column::Id.is_in(ids)).all(connection).await?)
}

/// Puts the same message for each of them into the outbox inside the caller's transaction.
pub(crate) async fn tell<C: ConnectionTrait>(
    connection: &C,
    to: To,
    kind: &'static str,
    (subject, body): (String, String),
    now: OffsetDateTime,
) -> StoreResult<()> {
    let people = people(connection, to, now).await?;
    tell_people(connection, people, kind, (subject, body), now).await
}

/// The same for people who are known already.
pub(crate) async fn tell_people<C: ConnectionTrait>(
    connection: &C,
    people: Vec<person::Model>,
    kind: &'static str,
    (subject, body): (String, String),
    now: OffsetDateTime,
) -> StoreResult<()> {
    let message = |person: person::Model| Message {
        kind,
        body: format!("{} 様\n\n{body}", person.name),
        person,
        subject: subject.clone(),
    };
    outbox::put(connection, now, people.into_iter().map(message).collect()).await
}

/// The inspection's name and whom to ask.
pub(crate) async fn inspection<C: ConnectionTrait>(
    connection: &C,
    id: Uuid,
) -> StoreResult<inspection::Model> {
    inspection::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)
}
