//! `/inspections/:inspection/intakes`: bringing workbooks in, and those that were brought in.

use crate::ui::{Chip, Crumb, Empty, Export, FileForm, Page, Tone, page};
use domain::calendar::short_time;
use leptos::prelude::*;
use leptos_meta::Meta;
use store::intake::{Batch, Listed, list};

/// The address files are sent to; the inspection follows.
pub const UPLOAD: &str = "/upload/intake/";

/// The page.
#[component]
pub fn IntakesPage() -> impl IntoView {
    page(
        |ask| async move { Ok(list(&ask.db, &ask.actor, ask.id("inspection")?).await?) },
        |listed| view! { <Shown listed/> }.into_any(),
    )
}

#[component]
fn Shown(listed: Listed) -> impl IntoView {
    let id = listed.inspection.id;
    let way = vec![Crumb { text: listed.inspection.name.clone(), href: format!("/inspections/{id}") }];
    let open = !listed.closed;
    let (read, files) = progress(&listed.batches);
    let actions = view! { <a class="btn btn--s" href="/layouts">"様式"</a> }.into_any();
    view! {
        <Page title="点検票の取込み" way scope="Excelなどで提出された点検票を、まとめて読み取ります" actions>
            {open.then(|| view! {
                <section class="panel panel--form">
                    <FileForm
                        action=format!("{UPLOAD}{id}")
                        label="点検票のファイル（複数可）"
                        accept=".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.zip"
                        button="読み取る"
                        multiple=true
                        hint="ファイルを選ぶか、欄の上に重ねて放してください。zipは中のファイルをすべて読み取ります（全体で200MBまで）。読み取っただけでは、回答は何も変わりません。次の画面で内容を確かめてから取り込みます。"
                    />
                </section>
            })}
            <Reading read files/>
            <section class="section">
                <h2 class="h">"これまでに受け入れたファイル"</h2>
                <Batches batches=listed.batches open/>
            </section>
        </Page>
    }
}

/// How many files are read of those in batches that are under way.
fn progress(batches: &[Batch]) -> (usize, usize) {
    let under_way = batches.iter().filter(|batch| batch.read < batch.files);
    under_way.fold((0, 0), |(read, files), batch| (read + batch.read, files + batch.files))
}

/// How far reading is; the page keeps itself current meanwhile.
#[component]
pub fn Reading(read: usize, files: usize) -> impl IntoView {
    (read < files).then(|| view! {
        <Meta http_equiv="refresh" content="3"/>
        <p class="notice" role="status">
            {format!("読み取っています（{read}／{files}ファイル）。この画面は3秒ごとに更新されます。閉じても読取りは続きます。")}
        </p>
    })
}

#[component]
fn Batches(batches: Vec<Batch>, open: bool) -> impl IntoView {
    if batches.is_empty() {
        let text = match open {
            true => "まだありません。所属から提出された点検票のファイルを、上の欄から読み取ってください。",
            false => "この点検は締め切られました。受け入れたファイルはありません。",
        };
        return view! { <Empty text/> }.into_any();
    }
    view! {
        <Export table="intakes"/>
        <div class="wide">
            <table class="table table--line">
                <caption class="sr">"受け入れたファイル（新しい順）"</caption>
                <thead>
                    <tr>
                        <th scope="col">"受け入れたもの"</th><th scope="col">"日時"</th><th scope="col">"行った人"</th>
                        <th scope="col" class="num">"ファイル"</th><th scope="col" class="num">"取込済"</th>
                        <th scope="col">"状態"</th>
                    </tr>
                </thead>
                <tbody>{batches.into_iter().map(|batch| view! { <Row batch/> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Where what was brought in stands.
pub fn state(batch: &Batch) -> (Tone, &'static str) {
    match batch.files {
        files if batch.read < files => (Tone::Key, "読取り中"),
        files if batch.taken == files => (Tone::Ok, "取込済"),
        _ => (Tone::Warn, "確認待ち"),
    }
}

#[component]
fn Row(batch: Batch) -> impl IntoView {
    let (tone, state) = state(&batch);
    view! {
        <tr>
            <th scope="row"><a href=format!("/intakes/{}", batch.id)>{batch.name}</a></th>
            <td>{short_time(batch.at)}</td>
            <td>{batch.by}</td>
            <td class="num">{batch.files}</td>
            <td class="num">{batch.taken}</td>
            <td><Chip tone text=state/></td>
        </tr>
    }
}
