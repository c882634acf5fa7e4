//! After an act: a form goes on to the next place, the island gets the parts that changed.

use super::address::Address;
use super::bar::Bar;
use super::bench_page::{Proposals, Sentences};
use super::text::{act as name_of, shortened};
use super::tree::counts;
use crate::context::{Ask, Request, request};
use crate::error::AppError;
use crate::island::workbench::Reply;
use http::request::Parts;
use leptos::prelude::*;
use leptos_axum::redirect;
use store::StoreError;
use store::question::{Bench, Done, bench, bench_after};
use uuid::Uuid;

/// Where an act leads.
#[derive(Debug, Clone, Copy)]
pub enum Went {
    /// On to the next proposal.
    On,
    /// It was taken back: to the proposal, or to the clause it is about.
    Back,
    /// The officer stays.
    Here,
    /// The officer stays; this is said.
    Said(&'static str),
}

/// Answers a form with the next place, and the island with what changed. What was refused comes back to the
/// island with the newer state; a form comes back as it was sent.
pub async fn answer(
    ask: &Ask,
    page: &str,
    done: Result<Done, StoreError>,
    went: Went,
) -> Result<Reply, AppError> {
    let here = Address::parse(page);
    if !is_island() {
        return form(ask, page, here, done?, went).await;
    }
    let here = here.ok_or(AppError::Malformed)?;
    match done {
        Ok(done) => {
            let said = said(ask, &done, went).await?;
            let (address, bench) = after(ask, &here, &done, went).await?;
            match bench {
                Some(bench) => shown(bench, &address, said),
                None => look(ask, &address, said).await,
            }
        }
        Err(StoreError::Refused(refusal)) => {
            let reply = look(ask, &here, refusal.text).await?;
            Ok(Reply { trouble: true, ..reply })
        }
        Err(error) => Err(error.into()),
    }
}

async fn form(
    ask: &Ask,
    page: &str,
    here: Option<Address>,
    done: Done,
    went: Went,
) -> Result<Reply, AppError> {
    let local = crate::session::api::local(page);
    let Some(here) = here else {
        // From a page beside the workbench back to it.
        redirect(if local == "/" { "/policies" } else { local });
        return Ok(Reply::default());
    };
    let (next, _) = after(ask, &here, &done, went).await?;
    redirect(&Address { did: Some(done.act).filter(|act| !act.is_nil()), ..next }.href());
    Ok(Reply::default())
}

/// Islands ask for JSON, browsers for a page.
fn is_island() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        let accept = parts.headers.get(http::header::ACCEPT).and_then(|value| value.to_str().ok());
        accept.is_some_and(|accept| !accept.contains("text/html"))
    })
}

async fn load(ask: &Ask, address: &Address) -> Result<Bench, AppError> {
    let Address { revision, clause, at, marked, filter, .. } = address;
    Ok(bench(&ask.db, &ask.actor, *revision, Some(*clause), *at, marked, *filter).await?)
}

/// The place after an act; where it is the next proposal, what stands there comes with it.
async fn after(
    ask: &Ask,
    here: &Address,
    done: &Done,
    went: Went,
) -> Result<(Address, Option<Bench>), AppError> {
    match went {
        Went::Back => Ok((here.to(done.clause, done.proposal), None)),
        Went::Here | Went::Said(_) => Ok((here.to(done.clause, here.at), None)),
        Went::On => {
            let Address { revision, clause, at, marked, filter, .. } = here;
            let bench = bench_after(&ask.db, &ask.actor, *revision, (*clause, *at), marked, *filter).await?;
            let left: Vec<Uuid> = bench.marked.iter().map(|line| line.proposal.id).collect();
            Ok((Address { marked: left, ..here.to(bench.page.id, bench.at) }, Some(bench)))
        }
    }
}

/// What an act did, in one sentence.
async fn said(ask: &Ask, done: &Done, went: Went) -> Result<String, AppError> {
    if let Went::Said(text) = went {
        return Ok(text.to_string());
    }
    if done.act.is_nil() {
        return Ok("取り消しました。".to_string());
    }
    let acts = store::question::acts(&ask.db, &ask.actor, done.revision, 30).await?;
    let found = acts.iter().find(|act| act.id == done.act);
    let told = found.map(|act| format!("{}「{}」", name_of(&act.kind), shortened(&act.text)));
    let told = told.unwrap_or_default();
    Ok(match went {
        Went::Back => format!("取り消しました：{told}"),
        _ => format!("{told}を保存しました。"),
    })
}

/// A place with everything the island puts on the page.
pub async fn look(ask: &Ask, address: &Address, said: String) -> Result<Reply, AppError> {
    shown(load(ask, address).await?, address, said)
}

fn shown(bench: Bench, address: &Address, said: String) -> Result<Reply, AppError> {
    // Forms of the new parts come back to the new place.
    let address = Address { at: bench.at, ..address.clone() };
    provide_context(Request { page: address.href(), ..request()? });
    let focus = bench.at.map_or_else(|| "bench-proposals".to_string(), |at| format!("p-{at}"));
    let may_edit = bench.page.may_edit;
    Ok(Reply {
        said,
        trouble: false,
        counts: counts(&bench.tree),
        address: address.href(),
        clause: bench.page.id.to_string(),
        focus,
        pieces: vec![
            ("bench-bar".into(), html(view! { <Bar bench=bench.clone() address=address.clone()/> })),
            (
                "bench-sentences".into(),
                html(view! { <Sentences bench=bench.clone() address=address.clone() may_edit/> }),
            ),
            ("bench-proposals".into(), html(view! { <Proposals bench address may_edit/> })),
        ],
    })
}

fn html(view: impl IntoView) -> String {
    view.into_any().to_html()
}
