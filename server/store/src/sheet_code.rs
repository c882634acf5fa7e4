//! Numbers of sheets (確認票の番号) for people without an account: printed once, each opens one sheet on a shared
//! terminal and nothing else.

use crate::Db;
use crate::access::{self, require_city};
use crate::entity::{
    credential, edition, inspection, inspection_department, person, sheet_code, sheet_session, target,
};
use crate::error::{StoreError, StoreResult};
use crate::extension::due_days;
use crate::inspection::target::{is_withdrawn, withdrawn_targets};
use crate::inspection::{about, board, is_closed};
use crate::ledger::{self, Author, NewEvent, insert_in_portions};
use crate::person::codes::new_code;
use crate::response::standing::standing;
use crate::session::sign_in::{fold_login, normal_code};
use crate::session::{Origin, SignedIn, hash_token, lock, new_token};
use domain::Refusal;
use domain::actor::Actor;
use domain::calendar::day;
use domain::inspection::transfer::may_transfer;
use domain::permission::Action;
use domain::sheet_code::{IDLE, Lock};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Who is to get numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipients {
    /// Those of a department who have no account and have not handed in.
    Department(Uuid),
    /// One person, by 職員番号; with an account too, if that can't be used.
    Person(String),
}

/// A slip as it is printed. The number exists nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The inspection, and what it is part of and asks about, if that was given.
    pub inspection: String,
    pub about: Option<String>,
    pub department: String,
    pub name: String,
    /// Title of the sheet.
    pub sheet: String,
    pub system: Option<String>,
    /// For printing the questions with it.
    pub edition: Uuid,
    /// `ABCD-EFGH-JKMN`
    pub code: String,
    /// The last day on which it opens the sheet.
    pub until: Date,
}

/// What the page for handing out numbers shows.
#[derive(Debug, Clone)]
pub struct Choice {
    pub inspection: inspection::Model,
    pub closed: bool,
    /// Departments with sheets that are open and whose people have no account: key, name, how many.
    pub departments: Vec<(Uuid, String, usize)>,
}

/// Who could be given numbers.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown inspection.
pub async fn choice(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<Choice> {
    require_city(actor, Action::RunInspection)?;
    let connection = db.read();
    let inspection = inspection::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let accounts = accounts(connection).await?;
    let sheets = board::sheets(connection, id).await?;
    let mut open: BTreeMap<Uuid, usize> = BTreeMap::new();
    for target in &sheets.targets {
        if !sheets.submitted.contains_key(&target.id) && !accounts.contains(&target.person_id) {
            *open.entry(target.department_id).or_default() += 1;
        }
    }
    let places = places(connection, id).await?;
    let departments = places.into_iter().filter_map(|(id, name)| Some((id, name, *open.get(&id)?)));
    Ok(Choice { closed: is_closed(connection, id).await?, departments: departments.collect(), inspection })
}

async fn accounts<C: ConnectionTrait>(connection: &C) -> StoreResult<BTreeSet<Uuid>> {
    Ok(credential::Entity::find().all(connection).await?.into_iter().map(|row| row.person_id).collect())
}

async fn places<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<Vec<(Uuid, String)>> {
    let rows = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(id))
        .order_by_asc(inspection_department::Column::Position)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.department_id, row.name)).collect())
}

