//! One-time codes for the first sign-in, handed out on paper.

use crate::Db;
use crate::access::{grant_holds, post_holds, require_city};
use crate::entity::{credential, department, person, post, role_grant, sign_in_code};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent, insert_in_portions};
use crate::session::hash_token;
use crate::session::sign_in::{CODE_HOLDS, normal_code};
use domain::actor::Actor;
use domain::calendar::day;
use domain::permission::Action;
use domain::role::Role;
use rand::Rng;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Letters and digits that are not taken for one another on paper: no 0 O 1 I L U V.
const ALPHABET: &[u8] = b"23456789ABCDEFGHJKMNPQRSTWXYZ";

/// Who is to receive a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipients {
    /// Everybody without a password.
    Everybody,
    /// Those of a department without a password.
    Department(Uuid),
    /// This person, even with a password: it was forgotten. The old one ends when a new one is set.
    Person(Uuid),
}

/// A code as it is printed. It exists nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    pub staff_no: String,
    pub name: String,
    pub department: String,
    /// `ABCD-EFGH-JKMN`
    pub code: String,
    /// The last day on which it opens the door.
    pub until: Date,
}

/// Makes codes and gives them once, in 組織順.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused when nobody needs one.
pub async fn issue_codes(
    db: &Db,
    actor: &Actor,
    recipients: Recipients,
    now: OffsetDateTime,
) -> StoreResult<Vec<Code>> {
    require_city(actor, Action::ManageAccess)?;
    let txn = db.begin().await?;
    let people = recipients_of(&txn, recipients, day(now)).await?;
    if people.is_empty() {
        return Err(StoreError::refused(
            "確認コードの必要な職員はいません。全員がパスワードを設定しています。",
        ));
    }
    let (mut rows, mut events, mut codes) = (Vec::new(), Vec::new(), Vec::new());
    for (person, department) in people {
        let code = new_code();
        rows.push(sign_in_code::ActiveModel {
            id: Set(Uuid::now_v7()),
            person_id: Set(person.id),
            code_hash: Set(hash_token(&normal_code(&code))),
            at: Set(now),
            by_person_id: Set(Some(actor.person_id)),
        });
        events.push(NewEvent::new("person", person.id, "code.issued", json!({})));
        codes.push(Code {
            staff_no: person.staff_no,
            name: person.name,
            department,
            code,
            until: day(now + CODE_HOLDS),
        });
    }
    insert_in_portions::<sign_in_code::Entity, _, _>(&txn, rows).await?;
    ledger::append(&txn, &actor.into(), now, events).await?;
    txn.commit().await?;
    Ok(codes)
}

/// 12 characters in 3 groups: about 58 bits.
pub(crate) fn new_code() -> String {
    let mut random = rand::rng();
    let groups: Vec<String> = (0..3)
        .map(|_| (0..4).map(|_| char::from(ALPHABET[random.random_range(0..ALPHABET.len())])).collect())
        .collect();
    groups.join("-")
}

async fn recipients_of<C: ConnectionTrait>(
    connection: &C,
    recipients: Recipients,
    today: Date,
) -> StoreResult<Vec<(person::Model, String)>> {
    if let Recipients::Person(id) = recipients {
        let person = person::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
        let places = main_places(connection, today).await?;
        let department = places.get(&id).map(|(_, name, _)| name.clone()).unwrap_or_default();
        return Ok(vec![(person, department)]);
    }
    let mut places = main_places(connection, today).await?;
    if let Recipients::Department(id) = recipients {
        department::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
        places.retain(|_, (_, _, department)| *department == Some(id));
    }
    let ready: BTreeSet<Uuid> =
        credential::Entity::find().all(connection).await?.into_iter().map(|row| row.person_id).collect();
    let mut people: Vec<((i32, String), person::Model, String)> = person::Entity::find()
        .all(connection)
        .await?
        .into_iter()
        .filter(|person| !ready.contains(&person.id))
        .filter_map(|person| {
            let (position, name, _) = places.get(&person.id)?;
            Some(((*position, person.staff_no.clone()), person, name.clone()))
        })
        .collect();
    people.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(people.into_iter().map(|(_, person, department)| (person, department)).collect())
}

/// The main department of everybody who holds something: position, name, key.
async fn main_places<C: ConnectionTrait>(
    connection: &C,
    today: Date,
) -> StoreResult<BTreeMap<Uuid, (i32, String, Option<Uuid>)>> {
    let departments: BTreeMap<Uuid, department::Model> =
        department::Entity::find().all(connection).await?.into_iter().map(|one| (one.id, one)).collect();
    let granted = role_grant::Entity::find().filter(grant_holds(today)).all(connection).await?;
    let mut places: BTreeMap<Uuid, (i32, String, Option<Uuid>)> =
        granted.into_iter().map(|grant| (grant.person_id, (i32::MAX, String::new(), None))).collect();
    let posts = post::Entity::find()
        .filter(post_holds(today))
        .filter(post::Column::Role.eq(Role::Staff.key()))
        .order_by_desc(post::Column::Id) // the first post is the last to be written here: 本務
        .all(connection)
        .await?;
    for post in posts {
        if let Some(one) = departments.get(&post.department_id) {
            places.insert(post.person_id, (one.position, one.name.clone(), Some(one.id)));
        }
    }
    Ok(places)
}
