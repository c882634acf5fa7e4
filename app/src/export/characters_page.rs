//! `/shift-jis`: what of a table Shift_JIS does not hold. Comes in answer to a download, instead of a file in which
//! signs stand for them.

use crate::context::ask;
use crate::ui::{Crumb, Empty, Page, page_for};
use leptos::prelude::*;

/// A character that can't be written.
#[derive(Debug, Clone)]
pub struct Unmappable {
    /// Row in the file; the headings are row 1.
    pub row: usize,
    pub column: String,
    /// The beginning of the cell.
    pub cell: String,
    pub character: String,
}

/// What can't be written, and the ways on.
#[derive(Debug, Clone)]
pub struct Missing {
    /// The table.
    pub title: &'static str,
    /// The first of them.
    pub listed: Vec<Unmappable>,
    pub count: usize,
    /// The address of the same table in UTF-8.
    pub utf8: String,
    /// The address of the file in which 〓 stands for them.
    pub replaced: String,
    /// The page the table stands on.
    pub page: String,
}

/// The page.
#[component]
pub fn CharactersPage() -> impl IntoView {
    let missing = use_context::<Missing>();
    page_for(ask(), |_| async move { Ok(missing) }, |missing| view! { <Whole missing/> }.into_any())
}

#[component]
fn Whole(missing: Option<Missing>) -> impl IntoView {
    let title = "Shift_JISで表せない文字";
    let Some(missing) = missing else {
        return view! {
            <Page title>
                <Empty text="確かめる表がありません。表のある画面で「CSV（Shift_JIS）」を選ぶと、Shift_JISで表せない文字があるときに、ここで確かめられます。">
                    <a class="btn" href="/">"最初の画面へ"</a>
                </Empty>
            </Page>
        }
        .into_any();
    };
    let Missing { title: table, listed, count, utf8, replaced, page } = missing;
    let way = vec![Crumb { text: format!("{table}の画面"), href: page }];
    let rest = count - listed.len();
    view! {
        <Page title way scope=format!("{count}件")>
            <p class="lead-text">
                {format!("「{table}」の表に、Shift_JISで表せない文字が{count}件あります。まだ保存していません。Excelで開くのであれば、UTF-8のCSVで、すべての文字をそのまま保存できます。")}
            </p>
            <p class="row">
                <a class="btn btn--main" href=utf8>"UTF-8で保存"</a>
                <a class="btn" href=replaced>"〓に置き換えてShift_JISで保存"</a>
            </p>
            <Characters listed/>
            {(rest > 0).then(|| view! { <p class="hint">{format!("ほか{rest}件。")}</p> })}
        </Page>
    }
    .into_any()
}

#[component]
fn Characters(listed: Vec<Unmappable>) -> impl IntoView {
    let row = |one: Unmappable| view! {
        <tr>
            <th scope="row">{format!("{}行", one.row)}</th>
            <td>{one.column}</td>
            <td><b>{one.character}</b></td>
            <td>{one.cell}</td>
        </tr>
    };
    view! {
        <section class="section">
            <h2 class="h">"表せない文字のあるところ"</h2>
            <div class="wide">
                <table class="table">
                    <caption class="sr">"表せない文字（ファイルの行の順）"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"ファイルの行"</th><th scope="col">"列"</th>
                            <th scope="col">"文字"</th><th scope="col">"セルの内容"</th>
                        </tr>
                    </thead>
                    <tbody>{listed.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}
