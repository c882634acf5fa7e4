//! The rows of a form: what was read, what it means, what is stored, and what a person chooses.

use super::api::SettleRows;
use super::together_buttons::Buttons;
use crate::ui::{Chip, Export, PostForm, Submit, Tone};
use crate::ui::form::entered;
use domain::answer::{Raw, Value};
use domain::clause::fold;
use domain::intake::{Choice, State};
use domain::question::setting::Setting;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::intake::{FormPage, RowShown};
use uuid::Uuid;

/// A question of the edition: key, number, text, setting, whether 該当なし is allowed.
pub type Question = (Uuid, i32, String, Setting, bool);

/// The table; those that need a decision come first.
#[component]
pub fn Rows(shown: FormPage) -> impl IntoView {
    let rows = ordered(shown.rows);
    let (taken, owned, together) = (shown.taken, shown.form.has_owner, shown.together);
    let (questions, id) = (shown.questions, shown.form.id);
    // Most often nothing is stored yet, and the place is needed.
    let beside = rows.iter().any(|row| row.stored.is_some());
    let rows = StoredValue::new(rows);
    let questions = StoredValue::new(questions);
    view! {
        <section class="section">
            <h2 class="h">"読み取った回答"</h2>
            {(!together.is_empty() && !taken).then(|| view! { <Buttons form=id together/> })}
            // The key of a form is its field `form`.
            <PostForm action=SettleRows::PATH key=id.to_string() class="stack">
                <Export table="intake_rows"/>
                <div class="wide">
                    <table class="table table--line">
                        <caption class="sr">"行ごとの読取り結果（確認が必要なものを先に）"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"セル"</th><th scope="col">"様式の設問"</th><th scope="col">"点検票の設問"</th>
                                <th scope="col">"記載"</th><th scope="col">"読取り"</th>{beside.then(|| view! { <th scope="col">"登録済み"</th> })}
                                <th scope="col">"状態"</th>
                                {(!taken).then(|| view! { <th scope="col">"扱い"</th> })}
                            </tr>
                        </thead>
                        <tbody>
                            {rows.get_value().into_iter().map(|row| view! { <Row row questions taken owned beside/> }).collect_view()}
                        </tbody>
                    </table>
                </div>
                {(!taken).then(|| view! { <div class="row row--end"><Submit text="選んだ扱いを保存する" main=true/></div> })}
            </PostForm>
        </section>
    }
}

/// The rows as they are shown: what needs a decision first.
pub fn ordered(mut rows: Vec<RowShown>) -> Vec<RowShown> {
    rows.sort_by_key(|row| (!row.state.is_open(), row.position));
    rows
}

fn meant<'a>(row: &RowShown, questions: &'a [Question]) -> Option<&'a Question> {
    row.item.and_then(|(id, _)| questions.iter().find(|(item, ..)| *item == id))
}

/// The question of the sheet a row is about.
pub fn question_word(row: &RowShown, questions: &[Question]) -> String {
    meant(row, questions).map_or_else(|| "不明".to_string(), |(_, no, text, ..)| format!("問{no}　{text}"))
}

/// What was read.
pub fn read_word(row: &RowShown, questions: &[Question]) -> String {
    match (row.fault, &row.read) {
        (Some(fault), _) => fault.label().to_string(),
        (None, Some(raw)) => words(raw, meant(row, questions)),
        (None, None) => "―".to_string(),
    }
}

/// What is stored already.
pub fn stored_word(row: &RowShown, questions: &[Question]) -> Option<String> {
    let stored = row.stored.as_ref()?;
    let said = stored.raw.as_ref().map_or_else(|| "―".to_string(), |raw| words(raw, meant(row, questions)));
    Some(with(&said, &stored.comment))
}

fn tone(state: State) -> Tone {
    match state {
        State::Taken => Tone::Key,
        State::Same => Tone::Ok,
        State::Blank | State::LeftOut => Tone::Plain,
        State::Unclear | State::Unmatched | State::Conflict | State::Doubled => Tone::Warn,
    }
}

