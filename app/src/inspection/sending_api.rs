//! Server functions of sending out: longer periods, notices, closed days, the letter.

use crate::context::ask;
use crate::error::AppError;
use domain::Refusal;
use domain::calendar::day_field;
use domain::inspection::notice::Kind;
use leptos::prelude::*;
use leptos_axum::redirect;
use store::extension::{self, NewExtension};
use store::letter::{self, Letter};
use store::notice::{self, NewRule};
use uuid::Uuid;

/// Makes the period longer for all, a department or a person.
#[server(endpoint = "extension/make")]
pub async fn make_extension(
    inspection: Uuid,
    #[server(default)] department: String,
    #[server(default)] staff_no: String,
    due_on: String,
    reason: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let due_on = Some(day_field("due_on", &due_on)?);
    let new = NewExtension { inspection, department: department.parse().ok(), staff_no, due_on, reason };
    let told = extension::extend(&ask.db, &ask.actor, new, ask.now).await?;
    redirect(&format!("/inspections/{inspection}/settings?told={told}"));
    Ok(())
}

/// Takes a longer period back.
#[server(endpoint = "extension/take_back")]
pub async fn take_extension_back(extension: Uuid, reason: String) -> Result<(), AppError> {
    let ask = ask()?;
    let inspection = extension::take_back(&ask.db, &ask.actor, extension, &reason, ask.now).await?;
    redirect(&format!("/inspections/{inspection}/settings?back=1"));
    Ok(())
}

/// Changes when and in which words a notice is sent.
#[server(endpoint = "notice/set")]
pub async fn set_notice(
    inspection: Uuid,
    kind: String,
    active: String,
    #[server(default)] days: String,
    subject: String,
    body: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let kind = Kind::from_key(&kind).ok_or(AppError::Malformed)?;
    let new = NewRule { inspection, kind, active: active == "yes", days, subject, body };
    notice::set(&ask.db, &ask.actor, new, ask.now).await?;
    redirect(&format!("/inspections/{inspection}/notices?set={}#{}", kind.key(), kind.key()));
    Ok(())
}

/// Where a form of the calendar goes back to: a page of an inspection, and nothing else.
fn calendar_page(back: &str) -> String {
    let id = back.parse::<Uuid>().ok();
    id.map_or("/board".to_string(), |id| format!("/inspections/{id}/notices#calendar"))
}

/// Adds a day on which the city hall is closed.
#[server(endpoint = "closed_day/add")]
pub async fn add_closed_day(day: String, name: String, back: String) -> Result<(), AppError> {
    let ask = ask()?;
    let day = Some(day_field("day", &day)?);
    store::closed_day::add(&ask.db, &ask.actor, day, &name, ask.now).await?;
    redirect(&calendar_page(&back));
    Ok(())
}

/// Takes it back.
#[server(endpoint = "closed_day/remove")]
pub async fn remove_closed_day(day: Uuid, back: String) -> Result<(), AppError> {
    let ask = ask()?;
    store::closed_day::remove(&ask.db, &ask.actor, day, ask.now).await?;
    redirect(&calendar_page(&back));
    Ok(())
}

/// Writes the letter.
#[server(endpoint = "letter/write")]
pub async fn write_letter(
    inspection: Uuid,
    document_no: String,
    dated_on: String,
    addressee: String,
    sender: String,
    subject: String,
    body: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let dated_on = Some(day_field("dated_on", &dated_on)?);
    if document_no.trim().is_empty() {
        return Err(Refusal::field("document_no", "文書番号を入力してください。決まっていないときは「情政第　号」のように入力します。").into());
    }
    let body = body.replace("\r\n", "\n");
    let letter = Letter { document_no, dated_on, addressee, sender, subject, body };
    letter::write(&ask.db, &ask.actor, inspection, letter, ask.now).await?;
    redirect(&format!("/inspections/{inspection}/letter"));
    Ok(())
}
