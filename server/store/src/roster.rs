//! Rosters: kept as uploaded, compared with the database, and taken over once.

mod apply;
mod beside;
mod command;
mod departments;
mod known;
mod mapping;
mod people;

pub use apply::{Application, apply};
pub use command::{Command, Outcome, by_command};
pub use mapping::{Columns, columns, content, remembered, take_columns};

use crate::Db;
use crate::access::{post_holds, require_city};
use crate::entity::{department, person, post, roster_application, roster_import};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent};
use crate::retention::is_gone;
use crate::session::sign_in::fold_login;
use domain::actor::Actor;
use domain::calendar::{fiscal_year, iso};
use domain::permission::Action;
use domain::retention::Kind;
use domain::role::Role;
use domain::roster::Roster;
use domain::roster::choice::Applied;
use domain::roster::difference::{Difference, difference};
use domain::roster::layout::Layout;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, Month, OffsetDateTime};
use uuid::Uuid;

/// A file as it was read, to be kept for its preview.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    pub file_name: String,
    pub roster: Roster,
    /// How its columns were understood.
    pub layout: Layout,
    /// The file itself, so that it can be read again with other columns.
    pub content: Option<Vec<u8>>,
    /// The list of departments that came with it.
    pub organisations: Option<Vec<u8>>,
    /// 基準日.
    pub as_of: Option<Date>,
}

/// How a kept file was read.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Reading {
    pub layout: Layout,
    /// ISO.
    pub as_of: Option<String>,
    /// Name of the file with the departments.
    #[serde(default)]
    pub organisations_name: String,
}

