//! Server functions of 部長 and 統括.

use crate::context::ask;
use crate::error::AppError;
use crate::ui::back;
use leptos::prelude::*;
use leptos_axum::redirect;
use store::approval::{self, Place, Word};
use uuid::Uuid;

fn division_path(inspection: Uuid, division: Uuid) -> String {
    format!("/inspections/{inspection}/divisions/{division}")
}

fn city_path(inspection: Uuid) -> String {
    format!("/inspections/{inspection}/approval")
}

/// Back to the page, with what was done and the place on it.
fn done(path: &str, what: &str, at: &str) {
    redirect(&back(path, "", &[("done", what.to_string())], at));
}

/// The 部長 approves a 部.
#[server(endpoint = "approval/approve_division")]
pub async fn approve_division(
    inspection: Uuid,
    division: Uuid,
    #[server(default)] note: String,
    #[server(default)] own_reason: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let word = Word { note, own_reason };
    approval::approve(&ask.db, &ask.actor, inspection, Place::Division(division), word, ask.now).await?;
    done(&division_path(inspection, division), "approved", "word");
    Ok(())
}

/// The 部長 withdraws the approval.
#[server(endpoint = "approval/withdraw_division")]
pub async fn withdraw_division(inspection: Uuid, division: Uuid, reason: String) -> Result<(), AppError> {
    let ask = ask()?;
    let place = Place::Division(division);
    approval::withdraw(&ask.db, &ask.actor, inspection, place, &reason, ask.now).await?;
    done(&division_path(inspection, division), "withdrawn", "word");
    Ok(())
}

/// The 部長 gives a department's confirmation back.
#[server(endpoint = "approval/send_department_back")]
pub async fn send_department_back(
    inspection: Uuid,
    department: Uuid,
    reason: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let division =
        approval::send_department_back(&ask.db, &ask.actor, inspection, department, &reason, ask.now).await?;
    done(&division_path(inspection, division), "sent_back", &format!("u-{department}"));
    Ok(())
}

/// The 統括 approves the city.
#[server(endpoint = "approval/approve_city")]
pub async fn approve_city(
    inspection: Uuid,
    #[server(default)] note: String,
    #[server(default)] own_reason: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let word = Word { note, own_reason };
    approval::approve(&ask.db, &ask.actor, inspection, Place::City, word, ask.now).await?;
    done(&city_path(inspection), "approved", "word");
    Ok(())
}

/// The 統括 withdraws the approval.
#[server(endpoint = "approval/withdraw_city")]
pub async fn withdraw_city(inspection: Uuid, reason: String) -> Result<(), AppError> {
    let ask = ask()?;
    approval::withdraw(&ask.db, &ask.actor, inspection, Place::City, &reason, ask.now).await?;
    done(&city_path(inspection), "withdrawn", "word");
    Ok(())
}

/// The 統括 gives a 部's approval or a department's confirmation back.
#[server(endpoint = "approval/send_unit_back")]
pub async fn send_unit_back(inspection: Uuid, unit: Uuid, reason: String) -> Result<(), AppError> {
    let ask = ask()?;
    approval::send_back(&ask.db, &ask.actor, inspection, unit, &reason, ask.now).await?;
    done(&city_path(inspection), "sent_back", &format!("u-{unit}"));
    Ok(())
}
