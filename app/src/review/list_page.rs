//! `/review`: the clauses of the newest revision that something speaks against.

use super::text;
use crate::amendment::badge::DecisionChip;
use crate::ui::{Chip, Empty, Export, Page, page};
use leptos::prelude::*;
use store::amendment::Amendment;
use store::review::{Review, Reviewed, clauses};

/// The list.
#[component]
pub fn ReviewPage() -> impl IntoView {
    page(
        |ask| async move { Ok(clauses(&ask.db, &ask.actor, ask.optional_id("revision")).await?) },
        |review| match review {
            Some(review) => view! { <Whole review/> }.into_any(),
            None => view! {
                <Page title="見直し">
                    <Empty text="ポリシーがまだ取り込まれていません。ポリシーを取り込み、点検と監査を行うと、見直しの材料がここに並びます。">
                        <p><a class="btn btn--main" href="/policies">"ポリシーを取り込む"</a></p>
                    </Empty>
                </Page>
            }
            .into_any(),
        },
    )
}

#[component]
fn Whole(review: Review) -> impl IntoView {
    let scope = match &review.inspection {
        Some((_, name)) => format!("{}／実施率は{name}", review.title),
        None => review.title.clone(),
    };
    let (loud, quiet, all) = (review.spoken_against.len(), review.quiet, review.clauses);
    let actions = (!review.amendments.is_empty()).then(|| {
        let href = format!("/amendments/table?revision={}", review.revision);
        view! { <a class="btn" href=href>"新旧対照表"</a> }.into_any()
    });
    view! {
        <Page title="見直し" scope actions=actions.unwrap_or_else(|| ().into_any())>
            <section>
                <h2>{format!("見直しの材料がある条項 {loud}")}</h2>
                <p class="sub review-note">
                    {format!("条文のある条項 {all} のうち、点検又は監査の結果があり、見直しの材料がないもの {quiet}。")}
                </p>
                {if loud == 0 {
                    view! { <Empty text="いまの結果には、条項の見直しを求めるものがありません。点検の回答、監査の指摘及び改善が増えると、ここに並びます。"/> }.into_any()
                } else {
                    view! { <Clauses rows=review.spoken_against/> }.into_any()
                }}
                <p class="sub review-note">{text::ORDER}</p>
            </section>
            {(!review.amendments.is_empty()).then(|| view! { <Amendments rows=review.amendments/> })}
        </Page>
    }
}

#[component]
fn Clauses(rows: Vec<Reviewed>) -> impl IntoView {
    view! {
        <Export table="clauses"/>
        <table class="table table--stick">
            <caption class="sr">"見直しの材料がある条項。材料の重いものから順に並んでいます。"</caption>
            <thead>
                <tr>
                    <th scope="col">"条項"</th>
                    <th scope="col">"条文"</th>
                    <th scope="col">"見直しの材料"</th>
                    <th scope="col" class="num">"重み"</th>
                    <th scope="col">"改正案"</th>
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(|row| view! { <ClauseRow row/> }).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn ClauseRow(row: Reviewed) -> impl IntoView {
    let href = format!("/review/clauses/{}", row.id);
    let spoken = format!("{}の改正案を作成する", row.path);
    view! {
        <tr>
            <th scope="row"><a href=href.clone()>{row.path.clone()}</a><br/><span class="sub">{row.heading.clone()}</span></th>
            <td class="clause-text">{row.text.clone()}</td>
            <td class="chips">
                {row.evidence
                    .voices()
                    .into_iter()
                    .map(|voice| {
                        let (tone, text) = text::voice(voice);
                        view! { <Chip tone text/>" " }
                    })
                    .collect_view()}
            </td>
            <td class="num">{row.weight}</td>
            <td class="chips">
                {(row.amendments > 0).then(|| format!("{}件 ", row.amendments))}
                <a class="btn btn--s" href=format!("{href}#draft") aria-label=spoken>"作成"</a>
            </td>
        </tr>
    }
}

#[component]
fn Amendments(rows: Vec<Amendment>) -> impl IntoView {
    view! {
        <section class="section">
            <h2>{format!("改正案 {}", rows.len())}</h2>
            <Export table="amendments"/>
            <table class="table">
                <caption class="sr">"この版に対する改正案"</caption>
                <thead>
                    <tr><th scope="col">"条項"</th><th scope="col">"理由"</th><th scope="col">"決定"</th></tr>
                </thead>
                <tbody>
                    {rows
                        .into_iter()
                        .map(|row| view! {
                            <tr>
                                <th scope="row"><a href=format!("/amendments/{}", row.id)>{row.path.clone()}</a></th>
                                <td>{row.reason.clone()}</td>
                                <td class="chips"><DecisionChip decision=row.decision/></td>
                            </tr>
                        })
                        .collect_view()}
                </tbody>
            </table>
        </section>
    }
}
