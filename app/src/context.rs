//! What a page or a server function knows about its request: who asks, when, and where the data is.

use crate::error::AppError;
use domain::actor::Actor;
use domain::calendar::day;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use std::sync::Arc;
use store::directory::AskDirectory;
use store::session::SignedIn;
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
    /// The address the request came from, for the lock-out.
    pub address: String,
    /// Path and query of the page.
    pub page: String,
    /// The name of the city.
    pub city: String,
    /// Sends the session cookie over HTTPS only; off for plain HTTP intranets.
    pub secure_cookie: bool,
    /// Mail can be sent.
    pub mail: bool,
    /// Asks the city's directory about a login and a password, if one is set.
    pub directory: Option<AskDirectory>,
    /// An OpenID Connect provider is set.
    pub oidc: bool,
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
    params: Vec<(String, String)>,
}

/// Who asks, when, and where; the first line of every server function.
///
/// # Errors
/// `SignIn` without a session; `Forbidden` while a first password has still to be set.
pub fn ask() -> Result<Ask, AppError> {
    let request = request()?;
    let signed_in = request.signed_in.ok_or(AppError::SignIn)?;
    if signed_in.must_set_password {
        return Err(AppError::Forbidden);
    }
    Ok(Ask { db: request.db, actor: signed_in.actor, now: (request.clock)(), params: Vec::new() })
}

/// The same for a page, with the parameters of its address.
///
/// # Errors
/// As [`ask`].
pub fn ask_for_page() -> Result<Ask, AppError> {
    let params = use_params_map().get_untracked().into_iter();
    let query = use_query_map().get_untracked().into_iter();
    let params = params.chain(query).map(|(key, value)| (key.to_string(), value)).collect();
    Ok(Ask { params, ..ask()? })
}

impl Ask {
    /// A parameter of the page's path or query; empty if it is not there.
    pub fn text(&self, name: &str) -> String {
        self.params.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
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
            StoreError::Database(_) | StoreError::Json(_) | StoreError::Machine(_) => {
                tracing::error!(cause = %error, "a use case failed");
                AppError::Machine
            }
        }
    }
}
