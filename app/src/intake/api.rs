//! Server functions of the intake. Bringing files in is a route of the server.

use crate::context::{ask, request};
use crate::error::AppError;
use domain::Refusal;
use domain::intake::Choice;
use leptos::prelude::*;
use leptos_axum::redirect;
use std::collections::BTreeMap;
use store::intake;
use uuid::Uuid;

/// Takes one file.
#[server(endpoint = "intake/take")]
pub async fn take_file(intake: Uuid, file: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    let taken = intake::take(&ask.db, &ask.actor, file, ask.now).await?;
    redirect(&format!("/intakes/{intake}?files=1&answers={}", taken.answers));
    Ok(())
}

/// Takes all files of an intake that are beyond doubt, each whole and by itself.
#[server(endpoint = "intake/take_all")]
pub async fn take_files(intake: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    let (files, answers) = intake::take_ready(&ask.db, &ask.actor, intake, ask.now).await?;
    redirect(&format!("/intakes/{intake}?files={files}&answers={answers}"));
    Ok(())
}

/// Says whose form it is; empty leaves it out.
#[server(endpoint = "intake/settle_owner")]
pub async fn settle_owner(form: Uuid, #[server(default)] target: String) -> Result<(), AppError> {
    let ask = ask()?;
    let target = match target.as_str() {
        "left_out" => None,
        target => Some(target.parse().map_err(|_| Refusal::field("target", "対象を選んでください。"))?),
    };
    intake::settle_owner(&ask.db, &ask.actor, form, target, ask.now).await?;
    redirect(&format!("/intakes/forms/{form}"));
    Ok(())
}

/// Settles rows: by the key of the row its choice, and the question where another was picked.
#[server(endpoint = "intake/settle")]
pub async fn settle_rows(
    form: Uuid,
    #[server(default)] choices: BTreeMap<String, String>,
    #[server(default)] items: BTreeMap<String, String>,
) -> Result<(), AppError> {
    let ask = ask()?;
    let mut settled = Vec::new();
    for (key, choice) in choices.iter().filter(|(_, choice)| !choice.is_empty()) {
        // The key carries a letter before it, so that it is never taken for a place in a list.
        let row = key.strip_prefix('r').and_then(|key| key.parse().ok()).ok_or(AppError::NotFound)?;
        let choice = Choice::from_key(choice).ok_or(AppError::NotFound)?;
        settled.push((row, choice, items.get(key).and_then(|item| item.parse().ok())));
    }
    intake::settle(&ask.db, &ask.actor, form, settled, ask.now).await?;
    redirect(&format!("/intakes/forms/{form}"));
    Ok(())
}

/// Settles all rows that differ from what is stored: from the file, or as stored.
#[server(endpoint = "intake/settle_conflicts")]
pub async fn settle_conflicts(form: Uuid, choice: String) -> Result<(), AppError> {
    let ask = ask()?;
    let choice = Choice::from_key(&choice).filter(|choice| matches!(choice, Choice::File | Choice::Stored));
    let choice = choice.ok_or(AppError::NotFound)?;
    intake::settle_conflicts(&ask.db, &ask.actor, form, choice, ask.now).await?;
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
