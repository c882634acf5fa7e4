//! Server functions of rosters. The upload itself is a route of the server.

use crate::context::ask;
use crate::error::AppError;
use domain::calendar::day_field;
use leptos::prelude::*;
use leptos_axum::redirect;
use store::roster::Application;
use uuid::Uuid;

/// Takes an uploaded roster over.
#[server(endpoint = "roster/apply")]
pub async fn apply_roster(
    import: Uuid,
    since: String,
    #[server(default)] end_missing: bool,
) -> Result<(), AppError> {
    let ask = ask()?;
    let application = Application { since: day_field("since", &since)?, end_missing };
    store::roster::apply(&ask.db, &ask.actor, import, application, ask.now).await?;
    redirect(&format!("/roster/imports/{import}"));
    Ok(())
}
