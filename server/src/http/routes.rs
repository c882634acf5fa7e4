//! The addresses beside pages and server functions, one line each; the router is built from this list and the walk
//! of all permissions reads it, so that none is forgotten.

use super::{
    Service, assets, calls, codes, comparison, evidence, form, forms, intake, oidc, original, pages, policy,
    results_book, roster, second_factor, slips, uploads,
};
use app::form::original_page::FROM_INTAKE;
use app::inspection::slips_page::ISSUE;
use app::roster::columns_page::PUT_RIGHT;
use app::second_factor::own_page::{CONFIRM, RECOVERY_CODES};
use axum::extract::DefaultBodyLimit;
use axum::routing::{MethodRouter, get, post};
use domain::permission::endpoint::Method::{self, Get, Post};

/// Method, address, and what answers.
pub type Route = (Method, &'static str, fn() -> MethodRouter<Service>);

/// A file and the fields beside it.
fn file(route: MethodRouter<Service>) -> MethodRouter<Service> {
    route.layer(DefaultBodyLimit::max(uploads::LIMIT + 64 * 1024))
}

/// Behind the gate: nobody without a session, except where the gate says so.
pub const ROUTES: &[Route] = &[
    (Get, "/api/{*name}", || get(pages::home)),
    (Get, "/download/comparison/{revision}", || get(comparison::download)),
    (Get, "/download/edition/{edition}", || get(form::blank)),
    (Get, "/download/evidence/{evidence}", || get(evidence::download)),
    (Get, "/download/own-evidence/{file}", || get(evidence::own)),
    (Get, "/download/form/{target}", || get(form::download)),
    (Get, "/download/forms/{inspection}", || get(forms::all)),
    (Get, "/download/forms/{inspection}/divisions/{division}", || get(forms::division)),
    (Get, "/download/forms/{inspection}/departments/{department}", || get(forms::department)),
    (Get, "/download/forms/{inspection}/sheets/{target}", || get(forms::sheet)),
    (Get, "/download/original/{original}", || get(original::download)),
    (Get, "/download/intake/{intake_file}", || get(intake::original)),
    (Get, "/download/intake/{intake_file}/doubts", || get(intake::doubts)),
    (Get, "/download/results/{inspection}", || get(results_book::download)),
    (Get, "/download/roster-difference/{import}", || get(roster::difference)),
    (Get, "/download/roster-template.xlsx", || get(roster::template)),
    (Get, oidc::BEGIN, || get(oidc::begin)),
    (Get, crate::directory::oidc::BACK, || get(oidc::back)),
    (Get, "/people/codes/issue", || get(codes::back)),
    (Post, "/people/codes/issue", || post(codes::issue)),
    (Get, ISSUE, || get(slips::back)),
    (Post, ISSUE, || post(slips::issue)),
    (Get, CONFIRM, || get(second_factor::back)),
    (Post, CONFIRM, || post(second_factor::confirm)),
    (Get, RECOVERY_CODES, || get(second_factor::back)),
    (Post, RECOVERY_CODES, || post(second_factor::recovery_codes)),
    (Post, PUT_RIGHT, || post(roster::put_columns_right)),
    (Post, "/upload/answers/{target}", || {
        post(evidence::upload).layer(DefaultBodyLimit::max(evidence::LIMIT))
    }),
    (Post, "/upload/form/{target}", || file(post(form::upload))),
    (Post, "/upload/original/{inspection}", || file(post(original::upload))),
    (Post, FROM_INTAKE, || post(original::from_intake)),
    (Post, "/upload/intake/{inspection}", || {
        post(intake::upload).layer(DefaultBodyLimit::max(intake::LIMIT + 64 * 1024))
    }),
    (Post, policy::PATH, || file(post(policy::upload))),
    (Post, "/upload/roster", || file(post(roster::upload))),
];

/// All server functions; their own addresses are those the functions register.
pub const CALLS: Route = (Post, "/api/{*name}", || post(calls::call));

/// Before the gate: what the sign-in page needs to look like itself, and nothing else.
pub const OPEN: &[Route] =
    &[(Get, "/pkg/{*file}", || get(assets::asset)), (Get, "/icon.svg", || get(assets::asset))];
