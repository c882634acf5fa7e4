//! `/policies/:revision/clauses/:clause`: the workbench. The tree of clauses, the sentences of one clause, and
//! the questions about them. Every act is a link or a form; the island only sends them without leaving.

use super::address::Address;
use super::api::{MergeProposals, OpenPlace, clause_path};
use super::bar::Bar;
use super::fields::{QuestionFields, came_back};
use super::filter_form::FilterForm;
use super::keyed::KeySummary;
use super::proposal_card::ProposalCard;
use super::question_card::{AddByHand, Place, QuestionCard};
use super::sentence_block::SentenceBlock;
use super::text::told;
use super::tree::Tree;
use crate::context::request;
use crate::error::AppError;
use crate::island::workbench::Workbench;
use crate::ui::{Crumb, Empty, Hidden, Page, PostForm, Submit, page};
use domain::role::Role;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::question::{ActView, Bench, ProposalView, acts, bench};
use uuid::Uuid;

/// The page.
#[component]
pub fn BenchPage() -> impl IntoView {
    let address = request().ok().and_then(|request| Address::parse(&request.page));
    page(
        move |ask| async move {
            store::access::require(&ask.actor, domain::permission::Action::ReadPolicy)?;
            let address = address.ok_or(AppError::NotFound)?;
            let Address { revision, clause, at, marked, filter, .. } = &address;
            let data = bench(&ask.db, &ask.actor, *revision, Some(*clause), *at, marked, *filter).await?;
            let did = match address.did {
                Some(did) => {
                    let acts = acts(&ask.db, &ask.actor, *revision, 30).await?;
                    acts.into_iter().find(|act| act.id == did)
                }
                None => None,
            };
            Ok((data, address, did))
        },
        |(data, address, did)| view! { <Frame data address did/> }.into_any(),
    )
}

#[component]
fn Frame(data: Bench, address: Address, did: Option<ActView>) -> impl IntoView {
    let revision = data.page.revision;
    let way = vec![
        Crumb { text: "ポリシー".into(), href: "/policies".into() },
        Crumb { text: data.page.revision_title.clone(), href: format!("/policies/{revision}") },
    ];
    let address = Address { at: data.at, did: None, ..address };
    let actions = view! { <FilterForm address=address.clone() shown=data.shown/> }.into_any();
    let may_edit = data.page.may_edit;
    let told = did.map(|act| match act.withdrawn {
        Some(_) => format!("取り消しました：{}", told(&act)),
        None => format!("保存しました：{}", told(&act)),
    });
    view! {
        <Page title="設問の作成" way actions class="page--bench">
            {told.map(|told| view! { <p class="said" role="status">{told}</p> })}
            <Workbench open=OpenPlace::PATH.to_string()>
                <div id="bench-bar"><Bar bench=data.clone() address=address.clone()/></div>
                <div class="bench">
                    <section id="bench-tree" tabindex="0" aria-label="条項の一覧">
                        <Tree tree=data.tree.clone() address=address.clone()/>
                    </section>
                    <section id="bench-sentences" tabindex="0" aria-label="条文">
                        <Sentences bench=data.clone() address=address.clone() may_edit/>
                    </section>
                    <section id="bench-proposals" tabindex="0" aria-label="設問の案">
                        <Proposals bench=data.clone() address=address.clone() may_edit/>
                    </section>
                </div>
            </Workbench>
        </Page>
    }
}

/// The clause and its sentences.
#[component]
pub fn Sentences(bench: Bench, address: Address, may_edit: bool) -> impl IntoView {
    let data = bench.page;
    let title = format!("{} {}", data.short_path, data.heading.clone().unwrap_or_default());
    let above: Vec<String> = data.above.iter().map(|(_, name)| name.clone()).collect();
    // The keys of the sentence belong to the one the proposal under work comes from.
    let current = data
        .sentences
        .iter()
        .position(|sentence| sentence.proposals.iter().any(|proposal| Some(proposal.id) == bench.at))
        .unwrap_or(0);
    let link = |clause: Option<Uuid>, text: &'static str| {
        let href = clause.map(|clause| address.to(clause, None).href());
        href.map(|href| view! { <a href=href data-place="link">{text}</a>"　" })
    };
    let (previous, following) = (link(data.previous, "前の条項"), link(data.following, "次の条項"));
    view! {
        <p class="sub">{above.join("　›　")}</p>
        <h2>{format!("{}　{}文", title.trim(), data.sentences.len())}</h2>
        {data.lead.clone().map(|(label, text)| view! { <p class="near"><b>{label}</b><span>{text}</span></p> })}
        {data.sentences.is_empty().then(|| view! { <Empty text="この条項は見出しだけで、文がありません。左の一覧から下の条項を開いてください。"/> })}
        {data
            .sentences
            .into_iter()
            .enumerate()
            .map(|(at, sentence)| view! { <SentenceBlock number=at + 1 sentence may_edit current=at == current/> })
            .collect_view()}
        <p class="sub way__next">{previous}{following}</p>
    }
}

