//! One-time codes: the answer to the form is the page that is printed, the only place where they ever stand.

use super::Service;
use super::gate::Who;
use super::issued::{field, page, site};
use super::pages::render_again;
use super::uploads::actor;
use app::context::Returned;
use app::error::AppError;
use app::person::codes_page::{ISSUE, Issued};
use axum::extract::{Extension, Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::HeaderMap;
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
    let issued = Issued { codes, site: site(&service, &headers, "") };
    page(&service, who, "/people/codes", issued).await
}

async fn make(
    service: &Service,
    who: &Who,
    fields: &[(String, String)],
) -> Result<Vec<store::person::Code>, AppError> {
    let id = || field(fields, "id").parse().map_err(|_| AppError::NotFound);
    let recipients = match field(fields, "to") {
        "everybody" => Recipients::Everybody,
        "department" => Recipients::Department(id()?),
        "person" => Recipients::Person(id()?),
        _ => return Err(AppError::Malformed),
    };
    Ok(issue_codes(&service.db, &actor(who)?, recipients, (service.clock)()).await?)
}