/// Keeps a roster as it was read, for its preview. Nothing else is changed. A file without a row that can be
/// taken over is kept only if its columns can be put right.
///
/// # Errors
/// `Forbidden` without the role; a refusal when no row can be taken over.
pub async fn import(db: &Db, actor: &Actor, upload: Upload, now: OffsetDateTime) -> StoreResult<Uuid> {
    require_city(actor, Action::ManageRoster)?;
    let mut roster = upload.roster;
    if roster.rows.is_empty() && !(upload.layout.uncertain() && upload.content.is_some()) {
        return Err(StoreError::refused(no_rows(&roster)));
    }
    fold_numbers(&mut roster);
    let id = Uuid::now_v7();
    let reading = Reading { layout: upload.layout, as_of: upload.as_of.map(iso), ..Reading::default() };
    let row = roster_import::ActiveModel {
        id: Set(id),
        file_name: Set(upload.file_name.clone()),
        roster: Set(serde_json::to_string(&roster)?),
        content: Set(upload.content),
        organisations: Set(upload.organisations),
        settings: Set(serde_json::to_string(&reading)?),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let txn = db.begin().await?;
    roster_import::Entity::insert(row).exec_without_returning(&txn).await?;
    let after = json!({ "file": upload.file_name, "rows": roster.rows.len() });
    let event = NewEvent::created("roster", id, "roster.imported", after);
    ledger::record(&txn, actor, now, event.beside(json!({ "problems": roster.problems.len() }))).await?;
    txn.commit().await?;
    Ok(id)
}

/// The number is what people sign in with; it has to be found again however they type it.
fn fold_numbers(roster: &mut Roster) {
    for row in &mut roster.rows {
        row.staff_no = fold_login(&row.staff_no);
    }
}

fn no_rows(roster: &Roster) -> String {
    let first = roster.problems.iter().find(|problem| problem.rejected).map(|problem| problem.text.clone());
    format!(
        "取り込める職員の行がありません。見出しの下に1人1行で入力されているか確かめてください。{}",
        first.map(|text| format!("最初の問題：{text}")).unwrap_or_default()
    )
}

/// What the page shows before a roster is taken over, and after.
#[derive(Debug, Clone)]
pub struct Preview {
    pub id: Uuid,
    pub file_name: String,
    pub at: OffsetDateTime,
    pub by: String,
    pub roster: Roster,
    /// Against the database as it is now.
    pub difference: Difference,
    /// What was done, if it was taken over.
    pub applied: Option<(OffsetDateTime, Applied)>,
    /// The day from which new posts hold, proposed: for the first roster the beginning of the fiscal year.
    pub since: Date,
    /// The columns can be put right: the file was kept.
    pub has_columns: bool,
    /// What is doubtful about the columns.
    pub doubts: Vec<String>,
}

/// The difference between an uploaded roster and the database.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown import.
pub async fn preview(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    follow_codes: bool,
    today: Date,
) -> StoreResult<Preview> {
    require_city(actor, Action::ManageRoster)?;
    let row = roster_import::Entity::find_by_id(id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    if is_gone(db.read(), Kind::Rosters, id).await?.is_some() {
        return Err(StoreError::refused("この名簿は、保存期間が満了したため廃棄しました。"));
    }
    let applications = roster_application::Entity::find().all(db.read()).await?;
    let own = applications.iter().find(|application| application.import_id == id);
    let applied = match own {
        Some(application) => Some((application.at, serde_json::from_str(&application.summary)?)),
        None => None,
    };
    let roster: Roster = serde_json::from_str(&row.roster)?;
    let reading: Reading = serde_json::from_str(&row.settings).unwrap_or_default();
    let since = proposed_since(applications.is_empty(), today);
    let known = known::load(db.read(), since.max(today)).await?;
    let by = person::Entity::find_by_id(row.by_person_id).one(db.read()).await?;
    Ok(Preview {
        id,
        file_name: row.file_name,
        at: row.at,
        by: by.map(|person| person.name).unwrap_or_default(),
        difference: difference(&roster, &known.people, &known.departments(), follow_codes),
        roster,
        applied,
        since,
        has_columns: row.content.is_some(),
        doubts: [reading.layout.doubts, reading.layout.missing].concat(),
    })
}

/// The first roster describes the year as it began; later ones tell of changes as they happen.
fn proposed_since(first: bool, today: Date) -> Date {
    let begin = Date::from_calendar_date(fiscal_year(today), Month::April, 1);
    if first { begin.unwrap_or(today) } else { today }
}

/// The organisation as it is, in figures, and the rosters read so far.
#[derive(Debug, Clone)]
pub struct Organisation {
    /// 部 (departments without one above them).
    pub divisions: usize,
    /// 課, and 部 that have people of their own.
    pub departments: usize,
    pub people: usize,
    pub heads: usize,
    pub systems: usize,
    /// Departments with people but without a head.
    pub headless: Vec<String>,
    /// Newest first.
    pub imports: Vec<Import>,
}

/// A roster that was read.
#[derive(Debug, Clone)]
pub struct Import {
    pub id: Uuid,
    pub file_name: String,
    pub at: OffsetDateTime,
    pub applied_at: Option<OffsetDateTime>,
}

/// The organisation in figures.
///
/// # Errors
/// `Forbidden` without the role.
pub async fn organisation(db: &Db, actor: &Actor, today: Date) -> StoreResult<Organisation> {
    require_city(actor, Action::ManageRoster)?;
    let departments = department::Entity::find()
        .filter(department::Column::ValidTo.is_null())
        .order_by_asc(department::Column::Position)
        .all(db.read())
        .await?;
    let posts = post::Entity::find().filter(post_holds(today)).all(db.read()).await?;
    let held = |role: Role| posts.iter().filter(move |post| post.role == role.key());
    let staffed: BTreeSet<Uuid> = posts.iter().map(|post| post.department_id).collect();
    let headed: BTreeSet<Uuid> = held(Role::Manager).map(|post| post.department_id).collect();
    Ok(Organisation {
        divisions: departments.iter().filter(|one| one.parent_id.is_none()).count(),
        departments: departments.iter().filter(|one| staffed.contains(&one.id)).count(),
        people: posts.iter().map(|post| post.person_id).collect::<BTreeSet<_>>().len(),
        heads: headed.len(),
        systems: held(Role::SystemManager)
            .filter_map(|post| post.system.as_ref())
            .collect::<BTreeSet<_>>()
            .len(),
        headless: departments
            .iter()
            .filter(|one| staffed.contains(&one.id) && !headed.contains(&one.id))
            .map(|one| one.name.clone())
            .collect(),
        imports: imports(db.read()).await?,
    })
}

async fn imports<C: ConnectionTrait>(connection: &C) -> StoreResult<Vec<Import>> {
    // Without the roster itself, which may be large.
    let rows: Vec<(Uuid, String, OffsetDateTime)> = roster_import::Entity::find()
        .select_only()
        .columns([roster_import::Column::Id, roster_import::Column::FileName, roster_import::Column::At])
        .order_by_desc(roster_import::Column::At)
        .limit(10)
        .into_tuple()
        .all(connection)
        .await?;
    let applied: BTreeMap<Uuid, OffsetDateTime> = roster_application::Entity::find()
        .filter(roster_application::Column::ImportId.is_in(rows.iter().map(|row| row.0)))
        .all(connection)
        .await?
        .into_iter()
        .map(|application| (application.import_id, application.at))
        .collect();
    Ok(rows
        .into_iter()
        .map(|(id, file_name, at)| Import { id, file_name, at, applied_at: applied.get(&id).copied() })
        .collect())
}
