//! Server functions of rosters. The upload itself and the reading with other columns are routes of the server.

use crate::context::ask;
use crate::error::AppError;
use domain::calendar::day_field;
use domain::roster::choice::Choice;
use domain::roster::difference::Kind;
use leptos::prelude::*;
use leptos_axum::redirect;
use std::collections::BTreeMap;
use store::roster::Application;
use uuid::Uuid;

/// Takes the chosen part of an uploaded roster over. A box that is not ticked is not sent.
#[server(endpoint = "roster/apply")]
pub async fn apply_roster(
    import: Uuid,
    since: String,
    #[server(default)] kinds: BTreeMap<String, String>,
    #[server(default)] left_out: BTreeMap<String, String>,
    #[server(default)] apart: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let choice = Choice {
        kinds: kinds.keys().filter_map(|key| Kind::from_key(key)).collect(),
        // The key carries a letter before the number, so that it is never taken for a place in a list.
        left_out: left_out.keys().filter_map(|key| key.strip_prefix('n').map(str::to_string)).collect(),
        follow_codes: apart.is_empty(),
    };
    let application = Application { since: day_field("since", &since)?, choice };
    store::roster::apply(&ask.db, &ask.actor, import, application, ask.now).await?;
    redirect(&format!("/roster/imports/{import}"));
    Ok(())
}
