//! `/upload/policy`: a policy document becomes a revision.

use super::Service;
use super::gate::Who;
use super::uploads::{Uploaded, actor, answer, receive};
use app::error::AppError;
use app::lineage::import_form::NEW;
use axum::extract::{Extension, Multipart, State};
use axum::response::Response;
use domain::calendar::day_field;
use domain::permission::{Action, allows};
use sha2::{Digest, Sha256};
use store::ledger::hex;
use store::lineage::{NewRevision, Origin};
use time::Date;

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
    let new = NewRevision {
        text: &text,
        file_name: &uploaded.name,
        sha256: &sha256,
        origin: origin(uploaded.field("policy").unwrap_or_default())?,
        effective_on: effective_on(uploaded.field("effective_on").unwrap_or_default())?,
    };
    let revision = store::policy::import_as(&service.db, &actor, &new, (service.clock)()).await?;
    Ok(format!("/policies/{revision}"))
}

/// Which policy the officer says it revises.
fn origin(choice: &str) -> Result<Origin, AppError> {
    match choice {
        "" => Ok(Origin::ByTitle),
        NEW => Ok(Origin::New),
        id => id.parse().map(Origin::Next).map_err(|_| AppError::Malformed),
    }
}

fn effective_on(text: &str) -> Result<Option<Date>, AppError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    Ok(Some(day_field("effective_on", text)?))
}
