//! Numbers of sheets: the answer to the form is the page that is printed, the only place where they ever stand.

use super::Service;
use super::gate::Who;
use super::pages::{render_again, render_with};
use super::uploads::actor;
use app::context::Returned;
use app::error::AppError;
use app::inspection::slips_page::{ISSUE, Issued};
use axum::body::Body;
use axum::extract::{Extension, Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, Method, StatusCode, header};
use leptos::prelude::provide_context;
use store::sheet_code::{Recipients, Slip, issue as make_slips};
use uuid::Uuid;

/// Somebody opened the form's address.
pub async fn back() -> Response {
    Redirect::to("/board").into_response()
}

/// Makes numbers and shows them to be printed.
pub async fn issue(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let (inspection, slips) = match make(&service, &who, &fields).await {
        Ok(made) => made,
        Err(error) => {
            return render_again(&service, who, Returned { action: ISSUE.to_string(), fields, error }).await;
        }
    };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let local = ["127.0.0.1", "localhost"].iter().any(|name| host.starts_with(name));
    let scheme = if service.settings.secure_cookie && !local { "https" } else { "http" };
    let issued = Issued { slips, site: format!("{scheme}://{host}/kiosk") };
    let page = format!("/inspections/{inspection}/slips");
    let request = http::Request::builder().method(Method::GET).uri(page).body(Body::empty());
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
) -> Result<(Uuid, Vec<Slip>), AppError> {
    let field = |name: &str| {
        fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    let actor = actor(who)?;
    if !domain::permission::allows(&actor, domain::permission::Action::RunInspection) {
        return Err(AppError::Forbidden);
    }
    let key = |name: &str| field(name).parse().map_err(|_| AppError::NotFound);
    let inspection: Uuid = key("inspection")?;
    let recipients = match field("to") {
        "department" => Recipients::Department(key("department")?),
        "person" => Recipients::Person(field("staff_no").to_string()),
        _ => return Err(AppError::Malformed),
    };
    let slips = make_slips(&service.db, &actor, inspection, recipients, (service.clock)()).await?;
    Ok((inspection, slips))
}
