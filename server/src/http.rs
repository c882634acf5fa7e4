//! The router: pages, server functions, uploads, downloads, the site's files.

pub mod assets;
pub mod board;
pub mod calls;
pub mod codes;
pub mod comparison;
pub mod form;
pub mod gate;
pub mod pages;
pub mod policy;
pub mod results_book;
pub mod roster;
pub mod uploads;

use crate::settings::{Clock, Settings};
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::middleware;
use axum::routing::{get, post};
use http::{HeaderName, HeaderValue};
use leptos::config::LeptosOptions;
use leptos_axum::LeptosRoutes;
use store::Db;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;

/// What every handler shares.
#[derive(Clone)]
pub struct Service {
    pub db: Db,
    pub settings: Settings,
    pub clock: Clock,
}

impl FromRef<Service> for LeptosOptions {
    fn from_ref(_: &Service) -> LeptosOptions {
        pages::options()
    }
}

/// Everything the server answers to.
pub fn router(service: Service) -> Router {
    let pages = leptos_axum::generate_route_list(app::routes::App);
    Router::new()
        .route("/api/{*name}", post(calls::call).get(pages::home))
        .route(policy::PATH, post(policy::upload).layer(DefaultBodyLimit::max(uploads::LIMIT + 64 * 1024)))
        .route("/download/results/{inspection}", get(results_book::download))
        .route("/download/comparison/{revision}", get(comparison::download))
        .route("/people/codes/issue", post(codes::issue).get(codes::back))
        .route(
            "/upload/roster",
            post(roster::upload).layer(DefaultBodyLimit::max(uploads::LIMIT + 64 * 1024)),
        )
        .route("/upload/roster-columns", post(roster::put_columns_right))
        .route("/download/roster-template.xlsx", get(roster::template))
        .route("/download/roster-difference/{import}", get(roster::difference))
        .route("/download/board/{inspection}", get(board::download))
        .leptos_routes_with_handler(pages, get(pages::page))
        .fallback(pages::page)
        .route("/download/form/{target}", get(form::download))
        .route("/download/edition/{edition}", get(form::blank))
        .route(
            "/upload/form/{target}",
            post(form::upload).layer(DefaultBodyLimit::max(uploads::LIMIT + 64 * 1024)),
        )
        .layer(DefaultBodyLimit::max(2 * 1024 * 1024))
        .layer(middleware::from_fn_with_state(service.clone(), gate::gate))
        .route("/pkg/{*file}", get(assets::asset))
        .route("/icon.svg", get(assets::asset))
        .layer(CsrfLayer::new())
        .layer(CompressionLayer::new())
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("referrer-policy", "same-origin"))
        .layer(header("cross-origin-opener-policy", "same-origin"))
        .layer(CatchPanicLayer::new())
        .layer(TraceLayer::new_for_http())
        .with_state(service)
}

fn header(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(HeaderName::from_static(name), HeaderValue::from_static(value))
}
