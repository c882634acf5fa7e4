//! The organisation of a day as a tree in 組織順, and one department with what came before and after it.

use crate::Db;
use crate::access::{post_holds, require_city};
use crate::entity::{department, department_succession, information_system, person, post};
use crate::error::{StoreError, StoreResult};
use domain::actor::Actor;
use domain::department::{Change, Kind};
use domain::permission::Action;
use domain::person::reading_key;
use domain::post::Kind as PostKind;
use domain::role::Role;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, BTreeSet};
use time::Date;
use uuid::Uuid;

/// A department in the tree.
#[derive(Debug, Clone)]
pub struct Line {
    pub id: Uuid,
    /// 0 for a 部.
    pub depth: usize,
    pub name: String,
    pub kind: Option<Kind>,
    pub code: String,
    /// Heads of the day, with 事務取扱 and 代理.
    pub heads: Vec<(Uuid, String)>,
    /// People whose own post is here; a 兼務 is counted where the person belongs.
    pub people: usize,
    /// What it followed, and what follows it.
    pub links: Links,
}

/// What a department followed and what follows it.
#[derive(Debug, Clone, Default)]
pub struct Links {
    pub before: Vec<Link>,
    pub after: Vec<Link>,
}

/// One step from a department to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub id: Uuid,
    pub name: String,
    pub change: Change,
    pub on: Date,
}

/// Departments that hold on a day.
fn holds(row: &department::Model, day: Date) -> bool {
    row.valid_from <= day && row.valid_to.is_none_or(|to| to > day)
}

/// The organisation of a day, each 部 followed by what stands below it. Four statements, however many there are.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn tree(db: &Db, actor: &Actor, day: Date) -> StoreResult<Vec<Line>> {
    require_city(actor, Action::ManageRoster)?;
    let rows = all(db.read()).await?;
    let links = links(db.read(), &rows).await?;
    let staff = staff(db.read(), None, day).await?;
    let now: Vec<&department::Model> = rows.iter().filter(|row| holds(row, day)).collect();
    let known: BTreeSet<Uuid> = now.iter().map(|row| row.id).collect();
    let mut lines = Vec::new();
    // What stands below something that is gone stands at the top, so that nothing is lost.
    let tops = now.iter().filter(|row| row.parent_id.is_none_or(|parent| !known.contains(&parent)));
    for top in tops {
        grow(&now, top, 0, &staff, &links, &mut lines);
    }
    Ok(lines)
}

fn grow(
    now: &[&department::Model],
    row: &department::Model,
    depth: usize,
    staff: &BTreeMap<Uuid, Vec<Member>>,
    links: &BTreeMap<Uuid, Links>,
    lines: &mut Vec<Line>,
) {
    if lines.iter().any(|line| line.id == row.id) {
        return; // a circle in the data
    }
    let members = staff.get(&row.id).map_or(&[][..], Vec::as_slice);
    lines.push(Line {
        id: row.id,
        depth,
        name: row.name.clone(),
        kind: Kind::from_key(&row.kind),
        code: row.code.clone(),
        heads: members
            .iter()
            .filter(|one| one.role == Role::Manager)
            .map(|one| (one.person, one.named()))
            .collect(),
        people: members.iter().filter(|one| one.role == Role::Staff && one.kind == PostKind::Main).count(),
        links: links.get(&row.id).cloned().unwrap_or_default(),
    });
    for child in now.iter().filter(|child| child.parent_id == Some(row.id)) {
        grow(now, child, depth + 1, staff, links, lines);
    }
}

async fn all<C: ConnectionTrait>(connection: &C) -> StoreResult<Vec<department::Model>> {
    Ok(department::Entity::find()
        .order_by_asc(department::Column::Position)
        .order_by_asc(department::Column::Id)
        .all(connection)
        .await?)
}

async fn links<C: ConnectionTrait>(
    connection: &C,
    rows: &[department::Model],
) -> StoreResult<BTreeMap<Uuid, Links>> {
    let names: BTreeMap<Uuid, &str> = rows.iter().map(|row| (row.id, row.name.as_str())).collect();
    let mut links: BTreeMap<Uuid, Links> = BTreeMap::new();
    let found = department_succession::Entity::find()
        .order_by_asc(department_succession::Column::OnDate)
        .order_by_asc(department_succession::Column::Id)
        .all(connection)
        .await?;
    for row in found {
        let Some(change) = Change::from_key(&row.kind) else { continue };
        let link =
            |id: Uuid| Some(Link { id, name: (*names.get(&id)?).to_string(), change, on: row.on_date });
        links.entry(row.successor_id).or_default().before.extend(link(row.predecessor_id));
        links.entry(row.predecessor_id).or_default().after.extend(link(row.successor_id));
    }
    Ok(links)
}

/// Somebody in a department on a day.
#[derive(Debug, Clone)]
pub struct Member {
    pub person: Uuid,
    pub name: String,
    pub kana: String,
    pub title: String,
    pub role: Role,
    pub kind: PostKind,
    pub system: Option<String>,
}

impl Member {
    /// The name with how the post is held, if it is not the person's own.
    fn named(&self) -> String {
        match self.kind {
            PostKind::Main => self.name.clone(),
            kind => format!("{}（{}）", self.name, kind.label()),
        }
    }
}

