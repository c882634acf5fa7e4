//! Server functions of retention.

use crate::context::ask;
use crate::error::AppError;
use domain::Refusal;
use domain::retention::{Class, Kind, Subject};
use leptos::prelude::*;
use leptos_axum::redirect;
use store::retention::hold::Named;
use store::retention::{disposal, hold};
use uuid::Uuid;

const PAGE: &str = "/retention";

/// Sets the class of a kind of record.
#[server(endpoint = "retention/set_class")]
pub async fn set_class(kind: String, class: String) -> Result<(), AppError> {
    let ask = ask()?;
    let kind = Kind::from_key(&kind).ok_or(AppError::NotFound)?;
    let class = Class::from_key(&class).ok_or_else(|| Refusal::field("class", "保存期間を選んでください。"))?;
    store::retention::set_class(&ask.db, &ask.actor, kind, class, ask.now).await?;
    redirect(PAGE);
    Ok(())
}

/// Sets a hold on an inspection, a department, or (by staff number) a person.
#[server(endpoint = "retention/hold")]
pub async fn place_hold(of: String, staff_no: String, reason: String) -> Result<(), AppError> {
    let ask = ask()?;
    hold::place(&ask.db, &ask.actor, named(&of, &staff_no)?, &reason, ask.now).await?;
    redirect(PAGE);
    Ok(())
}

/// What a form names: one thing of the list such as `department:0198…`, or a number, but not both.
fn named(of: &str, staff_no: &str) -> Result<Named, Refusal> {
    match (of.trim(), staff_no.trim()) {
        ("", "") => Err(Refusal::field("of", "点検若しくは所属を選び、又は職員番号を入力してください。")),
        ("", number) => Ok(Named::StaffNo(number.to_string())),
        (of, "") => of
            .split_once(':')
            .and_then(|(noun, id)| Subject::of(noun, id.parse().ok()?))
            .map(Named::Thing)
            .ok_or_else(|| Refusal::field("of", "対象を選び直してください。")),
        _ => Err(Refusal::field("staff_no", "点検若しくは所属、又は職員番号のどちらか一つにしてください。")),
    }
}

/// Lifts a hold.
#[server(endpoint = "retention/release_hold")]
pub async fn release_hold(hold: Uuid, reason: String) -> Result<(), AppError> {
    let ask = ask()?;
    store::retention::hold::release(&ask.db, &ask.actor, hold, &reason, ask.now).await?;
    redirect(PAGE);
    Ok(())
}

/// Makes the list of disposal of today.
#[server(endpoint = "retention/list_disposal")]
pub async fn list_disposal() -> Result<(), AppError> {
    let ask = ask()?;
    let id = disposal::list(&ask.db, &ask.actor, ask.now).await?;
    redirect(&disposal_path(id));
    Ok(())
}

/// Approves a list and carries it out.
#[server(endpoint = "retention/approve_disposal")]
pub async fn approve_disposal(disposal: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    disposal::approve(&ask.db, &ask.actor, disposal, ask.now).await?;
    redirect(&disposal_path(disposal));
    Ok(())
}

/// Gives a list back.
#[server(endpoint = "retention/reject_disposal")]
pub async fn reject_disposal(disposal: Uuid, reason: String) -> Result<(), AppError> {
    let ask = ask()?;
    disposal::reject(&ask.db, &ask.actor, disposal, &reason, ask.now).await?;
    redirect(&disposal_path(disposal));
    Ok(())
}

/// The page of a list.
pub fn disposal_path(id: Uuid) -> String {
    format!("/retention/disposals/{id}")
}
