//! `/answer/:target`: one's own sheet. One plain form; the island around it only saves sooner.

use super::done::Done;
use super::frame::{Chapters, End, Gaps, Intro, Part};
use super::question::Question;
use super::shown::{Shown, shown};
use crate::context::{Returned, request};
use crate::home::head::Head;
use crate::island::autosave::Autosave;
use crate::session::api::sign_out_path;
use crate::ui::form::Alert;
use crate::ui::{FileForm, page};
use domain::calendar::{clock_time, day, short_time};
use domain::question::setting::Attribute;
use leptos::prelude::*;
use leptos_meta::Title;
use store::response::{self, Sheet};
use time::OffsetDateTime;

/// What the address says happened before.
#[derive(Debug, Clone, Default)]
pub struct Before {
    /// Something was saved by the form.
    pub saved: bool,
    /// So many answers were read from a workbook.
    pub read: Option<i64>,
    /// It was handed in a second time.
    pub again: bool,
    /// Somebody else's sheet is entered (代理入力).
    pub by_proxy: bool,
    /// The sheet was opened by its number, on a shared terminal.
    pub by_number: bool,
    /// Coming back from the check before handing in: what is missing is shown.
    pub checked: bool,
}

/// The page.
#[component]
pub fn AnswerPage() -> impl IntoView {
    page(
        |ask| async move {
            let sheet = response::open(&ask.db, &ask.actor, ask.id("target")?, ask.now).await?;
            let before = Before {
                saved: ask.text("saved") == "1",
                read: ask.text("read").parse().ok(),
                again: ask.text("again") == "1",
                by_proxy: sheet.person != ask.actor.person_id,
                by_number: ask.actor.sheet.is_some(),
                checked: ask.text("gaps") == "1",
            };
            let standing = sheet.facts.standing;
            let course = match standing.submitted || standing.closed {
                true => store::response::course(&ask.db, &ask.actor, sheet.target).await?,
                false => Vec::new(),
            };
            Ok((sheet, before, course, ask.now))
        },
        |(sheet, before, course, now)| {
            let standing = sheet.facts.standing;
            if standing.submitted || standing.closed {
                view! { <Done sheet course again=before.again/> }.into_any()
            } else {
                view! { <Answering sheet before now/> }.into_any()
            }
        },
    )
}

#[component]
fn Answering(sheet: Sheet, before: Before, now: OffsetDateTime) -> impl IntoView {
    let shown = shown(&sheet, before.checked);
    let next = shown.iter().find(|shown| shown.is_next).map(|shown| shown.item.no.to_string());
    let owed = || shown.iter().filter(|shown| !shown.item.hidden);
    let answered = owed().filter(|shown| shown.given().is_complete()).count();
    let open = owed().filter(|shown| !shown.given().is_complete());
    let seconds = open.map(|shown| shown.item.setting.seconds()).sum();
    let saved = sheet.saved_at().map(|at| saved_text(at, now)).unwrap_or_default();
    let parts = parts(&sheet, &shown);
    let page = request().map(|request| request.page).unwrap_or_default();
    let (target, total) = (sheet.target, owed().count());
    let by_number = before.by_number;
    let (year, attributes) = (sheet.fiscal_year, Attribute::keys(sheet.attributes.iter().copied()));
    view! {
        <Title text=format!("{}の回答｜見直し", sheet.title)/>
        <Head/>
        <Autosave target answered total seconds year attributes saved next shared=by_number>
            <div class="sheet">
                <nav class="jump" aria-label="章へ移動"><h2>"章へ移動"</h2><Chapters parts=parts.clone()/></nav>
                <main id="main">
                    <form method="post" action=format!("/upload/answers/{target}") enctype="multipart/form-data" id="answers" autocomplete="off">
                        // What the Enter key in a field presses: the first button of the form.
                        <button name="then" value="save" hidden>"保存する"</button>
                        <input type="hidden" name="page" value=page/>
                        <input type="hidden" name="target" value=target.to_string()/>
                        <Intro sheet=sheet.clone() parts=parts.clone()/>
                        <Notices sheet=sheet.clone() before/>
                        <Gaps shown=shown.clone()/>
                        {parts.into_iter().map(|part| view! { <Chapter part/> }).collect_view()}
                        <End shown/>
                    </form>
                    {(!by_number).then(|| view! { <Workbook sheet/> })}
                    {by_number.then(|| view! { <Leave/> })}
                </main>
            </div>
        </Autosave>
    }
}