async fn staff<C: ConnectionTrait>(
    connection: &C,
    department: Option<Uuid>,
    day: Date,
) -> StoreResult<BTreeMap<Uuid, Vec<Member>>> {
    let mut wanted = post::Entity::find().filter(post_holds(day)).order_by_asc(post::Column::Id);
    if let Some(department) = department {
        wanted = wanted.filter(post::Column::DepartmentId.eq(department));
    }
    let found = with_people(connection, wanted.all(connection).await?).await?;
    let mut staff: BTreeMap<Uuid, Vec<Member>> = BTreeMap::new();
    for (post, person) in found {
        let Some(role) = Role::from_key(&post.role) else { continue };
        staff.entry(post.department_id).or_default().push(Member {
            person: person.id,
            name: person.name,
            kana: person.kana,
            title: post.title,
            role,
            kind: PostKind::from_key(&post.kind).unwrap_or_default(),
            system: post.system,
        });
    }
    Ok(staff)
}

/// A department with everything around it.
#[derive(Debug, Clone)]
pub struct Shown {
    pub id: Uuid,
    pub name: String,
    pub kind: Option<Kind>,
    pub code: String,
    pub parent: Option<(Uuid, String)>,
    pub from: Date,
    /// The first day on which it no longer exists.
    pub to: Option<Date>,
    pub links: Links,
    /// What stands below it on the day, in 組織順.
    pub below: Vec<(Uuid, String)>,
    /// Of the day, heads first, then by reading.
    pub members: Vec<Member>,
    /// Systems of the day.
    pub systems: Vec<(Uuid, String)>,
    /// Departments that may be chosen: those without an end, in 組織順, with the name of the one above.
    pub choice: Vec<(Uuid, String)>,
}

/// One department on a day.
///
/// # Errors
/// `Forbidden` without the role, `NotFound` for an unknown one.
pub async fn show(db: &Db, actor: &Actor, id: Uuid, day: Date) -> StoreResult<Shown> {
    require_city(actor, Action::ManageRoster)?;
    let rows = all(db.read()).await?;
    let row = rows.iter().find(|row| row.id == id).ok_or(StoreError::NotFound)?;
    let mut links = links(db.read(), &rows).await?;
    let mut members = staff(db.read(), Some(id), day).await?.remove(&id).unwrap_or_default();
    members.sort_by_cached_key(|one| (one.role != Role::Manager, reading_key(&one.kana), one.role));
    let parent = rows.iter().find(|one| Some(one.id) == row.parent_id);
    let below = rows.iter().filter(|one| one.parent_id == Some(id) && holds(one, day));
    Ok(Shown {
        id,
        name: row.name.clone(),
        kind: Kind::from_key(&row.kind),
        code: row.code.clone(),
        parent: parent.map(|parent| (parent.id, parent.name.clone())),
        from: row.valid_from,
        to: row.valid_to,
        links: links.remove(&id).unwrap_or_default(),
        below: below.map(|one| (one.id, one.name.clone())).collect(),
        members,
        systems: systems(db.read(), id, day).await?,
        choice: choice(&rows, day),
    })
}

async fn systems<C: ConnectionTrait>(
    connection: &C,
    department: Uuid,
    day: Date,
) -> StoreResult<Vec<(Uuid, String)>> {
    let rows = information_system::Entity::find()
        .filter(information_system::Column::DepartmentId.eq(department))
        .filter(information_system::Column::ValidFrom.lte(day))
        .order_by_asc(information_system::Column::Name)
        .all(connection)
        .await?;
    let now = rows.into_iter().filter(|row| row.valid_to.is_none_or(|to| to > day));
    Ok(now.map(|row| (row.id, row.name)).collect())
}

/// Departments without an end, each with the one above.
fn choice(rows: &[department::Model], day: Date) -> Vec<(Uuid, String)> {
    let name = |id: Uuid| rows.iter().find(|row| row.id == id).map(|row| row.name.as_str());
    rows.iter()
        .filter(|row| row.valid_to.is_none() && row.valid_from <= day)
        .map(|row| match row.parent_id.and_then(name) {
            Some(parent) => (row.id, format!("{parent}　{}", row.name)),
            None => (row.id, row.name.clone()),
        })
        .collect()
}

/// Departments one can be posted to on a day, with their full names.
///
/// # Errors
/// When the database fails.
pub async fn choices<C: ConnectionTrait>(connection: &C, day: Date) -> StoreResult<Vec<(Uuid, String)>> {
    Ok(choice(&all(connection).await?, day))
}

/// Posts with their people.
async fn with_people<C: ConnectionTrait>(
    connection: &C,
    posts: Vec<post::Model>,
) -> StoreResult<Vec<(post::Model, person::Model)>> {
    let ids: BTreeSet<Uuid> = posts.iter().map(|post| post.person_id).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let mut people: BTreeMap<Uuid, person::Model> = BTreeMap::new();
    for portion in ids.chunks(5000) {
        let portion = portion.iter().copied();
        let rows = person::Entity::find().filter(person::Column::Id.is_in(portion)).all(connection).await?;
        people.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    Ok(posts
        .into_iter()
        .filter_map(|post| Some((people.get(&post.person_id)?.clone(), post)))
        .map(|(person, post)| (post, person))
        .collect())
}
