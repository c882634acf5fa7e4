//! `/inspections/:inspection/forms`: the sheets of an inspection as workbooks, for those who see who is missing.

use super::original_page::UPLOAD;
use super::sheets::Sheets;
use crate::ui::{Crumb, Empty, FileForm, Page, page};
use domain::permission::{Action, allows};
use leptos::prelude::*;
use store::form::{Division, FormsPage, Listing, Unit};
use uuid::Uuid;

/// The page.
#[component]
pub fn FormsPageView() -> impl IntoView {
    page(
        |ask| async move {
            let listing = match (ask.text("by").as_str(), ask.optional_id("department")) {
                ("system", _) => Listing::Systems,
                (_, Some(department)) => Listing::Department(department),
                _ => Listing::None,
            };
            let shown = store::form::page(&ask.db, &ask.actor, ask.id("inspection")?, listing).await?;
            Ok((shown, allows(&ask.actor, Action::SeeAnswers)))
        },
        |(shown, reads)| view! { <Shown shown reads/> }.into_any(),
    )
}

/// The address of sheets of an inspection: all, or those of `divisions/…`, `departments/…`, `sheets/…`.
pub fn address(inspection: Uuid, rest: &str, answers: bool) -> String {
    let query = if answers { "?answers=1" } else { "" };
    format!("/download/forms/{inspection}{rest}{query}")
}

#[component]
fn Shown(shown: FormsPage, reads: bool) -> impl IntoView {
    let inspection = &shown.inspection;
    let id = inspection.id;
    // Heads have no board; their way leads to their own department.
    let way = match shown.brings_in {
        true => vec![Crumb { text: inspection.name.clone(), href: format!("/inspections/{id}") }],
        false => vec![Crumb { text: "最初の画面".into(), href: "/".into() }],
    };
    let scope = inspection.name.clone();
    let (title, way) = match &shown.chosen {
        None => ("点検票のExcel".to_string(), way),
        Some((of, _)) => {
            let all = Crumb { text: "点検票のExcel".into(), href: format!("/inspections/{id}/forms") };
            (super::sheets::title(of.as_ref()), way.into_iter().chain([all]).collect())
        }
    };
    let (withheld, divisions, chosen) = (shown.withheld.clone(), shown.divisions.clone(), shown.chosen.clone());
    let readable = !divisions.is_empty() && divisions.iter().all(Division::is_readable);
    let writes = reads && withheld.is_none();
    let (systems, brings_in) = (shown.systems, shown.brings_in);
    view! {
        <Page title way scope>
            {withheld.map(|text| view! { <p class="notice">{text}</p> })}
            {if divisions.is_empty() {
                view! { <Empty text="この点検の点検票はありません。"/> }.into_any()
            } else if chosen.is_some() {
                view! { <Sheets chosen inspection=id/> }.into_any()
            } else {
                view! {
                    <div class=if writes { "split split--even" } else { "" }>
                        <Together id divisions=divisions.clone() readable brings_in/>
                        {writes.then(|| view! { <Original id/> })}
                    </div>
                    <Divisions id divisions systems/>
                }
                .into_any()
            }}
        </Page>
    }
}

/// All sheets at once.
#[component]
fn Together(id: Uuid, divisions: Vec<Division>, readable: bool, brings_in: bool) -> impl IntoView {
    let owed: i64 = divisions.iter().map(|division| division.sheets().0).sum();
    let several = divisions.len() > 1;
    let what = match several {
        true => format!("全{owed}件を、部ごとのブックに分けて一つのzipにします。"),
        false => format!("{owed}件を一つのブックにします。"),
    };
    view! {
        <section class="panel stack">
            <h2>"点検票を受け取る"</h2>
            <p class="hint">
                {what}"1人につき1枚のシートです。記入できる欄のほかは保護してあり、誰のどの設問かは隠した番号で分かります。"
                {brings_in.then(|| view! {
                    "記入して戻ってきたファイルは、"<a href=format!("/inspections/{id}/intakes")>"点検票の取込み"</a>"で取り込みます。"
                })}
            </p>
            <p class="row">
                <a class="btn btn--main" href=address(id, "", false)>"空の点検票を受け取る"</a>
                {readable.then(|| view! { <a class="btn" href=address(id, "", true)>"回答入りの点検票を受け取る"</a> })}
            </p>
        </section>
    }
}

