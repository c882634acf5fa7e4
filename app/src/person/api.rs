//! Server functions of people. Codes are printed in the answer to their form, which is a route of the server.

use crate::context::ask;
use crate::error::AppError;
use domain::Refusal;
use domain::calendar::day_field;
use domain::post::{AbsenceReason, Kind};
use domain::role::Role;
use leptos::prelude::*;
use leptos_axum::redirect;
use serde::{Deserialize, Serialize};
use store::person::{Absent, Appointment, NewPerson};
use time::Date;
use uuid::Uuid;

fn role_of(key: &str) -> Result<Role, Refusal> {
    Role::from_key(key).ok_or_else(|| Refusal::field("role", "役割を選んでください。"))
}

/// A day that may be left blank.
fn optional_day(field: &str, text: &str) -> Result<Option<Date>, Refusal> {
    if text.trim().is_empty() { Ok(None) } else { day_field(field, text).map(Some) }
}

/// The day after the last one, as the database counts.
fn day_after(field: &str, text: &str) -> Result<Option<Date>, Refusal> {
    Ok(optional_day(field, text)?.and_then(Date::next_day))
}

/// Grants a role, until the last day or for good.
#[server(endpoint = "person/grant_role")]
pub async fn grant_role(
    person: Uuid,
    role: String,
    #[server(default)] ends_on: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let (role, ends_on) = (role_of(&role)?, day_after("ends_on", &ends_on)?);
    store::person::grant_role(&ask.db, &ask.actor, person, role, ends_on, ask.now).await?;
    redirect(&format!("/people/{person}"));
    Ok(())
}

/// Withdraws a granted role.
#[server(endpoint = "person/withdraw_role")]
pub async fn withdraw_role(grant: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    let person = store::person::withdraw_role(&ask.db, &ask.actor, grant, ask.now).await?;
    redirect(&format!("/people/{person}"));
    Ok(())
}

/// Enters a person by hand.
#[server(endpoint = "person/add")]
pub async fn add_person(
    name: String,
    kana: String,
    #[server(default)] staff_no: String,
    #[server(default)] employment: String,
    #[server(default)] email: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let new = NewPerson { staff_no, name, kana, employment, email };
    let id = store::person::add(&ask.db, &ask.actor, new, ask.now).await?;
    redirect(&format!("/people/{id}"));
    Ok(())
}

/// The form of a post.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PostEntry {
    pub department: String,
    pub role: String,
    pub kind: String,
    pub title: String,
    pub system: String,
    pub from: String,
    pub to: String,
}

impl PostEntry {
    fn appointment(self, person: Uuid) -> Result<Appointment, Refusal> {
        let none = || Refusal::field("department", "所属を選んでください。");
        Ok(Appointment {
            person,
            department: self.department.parse().map_err(|_| none())?,
            role: role_of(&self.role)?,
            kind: Kind::from_key(&self.kind)
                .ok_or_else(|| Refusal::field("kind", "区分を選んでください。"))?,
            title: self.title,
            system: self.system,
            from: day_field("from", &self.from)?,
            to: day_after("to", &self.to)?,
        })
    }
}

/// Begins a post.
#[server(endpoint = "person/begin_post")]
pub async fn begin_post(person: Uuid, post: PostEntry) -> Result<(), AppError> {
    let ask = ask()?;
    store::person::begin_post(&ask.db, &ask.actor, post.appointment(person)?, ask.now).await?;
    redirect(&format!("/people/{person}"));
    Ok(())
}

/// Ends a post with its last day.
#[server(endpoint = "person/end_post")]
pub async fn end_post(post: Uuid, to: String) -> Result<(), AppError> {
    let ask = ask()?;
    let last = day_field("to", &to)?;
    let to = last.next_day().unwrap_or(last);
    let person = store::person::end_post(&ask.db, &ask.actor, post, to, ask.now).await?;
    redirect(&format!("/people/{person}"));
    Ok(())
}

/// Writes an absence down.
#[server(endpoint = "person/begin_absence")]
pub async fn begin_absence(
    person: Uuid,
    reason: String,
    from: String,
    #[server(default)] to: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let reason = AbsenceReason::from_key(&reason)
        .ok_or_else(|| Refusal::field("reason", "理由を選んでください。"))?;
    let absent = Absent { person, reason, from: day_field("from", &from)?, to: day_after("to", &to)? };
    store::person::begin_absence(&ask.db, &ask.actor, absent, ask.now).await?;
    redirect(&format!("/people/{person}"));
    Ok(())
}

/// Ends an absence with its last day.
#[server(endpoint = "person/end_absence")]
pub async fn end_absence(absence: Uuid, to: String) -> Result<(), AppError> {
    let ask = ask()?;
    let last = day_field("to", &to)?;
    let to = last.next_day().unwrap_or(last);
    let person = store::person::end_absence(&ask.db, &ask.actor, absence, to, ask.now).await?;
    redirect(&format!("/people/{person}"));
    Ok(())
}
