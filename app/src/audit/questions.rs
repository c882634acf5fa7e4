//! The table of an audit: every question with the department's answers and the auditor's mark.

use crate::results::link::{self, Figure};
use crate::ui::{Chip, Export, Tone};
use domain::answer::Value;
use domain::rate::Tally;
use leptos::prelude::*;
use store::audit::show::{AuditPage, AuditQuestion};
use uuid::Uuid;

/// ○12 △2 ×1 －3; a single answer as its word.
pub fn distribution(tally: &Tally) -> String {
    let counts = [tally.done, tally.partial, tally.not_done, tally.na];
    let given = Value::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0);
    if tally.answered() == 1 {
        return given.map(|(value, _)| format!("{} {}", value.sign(), value.label())).collect();
    }
    given.map(|(value, count)| format!("{}{count}", value.sign())).collect::<Vec<_>>().join("　")
}

/// 「2段階高い」: how the answer stands to the mark.
pub fn gap_text(gap: i32) -> String {
    match gap {
        0 => "一致".to_string(),
        gap if gap > 0 => format!("回答が{gap}段階高い"),
        gap => format!("回答が{}段階低い", gap.abs()),
    }
}

/// The table.
#[component]
pub fn Questions(data: AuditPage, item: Option<Uuid>) -> impl IntoView {
    let (marked, lenient, all) = (data.marked(), data.lenient(), data.questions.len());
    let coverage = data.coverage;
    let head = data.head.clone();
    view! {
        <section>
            <div class="panel__head">
                <h2>"設問ごとの回答と監査評価"</h2>
                <span class="sub">
                    {format!(
                        "評価済み {marked}／{all}問　回答の方が高い {lenient}問　点検票の提出 {}／{}件",
                        coverage.submitted,
                        coverage.targets,
                    )}
                </span>
            </div>
            <Export table="marks"/>
            <table class="table">
                <caption class="sr">"設問ごとの回答の内訳、監査評価、差"</caption>
                <thead>
                    <tr>
                        <th scope="col">"問"</th>
                        <th scope="col">"設問"</th>
                        <th scope="col">"自己回答"</th>
                        <th scope="col">"監査評価"</th>
                        <th scope="col">"差"</th>
                        <th scope="col"><span class="sr">"操作"</span></th>
                    </tr>
                </thead>
                <tbody>
                    {data
                        .questions
                        .into_iter()
                        .map(|question| {
                            let current = item == Some(question.item);
                            view! { <Row audit=head.id inspection=head.inspection department=head.department question current/> }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </section>
    }
}

#[component]
fn Row(
    audit: Uuid,
    inspection: Uuid,
    department: Uuid,
    question: AuditQuestion,
    current: bool,
) -> impl IntoView {
    let name = format!("{} 問{}", question.role, question.no);
    let figure =
        Figure { department: Some(department), question: Some(question.item), ..Figure::default() };
    let action = if question.mark.is_some() { "開く" } else { "評価する" };
    view! {
        <tr aria-current=current.then_some("true")>
            <th scope="row">{name.clone()}</th>
            <td>{question.text}</td>
            <td>
                {if question.tally.answered() == 0 {
                    view! { <span class="sub">"回答なし"</span> }.into_any()
                } else {
                    view! { <a href=link::answers(inspection, figure)>{distribution(&question.tally)}</a> }.into_any()
                }}
            </td>
            <td>{question.mark.map(|mark| format!("{} {}", mark.value.sign(), mark.value.label()))}</td>
            <td>
                {question
                    .gap
                    .map(|gap| {
                        let tone = if gap > 0 { Tone::Warn } else { Tone::Plain };
                        view! { <Chip tone text=gap_text(gap)/> }
                    })}
            </td>
            <td>
                <a
                    class="btn btn--s"
                    href=format!("/audits/{audit}?item={}", question.item)
                    aria-label=format!("{name}を{action}")
                >
                    {action}
                </a>
            </td>
        </tr>
    }
}
