//! The 改善策 of a 部: per department what is not done, the improvements that take it up, and what has none yet.

use crate::improvement::text;
use crate::ui::{Chip, Tone};
use domain::calendar::short_day;
use leptos::prelude::*;
use store::approval::{DepartmentLine, ImprovementLine, QuestionGap};

/// The departments one after another.
#[component]
pub fn Bundle(lines: Vec<DepartmentLine>, inspection: uuid::Uuid) -> impl IntoView {
    lines.into_iter().map(|line| view! { <Department line inspection/> }).collect_view()
}

#[component]
fn Department(line: DepartmentLine, inspection: uuid::Uuid) -> impl IntoView {
    let bare = line.bare();
    let state = match (line.gaps.len(), bare) {
        (0, _) => (Tone::Ok, "一部実施及び未実施なし".to_string()),
        (_, 0) => (Tone::Ok, "全て改善策あり".to_string()),
        (_, bare) => (Tone::Warn, format!("改善策のない設問 {bare}")),
    };
    let hidden = line.hidden;
    let at = format!("bundle-{}", line.department);
    let href = format!("/inspections/{inspection}/departments/{}", line.department);
    let next = match (bare, line.may_mend) {
        (0, _) => None,
        (_, true) => Some(view! { <a class="btn btn--s" href=format!("{href}#answers")>"所属の画面で改善策を登録する"</a> }.into_any()),
        (_, false) => Some(view! { <span class="hint">"改善策は、所属長が所属の画面で登録します。必要なときは、確認を差し戻して登録を求めてください。"</span> }.into_any()),
    };
    let improvements = line.improvements.clone();
    view! {
        <section class="bundle" id=at>
            <h3>
                {if line.may_open {
                    view! { <a href=href.clone()>{line.name.clone()}</a> }.into_any()
                } else {
                    line.name.clone().into_any()
                }}
                " "<Chip tone=state.0 text=state.1/>
            </h3>
            {(hidden > 0).then(|| view! { <p class="hint">{format!("回答者が5人に満たない設問{hidden}問は示しません。")}</p> })}
            {(!line.gaps.is_empty()).then(|| view! { <Gaps name=line.name.clone() gaps=line.gaps.clone()/> })}
            {next}
            {(!improvements.is_empty()).then(|| view! { <Improvements name=line.name.clone() improvements/> })}
        </section>
    }
}

#[component]
fn Gaps(name: String, gaps: Vec<QuestionGap>) -> impl IntoView {
    view! {
        <div class="wide">
            <table class="table">
                <caption class="sr">{format!("{name}の一部実施及び未実施の設問")}</caption>
                <thead>
                    <tr>
                        <th scope="col">"設問"</th>
                        <th scope="col" class="num">"△ 一部実施"</th>
                        <th scope="col" class="num">"× 未実施"</th>
                        <th scope="col">"改善策"</th>
                    </tr>
                </thead>
                <tbody>
                    {gaps
                        .into_iter()
                        .map(|gap| view! {
                            <tr>
                                <th scope="row" class="say">{format!("{} 問{}　{}", gap.role, gap.no, gap.text)}</th>
                                <td class="num">{gap.partial}</td>
                                <td class="num">{gap.not_done}</td>
                                <td class="chips">
                                    {if gap.improvements.is_empty() {
                                        view! { <Chip tone=Tone::Warn text="なし"/> }.into_any()
                                    } else {
                                        gap.improvements
                                            .into_iter()
                                            .map(|(id, label)| view! { <a href=format!("/improvements/{id}")>{label}</a>" " })
                                            .collect_view()
                                            .into_any()
                                    }}
                                </td>
                            </tr>
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Improvements(name: String, improvements: Vec<ImprovementLine>) -> impl IntoView {
    view! {
        <div class="wide">
            <table class="table">
                <caption class="sr">{format!("{name}の改善")}</caption>
                <thead>
                    <tr><th scope="col">"改善"</th><th scope="col">"件名"</th><th scope="col">"状態"</th><th scope="col">"期限"</th></tr>
                </thead>
                <tbody>
                    {improvements
                        .into_iter()
                        .map(|line| view! {
                            <tr>
                                <th scope="row"><a href=format!("/improvements/{}", line.id)>{line.label}</a></th>
                                <td>{line.title}</td>
                                <td><Chip tone=text::tone(line.stage) text=line.stage.label()/></td>
                                <td class="keep">{line.due_on.map_or_else(|| "―".to_string(), short_day)}</td>
                            </tr>
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}
