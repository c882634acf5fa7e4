//! Signing in with a password or a one-time code, and setting one's password.

use super::{hash_token, open, password};
use crate::Db;
use crate::entity::{credential, person, session, sign_in_code, sign_in_failure};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// Failures are counted over this time.
const WINDOW: Duration = Duration::minutes(15);
/// So many for one login ...
const PER_LOGIN: u64 = 10;
/// ... and so many from one address (an office may stand behind one).
const PER_ADDRESS: u64 = 100;

pub(super) const WRONG: &str =
    "利用者IDか、パスワード（初回は確認コード）が違います。分からないときは、事務局に連絡してください。";

/// A one-time code holds so long.
pub const CODE_HOLDS: Duration = Duration::days(60);

/// Folds what people type into the login field.
pub fn fold_login(login: &str) -> String {
    login
        .trim()
        .chars()
        .map(|c| match c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
                char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
            }
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Signs in and gives the token for the cookie.
///
/// # Errors
/// One and the same refusal for an unknown login and a wrong password; another one while locked out.
pub async fn sign_in(
    db: &Db,
    login: &str,
    secret: &str,
    address: &str,
    now: OffsetDateTime,
) -> StoreResult<String> {
    let login = fold_login(login);
    refuse_if_locked(db, &login, address, now).await?;
    let stored =
        credential::Entity::find().filter(credential::Column::Login.eq(&login)).one(db.read()).await?;
    let fits =
        password::fits(secret.to_string(), stored.as_ref().map(|row| row.password_hash.clone())).await?;
    if let Some(row) = stored.filter(|_| fits) {
        return open_for(db, row.person_id, false, now).await;
    }
    match person_by_code(db, &login, secret, now).await? {
        Some(person_id) => open_for(db, person_id, true, now).await,
        None => {
            note_failure(db, login, address, now).await?;
            Err(StoreError::refused(WRONG))
        }
    }
}

pub(super) async fn refuse_if_locked(
    db: &Db,
    login: &str,
    address: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let recent = sign_in_failure::Entity::find().filter(sign_in_failure::Column::At.gt(now - WINDOW));
    let for_login = recent.clone().filter(sign_in_failure::Column::Login.eq(login)).count(db.read()).await?;
    let from_address = recent.filter(sign_in_failure::Column::Address.eq(address)).count(db.read()).await?;
    if for_login >= PER_LOGIN || from_address >= PER_ADDRESS {
        return Err(StoreError::refused(
            "サインインの失敗が続いたため、一時的に停止しています。15分ほど待ってから、もう一度お試しください。",
        ));
    }
    Ok(())
}

pub(super) async fn note_failure(
    db: &Db,
    login: String,
    address: &str,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let row = sign_in_failure::ActiveModel {
        id: Set(Uuid::now_v7()),
        login: Set(login),
        address: Set(address.to_string()),
        at: Set(now),
    };
    let txn = db.begin().await?;
    sign_in_failure::Entity::insert(row).exec_without_returning(&txn).await?;
    Ok(txn.commit().await?)
}

pub(super) async fn open_for(
    db: &Db,
    person_id: Uuid,
    by_code: bool,
    now: OffsetDateTime,
) -> StoreResult<String> {
    let txn = db.begin().await?;
    let person = person::Entity::find_by_id(person_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let token = open(&txn, &person, by_code, now).await?;
    txn.commit().await?;
    Ok(token)
}

/// The person whose staff number is the login and whose newest code is this one. A code dies when a
/// password is set.
pub(super) async fn person_by_code(
    db: &Db,
    login: &str,
    code: &str,
    now: OffsetDateTime,
) -> StoreResult<Option<Uuid>> {
    let Some(person) =
        person::Entity::find().filter(person::Column::StaffNo.eq(login)).one(db.read()).await?
    else {
        return Ok(None);
    };
    let code = normal_code(code);
    let newest = sign_in_code::Entity::find()
        .filter(sign_in_code::Column::PersonId.eq(person.id))
        .order_by_desc(sign_in_code::Column::At)
        .one(db.read())
        .await?;
    let set_at = credential::Entity::find()
        .filter(credential::Column::PersonId.eq(person.id))
        .one(db.read())
        .await?
        .map(|row| row.at);
    let holds = newest.is_some_and(|row| {
        row.code_hash == hash_token(&code) && row.at + CODE_HOLDS > now && set_at.is_none_or(|at| at < row.at)
    });
    Ok(holds.then_some(person.id))
}

/// Codes are read from paper: case, blanks and hyphens do not matter.
pub fn normal_code(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// Sets one's own password, ends all other sessions and opens a new one.
///
/// # Errors
/// When the password is too short or the entries differ.
pub async fn set_password(
    db: &Db,
    actor: &Actor,
    new: &str,
    again: &str,
    now: OffsetDateTime,
) -> StoreResult<String> {
    password::check(new, again)?;
    let hash = password::hash(new.to_string()).await?;
    let txn = db.begin().await?;
    let person = person::Entity::find_by_id(actor.person_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    put_credential(&txn, &person, &person.staff_no, hash, now).await?;
    session::Entity::delete_many().filter(session::Column::PersonId.eq(actor.person_id)).exec(&txn).await?;
    let event = NewEvent::new("person", actor.person_id, "password.set", json!({}));
    ledger::record(&txn, actor, now, event).await?;
    let token = open(&txn, &person, false, now).await?;
    txn.commit().await?;
    Ok(token)
}

/// Writes a credential, in place of an earlier one; the login of an earlier one stays.
///
/// # Errors
/// When the login belongs to somebody else.
pub async fn put_credential<C: ConnectionTrait>(
    connection: &C,
    person: &person::Model,
    login: &str,
    password_hash: String,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let earlier =
        credential::Entity::find().filter(credential::Column::PersonId.eq(person.id)).one(connection).await?;
    let row = credential::ActiveModel {
        id: Set(earlier.as_ref().map_or_else(Uuid::now_v7, |row| row.id)),
        person_id: Set(person.id),
        login: Set(earlier.as_ref().map_or_else(|| fold_login(login), |row| row.login.clone())),
        password_hash: Set(password_hash),
        at: Set(now),
    };
    match earlier {
        Some(_) => {
            credential::Entity::update(row).exec(connection).await?;
            Ok(())
        }
        None => {
            let inserted = credential::Entity::insert(row).exec_without_returning(connection).await;
            crate::error::on_double(inserted, "その利用者IDは既に使われています。").map(|_| ())
        }
    }
}
