//! Answers to a form that stand nowhere else: secrets that are printed once. The page is rendered with them in its
//! context, and only in the answer to the form that made them.

use super::Service;
use super::gate::Who;
use super::pages::render_with;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method, StatusCode, header};
use leptos::prelude::provide_context;

/// The address of this site as the browser knows it, for printing: `https://minaoshi.example/` and what follows.
pub fn site(service: &Service, headers: &HeaderMap, path: &str) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    // On this machine itself there is no proxy with HTTPS in front.
    let local = ["127.0.0.1", "localhost"].iter().any(|name| host.starts_with(name));
    let scheme = if service.settings.secure_cookie && !local { "https" } else { "http" };
    format!("{scheme}://{host}/{path}")
}

/// The page at an address with what was just made.
pub async fn page<T: Clone + Send + Sync + 'static>(
    service: &Service,
    who: Who,
    page: &str,
    made: T,
) -> Response {
    let request = http::Request::builder().method(Method::GET).uri(page).body(Body::empty());
    let Ok(mut request) = request else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    request.extensions_mut().insert(who);
    render_with(service, request, move || provide_context(made.clone())).await
}

/// A field of a form.
pub fn field<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).unwrap_or_default()
}
