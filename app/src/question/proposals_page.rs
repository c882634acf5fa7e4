//! `/policies/:revision/proposals`: all proposals that pass the filter, in one list.

use super::address::Address;
use super::filter_form::FilterFields;
use crate::context::request;
use crate::ui::{Chip, Crumb, Empty, Export, Page, Tone, page};
use domain::rate::percent;
use leptos::prelude::*;
use store::question::{Line, ProposalView, Show, lines};

/// The page.
#[component]
pub fn ProposalsPage() -> impl IntoView {
    let query = request().ok().and_then(|request| request.page.split_once('?').map(|(_, query)| query.to_string()));
    page(
        move |ask| async move {
            let revision = ask.id("revision")?;
            let address = Address::of_list(revision, &query.unwrap_or_default());
            let (title, lines) = lines(&ask.db, &ask.actor, revision, address.filter).await?;
            Ok((title, lines, address))
        },
        |(title, lines, address)| view! { <Proposals title lines address/> }.into_any(),
    )
}

#[component]
fn Proposals(title: String, lines: Vec<Line>, address: Address) -> impl IntoView {
    let revision = address.revision;
    let way = vec![
        Crumb { text: "ポリシー".into(), href: "/policies".into() },
        Crumb { text: title, href: format!("/policies/{revision}") },
    ];
    let count = lines.len();
    let may_mark = address.filter.show == Show::Open;
    view! {
        <Page title="設問の案の一覧" scope=format!("該当 {count}件") way>
            <form class="sieve sieve--list" method="get" action=format!("/policies/{revision}/proposals") aria-label="案の絞込み">
                <FilterFields address=address.clone()/>
                <button class="btn btn--s">"表示"</button>
            </form>
            {if count == 0 {
                view! { <Empty text="この条件に当てはまる案はありません。条件を変えて表示してください。"/> }.into_any()
            } else {
                view! { <Table lines address may_mark/> }.into_any()
            }}
        </Page>
    }
}

#[component]
fn Table(lines: Vec<Line>, address: Address, may_mark: bool) -> impl IntoView {
    view! {
        <Export table="proposals"/>
        <div class="wide">
            <table class="table table--line">
                <caption class="sr">"設問の案"</caption>
                <thead>
                    <tr>
                        <th scope="col">"条項"</th>
                        <th scope="col">"設問の案"</th>
                        <th scope="col">"答える人"</th>
                        <th scope="col">"章"</th>
                        <th scope="col" class="num">"確からしさ"</th>
                        <th scope="col">"処理"</th>
                    </tr>
                </thead>
                <tbody>
                    {lines
                        .into_iter()
                        .map(|line| {
                            let at = address.to(line.clause, Some(line.proposal.id));
                            view! {
                                <tr>
                                    <td><a href=at.href()>{line.short_path.clone()}</a></td>
                                    <th scope="row" class="long">{line.proposal.text.clone()}</th>
                                    <td>{line.proposal.role.short()}</td>
                                    <td>{line.proposal.topic.short()}</td>
                                    <td class="num">{format!("{}%", percent(Some(line.proposal.confidence)))}</td>
                                    <td><State proposal=line.proposal may_mark href=at.href()/></td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn State(proposal: ProposalView, may_mark: bool, href: String) -> impl IntoView {
    match proposal.settled {
        Some(settled) if settled.accepted => {
            view! { <Chip tone=Tone::Ok text="採用"/>" "<span class="sub">{settled.by}</span> }.into_any()
        }
        Some(settled) => {
            let reason = settled.reason.unwrap_or_default();
            view! { <Chip text="却下"/>" "<span class="sub">{reason}</span> }.into_any()
        }
        None if may_mark => view! { <a href=href>"決める"</a> }.into_any(),
        None => view! { <Chip text="未処理"/> }.into_any(),
    }
}
