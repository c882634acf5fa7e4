//! What is needed before an inspection can start, and what the form for starting one offers.

use super::counting;
use crate::Db;
use crate::access::{post_holds, require_city};
use crate::entity::{credential, edition, inspection, post, revision};
use crate::error::StoreResult;
use domain::actor::Actor;
use domain::calendar::{fiscal_year, fiscal_year_label};
use domain::permission::Action;
use domain::role::Role;
use sea_orm::{EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, Duration};
use uuid::Uuid;

/// The way to the first inspection: how much of each step is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beginning {
    pub revisions: u64,
    pub editions: u64,
    /// People who hold a post today.
    pub people: usize,
    /// People with a password.
    pub credentials: u64,
    pub inspections: u64,
}

/// How far the way to the first inspection has been walked.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn beginning(db: &Db, actor: &Actor, today: Date) -> StoreResult<Beginning> {
    require_city(actor, Action::RunInspection)?;
    Ok(Beginning {
        revisions: revision::Entity::find().count(db.read()).await?,
        editions: edition::Entity::find().count(db.read()).await?,
        people: holders(db, today).await?.values().flatten().collect::<BTreeSet<_>>().len(),
        credentials: credential::Entity::find().count(db.read()).await?,
        inspections: counting().count(db.read()).await?,
    })
}

/// People by role.
async fn holders(db: &Db, today: Date) -> StoreResult<BTreeMap<String, Vec<Uuid>>> {
    let rows: Vec<(String, Uuid)> = post::Entity::find()
        .select_only()
        .columns([post::Column::Role, post::Column::PersonId])
        .filter(post_holds(today))
        .into_tuple()
        .all(db.read())
        .await?;
    let mut holders: BTreeMap<String, Vec<Uuid>> = BTreeMap::new();
    for (role, person) in rows {
        holders.entry(role).or_default().push(person);
    }
    Ok(holders)
}

/// The inspection that started last, the newest fiscal year first.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn newest(db: &Db, actor: &Actor) -> StoreResult<Option<Uuid>> {
    require_city(actor, Action::RunInspection)?;
    let row = counting()
        .order_by_desc(inspection::Column::FiscalYear)
        .order_by_desc(inspection::Column::At)
        .order_by_desc(inspection::Column::Id)
        .one(db.read())
        .await?;
    Ok(row.map(|row| row.id))
}

/// An edition that may be handed out.
#[derive(Debug, Clone)]
pub struct EditionChoice {
    pub id: Uuid,
    /// Label and title.
    pub text: String,
}

/// What the form for starting an inspection offers.
#[derive(Debug, Clone)]
pub struct Choices {
    pub fiscal_year: i32,
    pub name: String,
    pub base_on: Date,
    pub opens_on: Date,
    pub due_on: Date,
    pub contact: String,
    /// Role, posts that hold it today, its editions (those of this year first, then newest first).
    pub editions: Vec<(Role, usize, Vec<EditionChoice>)>,
    /// Inspections there are already, newest first.
    pub earlier: Vec<String>,
}

/// Defaults from the calendar and from the last inspection.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn choices(db: &Db, actor: &Actor, today: Date) -> StoreResult<Choices> {
    require_city(actor, Action::RunInspection)?;
    let year = fiscal_year(today);
    let held = holders(db, today).await?;
    let mut frozen = edition::Entity::find().order_by_desc(edition::Column::At).all(db.read()).await?;
    frozen.sort_by_key(|one| one.fiscal_year != year);
    let earlier = counting().order_by_desc(inspection::Column::At).all(db.read()).await?;
    let editions = Role::WITH_SHEET.into_iter().map(|role| {
        let of_role = frozen.iter().filter(|one| one.role == role.key());
        let choices =
            of_role.map(|one| EditionChoice { id: one.id, text: format!("{}　{}", one.label, one.title) });
        (role, held.get(role.key()).map_or(0, Vec::len), choices.collect())
    });
    let opens_on = next_working_day(today);
    let plain = format!("{}情報セキュリティ自己点検", fiscal_year_label(year));
    let number = earlier.iter().filter(|one| one.fiscal_year == year).count();
    Ok(Choices {
        fiscal_year: year,
        name: if number == 0 { plain } else { format!("{plain}（第{}回）", number + 1) },
        base_on: today,
        opens_on,
        due_on: next_working_day(opens_on + Duration::days(25)),
        contact: earlier.first().map_or_else(|| own_contact(actor), |one| one.contact.clone()),
        editions: editions.collect(),
        earlier: earlier.into_iter().map(|one| one.name).collect(),
    })
}

fn own_contact(actor: &Actor) -> String {
    actor.posts.first().map(|post| post.department.clone()).unwrap_or_default()
}

/// The day itself, or the Monday after a weekend.
fn next_working_day(day: Date) -> Date {
    match day.weekday() {
        time::Weekday::Saturday => day + Duration::days(2),
        time::Weekday::Sunday => day + Duration::days(1),
        _ => day,
    }
}
