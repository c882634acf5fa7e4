//! `/inspections/:inspection/letter`: the letter (通知文) as one page of paper, and the form that writes it.

use super::sending_api::WriteLetter;
use crate::home::head::Head;
use crate::ui::{Field, Hidden, PostForm, Submit, page};
use domain::calendar::{iso, wareki, weekday};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;
use store::letter::{Letter, Shown, show};
use time::Date;

/// The page.
#[component]
pub fn LetterPage() -> impl IntoView {
    page(
        |ask| async move { Ok(show(&ask.db, &ask.actor, ask.id("inspection")?, ask.today()).await?) },
        |shown| view! { <Whole shown/> }.into_any(),
    )
}

fn long_day(day: Date) -> String {
    format!("{}（{}）", wareki(day), weekday(day))
}

#[component]
fn Whole(shown: Shown) -> impl IntoView {
    let Shown { inspection, due, about, letter, written } = shown;
    let id = inspection.id;
    let refused = use_context::<crate::context::Returned>().map(|returned| returned.error.text());
    view! {
        <Title text=format!("通知文　{}｜見直し", inspection.name)/>
        <Head/>
        <main class="paper letter" id="main">
            <div class="desk only-screen">
                <p><a class="btn btn--s" href=format!("/inspections/{id}/notices")>"通知の設定に戻る"</a></p>
                {refused.clone().map(|text| view! { <crate::ui::form::Alert text/> })}
                <details class="panel" open=!written || refused.is_some()>
                    <summary>"通知文を直す"</summary>
                    <Edit id=id.to_string() letter=letter.clone()/>
                </details>
                <p class="hint">"この画面をブラウザーの印刷機能で印刷すると、下の通知文だけがA4で印刷されます。"</p>
            </div>
            <p class="paper__no">{number(&letter)}<br/>{letter.dated_on.map(wareki)}</p>
            <p class="paper__to">{format!("{}　様", letter.addressee)}</p>
            <p class="paper__from">{letter.sender.clone()}</p>
            <h1>{letter.subject.clone()}</h1>
            {letter.body.lines().map(|line| view! { <p class="letter__text">{line.to_string()}</p> }).collect_view()}
            <h2 class="letter__note">"記"</h2>
            <ol class="letter__list">
                <li><b>"点検の名称"</b>{inspection.name.clone()}</li>
                {filled(&about.programme).map(|text| view! { <li><b>"実施計画"</b>{text}</li> })}
                {filled(&about.covers).map(|text| view! { <li><b>"対象期間"</b>{text}</li> })}
                <li><b>"回答の期間"</b>{format!("{}から{}まで", long_day(inspection.opens_on), long_day(due.of_all()))}</li>
                <li><b>"基準日"</b>{format!("{}に在籍する職員を対象とします。", wareki(inspection.base_on))}</li>
                <li><b>"回答の方法"</b>"「見直し」にサインインし、最初の画面に表示される点検票に回答して提出します。"</li>
                <li><b>"回答の取扱い"</b>{inspection.visible().told()}</li>
                <li><b>"問合せ先"</b>{inspection.contact.clone()}</li>
            </ol>
            <p class="letter__end">"以上"</p>
        </main>
    }
}

/// What was given; nothing for a blank.
fn filled(text: &str) -> Option<String> {
    Some(text.trim().to_string()).filter(|text| !text.is_empty())
}

fn number(letter: &Letter) -> String {
    if letter.document_no.is_empty() { "（文書番号）".to_string() } else { letter.document_no.clone() }
}

#[component]
fn Edit(id: String, letter: Letter) -> impl IntoView {
    view! {
        <PostForm action=WriteLetter::PATH class="stack">
            <Hidden name="inspection" value=id.clone()/>
            <div class="row row--even">
                <Field name="document_no" label="文書番号" value=letter.document_no.clone() required=true hint="例　情政第123号"/>
                <Field name="dated_on" label="日付" kind="date" value=letter.dated_on.map(iso).unwrap_or_default() required=true/>
                <Field name="addressee" label="宛先" value=letter.addressee.clone() required=true/>
                <Field name="sender" label="差出人" value=letter.sender.clone() required=true/>
            </div>
            <Field name="subject" label="件名" value=letter.subject.clone() required=true/>
            <Field name="body" label="本文" rows=4 value=letter.body.clone() required=true/>
            <Submit text="この内容にする" main=true/>
        </PostForm>
    }
}
