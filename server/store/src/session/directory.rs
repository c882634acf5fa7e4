//! Signing in with the password of the city's directory. Local accounts come first: whoever has a password here, or a
//! one-time code that fits, is not asked about anywhere else.

use super::sign_in::{self, fold_login, person_by_code};
use super::{Entry, Origin, lock, open_for};
use crate::Db;
use crate::directory::{AskDirectory, Verdict, admit};
use crate::entity::credential;
use crate::error::{StoreError, StoreResult};
use domain::session::Way;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;

const AWAY: &str = "庁内の認証基盤に接続できないため、サインインできません。しばらくしてもう一度お試しになり、続くときは事務局に連絡してください。";

/// Signs in with a local account or, if there is none for this login, through the directory; gives the token for the
/// cookie. Failures count for the lock-out in both cases.
///
/// # Errors
/// As [`sign_in::sign_in`]; refused with the reason when the directory can't be asked, or vouches for somebody who
/// is not in the roster.
pub async fn sign_in(
    db: &Db,
    login: &str,
    secret: &str,
    origin: &Origin,
    directory: Option<&AskDirectory>,
    now: OffsetDateTime,
) -> StoreResult<String> {
    let folded = fold_login(login);
    // A bind without a password succeeds everywhere: it asks for nothing.
    let elsewhere = !secret.is_empty() && !folded.is_empty() && !local(db, &folded, secret, now).await?;
    let Some(ask) = directory.filter(|_| elsewhere) else {
        return sign_in::sign_in(db, login, secret, origin, now).await;
    };
    let attempt = lock::admit(db, &folded, &origin.address, now).await?;
    match ask(folded.clone(), secret.to_string()).await {
        Verdict::Known(found) => {
            attempt.succeeded(db).await?;
            let person = admit(db, &found, now).await?.id;
            let entry = Entry { login: folded, way: Way::Directory, origin: origin.clone() };
            open_for(db, person, &entry, now).await
        }
        Verdict::Wrong => {
            attempt.failed(db, now).await?;
            Err(StoreError::refused(sign_in::WRONG))
        }
        Verdict::Away => {
            // Nobody said that it was wrong.
            attempt.succeeded(db).await?;
            Err(StoreError::refused(AWAY))
        }
    }
}

/// Whether this login is decided here.
async fn local(db: &Db, login: &str, secret: &str, now: OffsetDateTime) -> StoreResult<bool> {
    let own = credential::Entity::find().filter(credential::Column::Login.eq(login)).one(db.read()).await?;
    Ok(own.is_some() || person_by_code(db, login, secret, now).await?.is_some())
}
