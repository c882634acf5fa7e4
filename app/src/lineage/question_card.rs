//! A question whose clause changed, and what can be decided about it.

use super::api::{KeepQuestion, RelinkQuestion, ReopenQuestion, RetireAgain, RewordAgain, changes_path};
use super::line::{paths, pieces, title};
use super::tabs::KindChip;
use crate::amendment::sides::{NewSide, OldSide};
use crate::question::fields::came_back;
use crate::ui::{Chip, Field, Hidden, PostForm, Select, Submit, Tone};
use domain::calendar::short_time;
use domain::lineage::Kind;
use domain::role::Role;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::lineage::{Reconsidered, Settled, Side};
use uuid::Uuid;

/// A question as a card. `choices` are the clauses it can be linked to, if that was asked for.
#[component]
pub fn QuestionCard(revision: Uuid, line: Reconsidered, choices: Option<Vec<Side>>) -> impl IntoView {
    let (open, anchor) = (line.is_open(), format!("q-{}", line.id));
    let class = if open { "prop" } else { "prop prop--ok" };
    let role = line.role.map(Role::short).unwrap_or_default();
    let to = if line.new.is_empty() { "（なし）".to_string() } else { paths(&line.new) };
    let place = format!("{} → {to}", line.old.path);
    view! {
        <article class=class id=anchor>
            <header>
                {open.then(|| view! { <Chip tone=Tone::Note text="要見直し"/> })}
                <KindChip kind=line.kind/>
                <b>{place}</b>
                <span class="sub">{format!("{}　{role}用", line.old.under)}</span>
            </header>
            <p class="t">{line.text.clone()}</p>
            {open.then(|| view! { <Texts line=line.clone()/> })}
            {match (line.settled.clone(), line.ended) {
                (Some(settled), _) => view! { <Done id=line.id settled/> }.into_any(),
                (None, true) => view! { <p class="meta">"条項の画面で使用をやめました。"</p> }.into_any(),
                (None, false) => view! { <Acts revision line=line.clone() choices/> }.into_any(),
            }}
        </article>
    }
}

/// Old and new words of the clause.
#[component]
fn Texts(line: Reconsidered) -> impl IntoView {
    let pieces = pieces(std::slice::from_ref(&line.old), &line.new);
    let proposals = line.proposals;
    view! {
        <div class="both lineage-both">
            <div><h3 class="label">"改正前"</h3><p class="text"><OldSide pieces=pieces.clone()/></p></div>
            <div>
                <h3 class="label">"改正後"</h3>
                {if line.new.is_empty() {
                    view! { <p class="text sub">"（削除されました）"</p> }.into_any()
                } else {
                    view! { <p class="text"><NewSide pieces/></p> }.into_any()
                }}
            </div>
        </div>
        {(!proposals.is_empty()).then(|| view! { <p class="meta">{format!("新しい条文からの案：{}", proposals.join("／"))}</p> })}
    }
}

#[component]
fn Acts(revision: Uuid, line: Reconsidered, choices: Option<Vec<Side>>) -> impl IntoView {
    let id = line.id.to_string();
    let lost = line.kind == Kind::Repealed;
    let relink = format!("{}?relink={id}#q-{id}", changes_path(revision));
    let choosing = choices.is_some();
    let kept = id.clone();
    view! {
        <div class="acts">
            {(!lost).then(|| view! {
                <PostForm action=KeepQuestion::PATH key=format!("now-{kept}")>
                    <Hidden name="id" value=kept.clone()/>
                    <Submit text="このまま使う" small=true/>
                </PostForm>
            })}
            <Keep id=id.clone() lost/>
            <Reword line=line.clone()/>
            <Retire id=id.clone()/>
            {(!choosing).then(|| view! { <a class="lineage-link" href=relink>"別の条項に結び付ける"</a> })}
        </div>
        {choices.map(|choices| view! { <Relink id=id.clone() choices/> })}
    }
}

