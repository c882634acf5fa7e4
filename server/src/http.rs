//! The router: pages, server functions, uploads, downloads, the site's files.

pub mod assets;
pub mod attachment;
pub mod calls;
pub mod client;
pub mod codes;
pub mod comparison;
pub mod evidence;
pub mod form;
pub mod forms;
pub mod gate;
pub mod intake;
pub mod issued;
pub mod oidc;
pub mod original;
pub mod pages;
pub mod policy;
pub mod results_book;
pub mod roster;
pub mod routes;
pub mod second_factor;
pub mod slips;
pub mod tables;
pub mod uploads;

use crate::settings::{Clock, Settings};
use attachment::XLSX;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::middleware;
use axum::routing::get;
use http::{HeaderName, HeaderValue};
use leptos::config::LeptosOptions;
use leptos_axum::LeptosRoutes;
use routes::{CALLS, OPEN, ROUTES, Route};
use store::Db;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate, SizeAbove};
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
    let with = |router: Router<Service>, routes: &[Route]| {
        routes.iter().fold(router, |router, (_, path, route)| router.route(path, route()))
    };
    let behind_the_gate = tables::routes(with(with(Router::new(), ROUTES), &[CALLS]))
        .leptos_routes_with_handler(pages, get(pages::page))
        .fallback(pages::page)
        .layer(DefaultBodyLimit::max(2 * 1024 * 1024))
        .layer(middleware::from_fn_with_state(service.clone(), gate::gate));
    with(behind_the_gate, OPEN)
        .layer(CsrfLayer::new())
        // Pages are packed for each reader anew: a little larger, in a fraction of the time. Files are packed beforehand.
        // A workbook is packed already. The reply to a saved answer fits in one packet as it is; setting up the packer
        // for it would cost more than the save.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(
            SizeAbove::new(1024).and(DefaultPredicate::new()).and(NotForContentType::const_new(XLSX)),
        ))
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
