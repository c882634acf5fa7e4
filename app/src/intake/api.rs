//! Server functions of the intake. Bringing files in is a route of the server.

use super::show_page::told;
use crate::context::{ask, request};
use crate::error::AppError;
use domain::Refusal;
use domain::intake::{Choice, Together};
use leptos::prelude::*;
use leptos_axum::redirect;
use std::collections::{BTreeMap, BTreeSet};
use store::intake;
use uuid::Uuid;

/// Takes one file.
#[server(endpoint = "intake/take")]
pub async fn take_file(intake: Uuid, file: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    let taken = intake::take(&ask.db, &ask.actor, file, ask.now).await?;
    redirect(&told(intake, taken));
    Ok(())
}

/// Takes all files of an intake that are beyond doubt, each whole and by itself.
#[server(endpoint = "intake/take_all")]
pub async fn take_files(intake: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    let taken = intake::take_ready(&ask.db, &ask.actor, intake, ask.now).await?;
    redirect(&told(intake, taken));
    Ok(())
}

/// Says whose form it is, or leaves it out; `looked_at` where the form speaks of another person.
#[server(endpoint = "intake/settle_owner")]
pub async fn settle_owner(
    form: Uuid,
    #[server(default)] target: String,
    #[server(default)] looked_at: Option<String>,
) -> Result<(), AppError> {
    let ask = ask()?;
    let target = match target.as_str() {
        "left_out" => None,
        target => Some(target.parse().map_err(|_| Refusal::field("target", "対象を選んでください。"))?),
    };
    intake::settle_owner(&ask.db, &ask.actor, form, target, looked_at.is_some(), ask.now).await?;
    redirect(&format!("/intakes/forms/{form}"));
    Ok(())
}

/// Settles rows: by the key of the row its choice, and the question where another was picked; one of both is enough.
#[server(endpoint = "intake/settle")]
pub async fn settle_rows(
    form: Uuid,
    #[server(default)] choices: BTreeMap<String, String>,
    #[server(default)] items: BTreeMap<String, String>,
) -> Result<(), AppError> {
    let ask = ask()?;
    let mut settled = Vec::new();
    for key in choices.keys().chain(items.keys()).collect::<BTreeSet<_>>() {
        // The key carries a letter before it, so that it is never taken for a place in a list.
        let row = key.strip_prefix('r').and_then(|key| key.parse().ok()).ok_or(AppError::NotFound)?;
        let choice = match choices.get(key).map_or("", String::as_str) {
            "" => None,
            choice => Some(Choice::from_key(choice).ok_or(AppError::NotFound)?),
        };
        settled.push((row, choice, items.get(key).and_then(|item| item.parse().ok())));
    }
    intake::settle(&ask.db, &ask.actor, form, settled, ask.now).await?;
    redirect(&format!("/intakes/forms/{form}"));
    Ok(())
}

/// Settles all rows a decision fits.
#[server(endpoint = "intake/settle_together")]
pub async fn settle_together(form: Uuid, together: String) -> Result<(), AppError> {
    let ask = ask()?;
    let together = Together::from_key(&together).ok_or(AppError::NotFound)?;
    intake::settle_together(&ask.db, &ask.actor, form, together, ask.now).await?;
    redirect(&format!("/intakes/forms/{form}"));
    Ok(())
}

/// Reads all files of an inspection again that no 様式 has read as it is kept.
#[server(endpoint = "intake/read_again")]
pub async fn read_files_again(inspection: Uuid) -> Result<(), AppError> {
    let (ask, books) = (ask()?, request()?.workbooks);
    intake::read_again(&ask.db, &ask.actor, inspection, ask.now).await?;
    (books.wake)();
    redirect(&format!("/inspections/{inspection}/intakes"));
    Ok(())
}
