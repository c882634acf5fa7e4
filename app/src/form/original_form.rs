//! One form of a workbook: whose it is, and what is written into each of its rows.

use super::original_old::Stood;
use super::original_page::{FILL, NOBODY, OWNER, other_fields, row_field};
use crate::ui::{Chip, Field, Hidden, Select, Tone};
use domain::clause::fold;
use domain::form::old::Old;
use leptos::prelude::*;
use std::collections::BTreeMap;
use store::form::original::{Choices, Line, PlannedForm};
use uuid::Uuid;

/// The form.
#[component]
pub fn FormShown(form: PlannedForm, index: usize, original: Uuid, choices: Choices, search: String) -> impl IntoView {
    let title = match (form.sheet.as_str(), form.said.as_str()) {
        (sheet, "") => format!("シート「{sheet}」"),
        (sheet, said) => format!("シート「{sheet}」　記載：{said}"),
    };
    let (tone, owner) = match (&form.owner, form.refusal) {
        (None, _) => (Tone::Warn, "対象 不明".to_string()),
        (Some(owner), refusal) => {
            let tone = if refusal.is_some() { Tone::Warn } else { Tone::Ok };
            (tone, format!("対象　{}（{}）", owner.text, owner.why))
        }
    };
    let refusal = form.refusal;
    let (lines, stood) = (form.lines.clone(), form.clone());
    let emptied = emptied(&form);
    let absent: Vec<String> = form.absent.iter().map(|no| format!("問{no}")).collect();
    view! {
        <section class="section stack">
            <h2 class="h">{title}</h2>
            <p><Chip tone text=owner/></p>
            {refusal.map(|text| view! { <p class="notice notice--warn">{text}</p> })}
            <Choose form index original choices search/>
            {(!absent.is_empty()).then(|| view! {
                <p class="notice notice--warn">{format!("画面で回答された設問のうち、この様式に行がないもの：{}", absent.join("、"))}</p>
            })}
            {refusal.is_none().then(|| view! {
                <Stood form=stood index original/>
                <Unsure lines=lines.clone() index original/>
                <Lines lines index emptied/>
            })}
        </section>
    }
}

/// Whose form it is, where that is not right or not known.
#[component]
fn Choose(form: PlannedForm, index: usize, original: Uuid, choices: Choices, search: String) -> impl IntoView {
    let open = form.refusal.is_some() && (form.owner.is_none() || !form.chosen);
    let owner = form.owner.map(|owner| owner.target.to_string()).unwrap_or_default();
    let mut options = vec![(String::new(), "選択してください".to_string())];
    options.extend(form.offered.into_iter().map(|(target, text)| (target.to_string(), text)));
    options.push((NOBODY.to_string(), "このシートには書き込まない".to_string()));
    let name = format!("{OWNER}{index}");
    let others = other_fields(&choices, |key| key == name);
    let value = if choices.owners.get(&index) == Some(&None) { NOBODY.to_string() } else { owner };
    let id = format!("owner-{index}");
    view! {
        <details open=open>
            <summary>"対象を選ぶ"</summary>
            <form method="get" action=format!("/originals/{original}") class="row row--end">
                {others.into_iter().map(|(name, value)| view! { <Hidden name value/> }).collect_view()}
                <Select name id label="この様式の対象" options value/>
                <Field name="q" id=format!("q-{index}") label="一覧にないときは、氏名又は所属の一部" value=search/>
                <button class="btn">"この対象にする"</button>
            </form>
        </details>
    }
}

/// Rows whose question is only likely: nothing is written into them before somebody says that it is the same.
#[component]
fn Unsure(lines: Vec<Line>, index: usize, original: Uuid) -> impl IntoView {
    let asked: Vec<(usize, Line)> =
        lines.into_iter().enumerate().filter(|(_, line)| line.proposed.is_some()).collect();
    // Its boxes belong to the form that asks for the workbook: what is not ticked any more is taken back.
    (!asked.is_empty()).then(|| view! {
        <div class="panel stack">
            <h3 class="h">{format!("要確認の行（{}行）", asked.len())}</h3>
            <p>"次の行は、点検票の設問と同じか、確かではありません。同じであることを確かめて選んだ行だけに、回答を書き込みます。選ぶのをやめると、書き込みも取り消されます。"</p>
            <ul class="plain-list">
                {asked.into_iter().map(|(row, line)| line.proposed.clone().map(|(item, no, text)| {
                    let label = format!("様式「{} {}」は、点検票の問{no}「{text}」と同じ", line.no, line.question);
                    view! {
                        <li><label class="check"><input type="checkbox" form=FILL name=row_field(index, row) value=item.to_string() checked=line.confirmed/>" "{label}</label></li>
                    }
                })).collect_view()}
            </ul>
            <p><button class="btn" form=FILL formaction=format!("/originals/{original}")>"選んだとおりにする"</button></p>
        </div>
    })
}

