//! A question in use, with its wording and its end; and adding one by hand.

use super::api::{AddQuestion, RetireQuestion, RewordQuestion};
use super::fields::{QuestionFields, came_back};
use super::keyed::KeySummary;
use crate::ui::{Chip, Field, Hidden, PostForm, Select, Submit, Tone};
use domain::topic::Topic;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::question::{QuestionNow, QuestionView};
use uuid::Uuid;

/// The page a form belongs to and returns to.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub revision: Uuid,
    pub clause: Uuid,
}

/// A question in use as a card.
#[component]
pub fn QuestionCard(place: Place, view: QuestionView, may_edit: bool) -> impl IntoView {
    let question = view.question.clone();
    let origin = if view.by_hand { "手で加えた設問" } else { "案からの設問" };
    let condition = match &question.not_applicable {
        Some(condition) => format!("該当なし：{condition}"),
        None => "該当なしを選べない".to_string(),
    };
    let meta = format!(
        "{}用／{}／{condition}／条項：{}",
        question.role.short(),
        question.topic.label(),
        view.paths.join("、")
    );
    let wording = format!("文案 {}", question.number);
    view! {
        <article class="prop prop--ok">
            <header><Chip tone=Tone::Ok text="使用中"/><span>{origin}</span><span class="sub">{wording}</span></header>
            <p class="t">{question.text.clone()}</p>
            <p class="meta">{meta}</p>
            {may_edit.then(|| view! {
                <div class="acts"><InUse place question=question.clone()/></div>
            })}
        </article>
    }
}

/// What can be done with a question in use.
#[component]
pub fn InUse(place: Place, question: QuestionNow) -> impl IntoView {
    view! {
        <Reword place question=question.clone()/>
        <Retire place question=question.id/>
    }
}

#[component]
fn Reword(place: Place, question: QuestionNow) -> impl IntoView {
    let Place { revision, clause } = place;
    let id = question.id.to_string();
    let changes = vec![
        ("minor".to_string(), "表現だけを直した（前の結果と比べられる）".to_string()),
        ("changed".to_string(), "尋ねる内容を変えた（前の結果と比べない）".to_string()),
    ];
    let open = came_back(RewordQuestion::PATH, &id);
    view! {
        <details class="fold" open=open>
            <summary>"文を直す"<span class="sr">{format!("：{}", question.text)}</span></summary>
            <PostForm action=RewordQuestion::PATH key=id.clone() class="stack">
                <Hidden name="revision" value=revision.to_string()/>
                <Hidden name="clause" value=clause.to_string()/>
                <Hidden name="question" value=id.clone()/>
                <Field name="text" label="設問文（120字以内）" value=question.text.clone() rows=3 required=true id=format!("text-{id}")/>
                <Field name="not_applicable" label="該当なしの条件" value=question.not_applicable.clone().unwrap_or_default() id=format!("na-{id}")/>
                <Select name="change" label="前の文との違い" options=changes.clone() value="minor" id=format!("change-{id}")/>
                <Submit text="保存" small=true/>
            </PostForm>
        </details>
    }
}

#[component]
fn Retire(place: Place, question: Uuid) -> impl IntoView {
    let Place { revision, clause } = place;
    let id = question.to_string();
    let open = came_back(RetireQuestion::PATH, &id);
    view! {
        <details class="fold" open=open>
            <summary>"使用をやめる"</summary>
            <PostForm action=RetireQuestion::PATH key=id.clone() class="stack">
                <Hidden name="revision" value=revision.to_string()/>
                <Hidden name="clause" value=clause.to_string()/>
                <Hidden name="question" value=id.clone()/>
                <p class="hint">"これから確定する版には載りません。確定した版と、その回答は残ります。"</p>
                <Field name="reason" label="やめる理由" required=true id=format!("reason-{id}")/>
                <Submit text="使用をやめる" small=true stop=true/>
            </PostForm>
        </details>
    }
}

/// The form for a question the rules did not propose.
#[component]
pub fn AddByHand(place: Place, topic: Topic) -> impl IntoView {
    let Place { revision, clause } = place;
    let key = clause.to_string();
    let open = came_back(AddQuestion::PATH, &key);
    view! {
        <details class="fold fold--add" open=open>
            <KeySummary text="＋ 設問を自分で書く" key="i" spoken=""/>
            <PostForm action=AddQuestion::PATH key=key.clone() class="stack">
                <Hidden name="revision" value=revision.to_string()/>
                <Hidden name="clause" value=clause.to_string()/>
                <QuestionFields key=key.clone() role=None topic/>
                <Submit text="設問を加える" small=true/>
            </PostForm>
        </details>
    }
}
