//! `/intakes/:intake/taking`: what taking will do, before it is done.

use super::api::{TakeFile, TakeFiles};
use super::owner_panel::Differs;
use crate::ui::{Chip, Crumb, Empty, Export, Hidden, Page, Pager, PostForm, Submit, Tone, page};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::intake::{Rehearsal, WouldBe, rehearse};
use uuid::Uuid;

/// Lines of a page.
const ON_PAGE: usize = 200;

/// The page.
#[component]
pub fn TakingPage() -> impl IntoView {
    page(
        |ask| async move {
            let only = ask.optional_id("file");
            let at: usize = ask.text("page").parse().unwrap_or(1);
            Ok((rehearse(&ask.db, &ask.actor, ask.id("intake")?, only).await?, only, at))
        },
        |(shown, only, at)| view! { <Shown shown only at/> }.into_any(),
    )
}

/// What becomes of a sheet.
pub fn after(form: &WouldBe) -> (Tone, &'static str) {
    match form.lacks {
        Some(_) if form.is_empty() => (Tone::Plain, "登録する回答なし"),
        None => (Tone::Ok, "提出済み"),
        Some(_) => (Tone::Warn, "回答中のまま"),
    }
}

#[component]
fn Shown(shown: Rehearsal, only: Option<Uuid>, at: usize) -> impl IntoView {
    let (inspection, intake) = (&shown.inspection, shown.intake);
    let way = vec![
        Crumb { text: inspection.name.clone(), href: format!("/inspections/{}", inspection.id) },
        Crumb { text: "点検票の取込み".into(), href: format!("/inspections/{}/intakes", inspection.id) },
        Crumb { text: shown.name.clone(), href: format!("/intakes/{intake}") },
    ];
    let sum = |of: fn(&WouldBe) -> usize| shown.forms.iter().map(of).sum::<usize>();
    let figures = [
        ("取り込むファイル", shown.files.len(), "ファイル"),
        ("新しい回答", sum(|form| form.new), "件"),
        ("置き換わる回答", sum(|form| form.replaced), "件"),
        ("提出済みになる点検票", sum(|form| usize::from(form.lacks.is_none())), "件"),
        ("回答中のままの点検票", sum(|form| usize::from(form.lacks.is_some() && !form.is_empty())), "件"),
    ];
    let forms = shown.forms;
    let nothing = match (shown.taken, shown.refusal) {
        (true, _) => "このファイルは取り込み済みです。".to_string(),
        (_, Some(refusal)) => refusal,
        _ => "取り込めるファイルはありません。読取り結果の画面で、要確認のファイルを確かめてください。".to_string(),
    };
    if shown.files.is_empty() {
        return view! {
            <Page title="取込みの確認" way>
                <Empty text=nothing/>
                <p><a class="btn" href=format!("/intakes/{intake}")>"読取り結果に戻る"</a></p>
            </Page>
        }
        .into_any();
    }
    view! {
        <Page title="取込みの確認" way scope="まだ何も登録されていません">
            <dl class="stats">
                {figures.into_iter().map(|(name, number, unit)| view! { <div><dt>{name}</dt><dd><b>{number}</b><small>{unit}</small></dd></div> }).collect_view()}
            </dl>
            <Take intake only files=shown.files.len()/>
            <Forms forms at intake only/>
        </Page>
    }
    .into_any()
}

#[component]
fn Take(intake: Uuid, only: Option<Uuid>, files: usize) -> impl IntoView {
    let action = if only.is_some() { TakeFile::PATH } else { TakeFiles::PATH };
    view! {
        <PostForm action class="section">
            <p class="lead-text">"取り込むと、回答が登録され、記入のそろった点検票は本人が提出したものとして扱われます。取り込んだ後に直すときは、直したファイルを改めて取り込むか、所属長が差し戻してください。"</p>
            <Hidden name="intake" value=intake.to_string()/>
            {only.map(|file| view! { <Hidden name="file" value=file.to_string()/> })}
            <div class="row">
                <Submit text=format!("この内容で{files}ファイルを取り込む") main=true/>
                <a class="btn" href=format!("/intakes/{intake}")>"戻る"</a>
            </div>
        </PostForm>
    }
}

#[component]
fn Forms(forms: Vec<WouldBe>, at: usize, intake: Uuid, only: Option<Uuid>) -> impl IntoView {
    let file = only.map(|file| format!("file={file}&")).unwrap_or_default();
    let pages = forms.len().div_ceil(ON_PAGE);
    let at = at.clamp(1, pages.max(1));
    let forms: Vec<WouldBe> = forms.into_iter().skip((at - 1) * ON_PAGE).take(ON_PAGE).collect();
    view! {
        <Export table="intake_taking"/>
        <div class="wide section">
            <table class="table table--line">
                <caption class="sr">"点検票ごとの取込みの内容（回答中のままのものを先に）"</caption>
                <thead>
                    <tr>
                        <th scope="col">"対象"</th><th scope="col">"ファイル"</th>
                        <th scope="col" class="num">"新しい回答"</th><th scope="col" class="num">"置き換わる回答"</th>
                        <th scope="col">"取込み後"</th>
                    </tr>
                </thead>
                <tbody>{forms.into_iter().map(|form| view! { <Row form/> }).collect_view()}</tbody>
            </table>
        </div>
        <Pager page=at as u64 pages=pages as u64 href=move |page| format!("/intakes/{intake}/taking?{file}page={page}")/>
    }
}

#[component]
fn Row(form: WouldBe) -> impl IntoView {
    let (tone, state) = after(&form);
    let empty = form.is_empty();
    view! {
        <tr>
            <th scope="row" class="wrap"><a href=format!("/intakes/forms/{}", form.form)>{form.owner}</a><Differs differences=form.differences/></th>
            <td class="wrap">{form.file}</td>
            <td class="num">{form.new}</td>
            <td class="num">{form.replaced}</td>
            <td class="wrap"><Chip tone text=state/>{form.lacks.filter(|_| !empty).map(|text| view! { " "<span class="sub">{text}</span> })}</td>
        </tr>
    }
}
