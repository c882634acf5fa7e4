//! `/policies/:revision/clauses/:clause`: the sentences of a clause and the questions about them.

use super::proposal_card::ProposalCard;
use super::question_card::{AddByHand, Place, QuestionCard};
use super::sentence_block::SentenceBlock;
use crate::question::api::clause_path;
use crate::ui::{Crumb, Empty, Page, Tone, page};
use domain::role::Role;
use leptos::prelude::*;
use store::question::{ClausePage as Data, ProposalView, clause};
use uuid::Uuid;

/// The page.
#[component]
pub fn ClausePage() -> impl IntoView {
    page(
        |ask| async move { Ok(clause(&ask.db, &ask.actor, ask.id("revision")?, ask.id("clause")?).await?) },
        |data| view! { <Clause data/> }.into_any(),
    )
}

#[component]
fn Clause(data: Data) -> impl IntoView {
    let title = format!("{} {}", data.short_path, data.heading.clone().unwrap_or_default());
    let state = match data.left {
        0 => (Tone::Ok, "案は処理済み".to_string()),
        left => (Tone::Note, format!("残り {left}件")),
    };
    let mut way = vec![
        Crumb { text: "ポリシー".into(), href: "/policies".into() },
        Crumb { text: data.revision_title.clone(), href: format!("/policies/{}", data.revision) },
    ];
    way.extend(
        data.above
            .iter()
            .map(|(id, name)| Crumb { text: name.clone(), href: clause_path(data.revision, *id) }),
    );
    let actions = view! {
        <Neighbours revision=data.revision previous=data.previous following=data.following next_open=data.next_open/>
    }
    .into_any();
    view! {
        <Page title=title.trim().to_string() state way actions>
            <div class="bench bench--free bench--pair">
                <section aria-labelledby="sentences">
                    <h2 id="sentences">{format!("条文　{}文", data.sentences.len())}</h2>
                    {data.lead.clone().map(|(label, text)| view! { <p class="near"><b>{label}</b>{text}</p> })}
                    <Sentences data=data.clone()/>
                </section>
                <section aria-labelledby="proposals"><Proposals data/></section>
            </div>
        </Page>
    }
}

#[component]
fn Neighbours(
    revision: Uuid,
    previous: Option<Uuid>,
    following: Option<Uuid>,
    next_open: Option<Uuid>,
) -> impl IntoView {
    let link = move |clause: Option<Uuid>, text: &'static str| {
        clause.map(|clause| view! { <a class="btn btn--s" href=clause_path(revision, clause)>{text}</a>" " })
    };
    view! {
        {link(previous, "前の条項")}
        {link(following, "次の条項")}
        {link(next_open, "次の案のある条項")}
    }
}

#[component]
fn Sentences(data: Data) -> impl IntoView {
    let (revision, id, may_edit) = (data.revision, data.id, data.may_edit);
    if data.sentences.is_empty() {
        return view! { <Empty text="この条項は見出しだけで、文がありません。下の条項を開いてください。"/> }
            .into_any();
    }
    data.sentences
        .into_iter()
        .zip(1..)
        .map(|(sentence, number)| view! { <SentenceBlock revision clause=id number sentence may_edit/> })
        .collect_view()
        .into_any()
}

#[component]
fn Proposals(data: Data) -> impl IntoView {
    let place = Place { revision: data.revision, clause: data.id };
    let may_edit = data.may_edit;
    let proposals: Vec<ProposalView> = data.sentences.iter().flat_map(|s| s.proposals.clone()).collect();
    // The first open one has the filled button: the next step.
    let first =
        proposals.iter().find(|p| p.settled.is_none() && Role::WITH_SHEET.contains(&p.role)).map(|p| p.id);
    let beside: Vec<_> = data.questions.into_iter().filter(|question| question.by_hand).collect();
    let settled: Vec<_> =
        data.sentences.iter().flat_map(|s| &s.proposals).filter(|p| p.settled.is_some()).collect();
    let count = format!("設問の案　{}件（処理済み {}件）", proposals.len(), settled.len());
    view! {
        <h2 id="proposals">{count}</h2>
        {proposals.is_empty().then(|| view! { <p class="hint">"この条項の文からは、設問の案がありません。必要なときは、自分で書くか、文の種類を改めてください。"</p> })}
        {proposals
            .into_iter()
            .zip(1..)
            .map(|(proposal, number)| {
                let main = first == Some(proposal.id);
                view! { <ProposalCard place number proposal may_edit main/> }
            })
            .collect_view()}
        {(!beside.is_empty()).then(|| view! { <h2>"このほかの設問"</h2> })}
        {beside.into_iter().map(|view| view! { <QuestionCard place view may_edit/> }).collect_view()}
        {may_edit.then(|| view! { <AddByHand place topic=data.topic/> })}
    }
}