#[component]
fn Keep(id: String, lost: bool) -> impl IntoView {
    let open = came_back(KeepQuestion::PATH, &id);
    let text = if lost { "このまま使う" } else { "理由を付けて使う" };
    view! {
        <details class="fold" open=open>
            <summary>{text}</summary>
            <PostForm action=KeepQuestion::PATH key=id.clone() class="stack">
                <Hidden name="id" value=id.clone()/>
                <Field name="reason" label="このまま使う理由" required=lost id=format!("keep-{id}")/>
                <Submit text="このまま使う" small=true/>
            </PostForm>
        </details>
    }
}

#[component]
fn Reword(line: Reconsidered) -> impl IntoView {
    let id = line.id.to_string();
    let open = came_back(RewordAgain::PATH, &id);
    let changes = vec![
        ("minor".to_string(), "軽微修正（前の結果と比べられる）".to_string()),
        ("changed".to_string(), "趣旨変更（前の結果と比べない）".to_string()),
    ];
    // One proposal of the new words is what most officers want to begin with.
    let (text, hint) = match line.proposals.as_slice() {
        [proposal] => (proposal.clone(), "新しい条文からの案を入れてあります。今の設問文は上にあります。"),
        _ => (line.text.clone(), ""),
    };
    view! {
        <details class="fold" open=open>
            <summary>"文言を直す"</summary>
            <PostForm action=RewordAgain::PATH key=id.clone() class="stack">
                <Hidden name="id" value=id.clone()/>
                <Field name="text" label="設問文（120字以内）" value=text.clone() rows=3 required=true hint id=format!("text-{id}")/>
                <Field name="not_applicable" label="該当なしの条件" value=line.not_applicable.clone().unwrap_or_default() id=format!("na-{id}")/>
                <Select name="change" label="前の文との違い" options=changes.clone() value="changed" id=format!("change-{id}")/>
                <Submit text="直した文で使う" small=true/>
            </PostForm>
        </details>
    }
}

#[component]
fn Retire(id: String) -> impl IntoView {
    let open = came_back(RetireAgain::PATH, &id);
    view! {
        <details class="fold" open=open>
            <summary>"廃止する"</summary>
            <PostForm action=RetireAgain::PATH key=id.clone() class="stack">
                <Hidden name="id" value=id.clone()/>
                <p class="hint">"これから確定する版には載りません。確定した版と、その回答は残ります。"</p>
                <Field name="reason" label="廃止の理由" required=true id=format!("retire-{id}")/>
                <Submit text="廃止する" small=true stop=true/>
            </PostForm>
        </details>
    }
}

#[component]
fn Relink(id: String, choices: Vec<Side>) -> impl IntoView {
    let options: Vec<(String, String)> = choices
        .iter()
        .map(|side| {
            let start: String = side.text.chars().take(30).collect();
            (side.id.to_string(), format!("{}　{start}", title(side)))
        })
        .collect();
    view! {
        <PostForm action=RelinkQuestion::PATH key=id.clone() class="row">
            <Hidden name="id" value=id.clone()/>
            <Select name="clause" label="結び付ける条項" options=options.clone() id=format!("clause-{id}")/>
            <Submit text="この条項に結び付ける" small=true/>
        </PostForm>
    }
}

#[component]
fn Done(id: Uuid, settled: Settled) -> impl IntoView {
    let key = id.to_string();
    let to = settled.clause.map(|clause| format!("　{clause}")).unwrap_or_default();
    let reason = settled.reason.map(|reason| format!("　理由：{reason}")).unwrap_or_default();
    let text = format!("{to}{reason}　{} {}", short_time(settled.at), settled.by);
    view! {
        <p class="meta"><Chip tone=Tone::Ok text=settled.outcome.label()/>{text}</p>
        <div class="acts">
            <PostForm action=ReopenQuestion::PATH key=key.clone()>
                <Hidden name="id" value=key.clone()/>
                <Submit text="取り消す" small=true/>
            </PostForm>
        </div>
    }
}
