//! One question under audit: answer, mark and criterion beside each other, then the finding.

use super::api::MarkItem;
use super::page::FindingTable;
use super::questions::distribution;
use crate::finding::form::RecordForm;
use crate::results::link::{self, Figure};
use crate::ui::form::{entered, reason_for};
use crate::ui::icon::{Icon, Sign};
use crate::ui::{Field, Hidden, PostForm, Submit};
use domain::answer::Value;
use domain::calendar::short_time;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::audit::show::{AuditHead, AuditPage, AuditQuestion, FindingLine};
use uuid::Uuid;

/// The chosen question.
#[component]
pub fn Item(data: AuditPage, question: AuditQuestion, writes: bool) -> impl IntoView {
    let own: Vec<FindingLine> =
        data.findings.iter().filter(|finding| finding.item == Some(question.item)).cloned().collect();
    let head = data.head.clone();
    let marked = question.mark.is_some();
    view! {
        <section class="section-end" id="item">
            <div class="panel__head">
                <h2>{format!("{} 問{}　{}", question.role, question.no, question.text)}</h2>
                <Neighbours data=data.clone() item=question.item/>
            </div>
            <div class="trio">
                <Gap question=question.clone()/>
                <Answers head=head.clone() question=question.clone()/>
                <Mark head=head.clone() question=question.clone() writes/>
                <Criterion question=question.clone()/>
            </div>
            {(!own.is_empty()).then(|| view! { <FindingTable findings=own.clone()/> })}
            {(writes && marked)
                .then(|| view! {
                    <details class="panel" open=own.is_empty() && question.gap.is_some_and(|gap| gap > 0)>
                        <summary>"この設問について指摘を記録する"</summary>
                        <RecordForm audit=head.id questions=data.questions.clone() item=Some(question.clone())/>
                    </details>
                })}
        </section>
    }
}

#[component]
fn Neighbours(data: AuditPage, item: Uuid) -> impl IntoView {
    let at = data.questions.iter().position(|question| question.item == item).unwrap_or_default();
    let id = data.head.id;
    let link = move |question: Option<&AuditQuestion>, word: &str| {
        question.map(|question| {
            let text = format!("{word} {} 問{}", question.role, question.no);
            view! { <a class="btn btn--s" href=format!("/audits/{id}?item={}", question.item)>{text}</a> }
        })
    };
    let before = at.checked_sub(1).and_then(|index| data.questions.get(index));
    view! {
        <span class="row">
            {link(before, "前の設問")} {link(data.questions.get(at + 1), "次の設問")}
            <a class="btn btn--s btn--quiet" href=format!("/audits/{id}")>"閉じる"</a>
        </span>
    }
}

/// Shown only if answer and mark differ.
#[component]
fn Gap(question: AuditQuestion) -> impl IntoView {
    let words = question.answer.zip(question.mark.as_ref().map(|mark| mark.value));
    question.gap.filter(|gap| *gap > 0).zip(words).map(|(gap, (answer, mark))| {
        view! {
            <p class="gap-flag">
                <Icon sign=Sign::Warning/>
                <b>{format!("自己回答との差：{gap}段階")}</b>
                <span>
                    {format!(
                        "「{}」に対し監査評価は「{}」です。指摘とするか、理由を残してください。",
                        answer.label(),
                        mark.label(),
                    )}
                </span>
            </p>
        }
    })
}

#[component]
fn Answers(head: AuditHead, question: AuditQuestion) -> impl IntoView {
    let figure =
        Figure { department: Some(head.department), question: Some(question.item), ..Figure::default() };
    let count = question.tally.answered();
    view! {
        <section>
            <h3 class="trio__head">{format!("自己回答（{}の点検票）", question.role)}</h3>
            {match question.answer {
                None => view! { <p>"提出された回答がありません。"</p> }.into_any(),
                Some(answer) => view! {
                    <p class="verdict"><span class="mk" aria-hidden="true">{answer.sign()}</span>{answer.label()}</p>
                    <p>{if count == 1 { String::new() } else { format!("最も多い回答。内訳 {}", distribution(&question.tally)) }}</p>
                    <p class="who"><a href=link::answers(head.inspection, figure)>{format!("回答{count}件を開く")}</a></p>
                }
                .into_any(),
            }}
        </section>
    }
}

#[component]
fn Mark(head: AuditHead, question: AuditQuestion, writes: bool) -> impl IntoView {
    let mark = question.mark.clone();
    let marked = mark.is_some();
    view! {
        <section>
            <h3 class="trio__head">"監査評価（監査人の記録）"</h3>
            {mark
                .clone()
                .map(|mark| {
                    let bad = matches!(mark.value, Value::NotDone | Value::Partial);
                    view! {
                        <p class=if bad { "verdict verdict--bad" } else { "verdict" }>
                            <span class="mk" aria-hidden="true">{mark.value.sign()}</span>
                            {mark.value.label()}
                        </p>
                        <p>{mark.note}</p>
                        <p class="who">{format!("{}　{}", short_time(mark.at), head.auditor)}</p>
                    }
                })}
            {(!marked && !writes).then(|| view! { <p>"まだ評価していません。"</p> })}
            {writes
                .then(|| view! {
                    <details open=!marked>
                        <summary class="sub">{if marked { "評価を改める" } else { "評価する" }}</summary>
                        <MarkForm audit=head.id question=question.clone()/>
                    </details>
                })}
        </section>
    }
}

#[component]
fn MarkForm(audit: Uuid, question: AuditQuestion) -> impl IntoView {
    let note = question.mark.as_ref().map(|mark| mark.note.clone()).unwrap_or_default();
    let chosen = question.mark.as_ref().map(|mark| mark.value.key().to_string()).unwrap_or_default();
    let main = question.mark.is_none();
    view! {
        <PostForm action=MarkItem::PATH class="stack">
            <Hidden name="audit" value=audit.to_string()/>
            <Hidden name="item" value=question.item.to_string()/>
            <Values chosen=chosen.clone()/>
            <Field name="note" label="確認した事実" rows=2 value=note.clone()/>
            <Submit text="評価を記録する" main/>
        </PostForm>
    }
}

#[component]
fn Values(chosen: String) -> impl IntoView {
    let chosen = entered("value", chosen);
    view! {
        <fieldset>
            <legend class="label">"評価"<span class="need">"※必須"</span></legend>
            <div class="seg">
                {Value::ALL
                    .map(|value| view! {
                        <label class="choice">
                            <input type="radio" name="value" value=value.key() checked=value.key() == chosen required/>
                            {format!("{} {}", value.sign(), value.label())}
                        </label>
                    })
                    .collect_view()}
            </div>
            {reason_for("value").map(|reason| view! { <p class="error">{reason}</p> })}
        </fieldset>
    }
}

#[component]
fn Criterion(question: AuditQuestion) -> impl IntoView {
    view! {
        <section>
            <h3 class="trio__head">{format!("基準（根拠条文 {}）", question.clause_path)}</h3>
            {if question.clause_text.is_empty() {
                view! { <p>"根拠となる条項が登録されていません。"</p> }.into_any()
            } else {
                view! { <p class="quote">{question.clause_text}</p> }.into_any()
            }}
            <p class="who">{question.topic.label()}</p>
        </section>
    }
}
