//! A proposal and what can be done about it.

use super::address::Address;
use super::api::{AcceptEdited, AcceptProposal, RejectProposal, SplitProposal, UndoSettlement};
use super::fields::{QuestionFields, came_back};
use super::keyed::{KeyLink, KeySubmit, KeySummary, Reasons};
use super::question_card::{InUse, Place};
use crate::ui::{Chip, Field, Hidden, PostForm, Submit, Tone};
use domain::calendar::short_time;
use domain::rate::percent;
use domain::role::Role;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::question::{ProposalView, SettledView};

/// A proposal as a card.
#[component]
pub fn ProposalCard(
    place: Place,
    number: usize,
    proposal: ProposalView,
    may_edit: bool,
    main: bool,
    /// It is the one under work.
    on: bool,
    address: Address,
) -> impl IntoView {
    match proposal.settled.clone() {
        Some(settled) => view! { <Settled place number proposal settled may_edit on/> }.into_any(),
        None => view! { <Open number proposal may_edit main on address/> }.into_any(),
    }
}

/// The classes of a card.
fn class_of(more: &str, on: bool) -> String {
    format!("prop{}{}", more, if on { " prop--on" } else { "" })
}

/// Who is asked, when 該当なし is offered, and which other clauses say the same.
fn meta(proposal: &ProposalView) -> String {
    let presumed = if proposal.role_presumed { "（推定）" } else { "" };
    let mut parts =
        vec![format!("{}用{presumed}", proposal.role.short()), proposal.topic.label().to_string()];
    parts.push(match &proposal.not_applicable {
        Some(condition) => format!("該当なし：{condition}"),
        None => "該当なしを選べない".to_string(),
    });
    if proposal.weight < 1.0 {
        parts.push("努力義務".to_string());
    }
    parts.join("／")
}

#[component]
fn Same(paths: Vec<String>) -> impl IntoView {
    (!paths.is_empty()).then(|| {
        view! { <p class="meta">{format!("同じ案の条項：{}　まとめて1問になります。", paths.join("、"))}</p> }
    })
}

/// 記入の手引 the question would bring along.
#[component]
fn Guidance(text: String) -> impl IntoView {
    (!text.is_empty()).then(|| view! { <p class="meta text">{format!("記入の手引：{text}")}</p> })
}

#[component]
fn Open(
    number: usize,
    proposal: ProposalView,
    may_edit: bool,
    main: bool,
    on: bool,
    address: Address,
) -> impl IntoView {
    let sheet = Role::WITH_SHEET.contains(&proposal.role);
    let rule = format!("規則：{}　確からしさ {}%", proposal.rule, percent(Some(proposal.confidence)).trim_end_matches(".0"));
    let id = proposal.id.to_string();
    let marked = address.is_marked(proposal.id);
    let mark = address.mark(proposal.id).href();
    let mark_text = if marked { "候補から外す" } else { "まとめる候補に" };
    let unsure = proposal.confidence < 0.7;
    view! {
        <article class=class_of("", on) id=format!("p-{}", proposal.id) tabindex="-1" aria-label=format!("案{number}")>
            <header>
                <b>{number}</b>
                <Chip text="案"/>
                {unsure.then(|| view! { <Chip tone=Tone::Note text="要確認"/> })}
                {marked.then(|| view! { <Chip tone=Tone::Key text="まとめる候補"/> })}
                <span class="sub">{rule}</span>
            </header>
            <p class="t">{proposal.text.clone()}</p>
            <p class="meta">{meta(&proposal)}</p>
            <Guidance text=proposal.guidance.clone()/>
            <Same paths=proposal.same.clone()/>
            {(!sheet).then(|| view! { <p class="meta"><Chip tone=Tone::Note text="点検票のない役割"/>"　「直して採用」で答える人を選んでください。"</p> })}
            {may_edit.then(|| view! {
                <div class="acts">
                    {sheet.then(|| view! {
                        <PostForm action=AcceptProposal::PATH key=id.clone()>
                            <Hidden name="proposal" value=id.clone()/>
                            <KeySubmit text="採用" key="a" main before=format!("案{number}を")/>
                        </PostForm>
                    })}
                    <Edit number proposal=proposal.clone()/>
                    {sheet.then(|| view! { <Split number id=proposal.id.to_string() text=proposal.text.clone()/> })}
                    <Reject number id=proposal.id.to_string()/>
                    <KeyLink text=mark_text key="x" href=mark.clone() before=format!("案{number}を")/>
                </div>
            })}
        </article>
    }
}

