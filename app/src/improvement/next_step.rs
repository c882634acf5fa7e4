//! The open step of an improvement: the form for those whose turn it is, a sentence for the others.

use super::api::{CompleteImprovement, PlanImprovement, VerifyImprovement};
use super::text;
use crate::ui::{Chip, Field, Hidden, PostForm, Submit, Tone};
use domain::calendar::iso;
use domain::improvement::Stage;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::improvement::{Course, Turn};
use uuid::Uuid;

/// The last item of the course; nothing when it is finished.
#[component]
pub fn NextStep(course: Course, number: usize) -> impl IntoView {
    let name = match course.stage {
        Stage::Verified => return None,
        Stage::Unplanned => "計画",
        Stage::Planned | Stage::SentBack => "完了報告",
        Stage::Reported => "確認",
    };
    let content = match course.turn {
        Turn::Nobody => view! { <Waiting course/> }.into_any(),
        Turn::Plan => view! { <Yours text="原因、改善の内容及び期限を登録してください。"/><PlanForm course main=true/> }.into_any(),
        Turn::Complete => view! { <CompleteForms course/> }.into_any(),
        Turn::Verify(completion) => {
            view! {
                <Yours text="完了報告の内容を、現地、資料又は本人への聴取により確かめてください。"/>
                <VerifyForm improvement=course.id completion/>
            }
            .into_any()
        }
    };
    Some(view! {
        <li class="now">
            <span class="dot" aria-hidden="true">{number}</span>
            <b>{name}</b>
            <div class="what">{content}</div>
        </li>
    })
}

#[component]
fn Yours(#[prop(into)] text: String) -> impl IntoView {
    view! { <p><Chip tone=Tone::Key text="あなたの番です"/>" "{text}</p> }
}

#[component]
fn Waiting(course: Course) -> impl IntoView {
    view! {
        <p>{text::waiting_for(course.stage)}</p>
        {course.not_verifier.map(|reason| view! { <p class="who">{reason}</p> })}
    }
}

#[component]
fn PlanForm(course: Course, main: bool) -> impl IntoView {
    let (cause, measure, due_on) = match course.plan {
        Some((cause, measure, due_on)) => (cause, measure, iso(due_on)),
        None => Default::default(),
    };
    let button = if main { "計画を登録する" } else { "計画を変更する" };
    view! {
        <PostForm action=PlanImprovement::PATH class="stack acts-form">
            <Hidden name="improvement" value=course.id.to_string()/>
            <Field name="cause" label="原因" rows=2 required=true value=cause.clone() hint="なぜ守られなかったか。人ではなく、仕組みや手順に目を向けてください。"/>
            <Field name="measure" label="改善の内容" rows=2 required=true value=measure.clone()/>
            <Field name="due_on" label="期限" kind="date" required=true value=due_on.clone()/>
            <Submit text=button main/>
        </PostForm>
    }
}

#[component]
fn CompleteForms(course: Course) -> impl IntoView {
    let improvement = course.id.to_string();
    view! {
        <Yours text="改善の内容を実施したら、完了を報告してください。"/>
        <PostForm action=CompleteImprovement::PATH class="stack acts-form">
            <Hidden name="improvement" value=improvement.clone()/>
            <Field name="report" label="実施した内容" rows=3 required=true hint="いつ、何をしたか。確認する者が確かめられるように書いてください。"/>
            <Submit text="完了を報告する" main=true/>
        </PostForm>
        <details class="more">
            <summary>"計画を変更する"</summary>
            <PlanForm course main=false/>
        </details>
    }
}

#[component]
fn VerifyForm(improvement: Uuid, completion: Uuid) -> impl IntoView {
    view! {
        <PostForm action=VerifyImprovement::PATH class="stack acts-form">
            <Hidden name="improvement" value=improvement.to_string()/>
            <Hidden name="completion" value=completion.to_string()/>
            <Field name="note" label="確かめた方法と結果" rows=3 required=true hint="差し戻すときは、何が足りないかを書いてください。所属長に通知されます。"/>
            <div class="acts">
                <Submit text="完了を確認する" main=true name="effective" value="true"/>
                <Submit text="不十分として差し戻す" stop=true name="effective" value="false"/>
            </div>
        </PostForm>
    }
}
