//! How a form departs from its 様式, and words in it nobody knows: each with what can be done about it.

use crate::layout::api::{AcceptShape, ExplainWord};
use crate::ui::{Hidden, PostForm, Submit};
use domain::clause::fold;
use domain::intake::State;
use domain::layout::word::{Meaning, word};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::intake::FormPage;

/// What is different, and the two ways on.
#[component]
pub fn Departures(shown: FormPage) -> impl IntoView {
    let form = shown.form;
    let (id, name) = (form.id.to_string(), form.layout.map(|(_, name)| name).unwrap_or_default());
    let pointing = format!("/intakes/files/{}", shown.file);
    let drifts = form.drifts;
    view! {
        <section class="panel panel--warn">
            <h2 class="h">{format!("様式「{name}」と異なる点が{}件あります", drifts.len())}</h2>
            <ul class="plain-list">{drifts.into_iter().map(|(cell, text)| view! { <li><b>{cell}</b>"　"{text}</li> }).collect_view()}</ul>
            <p class="lead-text">"下の読取り結果が正しければ、新しい形として受け入れてください。同じ形で届いたほかのファイルも、一度に受け入れます。列の読み違いがあれば、セルを指定し直してください。"</p>
            <div class="row">
                <PostForm action=AcceptShape::PATH>
                    <Hidden name="form" value=id.clone()/>
                    <Submit text="新しい形を受け入れる" main=true/>
                </PostForm>
                <a class="btn" href=pointing>"セルを指定し直す"</a>
            </div>
        </section>
    }
}

/// Words that stand in open rows, each once, with how many rows.
fn unknown(shown: &FormPage) -> Vec<(String, usize)> {
    let mut words: Vec<(String, usize)> = Vec::new();
    let open = shown.rows.iter().filter(|row| row.state == State::Unclear && row.choice.is_none());
    for row in open.filter(|row| word(&row.word).is_ok()) {
        match words.iter_mut().find(|(known, _)| fold(known) == fold(&row.word)) {
            Some((_, rows)) => *rows += 1,
            None => words.push((row.word.clone(), 1)),
        }
    }
    words
}

/// One click for each word.
#[component]
pub fn Unknown(shown: FormPage) -> impl IntoView {
    let words = unknown(&shown);
    let (id, layout) = (shown.form.id.to_string(), shown.form.layout);
    let reach = if layout.is_some() { "layout" } else { "city" };
    let remembered = match layout {
        Some((_, name)) => format!("押すと、この言葉の行をすべて決め、様式「{name}」で覚えます。次のファイルからは自動で読み取ります。"),
        None => "押すと、この言葉の行をすべて決め、市のすべての点検票で覚えます。この様式だけで覚えるには、先に「セルを指定する」から様式を保存してください。".to_string(),
    };
    (!words.is_empty()).then(|| {
        view! {
            <section class="panel section">
                <h2 class="h">"読み方の分からない言葉"</h2>
                <p class="lead-text">{remembered}</p>
                <ul class="unknown">
                    {words.into_iter().map(|(word, rows)| {
                        let id = id.clone();
                        view! {
                            <li>
                                <b>{format!("「{word}」（{rows}行）は")}</b>
                                <PostForm action=ExplainWord::PATH class="row">
                                    <Hidden name="form" value=id.clone()/>
                                    <Hidden name="word" value=word.clone()/>
                                    <Hidden name="reach" value=reach/>
                                    {Meaning::ALL.into_iter().map(|meaning| {
                                        let label = meaning.label();
                                        let spoken = format!("「{word}」は{label}と読む");
                                        view! { <Submit text=label name="meaning" value=meaning.key() spoken small=true/> }
                                    }).collect_view()}
                                    <span>"と読む"</span>
                                </PostForm>
                            </li>
                        }
                    }).collect_view()}
                </ul>
            </section>
        }
    })
}
