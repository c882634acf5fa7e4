//! Hashing of passwords: Argon2id. What may be a password is a rule of `domain::session`.

use crate::error::{StoreError, StoreResult};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use rand::RngCore;
use tokio::sync::Semaphore;

/// Two at a time: each takes 19 MiB and a core, and the machine has other work.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

fn hasher() -> StoreResult<Argon2<'static>> {
    let params =
        Params::new(19 * 1024, 2, 1, None).map_err(|error| StoreError::Machine(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The hash to store.
///
/// # Errors
/// When the machine fails.
pub async fn hash(password: String) -> StoreResult<String> {
    let mut salt = [0u8; 16];
    rand::rng().fill_bytes(&mut salt);
    off_thread(move || {
        let salt = SaltString::encode_b64(&salt).map_err(|error| StoreError::Machine(error.to_string()))?;
        let hash = hasher()?.hash_password(password.as_bytes(), &salt);
        Ok(hash.map_err(|error| StoreError::Machine(error.to_string()))?.to_string())
    })
    .await
}

/// Whether a password fits a stored hash. Without a hash the same work is done and the answer is no,
/// so that the time tells nothing about whether an account exists.
///
/// # Errors
/// When the machine fails.
pub async fn fits(password: String, stored: Option<String>) -> StoreResult<bool> {
    let Some(stored) = stored else {
        hash(password).await?;
        return Ok(false);
    };
    off_thread(move || {
        let parsed = PasswordHash::new(&stored).map_err(|error| StoreError::Machine(error.to_string()))?;
        Ok(hasher()?.verify_password(password.as_bytes(), &parsed).is_ok())
    })
    .await
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> StoreResult<T> + Send + 'static,
) -> StoreResult<T> {
    let _turn = AT_ONCE.acquire().await.map_err(|error| StoreError::Machine(error.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| StoreError::Machine(error.to_string()))?
}