/// Makes numbers and gives them once. Earlier ones of the same sheets end.
///
/// # Errors
/// `Forbidden`, `NotFound`; refused when the inspection is closed or nobody needs one.
pub async fn issue(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    recipients: Recipients,
    now: OffsetDateTime,
) -> StoreResult<Vec<Slip>> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    let inspection = inspection::Entity::find_by_id(id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    may_transfer(is_closed(&txn, id).await?, false)?;
    let sheets = board::sheets(&txn, id).await?;
    let wanted = wanted(&txn, &recipients).await?;
    let targets: Vec<&target::Model> = sheets
        .targets
        .iter()
        .filter(|target| !sheets.submitted.contains_key(&target.id) && wanted.is_for(target))
        .collect();
    if targets.is_empty() {
        let text = "番号の必要な点検票はありません。提出済みか、アカウントのある人です。";
        return Err(Refusal::field("staff_no", text).into());
    }
    let places: BTreeMap<Uuid, String> = places(&txn, id).await?.into_iter().collect();
    let titles: BTreeMap<Uuid, String> = edition::Entity::find()
        .filter(edition::Column::Id.is_in(targets.iter().map(|target| target.edition_id)))
        .all(&txn)
        .await?
        .into_iter()
        .map(|row| (row.id, row.title))
        .collect();
    let due = due_days(&txn, &inspection).await?;
    let told = about(&txn, id).await?.told();
    let (mut rows, mut events, mut slips) = (Vec::new(), Vec::new(), Vec::new());
    for target in targets {
        let code = new_code();
        rows.push(sheet_code::ActiveModel {
            id: Set(Uuid::now_v7()),
            target_id: Set(target.id),
            code_hash: Set(hash_token(&normal_code(&code))),
            at: Set(now),
            by_person_id: Set(actor.person_id),
        });
        events.push(NewEvent::new(
            "target",
            target.id,
            "sheet_code.issued",
            json!({ "person": target.person_name }),
        ));
        slips.push(Slip {
            inspection: inspection.name.clone(),
            about: told.clone(),
            department: places.get(&target.department_id).cloned().unwrap_or_default(),
            name: target.person_name.clone(),
            sheet: titles.get(&target.edition_id).cloned().unwrap_or_default(),
            system: target.system.clone(),
            edition: target.edition_id,
            code,
            until: due.of(target.department_id, target.person_id),
        });
    }
    insert_in_portions::<sheet_code::Entity, _, _>(&txn, rows).await?;
    ledger::append(&txn, &actor.into(), now, events).await?;
    txn.commit().await?;
    Ok(slips)
}

enum Wanted {
    Department(Uuid, BTreeSet<Uuid>),
    Person(Uuid),
}

impl Wanted {
    fn is_for(&self, target: &target::Model) -> bool {
        match self {
            Wanted::Department(id, accounts) => {
                target.department_id == *id && !accounts.contains(&target.person_id)
            }
            Wanted::Person(id) => target.person_id == *id,
        }
    }
}

async fn wanted<C: ConnectionTrait>(connection: &C, recipients: &Recipients) -> StoreResult<Wanted> {
    match recipients {
        Recipients::Department(id) => Ok(Wanted::Department(*id, accounts(connection).await?)),
        Recipients::Person(staff_no) => {
            let found = person::Entity::find()
                .filter(person::Column::StaffNo.eq(fold_login(staff_no)))
                .one(connection)
                .await?;
            let unknown = "この職員番号の職員は登録されていません。番号を確かめてください。";
            let person = found.ok_or_else(|| Refusal::field("staff_no", unknown))?;
            Ok(Wanted::Person(person.id))
        }
    }
}

/// The same for an unknown number and one that opens nothing any more.
const WRONG: &str = "番号が違うか、既に提出されたか、回答期限を過ぎています。紙に書かれた番号を確かめてください。分からないときは、所属の推進員又は事務局に尋ねてください。";

/// Opens the sheet of a number and gives the token for the cookie, and the sheet. Wrong numbers count for the lock-out
/// of the terminal.
///
/// # Errors
/// One and the same refusal for every number that opens nothing; another one while locked out.
pub async fn open(db: &Db, code: &str, origin: &Origin, now: OffsetDateTime) -> StoreResult<(String, Uuid)> {
    let login = format!("sheet@{}", origin.address);
    let attempt = lock::admit(db, &login, &origin.address, now).await?;
    let row = sheet_code::Entity::find()
        .filter(sheet_code::Column::CodeHash.eq(hash_token(&normal_code(code))))
        .one(db.read())
        .await?;
    let open = match row {
        Some(row) => target_of(db.read(), &row, day(now)).await?.map(|target| (row, target)),
        None => None,
    };
    let Some((row, target)) = open else {
        attempt.failed(db, now).await?;
        return Err(Refusal::field("code", WRONG).into());
    };
    attempt.succeeded(db).await?;
    let txn = db.begin().await?;
    let token = new_token();
    let session = sheet_session::ActiveModel {
        id: Set(Uuid::now_v7()),
        sheet_code_id: Set(row.id),
        token_hash: Set(hash_token(&token)),
        at: Set(now),
        last_seen_at: Set(now),
    };
    sheet_session::Entity::insert(session).exec_without_returning(&txn).await?;
    let author = Author {
        id: Some(target.person_id),
        name: target.person_name.clone(),
        address: origin.address.clone(),
    };
    let event = NewEvent::new("target", target.id, "sheet_code.used", json!({ "by_number": true }));
    ledger::append(&txn, &author, now, vec![event]).await?;
    txn.commit().await?;
    Ok((token, target.id))
}