#[component]
fn Edit(number: usize, proposal: ProposalView) -> impl IntoView {
    let id = proposal.id.to_string();
    let effort = proposal.weight < 1.0;
    let open = came_back(AcceptEdited::PATH, &id);
    view! {
        <details class="fold" open=open>
            <KeySummary text="直して採用" key="e" spoken=format!("（案{number}）")/>
            <PostForm action=AcceptEdited::PATH key=id.clone() class="stack">
                <Hidden name="proposal" value=id.clone()/>
                {effort.then(|| view! { <Hidden name="effort" value="true"/> })}
                <QuestionFields
                    key=id.clone()
                    text=proposal.text.clone()
                    not_applicable=proposal.not_applicable.clone().unwrap_or_default()
                    role=Some(proposal.role)
                    topic=proposal.topic
                />
                <Submit text="直した設問を採用" small=true/>
            </PostForm>
        </details>
    }
}

#[component]
fn Split(number: usize, id: String, text: String) -> impl IntoView {
    let open = came_back(SplitProposal::PATH, &id);
    view! {
        <details class="fold" open=open>
            <KeySummary text="分ける" key="s" spoken=format!("（案{number}）")/>
            <PostForm action=SplitProposal::PATH key=id.clone() class="stack">
                <Hidden name="proposal" value=id.clone()/>
                <Field
                    name="lines"
                    label="分けた設問（1行に1問）"
                    value=text.clone()
                    rows=4
                    required=true
                    id=format!("lines-{id}")
                    hint="答える人、章及び該当なしの条件は、案のものを使います。"
                />
                <Submit text="分けた設問を採用" small=true/>
            </PostForm>
        </details>
    }
}

#[component]
fn Reject(number: usize, id: String) -> impl IntoView {
    let open = came_back(RejectProposal::PATH, &id);
    view! {
        <details class="fold" open=open>
            <KeySummary text="却下" key="r" spoken=format!("（案{number}）")/>
            <PostForm action=RejectProposal::PATH key=id.clone() class="stack">
                <Hidden name="proposal" value=id.clone()/>
                <Reasons id=format!("reason-{id}") label="却下の理由" button="却下する"/>
            </PostForm>
        </details>
    }
}

#[component]
fn Settled(
    place: Place,
    number: usize,
    proposal: ProposalView,
    settled: SettledView,
    may_edit: bool,
    on: bool,
) -> impl IntoView {
    let id = proposal.id.to_string();
    let when = format!("{} {}", short_time(settled.at), settled.by);
    let class = class_of(if settled.accepted { " prop--ok" } else { " prop--off" }, on);
    let further = settled.further.clone();
    let question = settled.question.clone();
    let text = question.as_ref().map_or_else(|| proposal.text.clone(), |question| question.text.clone());
    let ended = settled.accepted && question.is_none();
    let reworded = settled.accepted && text != proposal.text;
    view! {
        <article class=class id=format!("p-{}", proposal.id) tabindex="-1" aria-label=format!("案{number}")>
            <header>
                <b>{number}</b>
                {if settled.accepted { view! { <Chip tone=Tone::Ok text="採用"/> } } else { view! { <Chip tone=Tone::Plain text="却下"/> } }}
                <span class="sub">{when}</span>
            </header>
            <p class="t">{text}</p>
            {further.iter().map(|question| view! { <p class="t">{question.text.clone()}</p> }).collect_view()}
            {reworded.then(|| view! { <p class="meta">{format!("案：{}", proposal.text)}</p> })}
            <p class="meta">
                {match settled.reason { Some(reason) => format!("理由：{reason}"), None => meta(&proposal) }}
                {ended.then_some("／この設問は使用をやめました")}
            </p>
            <Same paths=if settled.accepted { proposal.same.clone() } else { Vec::new() }/>
            {may_edit.then(|| view! {
                <div class="acts">
                    <PostForm action=UndoSettlement::PATH key=id.clone()>
                        <Hidden name="proposal" value=id.clone()/>
                        <Submit text="取り消す" small=true spoken=format!("案{number}の処理を取り消す")/>
                    </PostForm>
                    {question.into_iter().chain(further).map(|question| view! { <InUse place question/> }).collect_view()}
                </div>
            })}
        </article>
    }
}
