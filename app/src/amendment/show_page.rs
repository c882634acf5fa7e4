//! `/amendments/:amendment`: old and new, why, and the committee's word.

use super::api::DecideAmendment;
use super::badge::state;
use super::sides::{NewSide, OldSide};
use crate::ui::{Crumb, Field, Hidden, Page, PostForm, Submit, page};
use domain::calendar::{iso, wareki, wareki_time};
use domain::review::difference;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::amendment::{Amendment, Decision, Ground, show};
use time::Date;

/// One amendment.
#[component]
pub fn AmendmentPage() -> impl IntoView {
    page(
        |ask| async move { Ok((show(&ask.db, &ask.actor, ask.id("amendment")?).await?, ask.today())) },
        |(amendment, today)| {
            let title = format!("改正案　{} {}", amendment.path, amendment.heading);
            let scope = format!("{}　{}", wareki_time(amendment.at), amendment.by);
            let way = vec![
                Crumb { text: "見直し".into(), href: "/review".into() },
                Crumb {
                    text: amendment.path.clone(),
                    href: format!("/review/clauses/{}", amendment.clause),
                },
            ];
            let href = format!("/amendments/table?revision={}", amendment.revision);
            let actions = view! { <a class="btn btn--s" href=href>"新旧対照表"</a> }.into_any();
            view! {
                <Page title scope way actions state=state(amendment.decision.as_ref())>
                    <Both amendment=amendment.clone()/>
                    <div class="split split--even">
                        <Why amendment=amendment.clone()/>
                        {match amendment.decision.clone() {
                            Some(decision) => view! { <Decided decision/> }.into_any(),
                            None => view! { <DecisionForm amendment=amendment.id.to_string() today/> }.into_any(),
                        }}
                    </div>
                </Page>
            }
            .into_any()
        },
    )
}

#[component]
fn Both(amendment: Amendment) -> impl IntoView {
    let pieces = difference(&amendment.old_text, &amendment.new_text);
    view! {
        <div class="both">
            <section class="panel"><h2>"改正案"</h2><p class="text"><NewSide pieces=pieces.clone()/></p></section>
            <section class="panel"><h2>"現行"</h2><p class="text"><OldSide pieces/></p></section>
        </div>
    }
}

#[component]
fn Why(amendment: Amendment) -> impl IntoView {
    view! {
        <section class="panel">
            <h2>"改正の理由"</h2>
            <p class="text">{amendment.reason}</p>
            <h3 class="section">"根拠"</h3>
            <ul class="about">
                {amendment.grounds.into_iter().map(|ground| match ground {
                    Ground::Finding(id, label, grade, title) => view! {
                        <li>"指摘 "<a href=format!("/findings/{id}")>{label}</a>{format!("（{grade}）{title}")}</li>
                    }.into_any(),
                    Ground::Improvement(id, label, title) => view! {
                        <li>"改善 "<a href=format!("/improvements/{id}")>{label}</a>{format!("　{title}")}</li>
                    }.into_any(),
                    Ground::Note(text) => view! { <li class="text">{text}</li> }.into_any(),
                }).collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn Decided(decision: Decision) -> impl IntoView {
    view! {
        <section class="panel">
            <h2>"委員会の決定"</h2>
            <dl class="facts">
                <dt>"決定"</dt><dd><b>{if decision.adopted { "採択" } else { "不採択" }}</b></dd>
                <dt>"決定の日"</dt><dd>{wareki(decision.decided_on)}</dd>
                <dt>"会議"</dt><dd>{decision.meeting}</dd>
                {(!decision.note.is_empty()).then(|| view! { <dt>"備考"</dt><dd class="text">{decision.note}</dd> })}
                <dt>"記録"</dt><dd>{format!("{}　{}", wareki_time(decision.at), decision.by)}</dd>
            </dl>
            <p class="hint">"決定は変更できません。改めるときは、新しい改正案を作成してください。"</p>
        </section>
    }
}

#[component]
fn DecisionForm(amendment: String, today: Date) -> impl IntoView {
    view! {
        <section class="panel">
            <h2>"委員会の決定を記録する"</h2>
            <PostForm action=DecideAmendment::PATH class="stack">
                <Hidden name="amendment" value=amendment.clone()/>
                <Field name="meeting" label="会議の名称" required=true hint="例：令和8年度第2回情報セキュリティ委員会"/>
                <Field name="decided_on" label="決定の日" kind="date" required=true value=iso(today)/>
                <Field name="note" label="備考" rows=2 hint="意見、施行の日など。"/>
                <p class="hint">"記録した決定は、後から変更できません。"</p>
                <div class="acts">
                    <Submit text="採択を記録する" main=true name="adopted" value="true"/>
                    <Submit text="不採択を記録する" stop=true name="adopted" value="false"/>
                </div>
            </PostForm>
        </section>
    }
}
