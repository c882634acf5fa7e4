//! Signing in with a password or a one-time code, and setting one's password.

use super::{Entry, Origin, device, hash_token, load, lock, open_for, password, rotate};
use crate::Db;
use crate::entity::{credential, person, session, sign_in_code};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent};
use domain::Refusal;
use domain::actor::Actor;
use domain::session::{Owner, Way, check_password};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

pub(super) const WRONG: &str =
    "利用者IDか、パスワード（初回は確認コード）が違います。分からないときは、事務局に連絡してください。";

/// A one-time code holds so long.
pub const CODE_HOLDS: Duration = Duration::days(60);

/// Longer logins do not exist; they are cut, so that nobody fills the database with them.
const LONGEST_LOGIN: usize = 200;

/// Folds what people type into the login field.
pub fn fold_login(login: &str) -> String {
    login
        .trim()
        .chars()
        .take(LONGEST_LOGIN)
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
/// One and the same refusal for an unknown login and a wrong password; another one while locked out, before any
/// work is done.
pub async fn sign_in(
    db: &Db,
    login: &str,
    secret: &str,
    origin: &Origin,
    now: OffsetDateTime,
) -> StoreResult<String> {
    let login = fold_login(login);
    let attempt = lock::admit(db, &login, &origin.address, now).await?;
    match proved(db, &login, secret, now).await? {
        Some((person_id, way)) => {
            attempt.succeeded(db).await?;
            let entry = Entry { login, way, origin: origin.clone() };
            open_for(db, person_id, &entry, now).await
        }
        None => {
            attempt.failed(db, now).await?;
            Err(StoreError::refused(WRONG))
        }
    }
}

/// Who proved to be somebody, and how.
async fn proved(db: &Db, login: &str, secret: &str, now: OffsetDateTime) -> StoreResult<Option<(Uuid, Way)>> {
    let stored =
        credential::Entity::find().filter(credential::Column::Login.eq(login)).one(db.read()).await?;
    let hash = stored.as_ref().map(|row| row.password_hash.clone());
    let fits = password::fits(secret.to_string(), hash).await?;
    if let Some(row) = stored.filter(|_| fits) {
        return Ok(Some((row.person_id, Way::Password)));
    }
    let by_code = person_by_code(db, login, secret, now).await?;
    Ok(by_code.map(|person_id| (person_id, Way::Code)))
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
    let set_at = credential_of(db.read(), person.id).await?.map(|row| row.at);
    let holds = newest.is_some_and(|row| {
        row.code_hash == hash_token(&code) && row.at + CODE_HOLDS > now && set_at.is_none_or(|at| at < row.at)
    });
    Ok(holds.then_some(person.id))
}

async fn credential_of<C: ConnectionTrait>(
    connection: &C,
    person_id: Uuid,
) -> StoreResult<Option<credential::Model>> {
    let own = credential::Entity::find().filter(credential::Column::PersonId.eq(person_id));
    Ok(own.one(connection).await?)
}

/// Codes are read from paper: case, blanks and hyphens do not matter.
pub fn normal_code(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// What somebody enters to set a password.
#[derive(Debug, Clone, Default)]
pub struct NewPassword {
    /// The password so far; nothing after a one-time code.
    pub old: String,
    pub new: String,
    pub again: String,
}

/// Sets one's own password, ends all other sessions and gives the present one another token.
///
/// # Errors
/// When the old password is wrong or there is none to change, or the new one may not be a password.
pub async fn set_password(
    db: &Db,
    actor: &Actor,
    session: Uuid,
    entered: &NewPassword,
    origin: &Origin,
    now: OffsetDateTime,
) -> StoreResult<String> {
    let present = load(db.read(), actor, session, now).await?;
    let person =
        person::Entity::find_by_id(actor.person_id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let stored = credential_of(db.read(), person.id).await?;
    let login = stored.as_ref().map_or_else(|| fold_login(&person.staff_no), |row| row.login.clone());
    let owner = Owner { login: &login, staff_no: &person.staff_no, name: &person.name, kana: &person.kana };
    check_password(&entered.new, &entered.again, owner)?;
    if !present.must_set_password {
        require_old(db, stored, &entered.old, origin, now).await?;
    }
    let hash = password::hash(entered.new.clone()).await?;
    let txn = db.begin().await?;
    put_credential(&txn, &person, &person.staff_no, hash, now).await?;
    device::end_others_of(&txn, actor.person_id, session).await?;
    let event = NewEvent::new("person", actor.person_id, "password.set", json!({}));
    ledger::record(&txn, actor, now, event).await?;
    let changed = session::ActiveModel {
        id: Set(session),
        must_set_password: Set(false),
        way: Set(Way::Password.key().to_string()),
        ..session::ActiveModel::default()
    };
    let token = rotate(&txn, changed, now).await?;
    txn.commit().await?;
    Ok(token)
}

/// Whoever sits down at a browser that somebody left open must not be able to take the account over; guesses are
/// counted as when signing in.
async fn require_old(
    db: &Db,
    stored: Option<credential::Model>,
    old: &str,
    origin: &Origin,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let Some(stored) = stored else {
        return Err(StoreError::refused(
            "この利用者のパスワードは、庁内の認証で管理されているため、ここでは変更できません。",
        ));
    };
    let attempt = lock::admit(db, &stored.login, &origin.address, now).await?;
    if password::fits(old.to_string(), Some(stored.password_hash)).await? {
        return attempt.succeeded(db).await;
    }
    attempt.failed(db, now).await?;
    Err(Refusal::field("old", "今のパスワードが違います。").into())
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
    let earlier = credential_of(connection, person.id).await?;
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
