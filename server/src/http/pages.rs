//! Renders pages: on request, and again with what was entered when a form was refused.

use super::Service;
use super::gate::Who;
use app::context::{Request as Facts, Returned};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::{Method, StatusCode};
use leptos::config::LeptosOptions;
use leptos::prelude::provide_context;

/// A page.
pub async fn page(State(service): State<Service>, request: Request) -> Response {
    render(&service, request, None).await
}

/// Somebody reloaded the address of a form.
pub async fn home() -> Response {
    Redirect::to("/").into_response()
}

/// What the page's code may know about the request.
pub fn facts(service: &Service, request: &Request) -> Facts {
    let who = request.extensions().get::<Who>().cloned();
    Facts {
        db: service.db.clone(),
        clock: service.clock.clone(),
        signed_in: who.as_ref().and_then(|who| who.signed_in.clone()),
        token: who.as_ref().and_then(|who| who.token.clone()),
        origin: who.map(|who| who.origin).unwrap_or_default(),
        page: request.uri().path_and_query().map_or_else(String::new, ToString::to_string),
        city: service.settings.city.clone(),
        secure_cookie: service.settings.secure_cookie,
        mail: service.settings.smtp.is_some(),
        hours: service.settings.mail_hours,
        directory: service.settings.directory.ldap.as_ref().map(|ldap| ldap.ask()),
        oidc: service.settings.directory.oidc.is_some(),
        workbooks: crate::jobs::workbooks::workbooks(service),
    }
}

/// Renders the page of the request's address.
pub async fn render(service: &Service, request: Request, returned: Option<Returned>) -> Response {
    let status = returned.as_ref().and_then(|returned| StatusCode::from_u16(returned.error.status()).ok());
    let provide = move || {
        if let Some(returned) = returned.clone() {
            provide_context(returned);
        }
    };
    let mut response = render_with(service, request, provide).await;
    if let Some(status) = status {
        *response.status_mut() = status;
    }
    response
}

/// Renders the page of the request's address with something more in its context.
pub async fn render_with(
    service: &Service,
    request: Request,
    more: impl Fn() + Clone + Send + Sync + 'static,
) -> Response {
    let facts = facts(service, &request);
    let provide = move || {
        provide_context(facts.clone());
        more();
    };
    let handler = leptos_axum::render_app_async_with_context(provide, || app::shell::shell(options()));
    handler(request).await
}

/// Renders the page a refused form came from.
pub async fn render_again(service: &Service, who: Who, returned: Returned) -> Response {
    let page = returned.fields.iter().find(|(key, _)| key == "page").map(|(_, page)| page.clone());
    let page = app::session::api::local(page.as_deref().unwrap_or("/")).to_string();
    let request = http::Request::builder().method(Method::GET).uri(page).body(Body::empty());
    let Ok(mut request) = request else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    request.extensions_mut().insert(who);
    render(service, request, Some(returned)).await
}

/// Settings of the site; in code, so that the executable needs no environment.
pub fn options() -> LeptosOptions {
    LeptosOptions::builder().output_name("minaoshi").site_pkg_dir("pkg").build()
}
