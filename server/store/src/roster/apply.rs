//! Taking a roster over: departments, people, posts, in one transaction.

use super::known::{self, Everything};
use super::{beside, departments, people};
use crate::Db;
use crate::access::require_city;
use crate::department::succession::Act;
use crate::entity::{person, post, roster_application, roster_import};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, Author, NewEvent, insert_in_portions};
use domain::actor::Actor;
use domain::permission::Action;
use domain::roster::choice::{Applied, Choice, may_end_missing};
use domain::roster::difference::{Difference, Holding, Kind, difference, merged, wanted};
use domain::roster::{Roster, RosterRow};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

const TWICE: &str = "この名簿は既に取り込まれています。新しい名簿を読み込んでください。";

/// How a roster is to be taken over.
#[derive(Debug, Clone)]
pub struct Application {
    /// New posts hold from this day, and ended ones until the day before.
    pub since: Date,
    /// Which part of the difference.
    pub choice: Choice,
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
    if roster.rows.is_empty() {
        return Err(StoreError::refused("取り込める職員の行がありません。列の割当てを直してください。"));
    }
    let act = Act { author: Author::from(actor), on: application.since, now };
    let taken = take(&txn, &act, &roster, &application.choice).await?;
    note(&txn, actor, id, &taken.applied, now).await?;
    let applied = taken.applied.clone();
    record(&txn, &act, id, &import.file_name, taken).await?;
    txn.commit().await?;
    Ok(applied)
}

/// What was taken over.
pub(super) struct Taken {
    pub difference: Difference,
    pub applied: Applied,
    /// One for everybody who changed.
    people: Vec<NewEvent>,
}

/// Takes the chosen part of a roster over inside the caller's transaction.
pub(super) async fn take<C: ConnectionTrait>(
    connection: &C,
    act: &Act,
    roster: &Roster,
    choice: &Choice,
) -> StoreResult<Taken> {
    if choice.kinds.contains(&Kind::Missing) {
        may_end_missing(roster)?;
    }
    let day = act.on.max(domain::calendar::day(act.now));
    let before = known::load(connection, day).await?;
    let difference = difference(roster, &before.people, &before.departments(), choice.follow_codes);
    let applied = difference.applied(choice);
    let chosen = difference.chosen(roster, choice);
    let were = people::renamed(&before.people, &difference.renamed);
    departments::bring(connection, act, before, roster, &chosen, &difference.renamed).await?;
    // The departments have their keys now, the posts of renamed ones their new place.
    let middle = known::load(connection, day).await?;
    put_people(connection, &middle, &chosen.rows, act.now).await?;
    let after = known::load(connection, day).await?;
    let missing: Vec<String> = difference
        .changes
        .iter()
        .filter(|change| change.kind == Kind::Missing && choice.takes(change))
        .map(|change| change.staff_no.clone())
        .collect();
    posts(connection, &after, roster, &chosen, &middle, missing, act.on).await?;
    beside::absences(connection, act, &after, roster, &chosen).await?;
    beside::systems(connection, act, &after, &chosen).await?;
    let done = known::load(connection, day).await?;
    let people = people::events(&were, &done, &difference, choice);
    Ok(Taken { difference, applied, people })
}

/// Writes into the ledger what was taken over.
pub(super) async fn record<C: ConnectionTrait>(
    connection: &C,
    act: &Act,
    id: Uuid,
    file_name: &str,
    taken: Taken,
) -> StoreResult<()> {
    let Taken { difference, applied, people } = taken;
    let payload = json!({
        "file": file_name, "since": act.on.to_string(), "applied": applied, "people": people.len(),
        "new_departments": difference.new_departments, "renamed": difference.renamed,
    });
    let facts = json!({ "roster": id, "since": act.on.to_string() });
    let people = people.into_iter().map(|event| event.beside(facts.clone()));
    let events = std::iter::once(NewEvent::new("roster", id, "roster.applied", payload)).chain(people);
    ledger::append(connection, &act.author, act.now, events.collect()).await
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

/// Makes new people and brings changed names and addresses up to date.
async fn put_people<C: ConnectionTrait>(
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
    chosen: &Roster,
    before: &Everything,
    missing: Vec<String>,
    since: Date,
) -> StoreResult<()> {
    let departments: BTreeMap<&str, Uuid> =
        known.names.iter().map(|(id, name)| (name.as_str(), *id)).collect();
    // What the whole file says nothing about stays, however little of it is taken.
    let mut wanted = wanted(roster, &before.people);
    let taken: BTreeSet<&str> = chosen.rows.iter().map(|row| row.staff_no.as_str()).collect();
    wanted.retain(|staff_no, _| taken.contains(staff_no.as_str()));
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
        kind: Set(holding.kind.key().to_string()),
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
