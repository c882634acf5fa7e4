//! The form of a finding: grade, title, fact, criterion, effect, recommendation.

use super::api::{RecordFinding, ReviseFinding};
use crate::ui::form::{entered, reason_for};
use crate::ui::{Field, Hidden, Icon, PostForm, Select, Sign, Submit, TextArea};
use domain::finding::Grade;
use leptos::prelude::*;
use server_fn::ServerFn;
use std::collections::BTreeMap;
use store::audit::show::AuditQuestion;
use store::finding::FindingText;
use uuid::Uuid;

/// What the fields hold at first.
#[derive(Debug, Clone, Default)]
struct Start {
    grade: String,
    title: String,
    fact: String,
    criterion: String,
    effect: String,
    recommendation: String,
    rule_change: bool,
}

/// A new finding, about a question or about none.
#[component]
pub fn RecordForm(audit: Uuid, questions: Vec<AuditQuestion>, item: Option<AuditQuestion>) -> impl IntoView {
    let start = Start {
        fact: item.as_ref().and_then(|item| item.mark.as_ref()).map(|mark| mark.note.clone()).unwrap_or_default(),
        criterion: item.as_ref().map(criterion).unwrap_or_default(),
        ..Start::default()
    };
    let key = item.as_ref().map(|item| item.item.to_string()).unwrap_or_default();
    let clauses = item.is_none().then(|| clauses(&questions));
    view! {
        <PostForm action=RecordFinding::PATH class="edit">
            <Hidden name="audit" value=audit.to_string()/>
            <Hidden name="item" value=key.clone()/>
            {match clauses.clone() {
                None => view! { <Hidden name="clause" value=""/> }.into_any(),
                Some(options) => view! { <Select name="clause" label="根拠となる条項" options/> }.into_any(),
            }}
            <Fields start=start.clone()/>
            <div class="acts"><Submit text="指摘を記録する" main=true/></div>
        </PostForm>
    }
}

/// Correcting a finding of a draft.
#[component]
pub fn ReviseForm(finding: FindingText) -> impl IntoView {
    let start = Start {
        grade: finding.words.grade.key().to_string(),
        title: finding.words.title,
        fact: finding.words.fact,
        criterion: finding.words.criterion,
        effect: finding.words.effect,
        recommendation: finding.words.recommendation,
        rule_change: finding.rule_change,
    };
    let item = finding.question.map(|(id, ..)| id.to_string()).unwrap_or_default();
    let clause = finding.clause.map(|(id, ..)| id.to_string()).unwrap_or_default();
    view! {
        <PostForm action=ReviseFinding::PATH class="edit">
            <Hidden name="finding" value=finding.id.to_string()/>
            <Hidden name="item" value=item.clone()/>
            <Hidden name="clause" value=clause.clone()/>
            <Fields start=start.clone()/>
            <div class="acts"><Submit text="直した内容を記録する" main=true/></div>
        </PostForm>
    }
}

fn criterion(question: &AuditQuestion) -> String {
    if question.clause_text.is_empty() {
        return String::new();
    }
    format!("{}「{}」", question.clause_path, question.clause_text)
}

/// The clauses the sheets ask about, each once.
fn clauses(questions: &[AuditQuestion]) -> Vec<(String, String)> {
    let mut options = vec![(String::new(), "条項を選ばない".to_string())];
    let mut seen: BTreeMap<Uuid, ()> = BTreeMap::new();
    for question in questions {
        if let Some(id) = question.clause
            && seen.insert(id, ()).is_none()
        {
            let text: String = question.clause_text.chars().take(40).collect();
            options.push((id.to_string(), format!("{}　{text}", question.clause_path)));
        }
    }
    options
}

#[component]
fn Fields(start: Start) -> impl IntoView {
    view! {
        <Grades chosen=start.grade/>
        <Field name="title" label="件名" value=start.title required=true/>
        <Row name="fact" label="事実" hint="何を見たか" value=start.fact/>
        <Row name="criterion" label="基準" hint="何に照らすか" value=start.criterion/>
        <Row name="effect" label="影響" hint="起こり得ること" value=start.effect/>
        <Row name="recommendation" label="提言" hint="どう直すか" value=start.recommendation/>
        <RuleChange on=start.rule_change/>
    }
}

#[component]
fn Grades(chosen: String) -> impl IntoView {
    let chosen = entered("grade", chosen);
    view! {
        <fieldset>
            <legend class="label">"区分"<span class="need">"※必須"</span></legend>
            <div class="seg">
                {Grade::ALL
                    .map(|grade| view! {
                        <label class="choice" title=grade.definition()>
                            <input type="radio" name="grade" value=grade.key() checked=grade.key() == chosen required/>
                            {grade.label()}
                        </label>
                    })
                    .collect_view()}
            </div>
            {reason_for("grade").map(|reason| view! { <p class="error"><Icon sign=Sign::Warning/>{reason}</p> })}
            <p class="hint">"「不備」以上には、事実・基準・影響・提言のすべてが必要です。"</p>
        </fieldset>
    }
}

#[component]
fn Row(name: &'static str, label: &'static str, hint: &'static str, value: String) -> impl IntoView {
    let id = format!("f-{name}");
    let note = format!("{id}-note");
    let reason = reason_for(name);
    let invalid = reason.is_some();
    let value = entered(name, value);
    view! {
        <div class="row">
            <div>
                <label class="label" for=id.clone()>{label}</label>
                <span class="hint">{hint}</span>
            </div>
            <div>
                <TextArea id name value rows=2 invalid described_by=invalid.then(|| note.clone())/>
                {reason.map(|reason| view! { <p class="error" id=note><Icon sign=Sign::Warning/>{reason}</p> })}
            </div>
        </div>
    }
}

#[component]
fn RuleChange(on: bool) -> impl IntoView {
    let on = !entered("rule_change", if on { "on".to_string() } else { String::new() }).is_empty();
    view! {
        <label class="tick">
            <input type="checkbox" name="rule_change" value="on" checked=on/>
            "規程そのものの見直しが必要である"
        </label>
    }
}
