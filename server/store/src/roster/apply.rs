//! Taking a roster over: departments, people, posts, in one transaction.

use super::known::{self, Everything};
use crate::Db;
use crate::access::require_city;
use crate::entity::{department, person, post, roster_application, roster_import};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent, insert_in_portions};
use domain::actor::Actor;
use domain::permission::Action;
use domain::roster::difference::{Applied, Holding, Kind, difference, may_end_missing, merged, wanted};
use domain::roster::organisation::places;
use domain::roster::{Roster, RosterRow};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

const TWICE: &str = "この名簿は既に取り込まれています。新しい名簿を読み込んでください。";

/// How a roster is to be taken over.
#[derive(Debug, Clone, Copy)]
pub struct Application {
    /// New posts hold from this day, and ended ones until the day before.
    pub since: Date,
    /// Ends the posts of people the file does not have.
    pub end_missing: bool,
}

/// Takes an uploaded roster over, once.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused the second time, and when missing people are to be ended although rows
/// of the file were left out.
pub async fn apply(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    application: Application,
    now: OffsetDateTime,
) -> StoreResult<Applied> {
    require_city(actor, Action::ManageRoster)?;
    let txn = db.begin().await?;
    let import = roster_import::Entity::find_by_id(id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let roster: Roster = serde_json::from_str(&import.roster)?;
    if application.end_missing {
        may_end_missing(&roster)?;
    }
    let before = known::load(&txn).await?;
    let difference = difference(&roster, &before.people, &before.departments());
    let applied = difference.applied(application.end_missing);
    note(&txn, actor, id, &applied, now).await?;
    departments(&txn, &before, &roster, application.since).await?;
    people(&txn, &before, &roster.rows, now).await?;
    // The new departments and people have their keys now.
    let after = known::load(&txn).await?;
    let missing: Vec<String> = difference
        .changes
        .iter()
        .filter(|change| change.kind == Kind::Missing && application.end_missing)
        .map(|change| change.staff_no.clone())
        .collect();
    posts(&txn, &after, &roster, &before, missing, application.since).await?;
    let payload = json!({
        "file": import.file_name, "since": application.since.to_string(), "applied": applied,
        "changes": difference.changes, "new_departments": difference.new_departments,
    });
    ledger::record(&txn, actor, now, NewEvent::new("roster", id, "roster.applied", payload)).await?;
    txn.commit().await?;
    Ok(applied)
}

async fn note<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    import_id: Uuid,
    applied: &Applied,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let row = roster_application::ActiveModel {
        id: Set(Uuid::now_v7()),
        import_id: Set(import_id),
        summary: Set(serde_json::to_string(applied)?),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    on_double(roster_application::Entity::insert(row).exec_without_returning(connection).await, TWICE)?;
    Ok(())
}

/// Makes the departments that are new and brings all into the order of the file; what the file does not name
/// follows in its old order.
async fn departments<C: ConnectionTrait>(
    connection: &C,
    known: &Everything,
    roster: &Roster,
    since: Date,
) -> StoreResult<()> {
    let mut ids: BTreeMap<String, Uuid> = known.names.iter().map(|(id, name)| (name.clone(), *id)).collect();
    let mut order: Vec<Uuid> = Vec::new();
    let mut new: Vec<department::ActiveModel> = Vec::new();
    for place in places(&roster.rows) {
        let full = place.full();
        if let Some(id) = ids.get(&full) {
            order.push(*id);
            continue;
        }
        let id = Uuid::now_v7();
        new.push(department::ActiveModel {
            id: Set(id),
            parent_id: Set(place.parent.as_ref().and_then(|parent| ids.get(parent).copied())),
            code: Set(place.code),
            name: Set(place.name),
            kind: Set(String::new()),
            position: Set(i32::try_from(order.len() + 1).unwrap_or(i32::MAX)),
            valid_from: Set(since),
            valid_to: Set(None),
        });
        ids.insert(full, id);
        order.push(id);
    }
    for row in new {
        // One after the other: a 課 refers to its 部.
        department::Entity::insert(row).exec_without_returning(connection).await?;
    }
    let named: BTreeSet<Uuid> = order.iter().copied().collect();
    order.extend(known.department_rows.iter().map(|row| row.id).filter(|id| !named.contains(id)));
    reorder(connection, known, &order).await
}

async fn reorder<C: ConnectionTrait>(connection: &C, known: &Everything, order: &[Uuid]) -> StoreResult<()> {
    let old: BTreeMap<Uuid, i32> = known.department_rows.iter().map(|row| (row.id, row.position)).collect();
    for (id, position) in order.iter().zip(1..) {
        if old.get(id).is_some_and(|old| *old != position) {
            let row = department::ActiveModel { id: Set(*id), position: Set(position), ..Default::default() };
            department::Entity::update(row).exec(connection).await?;
        }
    }
    Ok(())
}

/// Makes new people and brings changed names and addresses up to date.
async fn people<C: ConnectionTrait>(
    connection: &C,
    known: &Everything,
    rows: &[RosterRow],
    now: OffsetDateTime,
) -> StoreResult<()> {
    let mut seen = BTreeSet::new();
    let mut new = Vec::new();
    for row in rows.iter().filter(|row| seen.insert(row.staff_no.clone())) {
        let old = known.people.get(&row.staff_no);
        let told = merged(old, row);
        let active = |id: Uuid, since: OffsetDateTime| person::ActiveModel {
            id: Set(id),
            staff_no: Set(told.staff_no.clone()),
            name: Set(told.name.clone()),
            kana: Set(told.kana.clone()),
            employment: Set(told.employment.clone()),
            email: Set(told.email.clone()),
            since: Set(since),
        };
        match known.rows.get(&row.staff_no) {
            None => new.push(active(Uuid::now_v7(), now)),
            Some(model) => {
                let changed = old.is_none_or(|old| {
                    (&old.name, &old.kana, &old.employment, &old.email)
                        != (&told.name, &told.kana, &told.employment, &told.email)
                });
                if changed {
                    person::Entity::update(active(model.id, model.since)).exec(connection).await?;
                }
            }
        }
    }
    insert_in_portions::<person::Entity, _, _>(connection, new).await
}

/// Ends posts that no longer hold and makes new ones; a changed title is a new post.
async fn posts<C: ConnectionTrait>(
    connection: &C,
    known: &Everything,
    roster: &Roster,
    before: &Everything,
    missing: Vec<String>,
    since: Date,
) -> StoreResult<()> {
    let departments: BTreeMap<&str, Uuid> =
        known.names.iter().map(|(id, name)| (name.as_str(), *id)).collect();
    let mut wanted = wanted(roster, &before.people);
    wanted.extend(missing.into_iter().map(|staff_no| (staff_no, Vec::new())));
    let (mut ended, mut new) = (Vec::new(), Vec::new());
    for (staff_no, wanted) in wanted {
        let Some(person) = known.rows.get(&staff_no) else { continue };
        let mut open = wanted;
        for held in known.posts.get(&staff_no).into_iter().flatten() {
            let same = known.holding(held).and_then(|held| open.iter().position(|one| *one == held));
            match same {
                Some(index) => drop(open.remove(index)),
                None => ended.push(held.clone()),
            }
        }
        new.extend(open.into_iter().filter_map(|one| {
            departments
                .get(one.department.as_str())
                .map(|department| active(person.id, *department, one, since))
        }));
    }
    end(connection, &ended, since).await?;
    insert_in_portions::<post::Entity, _, _>(connection, new).await
}

fn active(person_id: Uuid, department_id: Uuid, holding: Holding, since: Date) -> post::ActiveModel {
    post::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person_id),
        department_id: Set(department_id),
        role: Set(holding.role.key().to_string()),
        kind: Set(domain::post::Kind::Main.key().to_string()),
        title: Set(holding.title),
        system: Set(holding.system),
        valid_from: Set(since),
        valid_to: Set(None),
    }
}

async fn end<C: ConnectionTrait>(connection: &C, posts: &[post::Model], since: Date) -> StoreResult<()> {
    // A post never ends before it began.
    let mut by_day: BTreeMap<Date, Vec<Uuid>> = BTreeMap::new();
    for post in posts {
        by_day.entry(since.max(post.valid_from)).or_default().push(post.id);
    }
    for (day, ids) in by_day {
        for ids in ids.chunks(500) {
            post::Entity::update_many()
                .col_expr(post::Column::ValidTo, sea_orm::sea_query::Expr::value(day))
                .filter(post::Column::Id.is_in(ids.iter().copied()))
                .exec(connection)
                .await?;
        }
    }
    Ok(())
}
