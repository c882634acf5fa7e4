//! `/upload/policy`: a policy document becomes a revision.

use super::Service;
use super::gate::Who;
use super::uploads::{Uploaded, actor, answer, receive};
use app::error::AppError;
use axum::extract::{Extension, Multipart, State};
use axum::response::Response;
use domain::permission::{Action, allows};
use sha2::{Digest, Sha256};
use store::ledger::hex;

/// Where the form posts to.
pub const PATH: &str = "/upload/policy";

/// Reads and stores the document, and goes to its page.
pub async fn upload(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    form: Multipart,
) -> Response {
    let result = match receive(form).await {
        Ok(uploaded) => match import(&service, &who, &uploaded).await {
            Ok(next) => Ok(next),
            Err(error) => Err((uploaded, error)),
        },
        Err(refused) => Err(refused),
    };
    answer(&service, who, PATH, result).await
}

async fn import(service: &Service, who: &Who, uploaded: &Uploaded) -> Result<String, AppError> {
    let actor = actor(who)?;
    // Before the file is read: nobody without the permission makes the server work.
    if !allows(&actor, Action::EditPolicy) {
        return Err(AppError::Forbidden);
    }
    let (name, bytes) = (uploaded.name.clone(), uploaded.bytes.clone());
    let text = tokio::task::spawn_blocking(move || documents::policy::read(&name, &bytes))
        .await
        .map_err(|error| {
            tracing::error!(cause = %error, "reading a policy failed");
            AppError::Machine
        })?
        .map_err(|unreadable| AppError::refused(unreadable.text))?;
    let sha256 = hex(&Sha256::digest(&uploaded.bytes));
    let now = (service.clock)();
    let revision = store::policy::import(&service.db, &actor, &text, &uploaded.name, &sha256, now).await?;
    Ok(format!("/policies/{revision}"))
}