/// The proposals of the clause, the questions beside them, what is to be merged.
#[component]
pub fn Proposals(bench: Bench, address: Address, may_edit: bool) -> impl IntoView {
    let data = bench.page.clone();
    let place = Place { revision: data.revision, clause: data.id };
    let proposals: Vec<ProposalView> = data.sentences.iter().flat_map(|s| s.proposals.clone()).collect();
    let settled = proposals.iter().filter(|proposal| proposal.settled.is_some()).count();
    // The first open one has the filled button: the next step.
    let first =
        proposals.iter().find(|p| p.settled.is_none() && Role::WITH_SHEET.contains(&p.role)).map(|p| p.id);
    let main = bench.at.filter(|at| proposals.iter().any(|p| p.id == *at && p.settled.is_none())).or(first);
    let beside: Vec<_> = data.questions.into_iter().filter(|question| question.by_hand).collect();
    let count = format!("設問の案　{}件（処理済み {settled}件）", proposals.len());
    let none = proposals.is_empty();
    view! {
        <h2>{count}</h2>
        <Merge bench=bench.clone() address=address.clone() may_edit/>
        {none.then(|| view! { <p class="hint">"この条項の文からは、設問の案がありません。必要なときは、自分で書くか、文の種類を改めてください。"</p> })}
        {proposals
            .into_iter()
            .zip(1..)
            .map(|(proposal, number)| {
                let (main, on) = (main == Some(proposal.id), bench.at == Some(proposal.id));
                view! { <ProposalCard place number proposal may_edit main on address=address.clone()/> }
            })
            .collect_view()}
        {(!beside.is_empty()).then(|| view! { <h2>"このほかの設問"</h2> })}
        {beside.into_iter().map(|view| view! { <QuestionCard place view may_edit/> }).collect_view()}
        {may_edit.then(|| view! { <AddByHand place topic=data.topic/> })}
    }
}

/// What is marked, and the form that makes one question of it.
#[component]
fn Merge(bench: Bench, address: Address, may_edit: bool) -> impl IntoView {
    let lines = bench.marked;
    let first = lines.first().map(|line| line.proposal.clone());
    let Some(first) = first.filter(|_| may_edit) else { return ().into_any() };
    let ids: Vec<String> = lines.iter().map(|line| line.proposal.id.to_string()).collect();
    let ids = ids.join(".");
    let open = came_back(MergeProposals::PATH, "merge");
    let count = lines.len();
    view! {
        <section class="merge" aria-label="1問にまとめる候補">
            <h3>{format!("1問にまとめる候補　{count}件")}</h3>
            <ul>
                {lines
                    .into_iter()
                    .map(|line| {
                        let away = address.mark(line.proposal.id).to(address.clause, address.at).href();
                        view! {
                            <li>
                                <a href=clause_path(address.revision, line.clause) data-place="tree">{line.short_path}</a>
                                <span>{line.proposal.text}</span>
                                <a href=away data-place="link">"外す"</a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            {if count < 2 {
                view! { <p class="hint">"もう1件以上を候補に入れると、1問にまとめられます。別の条項の案も選べます。"</p> }.into_any()
            } else {
                view! {
                    <details class="fold" open=open>
                        <KeySummary text="1問にまとめる" key="m" spoken=""/>
                        <PostForm action=MergeProposals::PATH key="merge" class="stack">
                            <Hidden name="proposals" value=ids.clone()/>
                            <QuestionFields
                                key="merge"
                                text=first.text.clone()
                                not_applicable=first.not_applicable.clone().unwrap_or_default()
                                role=Some(first.role)
                                topic=first.topic
                            />
                            <Submit text="まとめた設問を採用" small=true/>
                        </PostForm>
                    </details>
                }
                .into_any()
            }}
        </section>
    }
    .into_any()
}
