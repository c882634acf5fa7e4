//! Who a session belongs to, remembered for a moment. It serves the saving of answers, where forty requests of a person
//! follow one another: what is remembered are name and posts; whether the session still holds is looked at with each
//! save (`response::save`), and for 代理入力 the posts as well.

use super::{SignedIn, find, hash_token};
use crate::Db;
use crate::error::StoreResult;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use time::{Duration, OffsetDateTime};

/// How long.
const MOMENT: Duration = Duration::seconds(30);
/// With so many remembered, those whose moment is over are forgotten.
const MANY: usize = 4096;

/// What is remembered, by the SHA-256 of the token.
#[derive(Clone, Default)]
pub struct Recent(Arc<Mutex<HashMap<String, (OffsetDateTime, SignedIn)>>>);

impl std::fmt::Debug for Recent {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Recent")
    }
}

impl Recent {
    fn get(&self, key: &str, now: OffsetDateTime) -> Option<SignedIn> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(key).filter(|(at, _)| is_recent(*at, now)).map(|(_, who)| who.clone())
    }

    fn keep(&self, key: String, who: SignedIn, now: OffsetDateTime) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MANY {
            known.retain(|_, (at, _)| is_recent(*at, now));
        }
        known.insert(key, (now, who));
    }
}

fn is_recent(at: OffsetDateTime, now: OffsetDateTime) -> bool {
    at <= now && now - at < MOMENT
}

/// Who a token belongs to, as it was at most half a minute ago. For saving an answer only; the session named in the
/// result has to be looked at again.
///
/// # Errors
/// When the database fails.
pub async fn find_recent(db: &Db, token: &str, now: OffsetDateTime) -> StoreResult<Option<SignedIn>> {
    let key = hash_token(token);
    if let Some(known) = db.recent().get(&key, now) {
        return Ok(Some(known));
    }
    let found = find(db, token, now).await?;
    // Who still owes something, or came in by the number of a sheet, is looked up each time.
    if let Some(who) = found.as_ref().filter(|who| who.pending.is_none() && who.actor.sheet.is_none()) {
        db.recent().keep(key, who.clone(), now);
    }
    Ok(found)
}
