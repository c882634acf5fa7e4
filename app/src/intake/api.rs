//! Server functions of the intake. Bringing files in is a route of the server.

use crate::context::ask;
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
    let page = intake::page(&ask.db, &ask.actor, intake).await?;
    let ready = page.files.iter().filter(|file| file.taken.is_none() && file.refusal.is_none() && !file.again);
    let (mut files, mut answers) = (0, 0);
    for file in ready {
        // Somebody may have answered meanwhile: then this file waits for a decision, and the others go on.
        match intake::take(&ask.db, &ask.actor, file.id, ask.now).await {
            Ok(taken) => (files, answers) = (files + 1, answers + taken.answers),
            Err(store::StoreError::Refused(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
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