#[component]
fn Row(row: RowShown, questions: StoredValue<Vec<Question>>, taken: bool, owned: bool, beside: bool) -> impl IntoView {
    let questions = questions.get_value();
    let meant = row.item.and_then(|(id, _)| questions.iter().find(|(item, ..)| *item == id)).cloned();
    let said = |raw: Option<&Raw>| raw.map_or_else(|| "―".to_string(), |raw| words(raw, meant.as_ref()));
    let stored = row.stored.as_ref().map(|stored| with(&said(stored.raw.as_ref()), &stored.comment));
    let read = match row.fault {
        Some(fault) => fault.label().to_string(),
        None => said(row.read.as_ref()),
    };
    let read = with(&read, &row.comment);
    let question = meant.as_ref().map_or_else(|| "不明".to_string(), |(_, no, text, ..)| {
        // The same words twice beside each other say nothing.
        if fold(text) == fold(&row.question) { format!("問{no}") } else { format!("問{no}　{text}") }
    });
    let rule = rule(&row.rule);
    view! {
        <tr>
            <td>{row.cell.clone()}</td>
            <th scope="row" class="wrap">{format!("{} {}", row.no, row.question)}</th>
            <td class="wrap">{question}</td>
            <td class="wrap">{row.raw.clone()}{(!rule.is_empty()).then(|| view! { " "<span class="sub">{rule}</span> })}</td>
            <td class="wrap">{read}</td>
            {beside.then(|| view! { <td class="wrap">{stored.unwrap_or_else(|| "―".into())}</td> })}
            <td><Chip tone=tone(row.state) text=row.state.label()/></td>
            {(!taken).then(|| view! { <td class="handling"><Handling row=row.clone() meant questions owned/></td> })}
        </tr>
    }
}

/// An answer with the comment beside it.
fn with(answer: &str, comment: &str) -> String {
    if comment.is_empty() { answer.to_string() } else { format!("{answer}（{comment}）") }
}

/// An answer in the words of its question, with its sign where it has one.
fn words(raw: &Raw, question: Option<&Question>) -> String {
    let said = question.map_or_else(|| Setting::default().words(raw), |(.., setting, _)| setting.words(raw));
    match raw {
        Raw::Mark(value) => format!("{} {said}", value.sign()),
        _ => said,
    }
}

/// The rule that read a cell, where it is not the plain one.
pub fn rule(key: &str) -> &'static str {
    match key {
        "column_of_mark" => "印の列",
        "level" => "段階",
        "diagonal" => "斜線",
        "ticked_box" => "チェック",
        "drawn" => "図形",
        "formula" => "数式",
        "legend" => "この様式の凡例による",
        "told" => "登録した言葉による",
        _ => "",
    }
}

/// The rule that read a cell, the plain one as well.
pub fn rule_word(key: &str) -> &'static str {
    match rule(key) {
        "" => "記号と言葉の表",
        rule => rule,
    }
}

/// The answers a question offers.
fn answers(question: &Question) -> Vec<Raw> {
    let (.., setting, may_be_na) = question;
    let na = may_be_na.then_some(Raw::Mark(Value::NotApplicable));
    setting.choices().into_iter().chain(na).collect()
}

#[component]
fn Handling(row: RowShown, meant: Option<Question>, questions: Vec<Question>, owned: bool) -> impl IntoView {
    let key = format!("r{}", row.id);
    let mut options: Vec<(String, String)> = vec![(String::new(), "（扱いを選ぶ）".into())];
    let mut add = |choice: Choice, text: String| options.push((choice.key(), text));
    if row.read.is_some() {
        let text = if row.stored.is_some() { "ファイルの回答にする" } else { "読み取ったとおり取り込む" };
        add(Choice::File, text.into());
    }
    if row.stored.is_some() {
        add(Choice::Stored, "登録済みの回答を残す".into());
    }
    for raw in meant.as_ref().map(answers).unwrap_or_default() {
        let text = format!("回答：{}", words(&raw, meant.as_ref()));
        add(Choice::Value(raw), text);
    }
    add(Choice::Blank, "空欄とする".into());
    add(Choice::LeftOut, "取り込まない".into());
    if row.choice.is_some() {
        add(Choice::Undecided, "未定に戻す".into());
    }
    let chosen = row.choice.as_ref().map(Choice::key).unwrap_or_default();
    let chosen = entered(&format!("choices[{key}]"), chosen);
    let spoken = format!("{}の扱い", row.cell);
    // Whose questions these are is known only with the owner.
    let pick = row.asked_for && owned;
    let item = row.item.map(|(item, _)| item.to_string()).unwrap_or_default();
    let item = entered(&format!("items[{key}]"), item);
    view! {
        {pick.then(|| view! {
            <select class="select" name=format!("items[{key}]") aria-label=format!("{}の設問", row.cell)>
                <option value="">"（設問を選ぶ）"</option>
                {questions.into_iter().map(|(id, no, text, ..)| {
                    let selected = item == id.to_string();
                    view! { <option value=id.to_string() selected=selected>{format!("問{no} {text}")}</option> }
                }).collect_view()}
            </select>
        })}
        <select class="select" name=format!("choices[{key}]") aria-label=spoken>
            {options.into_iter().map(|(value, text)| {
                let selected = value == chosen;
                view! { <option value=value selected=selected>{text}</option> }
            }).collect_view()}
        </select>
    }
}