/// The clock of today, or the day as well.
fn saved_text(at: OffsetDateTime, now: OffsetDateTime) -> String {
    if day(at) == day(now) { clock_time(at) } else { short_time(at) }
}

pub fn parts(sheet: &Sheet, shown: &[Shown]) -> Vec<Part> {
    let of = |number: i32| {
        let chapter = sheet.chapters.iter().find(|chapter| chapter.number == number);
        let inside = move |one: &&Shown| chapter.is_some_and(|c| c.items.iter().any(|item| item.id == one.item.id));
        shown.iter().filter(inside).cloned().collect()
    };
    sheet
        .chapters
        .iter()
        .map(|chapter| Part { number: chapter.number, name: chapter.name, questions: of(chapter.number) })
        .collect()
}

#[component]
pub fn Chapter(part: Part) -> impl IntoView {
    let (done, total, _) = part.counts();
    let (id, heading) = (format!("ch{}", part.number), format!("h{}", part.number));
    view! {
        <section class="chapter" id=id aria-labelledby=heading.clone()>
            <header>
                <h2 id=heading.clone()>{format!("{}　{}", part.number, part.name)}</h2>
                <span class="n">{format!("回答 {done}／{total}問")}</span>
            </header>
            {part.questions.into_iter().map(|shown| view! { <Question shown/> }).collect_view()}
        </section>
    }
}

/// Why a sheet came back, what was refused, what was saved.
#[component]
fn Notices(sheet: Sheet, before: Before) -> impl IntoView {
    let returned = use_context::<Returned>();
    let cells: Vec<String> = returned
        .iter()
        .flat_map(|returned| &returned.fields)
        .filter(|(key, _)| key == "problem")
        .map(|(_, text)| text.clone())
        .collect();
    let saved = before.saved && returned.is_none();
    view! {
        {sheet.rehearsal.then(|| view! {
            <p class="notice notice--warn" role="note">
                "これは試行です。回答は点検の結果に数えません。設問の分かりにくい点を「理由と改善の内容」などに書いて、提出してください。本番の点検では、改めて回答します。"
            </p>
        })}
        {before.by_proxy.then(|| view! {
            <p class="notice notice--warn" role="note">
                {format!("代理入力です。{}の点検票を、本人に確かめながら入力してください。代理入力であることは、回答とともに記録されます。", sheet.person_name)}
            </p>
        })}
        {sheet.facts.returned.map(|back| view! {
            <div class="notice notice--warn" role="note">
                <p>
                    <b>"差し戻されました。"</b>{format!("（{}　{}）", back.by, short_time(back.at))}<br/>
                    "理由："{back.reason}<br/>"回答を直して、もう一度提出してください。"
                </p>
            </div>
        })}
        {returned.map(|returned| view! { <Alert text=returned.error.text()/> })}
        {(!cells.is_empty()).then(|| view! {
            <ul class="gaps">{cells.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
        })}
        {saved.then(|| view! { <p class="notice notice--ok" role="status">"回答を保存しました。"</p> })}
        {before.read.map(|number| view! {
            <p class="notice notice--ok" role="status">
                {format!("Excelの点検票から{number}問の回答を読み取り、保存しました。内容を確かめて提出してください。")}
            </p>
        })}
    }
}

/// Answering in a workbook instead: out and in.
#[component]
fn Workbook(sheet: Sheet) -> impl IntoView {
    let target = sheet.target;
    view! {
        <details class="workbook">
            <summary>"Excelで回答する"</summary>
            <div class="stack">
                <p>
                    "点検票をExcelのファイルで受け取って記入し、ここで読み込むこともできます。空欄の設問は、画面の回答のまま残ります。"
                </p>
                <p><a class="btn" href=format!("/download/form/{target}") download="">"点検票（Excel）を受け取る"</a></p>
                <FileForm
                    action=format!("/upload/form/{target}")
                    label="記入した点検票のファイル"
                    accept=".xlsx"
                    button="読み込む"
                    hint="この点検票として受け取ったファイルだけを読み込めます。"
                    quiet=true
                />
            </div>
        </details>
    }
}

/// Closing the sheet on a shared terminal; a form of its own beside the sheet's.
#[component]
fn Leave() -> impl IntoView {
    view! {
        <form method="post" action=sign_out_path() class="row">
            <button class="btn">"終了する（次の人に席を譲る）"</button>
            <p class="hint">"共用の端末です。途中で席を離れるときは、保存してから終了してください。同じ番号で続きから回答できます。"</p>
        </form>
    }
}
