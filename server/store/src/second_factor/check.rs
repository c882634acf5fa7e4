//! Giving the second factor: a code of the authenticator or a recovery code, each taken once.

use super::{Key, clear, counted, left, of, put_recovery_codes, switched};
use crate::Db;
use crate::entity::{recovery_code, second_factor, session};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent};
use crate::session::sign_in::fold_login;
use crate::session::{ABSOLUTE, Origin, hash_token, load, lock, rotate};
use domain::Refusal;
use domain::actor::Actor;
use domain::second_factor::{Typed, fresh, read_code};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

const NONE: &str = "二段階認証が設定されていません。";
const WRONG: &str = "認証コードが違うか、既に使われています。新しく表示された6桁を入力してください。";

/// Gives the second factor for a session that waits for it, and gives the session's new token.
///
/// # Errors
/// Refused when the code is wrong or was used, and while locked out.
pub async fn give(
    db: &Db,
    actor: &Actor,
    session: Uuid,
    code: &str,
    origin: &Origin,
    now: OffsetDateTime,
) -> StoreResult<String> {
    let present = load(db.read(), actor, session, now).await?;
    prove(db, actor, &present, code, origin, now).await?;
    let txn = db.begin().await?;
    let changed = session::ActiveModel {
        id: Set(session),
        must_give_second: Set(false),
        ends_at: Set(present.at + ABSOLUTE),
        ..Default::default()
    };
    let token = rotate(&txn, changed, now).await?;
    lock::remember(&txn, &present.login, &origin.address, now).await?;
    let event = NewEvent::new("person", actor.person_id, "second_factor.given", json!({}));
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(token)
}

/// Takes one's own second factor away; the current code is needed. Where a role requires one, it has to be set up
/// again at once.
///
/// # Errors
/// As [`give`].
pub async fn remove(
    db: &Db,
    actor: &Actor,
    session: Uuid,
    code: &str,
    origin: &Origin,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let present = load(db.read(), actor, session, now).await?;
    prove(db, actor, &present, code, origin, now).await?;
    let txn = db.begin().await?;
    clear(&txn, actor.person_id).await?;
    let event = switched(actor.person_id, "second_factor.removed", false);
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}

/// Makes new recovery codes in place of the earlier ones; the current code is needed.
///
/// # Errors
/// As [`give`].
pub async fn new_recovery_codes(
    db: &Db,
    actor: &Actor,
    session: Uuid,
    code: &str,
    origin: &Origin,
    now: OffsetDateTime,
) -> StoreResult<Vec<String>> {
    let present = load(db.read(), actor, session, now).await?;
    prove(db, actor, &present, code, origin, now).await?;
    let txn = db.begin().await?;
    let before = left(&txn, actor.person_id).await?;
    let codes = put_recovery_codes(&txn, actor.person_id, now).await?;
    let after = codes.len() as u64;
    let event = counted(actor.person_id, "second_factor.recovery_codes_made", before, after);
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(codes)
}

/// Whether the person at this session holds the second factor; every try is counted as when signing in.
async fn prove(
    db: &Db,
    actor: &Actor,
    present: &session::Model,
    code: &str,
    origin: &Origin,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let typed = read_code(code)?;
    let attempt = lock::admit(db, &fold_login(&present.login), &origin.address, now).await?;
    let txn = db.begin().await?;
    let taken = match typed {
        Typed::Digits(digits) => take_digits(&txn, actor.person_id, &digits, now).await?,
        Typed::Recovery(code) => take_recovery(&txn, actor, &code, now).await?,
    };
    txn.commit().await?;
    if taken {
        return attempt.succeeded(db).await;
    }
    attempt.failed(db, now).await?;
    Err(Refusal::field("code", WRONG).into())
}

/// Takes a code of the authenticator, at most once: the database compares the step while it writes it down.
async fn take_digits<C: ConnectionTrait>(
    connection: &C,
    person_id: Uuid,
    digits: &str,
    now: OffsetDateTime,
) -> StoreResult<bool> {
    let row = of(connection, person_id).await?.ok_or_else(|| StoreError::refused(NONE))?;
    let Some(step) = fresh(Key::stored(&row.secret)?.step_of(digits, now)?, row.last_step) else {
        return Ok(false);
    };
    let taken = second_factor::Entity::update_many()
        .col_expr(second_factor::Column::LastStep, Expr::value(step))
        .filter(second_factor::Column::Id.eq(row.id))
        .filter(second_factor::Column::LastStep.lt(step))
        .exec(connection)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Takes a recovery code: it is gone afterwards, and the ledger tells of it.
async fn take_recovery<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    code: &str,
    now: OffsetDateTime,
) -> StoreResult<bool> {
    let taken = recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::PersonId.eq(actor.person_id))
        .filter(recovery_code::Column::CodeHash.eq(hash_token(code)))
        .exec(connection)
        .await?;
    if taken.rows_affected == 0 {
        return Ok(false);
    }
    let now_left = left(connection, actor.person_id).await?;
    let event = counted(
        actor.person_id,
        "second_factor.recovery_code_used",
        now_left + taken.rows_affected,
        now_left,
    );
    ledger::record(connection, actor, now, event).await?;
    Ok(true)
}
