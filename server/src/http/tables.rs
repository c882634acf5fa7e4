//! The tables of the pages as files. One line here, one function with the columns, and the table can be taken out as a
//! workbook, as CSV and as CSV in Shift_JIS.
//!
//! A function asks what its page asks, with the same actor, filter and order; so a file holds the rows of the screen,
//! without its pages. What was taken out is recorded before the first byte is sent.

mod answer;
mod approval;
mod audit;
mod board;
mod department;
mod improvement;
mod inspection;
mod intake;
mod layout;
mod ledger;
mod lineage;
mod listed;
mod outbox;
mod permission;
mod person;
mod policy;
mod question;
mod results;
mod retention;
mod review;
mod roster;
mod send;
mod sheet;
mod spool;

use super::Service;
use super::attachment::plain;
use super::gate::Who;
use app::context::Ask;
use app::error::AppError;
use axum::Router;
use axum::extract::{Extension, RawPathParams, State};
use axum::response::Response;
use axum::routing::get;
use domain::calendar::office::Hours;
use domain::permission::export::{Export, find};
use http::Uri;
use listed::Listed;
use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

/// What a table is asked with: what its page is asked with, and little more.
struct Asked {
    ask: Ask,
    /// When notices go out.
    hours: Hours,
    /// What stands behind the question mark.
    query: String,
}

impl Deref for Asked {
    type Target = Ask;

    fn deref(&self) -> &Ask {
        &self.ask
    }
}

type Made = Result<Listed, AppError>;
type Making = Pin<Box<dyn Future<Output = Made> + Send>>;

macro_rules! tables {
    ($($key:literal => $make:path),* $(,)?) => {
        /// Every table and the function that makes it; `domain::permission::export` says where it stands.
        const TABLES: &[(&str, fn(Asked) -> Making)] = &[$(($key, |asked| Box::pin($make(asked)))),*];
    };
}

tables! {
    "people" => person::people,
    "posts" => person::posts,
    "second_factor" => person::second_factor,
    "devices" => person::devices,
    "departments" => department::departments,
    "members" => department::members,
    "attributes" => department::attributes,
    "systems" => department::systems,
    "targets" => department::targets,
    "rosters" => roster::rosters,
    "renamed" => roster::renamed,
    "changes" => roster::changes,
    "problems" => roster::problems,
    "board" => board::board,
    "days" => board::days,
    "division" => approval::division,
    "gaps" => approval::gaps,
    "bundle" => approval::bundle,
    "approval" => approval::city,
    "transfers" => inspection::transfers,
    "transferred" => inspection::transferred,
    "notices" => inspection::notices,
    "extensions" => inspection::extensions,
    "rehearsals" => inspection::rehearsals,
    "intakes" => intake::intakes,
    "intake_files" => intake::files,
    "intake_taking" => intake::taking,
    "intake_rows" => intake::rows,
    "layouts" => layout::layouts,
    "city_words" => layout::city_words,
    "layout_words" => layout::layout_words,
    "outbox" => outbox::outbox,
    "divisions" => results::divisions,
    "rates" => results::rates,
    "questions" => results::questions,
    "worst" => results::worst,
    "gates" => results::gates,
    "answers" => answer::answers,
    "origins" => answer::origins,
    "response" => answer::response,
    "audits" => audit::audits,
    "findings" => audit::findings,
    "marks" => audit::marks,
    "improvements" => improvement::improvements,
    "clauses" => review::clauses,
    "amendments" => review::amendments,
    "clause" => review::clause,
    "proposal" => review::proposal,
    "policies" => policy::policies,
    "counts" => policy::counts,
    "printed" => policy::printed,
    "corrections" => question::corrections,
    "acts" => question::acts,
    "coverage" => question::coverage,
    "uncovered" => question::uncovered,
    "proposals" => question::proposals,
    "bank" => question::bank,
    "lineage" => lineage::lineage,
    "comparison" => lineage::comparison,
    "revisions" => lineage::revisions,
    "told" => lineage::told,
    "sheets" => sheet::sheets,
    "items" => sheet::items,
    "left_out" => sheet::left_out,
    "compared" => sheet::compared,
    "edition" => sheet::edition,
    "ledger" => ledger::ledger,
    "own_ledger" => ledger::own,
    "seals" => ledger::seals,
    "retention" => retention::kinds,
    "disposals" => retention::disposals,
    "holds" => retention::holds,
    "records" => retention::records,
    "disposed" => retention::disposed,
    "kept" => retention::kept,
    "permissions" => permission::matrix,
    "sight" => permission::sight,
}

/// The addresses of all tables that can be made, as the router has them.
pub fn addresses() -> Vec<String> {
    let known = TABLES.iter().filter_map(|(key, _)| find(key));
    known.map(Export::address).collect()
}

/// Adds them to the router.
pub fn routes(router: Router<Service>) -> Router<Service> {
    let known = TABLES.iter().filter_map(|(key, make)| Some((find(key)?, *make)));
    known.fold(router, |router, (export, make)| {
        let answer = move |State(service): State<Service>,
                           Extension(who): Extension<Who>,
                           params: RawPathParams,
                           uri: Uri| async move {
            let params = params.iter().map(|(name, value)| (name.to_string(), value.to_string()));
            answer(service, who, params.collect(), uri, (export, make)).await
        };
        router.route(&export.address(), get(answer))
    })
}

type Table = (&'static Export, fn(Asked) -> Making);

async fn answer(
    service: Service,
    who: Who,
    mut params: Vec<(String, String)>,
    uri: Uri,
    (export, make): Table,
) -> Response {
    let query = uri.query().unwrap_or_default().to_string();
    params.extend(form_urlencoded::parse(query.as_bytes()).into_owned());
    let about = (service.db.clone(), (service.clock)(), who.origin.clone());
    let hours = service.settings.mail_hours;
    let made = async {
        let ask = Ask::of_file(about, who.signed_in.clone(), params)?;
        let order = send::Order::read(&ask, export, uri.path(), &query);
        let listed = make(Asked { ask: ask.clone(), hours, query }).await?;
        send::send(&service, who, &ask, order, listed).await
    };
    made.await.unwrap_or_else(|error: AppError| plain(&error))
}