/// The target of a number, if it still opens it.
async fn target_of<C: ConnectionTrait>(
    connection: &C,
    code: &sheet_code::Model,
    today: Date,
) -> StoreResult<Option<target::Model>> {
    let Some(target) = target::Entity::find_by_id(code.target_id).one(connection).await? else {
        return Ok(None);
    };
    let newest = sheet_code::Entity::find()
        .filter(sheet_code::Column::TargetId.eq(target.id))
        .order_by_desc(sheet_code::Column::At)
        .order_by_desc(sheet_code::Column::Id)
        .one(connection)
        .await?;
    let inspection = inspection::Entity::find_by_id(target.inspection_id).one(connection).await?;
    let due = due_days(connection, &inspection.ok_or(StoreError::NotFound)?).await?;
    let standing = standing(connection, &target).await?.standing;
    let lock = Lock {
        due_on: due.of(target.department_id, target.person_id),
        today,
        submitted: standing.submitted,
        withdrawn: is_withdrawn(connection, target.id).await?,
        closed: standing.closed,
        replaced: newest.is_some_and(|newest| newest.id != code.id),
    };
    Ok(lock.opens().then_some(target))
}

/// Who a token of a sheet belongs to: the person, bound to the one sheet, without any granted role.
pub(crate) async fn find(db: &Db, token: &str, now: OffsetDateTime) -> StoreResult<Option<SignedIn>> {
    let row = sheet_session::Entity::find()
        .filter(sheet_session::Column::TokenHash.eq(hash_token(token)))
        .one(db.read())
        .await?;
    let Some(row) = row.filter(|row| row.last_seen_at + IDLE > now) else { return Ok(None) };
    let code = sheet_code::Entity::find_by_id(row.sheet_code_id).one(db.read()).await?;
    let code = code.ok_or(StoreError::NotFound)?;
    let Some(target) = target_of(db.read(), &code, day(now)).await? else { return Ok(None) };
    let txn = db.begin().await?;
    let seen = sheet_session::ActiveModel { id: Set(row.id), last_seen_at: Set(now), ..Default::default() };
    sheet_session::Entity::update(seen).exec(&txn).await?;
    txn.commit().await?;
    let mut actor = access::actor(db.read(), target.person_id, day(now)).await?;
    actor.grants.clear();
    actor.assigned.clear();
    actor.sheet = Some(target.id);
    Ok(Some(SignedIn { actor, session: row.id, pending: None }))
}

/// Closes the sheet on this terminal.
pub(crate) async fn end<C: ConnectionTrait>(connection: &C, token: &str) -> StoreResult<()> {
    let own =
        sheet_session::Entity::delete_many().filter(sheet_session::Column::TokenHash.eq(hash_token(token)));
    own.exec(connection).await?;
    Ok(())
}

/// Whether somebody was given a number for a sheet that counts, and has no account.
pub(crate) async fn is_without_account<C: ConnectionTrait>(
    connection: &C,
    person: Uuid,
) -> StoreResult<bool> {
    let accounts = credential::Entity::find().filter(credential::Column::PersonId.eq(person));
    if accounts.count(connection).await? > 0 {
        return Ok(false);
    }
    let own = Query::select().column(sheet_code::Column::TargetId).from(sheet_code::Entity).to_owned();
    let numbered = target::Entity::find()
        .filter(target::Column::PersonId.eq(person))
        .filter(target::Column::Id.in_subquery(own))
        .filter(target::Column::Id.not_in_subquery(withdrawn_targets()));
    Ok(numbered.count(connection).await? > 0)
}
