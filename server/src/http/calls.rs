//! Calls of server functions: from islands as they are, from forms with the page again when refused.

use super::Service;
use super::gate::Who;
use super::pages::{facts, render_again};
use app::context::Returned;
use app::error::AppError;
use axum::body::{Body, to_bytes};
use axum::extract::{Extension, Request, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use leptos::prelude::provide_context;
use server_fn::error::{FromServerFnError, ServerFnUrlError};

/// The largest form: a sheet of 100 questions with long comments.
const LIMIT: usize = 2 * 1024 * 1024;

/// Runs a server function.
pub async fn call(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    request: Request,
) -> Response {
    let facts = facts(&service, &request);
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let from_form = is_form(&parts.headers);
    let action = parts.uri.path().to_string();
    let mut request = Request::from_parts(parts, Body::from(bytes.clone()));
    // Leptos writes a refusal into the address it came from; with a fixed one it can always be read back here.
    request.headers_mut().insert(header::REFERER, HeaderValue::from_static("http://form.invalid/"));
    let response =
        leptos_axum::handle_server_fns_with_context(move || provide_context(facts.clone()), request)
            .await
            .into_response();
    match refusal(&response).filter(|_| from_form) {
        Some(error) => {
            let fields = form_urlencoded::parse(&bytes).into_owned().collect();
            render_again(&service, who, Returned { action, fields, error }).await
        }
        None => with_own_status(response).await,
    }
}

/// Leptos answers every error of an island's call with 500; a rule that said no is not the machine's failure.
async fn with_own_status(response: Response) -> Response {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, LIMIT).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let status = AppError::de(bytes.clone()).status();
    parts.status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Response::from_parts(parts, Body::from(bytes))
}

/// A browser's own form, not an island's call.
pub fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("text/html"))
}

/// Leptos answers a refused form with a redirect that carries the error in its address; here it is taken out
/// before it leaves the server.
fn refusal(response: &Response) -> Option<AppError> {
    let location = response.headers().get(header::LOCATION)?.to_str().ok()?;
    let (_, query) = location.split_once('?')?;
    form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == "__err")
        .map(|(_, error)| ServerFnUrlError::<AppError>::decode_err(&error))
}
