//! Setting the second factor up: a key is offered, and counts once a code confirms that the authenticator has it.

use super::{Key, clear_offer, is_set, of, offer_of, put_recovery_codes, switched};
use crate::Db;
use crate::entity::{second_factor, second_factor_offer, session};
use crate::error::{StoreError, StoreResult};
use crate::ledger;
use crate::session::{Origin, load, lock, rotate};
use domain::Refusal;
use domain::actor::Actor;
use domain::second_factor::{Typed, read_code};
use sea_orm::{EntityTrait, Set};
use time::OffsetDateTime;
use uuid::Uuid;

/// What is handed out once a second factor counts.
#[derive(Debug, Clone)]
pub struct Confirmed {
    /// The session's new token.
    pub token: String,
    /// They stand nowhere else.
    pub recovery_codes: Vec<String>,
}

/// Offers a new key, in place of one that was not confirmed.
///
/// # Errors
/// Refused when there is a second factor already.
pub async fn offer(db: &Db, actor: &Actor, now: OffsetDateTime) -> StoreResult<()> {
    let txn = db.begin().await?;
    if is_set(&txn, actor.person_id).await? {
        return Err(StoreError::refused(ALREADY));
    }
    clear_offer(&txn, actor.person_id).await?;
    let row = second_factor_offer::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(actor.person_id),
        secret: Set(Key::random().base32()),
        at: Set(now),
    };
    second_factor_offer::Entity::insert(row).exec_without_returning(&txn).await?;
    Ok(txn.commit().await?)
}

const ALREADY: &str = "二段階認証は既に設定されています。機器を替えるときは、先に解除してください。";

/// The first code: from now on the second factor counts, and the recovery codes are given.
///
/// # Errors
/// When the code is wrong or the key was offered too long ago.
pub async fn confirm(
    db: &Db,
    actor: &Actor,
    session: Uuid,
    code: &str,
    origin: &Origin,
    now: OffsetDateTime,
) -> StoreResult<Confirmed> {
    let present = load(db.read(), actor, session, now).await?;
    let attempt = lock::admit(db, &present.login, &origin.address, now).await?;
    match try_confirm(db, actor, session, code, now).await {
        Ok(confirmed) => {
            attempt.succeeded(db).await?;
            Ok(confirmed)
        }
        Err(error) => {
            attempt.failed(db, now).await?;
            Err(error)
        }
    }
}

async fn try_confirm(
    db: &Db,
    actor: &Actor,
    session: Uuid,
    code: &str,
    now: OffsetDateTime,
) -> StoreResult<Confirmed> {
    let txn = db.begin().await?;
    if of(&txn, actor.person_id).await?.is_some() {
        return Err(StoreError::refused(ALREADY));
    }
    let expired = "鍵の有効期間（1時間）が過ぎました。もう一度、設定を始めてください。";
    let offer = offer_of(&txn, actor.person_id, now).await?.ok_or_else(|| StoreError::refused(expired))?;
    let step = match read_code(code)? {
        Typed::Digits(digits) => Key::stored(&offer.secret)?.step_of(&digits, now)?,
        Typed::Recovery(_) => None,
    };
    let step = step.ok_or_else(|| {
        Refusal::field(
            "code",
            "認証コードが違います。機器の時刻が合っているか確かめ、新しく表示された6桁を入力してください。",
        )
    })?;
    let row = second_factor::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(actor.person_id),
        secret: Set(offer.secret),
        last_step: Set(step),
        at: Set(now),
    };
    let inserted = second_factor::Entity::insert(row).exec_without_returning(&txn).await;
    crate::error::on_double(inserted, ALREADY)?;
    clear_offer(&txn, actor.person_id).await?;
    let recovery_codes = put_recovery_codes(&txn, actor.person_id, now).await?;
    let event = switched(actor.person_id, "second_factor.set", true);
    ledger::record(&txn, actor, now, event).await?;
    let changed = session::ActiveModel { id: Set(session), ..Default::default() };
    let token = rotate(&txn, changed, now).await?;
    txn.commit().await?;
    Ok(Confirmed { token, recovery_codes })
}
