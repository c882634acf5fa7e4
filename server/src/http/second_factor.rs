//! Recovery codes: the answer to the form is the page that is printed, the only place where they ever stand.

use super::Service;
use super::gate::Who;
use super::pages::{render_again, render_with};
use app::context::Returned;
use app::error::AppError;
use app::second_factor::own_page::{CONFIRM, Issued, RECOVERY_CODES};
use app::session::api::cookie;
use axum::body::Body;
use axum::extract::{Extension, Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::session::Pending;
use http::{HeaderValue, Method, StatusCode, header};
use leptos::prelude::provide_context;
use store::second_factor;

/// The page the forms stand on.
const PAGE: &str = "/second-factor";

type Fields = Vec<(String, String)>;

/// Somebody opened a form's address.
pub async fn back() -> Response {
    Redirect::to(PAGE).into_response()
}

/// The first code of a new key: the second factor counts, the recovery codes are shown, the cookie is another one.
pub async fn confirm(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Form(fields): Form<Fields>,
) -> Response {
    match try_confirm(&service, &who, &fields).await {
        Ok(second_factor::Confirmed { token, recovery_codes }) => {
            let mut who = who;
            if let Some(signed_in) = &mut who.signed_in {
                signed_in.pending = None;
            }
            let mut response = shown(&service, who, recovery_codes).await;
            if let Ok(value) = HeaderValue::from_str(&cookie(&token, service.settings.secure_cookie)) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
            response
        }
        Err(error) => again(&service, who, CONFIRM, fields, error).await,
    }
}

async fn try_confirm(
    service: &Service,
    who: &Who,
    fields: &Fields,
) -> Result<second_factor::Confirmed, AppError> {
    let signed_in = who.signed_in.as_ref().ok_or(AppError::SignIn)?;
    if signed_in.pending.is_some_and(|pending| pending != Pending::Enrolment) {
        return Err(AppError::Forbidden);
    }
    let (actor, session, now) = (&signed_in.actor, signed_in.session, (service.clock)());
    let code = code_in(fields);
    Ok(second_factor::confirm(&service.db, actor, session, code, &who.origin, now).await?)
}

/// New recovery codes in place of the earlier ones.
pub async fn recovery_codes(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Form(fields): Form<Fields>,
) -> Response {
    match try_recovery_codes(&service, &who, &fields).await {
        Ok(codes) => shown(&service, who, codes).await,
        Err(error) => again(&service, who, RECOVERY_CODES, fields, error).await,
    }
}

async fn try_recovery_codes(service: &Service, who: &Who, fields: &Fields) -> Result<Vec<String>, AppError> {
    let signed_in = who.signed_in.as_ref().ok_or(AppError::SignIn)?;
    if signed_in.pending.is_some() {
        return Err(AppError::Forbidden);
    }
    let (actor, session, now) = (&signed_in.actor, signed_in.session, (service.clock)());
    let code = code_in(fields);
    Ok(second_factor::new_recovery_codes(&service.db, actor, session, code, &who.origin, now).await?)
}

fn code_in(fields: &Fields) -> &str {
    fields.iter().find(|(key, _)| key == "code").map(|(_, value)| value.as_str()).unwrap_or_default()
}

async fn again(service: &Service, who: Who, action: &str, fields: Fields, error: AppError) -> Response {
    // A code is never sent back to the page.
    let fields = fields.into_iter().filter(|(key, _)| key != "code").collect();
    render_again(service, who, Returned { action: action.to_string(), fields, error }).await
}

async fn shown(service: &Service, who: Who, codes: Vec<String>) -> Response {
    let request = http::Request::builder().method(Method::GET).uri(PAGE).body(Body::empty());
    let Ok(mut request) = request else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    request.extensions_mut().insert(who);
    let issued = Issued(codes);
    render_with(service, request, move || provide_context(issued.clone())).await
}
