//! The gate before every page and call: who is it? Without a session only the sign-in page is open.

use super::Service;
use app::session::api::cookie_name;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, Method, StatusCode, header};
use std::net::SocketAddr;
use store::session::{self, SignedIn};

/// Who sent the request; put beside the request for the handlers.
#[derive(Clone)]
pub struct Who {
    pub signed_in: Option<SignedIn>,
    pub token: Option<String>,
    pub address: String,
}

/// Addresses that are open without a session.
const OPEN: [&str; 5] = [
    "/sign-in",
    super::oidc::BEGIN,
    crate::directory::oidc::BACK,
    "/api/session/sign_in",
    "/api/session/sign_out",
];
/// Addresses that are open before the first password is set.
const BEFORE_PASSWORD: [&str; 3] = ["/password", "/api/session/set_password", "/api/session/sign_out"];

/// Finds out who it is, and turns away who may not pass.
pub async fn gate(State(service): State<Service>, mut request: Request, next: Next) -> Response {
    let token = cookie(request.headers(), cookie_name(service.settings.secure_cookie));
    let signed_in = match &token {
        Some(token) => match session::find(&service.db, token, (service.clock)()).await {
            Ok(found) => found,
            Err(error) => {
                tracing::error!(cause = %error, "finding the session failed");
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            }
        },
        None => None,
    };
    if let Some(turned_away) = turn_away(&request, signed_in.as_ref()) {
        return turned_away;
    }
    let address = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or_else(String::new, |info| info.0.ip().to_string());
    request.extensions_mut().insert(Who { signed_in, token, address });
    let mut response = next.run(request).await;
    // Pages hold personal data; they are not kept by the browser or a proxy.
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(http::HeaderValue::from_static("no-store"));
    response
}

fn turn_away(request: &Request, signed_in: Option<&SignedIn>) -> Option<Response> {
    let path = request.uri().path();
    match signed_in {
        Some(who) if who.must_set_password && !BEFORE_PASSWORD.contains(&path) => {
            Some(Redirect::to("/password").into_response())
        }
        Some(_) => None,
        None if OPEN.contains(&path) => None,
        None if request.method() == Method::GET => {
            let wanted = request.uri().path_and_query().map_or("/", |wanted| wanted.as_str());
            let next: String = form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
            Some(Redirect::to(&format!("/sign-in?next={next}")).into_response())
        }
        None => Some(StatusCode::UNAUTHORIZED.into_response()),
    }
}

/// A cookie's value.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_string())
}
