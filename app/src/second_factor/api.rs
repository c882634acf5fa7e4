//! Server functions of the second factor. Recovery codes are printed in the answer to their forms, which are routes
//! of the server.

use crate::context::{ask, ask_while, request};
use crate::error::AppError;
use crate::session::api::{local, send_cookie};
use domain::Refusal;
use domain::role::Role;
use domain::session::Pending;
use leptos::prelude::*;
use leptos_axum::redirect;
use uuid::Uuid;

/// Gives the code after the password.
#[server(endpoint = "second_factor/give")]
pub async fn give(code: String, next: String) -> Result<(), AppError> {
    let ask = ask_while(Pending::SecondFactor)?;
    let token =
        store::second_factor::give(&ask.db, &ask.actor, ask.session, &code, &ask.origin, ask.now).await?;
    send_cookie(&token, request()?.secure_cookie);
    redirect(local(&next));
    Ok(())
}

/// Offers a key for setting one's own up.
#[server(endpoint = "second_factor/offer")]
pub async fn offer() -> Result<(), AppError> {
    let ask = ask_while(Pending::Enrolment)?;
    store::second_factor::offer(&ask.db, &ask.actor, ask.now).await?;
    redirect("/second-factor");
    Ok(())
}

/// Takes one's own away.
#[server(endpoint = "second_factor/remove")]
pub async fn remove(code: String) -> Result<(), AppError> {
    let ask = ask()?;
    store::second_factor::remove(&ask.db, &ask.actor, ask.session, &code, &ask.origin, ask.now).await?;
    redirect("/second-factor");
    Ok(())
}

/// Takes the one of a person who lost the device away.
#[server(endpoint = "second_factor/reset")]
pub async fn reset(person: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    store::second_factor::reset(&ask.db, &ask.actor, person, ask.now).await?;
    redirect(&format!("/people/{person}"));
    Ok(())
}

/// Makes a role require it.
#[server(endpoint = "second_factor/require_role")]
pub async fn require_role(role: String) -> Result<(), AppError> {
    let ask = ask()?;
    store::second_factor::require_role(&ask.db, &ask.actor, role_of(&role)?, ask.now).await?;
    redirect("/people/second-factor");
    Ok(())
}

/// Makes a role no longer require it.
#[server(endpoint = "second_factor/release_role")]
pub async fn release_role(role: String) -> Result<(), AppError> {
    let ask = ask()?;
    store::second_factor::release_role(&ask.db, &ask.actor, role_of(&role)?, ask.now).await?;
    redirect("/people/second-factor");
    Ok(())
}

fn role_of(key: &str) -> Result<Role, Refusal> {
    Role::from_key(key).ok_or_else(|| Refusal::field("role", "役割を選んでください。"))
}
