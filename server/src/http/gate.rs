//! The gate before every page and call: who is it? Without a session only the sign-in page is open.

use super::Service;
use super::calls::is_form;
use super::client::client_address;
use app::error::AppError;
use app::second_factor::own_page::CONFIRM;
use app::session::api::cookie_name;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Actor;
use domain::session::Pending;
use http::{HeaderMap, Method, StatusCode, header};
use ipnet::IpNet;
use server_fn::error::FromServerFnError;
use std::net::SocketAddr;
use store::StoreResult;
use store::session::recent::find_recent;
use store::session::{self, Origin, SignedIn};
use uuid::Uuid;

/// Who sent the request; put beside the request for the handlers.
#[derive(Clone)]
pub struct Who {
    pub signed_in: Option<SignedIn>,
    pub token: Option<String>,
    pub origin: Origin,
}

/// Addresses that are open without a session.
const OPEN: [&str; 7] = [
    "/sign-in",
    super::oidc::BEGIN,
    crate::directory::oidc::BACK,
    "/api/session/sign_in",
    "/api/session/sign_out",
    "/kiosk",
    "/api/sheet_code/open",
];
/// What the island of the answering page calls for each answer.
const SAVE_ANSWER: &str = "/api/response/save_answer";
/// What is open beside the sheet to who came in by its number; the use cases take that one sheet only.
const FOR_A_SHEET: [&str; 6] = [
    "/api/response/hand_in",
    SAVE_ANSWER,
    "/api/response/save_sheet",
    "/api/session/sign_out",
    "/api/sheet_code/open",
    "/kiosk",
];

/// What is open while something has still to be given, its page first.
fn open_while(pending: Pending) -> &'static [&'static str] {
    match pending {
        Pending::SecondFactor => {
            &["/sign-in/second-factor", "/api/second_factor/give", "/api/session/sign_out"]
        }
        Pending::Password => &["/password", "/api/session/set_password", "/api/session/sign_out"],
        Pending::Enrolment => {
            &["/second-factor", CONFIRM, "/api/second_factor/offer", "/api/session/sign_out"]
        }
    }
}

/// Finds out who it is, and turns away who may not pass.
pub async fn gate(State(service): State<Service>, mut request: Request, next: Next) -> Response {
    let token = cookie(request.headers(), cookie_name(service.settings.secure_cookie));
    let origin = origin(&request, &service.settings.trusted_proxies);
    let signed_in = match &token {
        Some(token) => match find(&service, request.uri().path(), token).await {
            Ok(found) => found.map(|who| from(who, &origin.address)),
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
    request.extensions_mut().insert(Who { signed_in, token, origin });
    let mut response = next.run(request).await;
    // Pages hold personal data; they are not kept by the browser or a proxy.
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(http::HeaderValue::from_static("no-store"));
    response
}

/// Saving an answer takes who it is from a moment ago: it looks at the session itself once more, with others together.
async fn find(service: &Service, path: &str, token: &str) -> StoreResult<Option<SignedIn>> {
    let now = (service.clock)();
    match path == SAVE_ANSWER {
        true => find_recent(&service.db, token, now).await,
        false => session::find(&service.db, token, now).await,
    }
}

/// The ledger writes down from where somebody acts.
fn from(mut who: SignedIn, address: &str) -> SignedIn {
    who.actor.origin = address.to_string();
    who
}

fn turn_away(request: &Request, signed_in: Option<&SignedIn>) -> Option<Response> {
    let path = request.uri().path();
    match signed_in {
        Some(SignedIn { pending: Some(pending), .. }) => owing(request, *pending),
        Some(SignedIn { actor: Actor { sheet: Some(sheet), .. }, .. }) => beside_the_sheet(request, *sheet),
        Some(_) => None,
        None if OPEN.contains(&path) => None,
        None if request.method() == Method::GET => Some(lead_to("/sign-in", request)),
        None => Some(signed_out(request)),
    }
}

/// A call of an island is answered in its own terms, so that it keeps what was entered; all others get the sentence.
fn signed_out(request: &Request) -> Response {
    let (error, status) = (AppError::SignIn, StatusCode::UNAUTHORIZED);
    match request.uri().path().starts_with("/api/") && !is_form(request.headers()) {
        true => (status, error.ser()).into_response(),
        false => (status, error.text()).into_response(),
    }
}

/// Whoever came in by the number of a sheet is led back to it.
fn beside_the_sheet(request: &Request, sheet: Uuid) -> Option<Response> {
    let page = format!("/answer/{sheet}");
    let path = request.uri().path();
    let own = [page.clone(), format!("{page}/check"), format!("/upload/answers/{sheet}")];
    let of_it = own.iter().any(|one| one == path) || path.starts_with("/download/own-evidence/");
    if of_it || FOR_A_SHEET.contains(&path) {
        return None;
    }
    match *request.method() {
        Method::GET => Some(Redirect::to(&page).into_response()),
        _ => Some(StatusCode::FORBIDDEN.into_response()),
    }
}

/// Leads whoever still owes something to the page for it.
fn owing(request: &Request, pending: Pending) -> Option<Response> {
    let open = open_while(pending);
    if open.contains(&request.uri().path()) {
        return None;
    }
    let page = open.first().copied().unwrap_or("/sign-in");
    match pending {
        // The way on is kept, as when signing in.
        Pending::SecondFactor if request.method() == Method::GET => Some(lead_to(page, request)),
        _ => Some(Redirect::to(page).into_response()),
    }
}

fn lead_to(page: &str, request: &Request) -> Response {
    let wanted = request.uri().path_and_query().map_or("/", |wanted| wanted.as_str());
    let next: String = form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
    Redirect::to(&format!("{page}?next={next}")).into_response()
}

fn origin(request: &Request, trusted: &[IpNet]) -> Origin {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let agent = request.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    Origin {
        address: peer
            .map_or_else(String::new, |peer| client_address(peer, request.headers(), trusted).to_string()),
        agent: agent.unwrap_or_default().to_string(),
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
