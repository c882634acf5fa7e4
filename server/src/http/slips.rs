//! Numbers of sheets: the answer to the form is the page that is printed, the only place where they ever stand.

use super::Service;
use super::gate::Who;
use super::issued::{field, page, site};
use super::pages::render_again;
use super::uploads::actor;
use app::context::Returned;
use app::error::AppError;
use app::inspection::slips_page::{ISSUE, Issued};
use axum::extract::{Extension, Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::HeaderMap;
use std::collections::{BTreeMap, BTreeSet};
use store::sheet::{EditionView, edition};
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
    let (inspection, slips, editions) = match make(&service, &who, &fields).await {
        Ok(made) => made,
        Err(error) => {
            return render_again(&service, who, Returned { action: ISSUE.to_string(), fields, error }).await;
        }
    };
    let issued = Issued { slips, editions, site: site(&service, &headers, "kiosk") };
    page(&service, who, &format!("/inspections/{inspection}/slips"), issued).await
}

/// The inspection, the slips, and the sheets to print with them.
type Made = (Uuid, Vec<Slip>, BTreeMap<Uuid, EditionView>);

async fn make(service: &Service, who: &Who, fields: &[(String, String)]) -> Result<Made, AppError> {
    let actor = actor(who)?;
    if !domain::permission::allows(&actor, domain::permission::Action::RunInspection) {
        return Err(AppError::Forbidden);
    }
    let key = |name: &str| field(fields, name).parse().map_err(|_| AppError::NotFound);
    let inspection: Uuid = key("inspection")?;
    let recipients = match field(fields, "to") {
        "department" => Recipients::Department(key("department")?),
        "person" => Recipients::Person(field(fields, "staff_no").to_string()),
        _ => return Err(AppError::Malformed),
    };
    let slips = make_slips(&service.db, &actor, inspection, recipients, (service.clock)()).await?;
    let mut editions = BTreeMap::new();
    if field(fields, "with") == "questions" {
        for id in slips.iter().map(|slip| slip.edition).collect::<BTreeSet<_>>() {
            editions.insert(id, edition(&service.db, &actor, id).await?);
        }
    }
    Ok((inspection, slips, editions))
}