/// The cells that are emptied, by the row as the form calls it.
fn emptied(form: &PlannedForm) -> BTreeMap<String, String> {
    let cleared = form.left.iter().filter(|left| form.rest == Old::Clear && !left.cells.is_empty());
    cleared.map(|left| (left.row.clone(), left.cells.join("、"))).collect()
}

#[component]
fn Lines(lines: Vec<Line>, index: usize, emptied: BTreeMap<String, String>) -> impl IntoView {
    view! {
        <div class="wide">
            <table class="table table--line" id=format!("lines-{index}")>
                <caption class="sr">"様式の行と、書き込む回答（様式の順）"</caption>
                <thead>
                    <tr>
                        <th scope="col">"様式の設問"</th>
                        <th scope="col">"点検票の設問"</th>
                        <th scope="col">"今の記載"</th>
                        <th scope="col">"回答"</th>
                        <th scope="col">"書き込むセル"</th>
                        <th scope="col">"理由と改善の内容"</th>
                    </tr>
                </thead>
                <tbody>{lines.into_iter().map(|line| {
                    let emptied = emptied.get(format!("{} {}", line.no, line.question).trim()).cloned();
                    view! { <Row line emptied/> }
                }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(line: Line, emptied: Option<String>) -> impl IntoView {
    let meant = meant(&line);
    let (answered, nothing) = (line.answer.is_some(), without(&line));
    let cells: Vec<String> = line.cells.iter().map(|(cell, text)| written(cell, text)).collect();
    let comment = line.comment.map(|(cell, text)| written(&cell, &text)).unwrap_or_default();
    let lacks = line.lacks;
    view! {
        <tr>
            <th scope="row" class="wrap">{format!("{} {}", line.no, line.question)}</th>
            <td class="wrap">{meant}</td>
            <td class="wrap">{line.before}{(!line.remark.is_empty()).then(|| view! { " "<span class="sub">{line.remark}</span> })}</td>
            <td class="wrap">{line.answer.unwrap_or(nothing)}</td>
            <td class="wrap">
                {cells.join("、")}{emptied.map(|cells| format!("{cells}を空に"))}
                {(answered || !lacks.is_empty()).then(|| lacks.into_iter().map(|text| view! {
                    " "<Chip tone=Tone::Warn text="書き込まない"/>" "<span class="sub">{text}</span>
                }).collect_view())}
            </td>
            <td class="wrap">{comment}</td>
        </tr>
    }
}

/// The question a row means, as far as that is known.
fn meant(line: &Line) -> String {
    // The same words twice beside each other say nothing.
    let words = |no: i32, text: &str| match fold(text) == fold(&line.question) {
        true => format!("問{no}"),
        false => format!("問{no}　{text}"),
    };
    match (&line.meant, &line.proposed) {
        (Some((no, text)), _) if line.confirmed => format!("{}（確認済み）", words(*no, text)),
        (Some((no, text)), _) => words(*no, text),
        (None, Some((_, no, text))) => format!("{}（要確認）", words(*no, text)),
        (None, None) => "―".to_string(),
    }
}

/// Why there is no answer: a question that was not answered is another thing than a row that is no question of the sheet.
fn without(line: &Line) -> String {
    match (&line.meant, &line.proposed) {
        (None, None) => "―".to_string(),
        (_, _) => "（画面の回答なし）".to_string(),
    }
}

/// 「E9 に ○」; a cleared cell is said as such.
fn written(cell: &str, text: &str) -> String {
    match text {
        "" => format!("{cell}を空に"),
        text => format!("{cell}に「{text}」"),
    }
}
