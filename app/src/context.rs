//! What a page or a server function knows about its request: who asks, when, and where the data is.

use crate::error::AppError;
use domain::actor::Actor;
use domain::calendar::day;
use domain::calendar::office::Hours;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use std::sync::Arc;
use domain::session::Pending;
use store::directory::AskDirectory;
use store::layout::Workbooks;
use store::session::{Origin, SignedIn};
use store::{Db, StoreError};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Facts about a request, put into Leptos's context by the router before anything is rendered.
#[derive(Clone)]
pub struct Request {
    pub db: Db,
    /// The one clock of the process; `main` owns it.
    pub clock: Arc<dyn Fn() -> OffsetDateTime + Send + Sync>,
    pub signed_in: Option<SignedIn>,
    /// The cookie's token, for signing out.
    pub token: Option<String>,
    /// Where the request came from, for the lock-out and the list of sessions.
    pub origin: Origin,
    /// Path and query of the page.
    pub page: String,
    /// The name of the city.
    pub city: String,
    /// Sends the session cookie over HTTPS only; off for plain HTTP intranets.
    pub secure_cookie: bool,
    /// Mail can be sent.
    pub mail: bool,
    /// When notices and mail go out.
    pub hours: Hours,
    /// Asks the city's directory about a login and a password, if one is set.
    pub directory: Option<AskDirectory>,
    /// An OpenID Connect provider is set.
    pub oidc: bool,
    /// Looks at workbooks, which pages may not open themselves.
    pub workbooks: Workbooks,
}

/// What a form sent and why it was refused; the page is rendered again with it.
#[derive(Clone, Debug)]
pub struct Returned {
    /// The address the form was sent to.
    pub action: String,
    /// Fields as they were entered.
    pub fields: Vec<(String, String)>,
    /// Why it was refused.
    pub error: AppError,
}

/// The request at hand.
///
/// # Errors
/// `Machine` outside a request.
pub fn request() -> Result<Request, AppError> {
    use_context::<Request>().ok_or(AppError::Machine)
}

/// Everything a use case needs: database, actor, time.
#[derive(Clone)]
pub struct Ask {
    pub db: Db,
    pub actor: Actor,
    pub now: OffsetDateTime,
    /// The session that asks.
    pub session: Uuid,
    pub origin: Origin,
    params: Vec<(String, String)>,
}

/// Who asks, when, and where; the first line of every server function.
///
/// # Errors
/// `SignIn` without a session; `Forbidden` while a first password or a second factor is still to be given.
pub fn ask() -> Result<Ask, AppError> {
    asked(None)
}

/// The same for what is open already while this has still to be given.
///
/// # Errors
/// As [`ask`].
pub fn ask_while(pending: Pending) -> Result<Ask, AppError> {
    asked(Some(pending))
}

fn asked(open: Option<Pending>) -> Result<Ask, AppError> {
    let request = request()?;
    let SignedIn { actor, session, pending } = request.signed_in.ok_or(AppError::SignIn)?;
    if pending.is_some() && pending != open {
        return Err(AppError::Forbidden);
    }
    let (db, now, origin) = (request.db, (request.clock)(), request.origin);
    Ok(Ask { db, actor, now, session, origin, params: Vec::new() })
}

/// The same for a page, with the parameters of its address.
///
/// # Errors
/// As [`ask`].
pub fn ask_for_page() -> Result<Ask, AppError> {
    with_params(ask()?)
}

/// The same for a page that is open already while this has still to be given.
///
/// # Errors
/// As [`ask`].
pub fn ask_for_page_while(pending: Pending) -> Result<Ask, AppError> {
    with_params(ask_while(pending)?)
}

fn with_params(ask: Ask) -> Result<Ask, AppError> {
    let params = use_params_map().get_untracked().into_iter();
    let query = use_query_map().get_untracked().into_iter();
    let params = params.chain(query).map(|(key, value)| (key.to_string(), value)).collect();
    Ok(Ask { params, ..ask })
}

impl Ask {
    /// The same beside the pages: for a file, with the parameters of its address.
    ///
    /// # Errors
    /// As [`ask`].
    pub fn of_file(
        (db, now, origin): (Db, OffsetDateTime, Origin),
        signed_in: Option<SignedIn>,
        params: Vec<(String, String)>,
    ) -> Result<Ask, AppError> {
        let SignedIn { actor, session, pending } = signed_in.ok_or(AppError::SignIn)?;
        match pending {
            Some(_) => Err(AppError::Forbidden),
            None => Ok(Ask { db, actor, now, session, origin, params }),
        }
    }

    /// A parameter of the page's path or query; empty if it is not there.
    pub fn text(&self, name: &str) -> String {
        self.params.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// All parameters of the page's path and query.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.params.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// A key in the page's path or query.
    ///
    /// # Errors
    /// `NotFound` if it is missing or no key.
    pub fn id(&self, name: &str) -> Result<Uuid, AppError> {
        self.text(name).parse().map_err(|_| AppError::NotFound)
    }

    /// A key in the query, if it is there.
    pub fn optional_id(&self, name: &str) -> Option<Uuid> {
        self.text(name).parse().ok()
    }

    /// A number in the query, or a default.
    pub fn number(&self, name: &str, default: i64) -> i64 {
        self.text(name).parse().unwrap_or(default)
    }

    /// Today in Japan.
    pub fn today(&self) -> Date {
        day(self.now)
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> AppError {
        match error {
            StoreError::Refused(refusal) => AppError::Refused(refusal),
            StoreError::NotFound => AppError::NotFound,
            StoreError::Forbidden => AppError::Forbidden,
            StoreError::SignedOut => AppError::SignIn,
            StoreError::Database(_) | StoreError::Json(_) | StoreError::Machine(_) => {
                tracing::error!(cause = %error, "a use case failed");
                AppError::Machine
            }
        }
    }
}
