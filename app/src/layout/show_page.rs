//! `/layouts/:layout`: how a 様式 is read, its words, its former shapes, and reading files again by it.

use super::api::{DiscardLayout, RenameLayout};
use super::words::Words;
use crate::intake::api::ReadFilesAgain;
use crate::ui::{Crumb, Field, Hidden, Page, PostForm, Submit, page};
use domain::calendar::short_time;
use domain::layout::pointing::{Field as HeadField, holds_label};
use domain::layout::{Holds, Table};
use domain::roster::layout::letter;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::layout::{LayoutPage as Loaded, page as load};

/// The page.
#[component]
pub fn LayoutPage() -> impl IntoView {
    page(
        |ask| async move { Ok(load(&ask.db, &ask.actor, ask.id("layout")?).await?) },
        |loaded| view! { <Shown loaded/> }.into_any(),
    )
}

#[component]
fn Shown(loaded: Loaded) -> impl IntoView {
    let way = vec![
        Crumb { text: "進行状況".into(), href: "/board".into() },
        Crumb { text: "様式".into(), href: "/layouts".into() },
    ];
    let scope = format!("設問{}件", loaded.layout.questions.len());
    let (layout, words, id) = (loaded.layout.clone(), loaded.words.clone(), loaded.id);
    let head: Vec<(&'static str, String)> = HeadField::ALL
        .into_iter()
        .filter_map(|field| Some((field.label(), layout.head.get(field.key())?.clone())))
        .collect();
    view! {
        <Page title=loaded.name.clone() way scope>
            <Again loaded=loaded.clone()/>
            <div class="split split--even">
                <section class="stack">
                    <h2 class="h">"様式の形（列とセルの場所）"</h2>
                    {layout.tables.into_iter().map(|table| view! { <Columns table/> }).collect_view()}
                    {(!head.is_empty()).then(|| view! {
                        <h3 class="label">"指定したセル"</h3>
                        <dl class="facts">{head.into_iter().map(|(label, cell)| view! { <dt>{label}</dt><dd>{cell}</dd> }).collect_view()}</dl>
                    })}
                    <details>
                        <summary>"設問を見る"</summary>
                        <ol class="plain-list">{layout.questions.into_iter().map(|question| view! {
                            <li>{format!("{}　{}", question.no.unwrap_or_default(), question.text)}</li>
                        }).collect_view()}</ol>
                    </details>
                </section>
                <section class="stack">
                    <h2 class="h">"この様式の言葉の読み方"</h2>
                    <p class="hint">"ここで決めた読み方は、一般の読み方より優先します。"</p>
                    <Words layout=Some(id) words/>
                </section>
            </div>
            <Manage loaded/>
        </Page>
    }
}

/// Reading what is waiting, by this 様式.
#[component]
fn Again(loaded: Loaded) -> impl IntoView {
    loaded.open.into_iter().map(|(inspection, files)| {
        let id = inspection.id.to_string();
        view! {
            <section class="panel again">
                <p class="lead-text">{format!("「{}」に、まだ様式で読み取っていないファイル又は読み取れない言葉のあるファイルが{files}件あります。読み直しても、画面で選んだ対象と扱いは残ります。", inspection.name)}</p>
                <PostForm action=ReadFilesAgain::PATH>
                    <Hidden name="inspection" value=id.clone()/>
                    <Submit text="この様式で読み直す" main=true/>
                </PostForm>
            </section>
        }
    }).collect_view()
}

#[component]
fn Columns(table: Table) -> impl IntoView {
    let (first, last) = table.rows;
    let rows = if first == last { format!("{first}行目") } else { format!("{first}～{last}行目") };
    view! {
        <table class="table">
            <caption>{format!("見出し {rows}")}</caption>
            <thead><tr><th scope="col">"列"</th><th scope="col">"見出し"</th><th scope="col">"内容"</th></tr></thead>
            <tbody>
                {table.columns.into_iter().map(|column| {
                    let (from, to) = column.columns;
                    let letters = if from == to { letter(from) } else { format!("{}～{}", letter(from), letter(to)) };
                    let heading = if column.heading.is_empty() { "（見出しなし）".to_string() } else { column.heading.join("／") };
                    let class = if column.holds == Holds::Nothing { "nil" } else { "" };
                    view! { <tr><td>{letters}</td><th scope="row" class="wrap">{heading}</th><td class=class>{holds_label(&column.holds)}</td></tr> }
                }).collect_view()}
            </tbody>
        </table>
    }
}

#[component]
fn Manage(loaded: Loaded) -> impl IntoView {
    let (id, name) = (loaded.id.to_string(), loaded.name);
    let discarded = id.clone();
    view! {
        <section class="section stack">
            <details open=crate::ui::form::came_back(RenameLayout::PATH)>
                <summary>"名称を変える"</summary>
                <PostForm action=RenameLayout::PATH class="row words__add">
                    <Hidden name="layout" value=id.clone()/>
                    <Field name="name" label="様式の名称" value=name.clone() required=true/>
                    <Submit text="名称を変える"/>
                </PostForm>
            </details>
            <details>
                <summary>{format!("これまでの版（{}）", loaded.versions.len())}</summary>
                <table class="table">
                    <caption class="sr">"版（新しい順）"</caption>
                    <thead><tr><th scope="col" class="num">"版"</th><th scope="col">"名称"</th><th scope="col">"様式の形の照合値"</th><th scope="col">"日時"</th><th scope="col">"行った人"</th></tr></thead>
                    <tbody>{loaded.versions.into_iter().map(|(no, name, shape, at, by)| view! {
                        <tr><td class="num">{no}</td><th scope="row">{name}</th><td>{shape.chars().take(8).collect::<String>()}</td><td>{short_time(at)}</td><td>{by}</td></tr>
                    }).collect_view()}</tbody>
                </table>
                <p class="hint">"前の版の形で届いたファイルも、その版の読み方で読み取ります。"</p>
            </details>
            <details>
                <summary>"この様式を使わない"</summary>
                <p>"これから届くファイルには使われなくなります。これまでに読み取った内容は変わりません。"</p>
                <PostForm action=DiscardLayout::PATH>
                    <Hidden name="layout" value=discarded.clone()/>
                    <Submit text="この様式を廃止する" stop=true/>
                </PostForm>
            </details>
        </section>
    }
}
