//! Signing in at the city's OpenID Connect provider: out to it, and back again.

use super::Service;
use super::gate::{Who, cookie};
use super::pages::render_again;
use crate::directory::oidc::Oidc;
use app::context::Returned;
use app::error::AppError;
use app::session::api::{cookie as session_cookie, local};
use axum::extract::{Extension, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::HeaderMap;
use http::header::SET_COOKIE;
use std::collections::HashMap;
use store::session::{Origin, oidc};

/// Where the button on the sign-in page leads.
pub const BEGIN: &str = app::session::sign_in_page::OIDC;

type Words = Query<HashMap<String, String>>;

/// Sends the browser to the provider.
pub async fn begin(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Query(words): Words,
) -> Response {
    let Some(provider) = &service.settings.directory.oidc else {
        return Redirect::to("/sign-in").into_response();
    };
    let next = local(words.get("next").map_or("/", String::as_str)).to_string();
    match go(&service, provider, &next).await {
        Ok((url, token)) => {
            let cookie = own_cookie(&token, service.settings.secure_cookie);
            ([(SET_COOKIE, cookie)], Redirect::to(&url)).into_response()
        }
        Err(error) => again(&service, who, &next, error).await,
    }
}

async fn go(service: &Service, provider: &Oidc, next: &str) -> Result<(String, String), AppError> {
    let now = (service.clock)();
    let (url, attempt) = provider.begin(next, now).await.map_err(|error| {
        tracing::error!(cause = format!("{error:#}"), "the OpenID Connect provider could not be asked");
        AppError::refused(
            "庁内の認証基盤に接続できません。しばらくしてもう一度お試しになり、続くときは事務局に連絡してください。",
        )
    })?;
    Ok((url.into(), oidc::begin(&service.db, attempt, now).await?))
}

/// The browser comes back with a code, or with an error.
pub async fn back(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    headers: HeaderMap,
    Query(words): Words,
) -> Response {
    let Some(provider) = &service.settings.directory.oidc else {
        return Redirect::to("/sign-in").into_response();
    };
    let secure = service.settings.secure_cookie;
    let browser = cookie(&headers, cookie_name(secure)).unwrap_or_default();
    let mut next = "/".to_string();
    match finish(&service, provider, &words, (&browser, &who.origin), &mut next).await {
        Ok(token) => {
            // One header each: the session begins, the attempt is over.
            let mut response = Redirect::to(&next).into_response();
            for text in [session_cookie(&token, secure), own_cookie("", secure)] {
                if let Ok(value) = text.parse() {
                    response.headers_mut().append(SET_COOKIE, value);
                }
            }
            response
        }
        Err(error) => again(&service, who, &next, error).await,
    }
}

async fn finish(
    service: &Service,
    provider: &Oidc,
    words: &HashMap<String, String>,
    (browser, origin): (&str, &Origin),
    next: &mut String,
) -> Result<String, AppError> {
    let now = (service.clock)();
    let word = |name: &str| words.get(name).map(String::as_str).unwrap_or_default();
    let attempt = oidc::take(&service.db, word("state"), browser, now).await?.ok_or_else(|| {
        AppError::refused(
            "サインインの手続が途中で切れました。もう一度、認証基盤でのサインインから始めてください。",
        )
    })?;
    local(&attempt.next).clone_into(next);
    if !word("error").is_empty() {
        tracing::warn!(
            error = word("error"),
            text = word("error_description"),
            "the provider refused a sign-in"
        );
        return Err(AppError::refused(
            "庁内の認証基盤でのサインインが取りやめられたか、認められませんでした。もう一度お試しください。",
        ));
    }
    let found = provider.recognise(word("code"), &attempt, now).await.map_err(|error| {
        tracing::error!(cause = format!("{error:#}"), "the answer of the OpenID Connect provider does not hold");
        AppError::refused("庁内の認証基盤からの応答を確かめられませんでした。もう一度お試しになり、続くときは事務局に連絡してください。")
    })?;
    Ok(oidc::finish(&service.db, &found, origin, now).await?)
}

/// The sign-in page with the reason.
async fn again(service: &Service, who: Who, next: &str, error: AppError) -> Response {
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    let fields = vec![("page".to_string(), format!("/sign-in?next={next}"))];
    render_again(service, who, Returned { action: BEGIN.to_string(), fields, error }).await
}

fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-minaoshi-oidc" } else { "minaoshi-oidc" }
}

/// Binds an attempt to the browser that began it. `Lax`: the provider sends the browser back by a link.
fn own_cookie(token: &str, secure: bool) -> String {
    let name = cookie_name(secure);
    let age = if token.is_empty() { 0 } else { oidc::HOLDS.whole_seconds() };
    let flag = if secure { "; Secure" } else { "" };
    format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{flag}")
}
