//! Who leads after a 統合. Several former heads can't all go on leading one department: the officer names one of
//! them, or leaves it open; the posts of the others end on the day before.

use super::succession::{Act, end_post};
use crate::access::post_holds;
use crate::entity::{person, post};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent, insert_in_portions};
use crate::person::people;
use domain::Refusal;
use domain::actor::Actor;
use domain::post::Kind;
use domain::role::Role;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use std::collections::BTreeSet;
use time::Date;
use uuid::Uuid;

/// The posts that lead a department: 所属長, and 部長 of a 部.
const LEADING: [Role; 2] = [Role::Manager, Role::Responsible];

/// Ends the leading posts of the merged departments but those of the one who goes on. Without a name, the only
/// head goes on, or else the heads of the department that stays; a new one has none until somebody is posted.
///
/// # Errors
/// Refused for somebody who heads none of them on the day.
pub(crate) async fn settle<C: ConnectionTrait>(
    connection: &C,
    act: &Act,
    ids: &[Uuid],
    target: Uuid,
    head: Option<Uuid>,
) -> StoreResult<()> {
    let here: BTreeSet<Uuid> = ids.iter().copied().chain([target]).collect();
    let posts = open_posts(connection, act, &here).await?;
    let (leading, others): (Vec<&post::Model>, Vec<&post::Model>) = posts.iter().partition(|row| leads(row));
    if head.is_some_and(|head| !leading.iter().any(|row| row.person_id == head && row.valid_from <= act.on)) {
        let text = "統合の日に、統合する所属の所属長である者を選んでください。";
        return Err(StoreError::Refused(Refusal::field("head", text)));
    }
    let alone = leading.iter().map(|row| row.person_id).collect::<BTreeSet<_>>().len() == 1;
    let stays = |row: &post::Model| match head {
        Some(head) => row.person_id == head,
        None if alone => true,
        None => row.department_id == target,
    };
    let mut placed: BTreeSet<Uuid> = others.iter().map(|row| row.person_id).collect();
    placed.extend(leading.iter().filter(|row| stays(row)).map(|row| row.person_id));
    let mut staff = Vec::new();
    for row in leading.into_iter().filter(|row| !stays(row)) {
        step_down(connection, act, row).await?;
        // Nobody is left behind: whoever was nothing but the head here belongs here still.
        if row.kind == Kind::Main.key() && placed.insert(row.person_id) {
            staff.push(as_staff(act, row));
        }
    }
    insert_in_portions::<post::Entity, _, _>(connection, staff).await
}

fn leads(row: &post::Model) -> bool {
    LEADING.iter().any(|role| role.key() == row.role)
}

async fn open_posts<C: ConnectionTrait>(
    connection: &C,
    act: &Act,
    departments: &BTreeSet<Uuid>,
) -> StoreResult<Vec<post::Model>> {
    let open = Condition::any().add(post::Column::ValidTo.is_null()).add(post::Column::ValidTo.gt(act.on));
    Ok(post::Entity::find()
        .filter(post::Column::DepartmentId.is_in(departments.iter().copied()))
        .filter(open)
        .order_by_asc(post::Column::Id)
        .all(connection)
        .await?)
}

/// Ends a leading post; the person's own history says so.
async fn step_down<C: ConnectionTrait>(connection: &C, act: &Act, row: &post::Model) -> StoreResult<()> {
    end_post(connection, row, act.on).await?;
    let until = |to: Option<Date>| json!({ "to": to.map(|to| to.to_string()) });
    let to = act.on.max(row.valid_from);
    let event =
        NewEvent::changed("person", row.person_id, "post.ended", until(row.valid_to), until(Some(to)))
            .beside(json!({
                "post": row.id, "department": row.department_id, "role": row.role, "title": row.title,
            }));
    ledger::append(connection, &act.author, act.now, vec![event]).await
}

/// The former head as a member of the same department, from the day on; the merger takes the post along.
fn as_staff(act: &Act, row: &post::Model) -> post::ActiveModel {
    post::ActiveModel {
        id: Set(Uuid::now_v7()),
        role: Set(Role::Staff.key().to_string()),
        system: Set(None),
        valid_from: Set(act.on.max(row.valid_from)),
        valid_to: Set(row.valid_to),
        ..row.clone().into()
    }
}

/// Who else leads the department today: whoever may confirm what the actor handed in.
pub(super) async fn others<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    department: Uuid,
    today: Date,
) -> StoreResult<Vec<(String, Kind)>> {
    let posts = post::Entity::find()
        .filter(post::Column::DepartmentId.eq(department))
        .filter(post::Column::Role.eq(Role::Manager.key()))
        .filter(post::Column::PersonId.ne(actor.person_id))
        .filter(post_holds(today))
        .all(connection)
        .await?;
    let people = people(connection, posts.iter().map(|row| row.person_id).collect()).await?;
    let kind = |person: &person::Model| {
        let post = posts.iter().find(|row| row.person_id == person.id)?;
        Some((person.name.clone(), Kind::from_key(&post.kind)?))
    };
    Ok(people.iter().filter_map(kind).collect())
}
