//! `/improvements/new?target=&item=` and `?finding=`: taking up an answer or a finding.

use super::api::{OpenFromAnswer, OpenFromFinding};
use crate::context::Ask;
use crate::error::AppError;
use crate::ui::form::entered;
use crate::ui::{Crumb, Field, Hidden, Page, PostForm, Submit, page};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::improvement::{Origin, origin_answer, origin_finding};

async fn load(ask: Ask) -> Result<Origin, AppError> {
    match ask.optional_id("finding") {
        Some(finding) => Ok(origin_finding(ask.db.read(), &ask.actor, finding).await?),
        None => Ok(origin_answer(ask.db.read(), &ask.actor, ask.id("target")?, ask.id("item")?).await?),
    }
}

/// The form.
#[component]
pub fn NewImprovementPage() -> impl IntoView {
    page(load, |origin| {
        let way = vec![Crumb { text: "改善".into(), href: "/improvements".into() }];
        let scope = origin.department_name.clone();
        view! {
            <Page title="改善として取り上げる" scope way>
                <div class="split split--even">
                    <From origin=origin.clone()/>
                    {match origin.taken {
                        Some(id) => view! {
                            <section class="panel">
                                <h2>"既に取り上げられています"</h2>
                                <p class="lead-text">"同じものを二度取り上げることはできません。経過は次の画面で見られます。"</p>
                                <p><a class="btn btn--main" href=format!("/improvements/{id}")>"改善を開く"</a></p>
                            </section>
                        }.into_any(),
                        None => view! { <OpenForm origin/> }.into_any(),
                    }}
                </div>
            </Page>
        }
        .into_any()
    })
}

#[component]
fn From(origin: Origin) -> impl IntoView {
    let Origin { label, title, fact, clause_text, recommendation, .. } = origin;
    let line = |name: &'static str, text: String| {
        (!text.is_empty()).then(|| view! { <dt>{name}</dt><dd class="text">{text}</dd> })
    };
    view! {
        <section class="panel">
            <h2>"もととなるもの"</h2>
            <dl class="facts">
                {line("もと", label)}
                {line("件名", title)}
                {line("内容", fact)}
                {line("基準", clause_text)}
                {line("提言", recommendation)}
            </dl>
        </section>
    }
}

#[component]
fn OpenForm(origin: Origin) -> impl IntoView {
    let action = if origin.finding.is_some() { OpenFromFinding::PATH } else { OpenFromAnswer::PATH };
    let hidden = [("finding", origin.finding), ("target", origin.target), ("item", origin.item)];
    let from_finding = origin.finding.is_some();
    view! {
        <PostForm action=action class="stack panel">
            <h2>"改善の登録"</h2>
            {hidden
                .into_iter()
                .filter(|(name, _)| !from_finding || *name == "finding")
                .filter_map(|(name, id)| id.map(|id| view! { <Hidden name value=id.to_string()/> }))
                .collect_view()}
            <Field name="title" label="件名" required=true value=origin.title.clone()/>
            <Field name="fact" label="改善が必要な事実" rows=4 required=true value=origin.fact.clone()/>
            <RuleChange value=origin.rule_change/>
            <Submit text="改善として登録する" main=true/>
        </PostForm>
    }
}

#[component]
fn RuleChange(value: bool) -> impl IntoView {
    let checked = entered("rule_change", value.to_string()) == "true";
    view! {
        <label class="check">
            <input type="checkbox" name="rule_change" value="true" checked=checked/>
            "規程（ポリシー）そのものの見直しが必要"
        </label>
    }
}
