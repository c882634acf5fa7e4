//! Server functions of the session.

use crate::context::request;
use crate::error::AppError;
use http::header::SET_COOKIE;
use http::HeaderValue;
use leptos::prelude::*;
use leptos_axum::{ResponseOptions, redirect};
use store::session;

/// The cookie's name. `__Host-` makes the browser insist on HTTPS, this host and the whole path.
pub fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-minaoshi" } else { "minaoshi" }
}

/// The cookie that carries a session's token; an empty token takes it away.
pub fn session_cookie(token: &str, secure: bool) -> String {
    let name = cookie_name(secure);
    let age = if token.is_empty() { 0 } else { session::ABSOLUTE.whole_seconds() };
    let flag = if secure { "; Secure" } else { "" };
    format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{flag}")
}

fn send_cookie(token: &str, secure: bool) {
    let cookie = session_cookie(token, secure);
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie)) {
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
        session::directory::sign_in(db, &login, &secret, &request.address, directory, now).await?;
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
    redirect("/sign-in");
    Ok(())
}

/// The address for signing out, for the head of the page.
pub fn sign_out_path() -> &'static str {
    use server_fn::ServerFn;
    SignOut::PATH
}

/// Sets one's own password. Open as well to those who signed in with a one-time code.
#[server(endpoint = "session/set_password")]
pub async fn set_password(password: String, again: String) -> Result<(), AppError> {
    let request = request()?;
    let signed_in = request.signed_in.ok_or(AppError::SignIn)?;
    let now = (request.clock)();
    let token = session::sign_in::set_password(&request.db, &signed_in.actor, &password, &again, now).await?;
    send_cookie(&token, request.secure_cookie);
    redirect("/");
    Ok(())
}
