//! One-time codes: the answer to the form is the page that is printed, the only place where they ever stand.

use super::Service;
use super::gate::Who;
use super::pages::{render_again, render_with};
use super::uploads::actor;
use app::context::Returned;
use app::error::AppError;
use app::person::codes_page::{ISSUE, Issued};
use axum::body::Body;
use axum::extract::{Extension, Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, Method, StatusCode, header};
use leptos::prelude::provide_context;
use store::person::{Recipients, issue_codes};

/// Somebody opened the form's address.
pub async fn back() -> Response {
    Redirect::to("/people/codes").into_response()
}

/// Makes codes and shows them to be printed.
pub async fn issue(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let made = make(&service, &who, &fields).await;
    let codes = match made {
        Ok(codes) => codes,
        Err(error) => {
            return render_again(&service, who, Returned { action: ISSUE.to_string(), fields, error }).await;
        }
    };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    // On this machine itself there is no proxy with HTTPS in front.
    let local = ["127.0.0.1", "localhost"].iter().any(|name| host.starts_with(name));
    let scheme = if service.settings.secure_cookie && !local { "https" } else { "http" };
    let issued = Issued { codes, site: format!("{scheme}://{host}/") };
    let request = http::Request::builder().method(Method::GET).uri("/people/codes").body(Body::empty());
    let Ok(mut request) = request else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    request.extensions_mut().insert(who);
    render_with(&service, request, move || provide_context(issued.clone())).await
}

async fn make(
    service: &Service,
    who: &Who,
    fields: &[(String, String)],
) -> Result<Vec<store::person::Code>, AppError> {
    let field = |name: &str| {
        fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    let id = || field("id").parse().map_err(|_| AppError::NotFound);
    let recipients = match field("to") {
        "everybody" => Recipients::Everybody,
        "department" => Recipients::Department(id()?),
        "person" => Recipients::Person(id()?),
        _ => return Err(AppError::Malformed),
    };
    Ok(issue_codes(&service.db, &actor(who)?, recipients, (service.clock)()).await?)
}
