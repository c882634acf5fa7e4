//! `/findings/:finding`

use super::form::ReviseForm;
use crate::audit::page::grade_chip;
use crate::ui::page::Crumb;
use crate::ui::{Page, Tone, page};
use domain::calendar::wareki_time;
use domain::permission::{Action, allows};
use leptos::prelude::*;
use store::finding::FindingPage as Data;

/// The page.
#[component]
pub fn FindingPage() -> impl IntoView {
    page(
        |ask| async move { Ok(store::finding::show(&ask.db, &ask.actor, ask.id("finding")?).await?) },
        |data| view! { <Whole data/> }.into_any(),
    )
}

#[component]
fn Whole(data: Data) -> impl IntoView {
    let audit = data.audit.clone();
    let state = match &audit.report {
        Some(report) => (Tone::Ok, format!("報告済 {}", report.number)),
        None => (Tone::Plain, "下書き".to_string()),
    };
    let way = vec![
        Crumb { text: "監査".into(), href: "/audits".into() },
        Crumb { text: format!("{}　{}", audit.label, audit.department_name), href: format!("/audits/{}", audit.id) },
    ];
    let writes = audit.mine && audit.report.is_none();
    view! {
        <Page
            title=format!("指摘 {}　{}", data.finding.label, data.finding.words.title)
            state
            scope=audit.place()
            way
        >
            <div class="split split--even">
                <Text data=data.clone()/>
                {if writes {
                    view! {
                        <section class="panel">
                            <h2>"指摘を直す"</h2>
                            <ReviseForm finding=data.finding/>
                        </section>
                    }
                    .into_any()
                } else {
                    view! { <Next data/> }.into_any()
                }}
            </div>
        </Page>
    }
}

#[component]
fn Text(data: Data) -> impl IntoView {
    let finding = data.finding;
    let words = finding.words;
    let parts = [
        ("事実", words.fact),
        ("基準", words.criterion),
        ("影響", words.effect),
        ("提言", words.recommendation),
    ];
    view! {
        <section class="panel">
            <div class="panel__head">
                <h2>"指摘の内容"</h2>
                {grade_chip(words.grade)}
            </div>
            <dl class="facts facts--text">
                {parts
                    .into_iter()
                    .filter(|(_, text)| !text.is_empty())
                    .map(|(name, text)| view! { <dt>{name}</dt><dd class="paper__text">{text}</dd> })
                    .collect_view()}
                {finding.question.map(|(item, role, no, text)| view! {
                    <dt>"設問"</dt>
                    <dd><a href=format!("/audits/{}?item={item}", data.audit.id)>{format!("{role} 問{no}")}</a>"　"{text}</dd>
                })}
                {finding.clause.map(|(clause, revision, path, text)| view! {
                    <dt>"条項"</dt>
                    <dd><a href=format!("/policies/{revision}/clauses/{clause}")>{path}</a>"　"{text}</dd>
                })}
                {finding.rule_change.then(|| view! { <dt>"規程"</dt><dd>"規程そのものの見直しが必要です。"</dd> })}
                <dt>"記録"</dt>
                <dd>{format!("{}　{}", wareki_time(finding.at), finding.author)}</dd>
            </dl>
        </section>
    }
}

/// What becomes of the finding.
#[component]
fn Next(data: Data) -> impl IntoView {
    let asked = data.finding.words.grade.asks_improvement();
    view! {
        <section class="panel">
            <h2>"改善"</h2>
            {match data.improvement {
                Some((id, label)) => view! {
                    <p class="lead-text">"この指摘から改善を始めています。"</p>
                    <p><a class="btn" href=format!("/improvements/{id}")>{format!("改善 {label} を開く")}</a></p>
                }
                .into_any(),
                None if !asked => view! { <p class="lead-text">"この区分の指摘は、改善の計画を求めません。"</p> }.into_any(),
                None if data.audit.report.is_none() => {
                    view! { <p class="lead-text">"監査報告書が発行されると、改善を始められます。"</p> }.into_any()
                }
                None => view! { <Begin finding=data.finding.id/> }.into_any(),
            }}
        </section>
    }
}

/// The 事務局 and auditors hand the finding to the department as an improvement.
#[component]
fn Begin(finding: uuid::Uuid) -> impl IntoView {
    let may = crate::context::ask().is_ok_and(|ask| allows(&ask.actor, Action::VerifyImprovement));
    if !may {
        return view! { <p class="lead-text">"改善はまだ始まっていません。事務局又は監査人が始めると、所属に表示されます。"</p> }
            .into_any();
    }
    view! {
        <p class="lead-text">"改善はまだ始まっていません。始めると、所属に計画の登録を求めます。"</p>
        <p><a class="btn btn--main" href=format!("/improvements/new?finding={finding}")>"改善を始める"</a></p>
    }
    .into_any()
}
