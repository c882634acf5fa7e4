//! `/answer/:target/receipt`: the receipt (受領証) of one's own submission as one page of paper.

use crate::home::head::Head;
use crate::ledger::text::groups;
use crate::ui::page;
use domain::calendar::wareki_time;
use leptos::prelude::*;
use leptos_meta::Title;
use store::receipt::{Receipt, own_receipt};

/// The page.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    page(
        |ask| async move {
            Ok((own_receipt(&ask.db, &ask.actor, ask.id("target")?).await?, wareki_time(ask.now)))
        },
        |(receipt, printed)| view! { <Whole receipt printed/> }.into_any(),
    )
}

#[component]
fn Whole(receipt: Receipt, printed: String) -> impl IntoView {
    let city = crate::context::request().map(|request| request.city).unwrap_or_default();
    let sheet = receipt.sheet;
    let by = (receipt.by != sheet.person_name).then(|| format!("（{}による代理入力）", receipt.by));
    let what = match &sheet.system {
        Some(system) => format!("{}　{system}", sheet.title),
        None => sheet.title.clone(),
    };
    let back = format!("/answer/{}", sheet.target);
    view! {
        <Title text=format!("受領証　{}｜見直し", sheet.title)/>
        <Head/>
        <main class="paper" id="main">
            <div class="desk"><p><a class="btn btn--s" href=back>"提出した回答に戻る"</a>" "<span class="hint">"ブラウザの印刷（Ctrl＋P）で、A4判1枚に印刷できます。"</span></p></div>
            <p class="paper__no">{city}</p>
            <h1>"点検票の受領証"</h1>
            <p class="paper__lead">"次のとおり、点検票の提出を受け付けました。"</p>
            <table class="pt">
                <tbody>
                    <tr><th scope="row">"点検"</th><td>{sheet.inspection_name}</td></tr>
                    <tr><th scope="row">"点検票"</th><td>{what}</td></tr>
                    <tr><th scope="row">"確定版"</th><td>{sheet.edition_label}</td></tr>
                    <tr><th scope="row">"所属・氏名"</th><td>{format!("{}　{}　{}", sheet.department_name, sheet.person_title, sheet.person_name)}{by}</td></tr>
                    <tr><th scope="row">"提出の日時"</th><td>{wareki_time(receipt.at)}</td></tr>
                    <tr><th scope="row">"回答"</th><td>{format!("{}問", receipt.answers)}</td></tr>
                    <tr><th scope="row">"証跡のファイル"</th><td>{format!("{}件", receipt.files)}</td></tr>
                    <tr><th scope="row">"照合値"</th><td><Number number=receipt.number/></td></tr>
                    <tr><th scope="row">"印刷"</th><td>{printed}</td></tr>
                </tbody>
            </table>
            <h2>"照合値について"</h2>
            <p class="paper__note">
                "照合値は、提出した全ての回答、理由、改善予定日及び証跡と、提出の記録とから計算した値です。回答が後から書き換えられると、この値と一致しなくなります。"
            </p>
            <p class="paper__note">
                "提出の内容を後で確かめるときは、この紙を事務局に示してください。事務局は、照合値から、提出した時のままであることを確かめます。"
            </p>
        </main>
    }
}

/// Sixteen groups of four, in two lines, to be read out and typed.
#[component]
fn Number(number: Option<String>) -> impl IntoView {
    let Some(number) = number else {
        return view! { <span>"―（受領証を発行する前の版で提出されました）"</span> }.into_any();
    };
    let groups = groups(&number);
    let (first, second) = groups.split_at(groups.len().div_ceil(2));
    view! { <code>{first.join(" ")}<br/>{second.join(" ")}</code> }.into_any()
}
