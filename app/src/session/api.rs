//! Server functions of the session.

use crate::context::{ask, ask_while, request};
use crate::error::AppError;
use domain::session::Pending;
use http::header::SET_COOKIE;
use http::{HeaderName, HeaderValue};
use leptos::prelude::*;
use leptos_axum::{ResponseOptions, redirect};
use store::session::{self, sign_in::NewPassword};
use uuid::Uuid;

/// The cookie's name. `__Host-` makes the browser insist on HTTPS, this host and the whole path.
pub fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-minaoshi" } else { "minaoshi" }
}

/// What is sent to the browser to keep; an empty token takes it away.
pub fn cookie(token: &str, secure: bool) -> String {
    let name = cookie_name(secure);
    let age = if token.is_empty() { 0 } else { session::ABSOLUTE.whole_seconds() };
    let flag = if secure { "; Secure" } else { "" };
    format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{flag}")
}

/// Sends the token of a session with the answer.
pub fn send_cookie(token: &str, secure: bool) {
    let value = HeaderValue::from_str(&cookie(token, secure));
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), value) {
        response.append_header(SET_COOKIE, value);
    }
}

/// Signs in with a password, of here or of the city's directory, or with a one-time code.
#[server(endpoint = "session/sign_in")]
pub async fn sign_in(login: String, secret: String, next: String) -> Result<(), AppError> {
    let request = request()?;
    let now = (request.clock)();
    let (db, directory) = (&request.db, request.directory.as_ref());
    let token =
        session::directory::sign_in(db, &login, &secret, &request.origin, directory, now).await?;
    send_cookie(&token, request.secure_cookie);
    redirect(local(&next));
    Ok(())
}

/// Only a path of this server may be the next page.
pub fn local(path: &str) -> &str {
    if path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']) { path } else { "/" }
}

/// Signs out.
#[server(endpoint = "session/sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    let request = request()?;
    if let (Some(signed_in), Some(token)) = (&request.signed_in, &request.token) {
        session::end(&request.db, &signed_in.actor, token, (request.clock)()).await?;
    }
    send_cookie("", request.secure_cookie);
    forget();
    redirect("/sign-in");
    Ok(())
}

/// What a page kept in the browser goes with the session; browsers listen to this over HTTPS only.
fn forget() {
    if let Some(response) = use_context::<ResponseOptions>() {
        let name = HeaderName::from_static("clear-site-data");
        response.insert_header(name, HeaderValue::from_static("\"storage\""));
    }
}

/// The address for signing out, for the head of the page.
pub fn sign_out_path() -> &'static str {
    use server_fn::ServerFn;
    SignOut::PATH
}

/// Sets one's own password. Open as well to those who signed in with a one-time code; they have no old one.
#[server(endpoint = "session/set_password")]
pub async fn set_password(
    #[server(default)] old: String,
    password: String,
    again: String,
) -> Result<(), AppError> {
    let ask = ask_while(Pending::Password)?;
    let entered = NewPassword { old, new: password, again };
    let token =
        session::sign_in::set_password(&ask.db, &ask.actor, ask.session, &entered, &ask.origin, ask.now).await?;
    send_cookie(&token, request()?.secure_cookie);
    redirect("/");
    Ok(())
}

/// Ends one other session of one's own.
#[server(endpoint = "session/end_one")]
pub async fn end_one(session: Uuid) -> Result<(), AppError> {
    let ask = ask()?;
    store::session::device::end_one(&ask.db, &ask.actor, ask.session, session, ask.now).await?;
    redirect("/sessions");
    Ok(())
}

/// Ends all other sessions of one's own.
#[server(endpoint = "session/end_others")]
pub async fn end_others() -> Result<(), AppError> {
    let ask = ask()?;
    store::session::device::end_others(&ask.db, &ask.actor, ask.session, ask.now).await?;
    redirect("/sessions");
    Ok(())
}