/// The department's own workbook.
#[component]
fn Original(id: Uuid) -> impl IntoView {
    view! {
        <section class="panel stack">
            <h2>"所属の様式に回答を書き込む"</h2>
            <FileForm
                action=format!("{UPLOAD}{id}")
                label="所属の様式のファイル"
                accept=".xlsx,.xlsm,.xls,.ods,.csv"
                button="書き込む内容を確かめる"
                hint="所属で使っているExcelの様式に、画面で提出された回答を書き込みます。書き込めるのは.xlsxと.xlsmです。次の画面で、どのセルに何を書くかを確かめます。"
                quiet=true
            />
        </section>
    }
}

/// 部 and 課 with their workbooks.
#[component]
fn Divisions(id: Uuid, divisions: Vec<Division>, systems: i64) -> impl IntoView {
    view! {
        <section class="section">
            <h2 class="h">"部・所属ごとに受け取る"</h2>
            {(systems > 0).then(|| view! {
                <p><a href=format!("/inspections/{id}/forms?by=system")>{format!("情報システムごとの点検票（{systems}件）")}</a></p>
            })}
            <div class="wide">
                <table class="table table--line">
                    <caption class="sr">"部と所属の点検票（組織順）"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"部・所属"</th>
                            <th scope="col" class="num">"点検票"</th>
                            <th scope="col" class="num">"提出済"</th>
                            <th scope="col">"まとめて受け取る"</th>
                            <th scope="col">"1件ずつ"</th>
                        </tr>
                    </thead>
                    {divisions.into_iter().map(|division| view! { <Part id division/> }).collect_view()}
                </table>
            </div>
        </section>
    }
}

#[component]
fn Part(id: Uuid, division: Division) -> impl IntoView {
    let (owed, submitted) = division.sheets();
    let alone = division.units.len() == 1;
    let name = division.name.clone();
    // A 課 that stands for its 部 alone says whose it is.
    let before = alone.then(|| division.name.clone());
    let rest = format!("/divisions/{}", division.id);
    let readable = division.is_readable();
    view! {
        <tbody>
            {(!alone).then(|| view! {
                <tr class="table__part">
                    <th scope="rowgroup">{name.clone()}</th>
                    <td class="num">{owed}</td>
                    <td class="num">{submitted}</td>
                    <td class="ops"><Both id rest name=name.clone() readable/></td>
                    <td></td>
                </tr>
            })}
            {division.units.into_iter().map(|unit| view! { <One id unit before=before.clone()/> }).collect_view()}
        </tbody>
    }
}

#[component]
fn One(id: Uuid, unit: Unit, before: Option<String>) -> impl IntoView {
    let rest = format!("/departments/{}", unit.id);
    let name = unit.name.clone();
    let spoken = format!("{name}の職員を選ぶ");
    let shown = match before {
        Some(division) if division != name => format!("{division}　{name}"),
        Some(_) => name.clone(),
        None => format!("　{name}"),
    };
    view! {
        <tr>
            <th scope="row">{shown}</th>
            <td class="num">{unit.owed}</td>
            <td class="num">{unit.submitted}</td>
            <td class="ops"><Both id rest name readable=unit.readable/></td>
            <td><a href=format!("/inspections/{id}/forms?department={}", unit.id) aria-label=spoken>"職員を選ぶ"</a></td>
        </tr>
    }
}

/// The two workbooks of one place.
#[component]
pub fn Both(id: Uuid, rest: String, name: String, readable: bool) -> impl IntoView {
    let (empty, full) = (format!("{name}の空の点検票"), format!("{name}の回答入りの点検票"));
    view! {
        <a class="btn btn--s" href=address(id, &rest, false) aria-label=empty>"空"</a>
        " "
        {readable.then(|| view! { <a class="btn btn--s" href=address(id, &rest, true) aria-label=full>"回答入り"</a> })}
    }
}
