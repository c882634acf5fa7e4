//! What stood in a form before: the head beside the person whose answers are written, and entries no answer takes the
//! place of. What becomes of them is chosen here, before anything is written.

use super::original_page::{FILL, HEAD, NOTE, REST, WRITE};
use crate::ui::{Chip, Tone};
use domain::form::head::Compared;
use domain::form::old::Old;
use leptos::prelude::*;
use store::form::original::{Left, PlannedForm};
use uuid::Uuid;

/// The section; nothing where nothing stood in the form.
#[component]
pub fn Stood(form: PlannedForm, index: usize, original: Uuid) -> impl IntoView {
    let asked = stands(&form);
    let (open, differs) = (!asked.is_empty(), asked.contains(&HEAD));
    let own = [HEAD, REST, NOTE].map(|name| format!("{name}{index}"));
    let (head, left, remarks) = (form.head.clone(), form.left.clone(), form.remarks.clone());
    let known = !head.is_empty();
    view! {
        {(!known).then(|| view! { <p class="notice">"様式の氏名欄、所属欄及び点検日欄には、読み取れる記載がありません。これらの欄には書き込みません。"</p> })}
        {form.anothers.then(|| view! {
            <p class="notice notice--warn">"この様式には、回答した人と違う人（所属）の記載があります。書き込む対象が正しいか、下の表で確かめてください。"</p>
        })}
        {(known && !open).then(|| view! { <Heads head=head.clone()/> })}
        {open.then(|| view! {
            <div class="panel stack">
                <h3 class="h">"元の記載の扱い"</h3>
                {known.then(|| view! { <Heads head/> })}
                {differs.then(|| view! {
                    <Choice name=own[0].clone() legend="様式の頭書き（所属、氏名、点検日など）"
                        options=vec![(WRITE, "回答した人の所属、氏名及び回答日に書き換える"), (Old::Keep.key(), Old::Keep.label())]
                        chosen=if form.exchange { WRITE } else { Old::Keep.key() }/>
                })}
                {(!left.is_empty()).then(|| view! {
                    <Choice name=own[1].clone() legend="画面の回答を書き込まない行の記載" options=both() chosen=form.rest.key()/>
                    <p class="hint">{rests(form.anothers)}</p>
                    <Entries left/>
                })}
                {(!remarks.is_empty()).then(|| view! {
                    <Choice name=own[2].clone() legend="回答を書き込む行の、前の理由・備考（画面の回答には理由の記載なし）" options=both() chosen=form.notes.key()/>
                    <p class="hint">"前の回答についての記載が新しい回答の理由に見えないよう、指定がなければ空にします。元のファイルには残ります。"</p>
                    <Entries left=remarks/>
                })}
                <p><button class="btn" form=FILL formaction=format!("/originals/{original}")>"この扱いで下の表を見る"</button></p>
            </div>
        })}
    }
}

/// What is to be chosen. Where nothing is written nothing becomes of what stood there.
pub fn stands(form: &PlannedForm) -> Vec<&'static str> {
    if form.answers() == 0 {
        return Vec::new();
    }
    let differs = form.head.iter().any(|one| !one.same);
    let all = [(HEAD, differs), (REST, !form.left.is_empty()), (NOTE, !form.remarks.is_empty())];
    all.into_iter().filter(|(_, asked)| *asked).map(|(name, _)| name).collect()
}

fn both() -> Vec<(&'static str, &'static str)> {
    Old::ALL.map(|old| (old.key(), old.label())).to_vec()
}

/// Why it is as it is unless somebody says otherwise.
fn rests(anothers: bool) -> &'static str {
    match anothers {
        true => "別の人の記載がこの人の回答に見えないよう、指定がなければ空にします。元のファイルには残ります。",
        false => "指定がなければ、元の記載を残します。",
    }
}

/// The head beside the owner.
#[component]
fn Heads(head: Vec<Compared>) -> impl IntoView {
    view! {
        <table class="table">
            <caption class="sr">"様式の頭書きと、回答した人"</caption>
            <thead><tr><th scope="col">"欄"</th><th scope="col">"セル"</th><th scope="col">"様式の記載"</th><th scope="col">"回答した人"</th><th scope="col">"一致"</th></tr></thead>
            <tbody>{head.into_iter().map(|one| {
                let (tone, state) = state(&one);
                let own = if one.own.is_empty() { "―".to_string() } else { one.own };
                view! {
                    <tr>
                        <th scope="row">{one.field.label()}</th><td>{one.cell}</td><td class="wrap">{one.before}</td><td class="wrap">{own}</td>
                        <td class="wrap"><Chip tone text=state/>{(!one.same && !one.writable).then(|| view! {
                            " "<span class="sub">"この欄は書き換えられません。受け取ったファイルで直してください。"</span>
                        })}</td>
                    </tr>
                }
            }).collect_view()}</tbody>
        </table>
    }
}

fn state(one: &Compared) -> (Tone, &'static str) {
    if one.same { (Tone::Ok, "同じ") } else { (Tone::Warn, "違う") }
}

/// So many entries are shown at once; more are behind their number.
const SHOWN: usize = 8;

/// Entries with their cells.
#[component]
fn Entries(left: Vec<Left>) -> impl IntoView {
    let count = left.len();
    view! {
        <details open=count <= SHOWN>
        <summary>{format!("元の記載（{count}件）")}</summary>
        <table class="table">
            <caption class="sr">"元の記載（様式の順）"</caption>
            <thead><tr><th scope="col">"セル"</th><th scope="col">"様式の行"</th><th scope="col">"元の記載"</th><th scope="col">"書き込まない理由"</th></tr></thead>
            <tbody>{left.into_iter().map(|left| {
                let fixed = left.cells.is_empty();
                view! {
                    <tr>
                        <td class="wrap">{left.cells.join("、")}{fixed.then(|| view! { <span class="sub">"空にできない（図形、数式など）"</span> })}</td>
                        <th scope="row" class="wrap">{left.row}</th><td class="wrap">{left.text}</td><td class="wrap">{left.why}</td>
                    </tr>
                }
            }).collect_view()}</tbody>
        </table>
        </details>
    }
}

/// One of several ways.
#[component]
fn Choice(name: String, legend: &'static str, options: Vec<(&'static str, &'static str)>, chosen: &'static str) -> impl IntoView {
    view! {
        <fieldset class="stack">
            <legend class="label">{legend}</legend>
            {options.into_iter().map(|(value, label)| view! {
                <label class="check"><input type="radio" form=FILL name=name.clone() value=value checked=value == chosen/>" "{label}</label>
            }).collect_view()}
        </fieldset>
    }
}
