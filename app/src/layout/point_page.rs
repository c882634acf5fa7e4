//! `/intakes/files/:intake_file`: a sheet as it is seen, and what its columns and cells are. Everything pointed at goes
//! through the address (`said`), is read again at once, and is kept only by the last button.

use super::api::KeepLayout;
use super::picture::{Drawn, cell_of, unclear_of};
use crate::context::request;
use crate::error::AppError;
use crate::ui::{Chip, Crumb, Field, Hidden, Page, PostForm, Select, Submit, Tone, page};
use domain::Refusal;
use domain::layout::picture::Which;
use domain::layout::pointing::{Part, Pointing};
use domain::layout::{Holds, Seen};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::layout::{Look, SheetPage, sheet};

/// The page.
#[component]
pub fn PointPage() -> impl IntoView {
    let books = request().map(|request| request.workbooks);
    page(
        |ask| async move {
            let file = sheet(&ask.db, &ask.actor, ask.id("intake_file")?, ask.now).await?;
            let (mut pointing, part) = (Pointing::parse(&ask.text("said")), Part::from_key(&ask.text("part")));
            let before = pointing.clone();
            // What is pressed goes before what was typed and refused before.
            let pressed = ask.text("at");
            let typed = if pressed.is_empty() { ask.text("place") } else { String::new() };
            let mut refusal = match &part {
                Some(part) if !pressed.is_empty() => pointing.point(part, &pressed).err(),
                Some(part) if !typed.is_empty() => pointing.point_typed(part, &typed).err(),
                None if !ask.text("part").is_empty() => Some(Refusal::field("part", "何を指定するかを選んでください。")),
                _ => None,
            };
            let which = ask.text("sheet").parse().map_or(Which::First, Which::At);
            let books = books?;
            let look = |pointing: Pointing| {
                let (file_name, content, habits) = (file.file_name.clone(), file.content.clone(), file.habits.clone());
                (books.look)(Look { file_name, content, sheet: which.clone(), habits, pointing })
            };
            let mut seen = look(pointing.clone()).await.map_err(AppError::refused)?;
            let tried = part.as_ref().map(|part| Pointing::alone(part, &typed)).unwrap_or_default();
            if let Some(outside) = tried.outside(seen.picture.area) {
                (refusal, pointing) = (Some(outside), before);
                seen = look(pointing.clone()).await.map_err(AppError::refused)?;
            }
            let typed = if refusal.is_some() { typed } else { String::new() };
            Ok(Told { file, pointing, part, refusal, typed, seen })
        },
        |told| view! { <Shown told/> }.into_any(),
    )
}

/// Everything the page shows.
#[derive(Clone)]
struct Told {
    file: SheetPage,
    pointing: Pointing,
    /// What was pointed at last.
    part: Option<Part>,
    refusal: Option<Refusal>,
    /// What was typed and refused.
    typed: String,
    seen: Seen,
}

impl Told {
    fn address(&self) -> String {
        format!("/intakes/files/{}", self.file.file)
    }

    /// The 様式 it is read by, or was before somebody pointed.
    fn layout(&self) -> Option<(uuid::Uuid, String)> {
        let kept = self.seen.kept?;
        self.file.layouts.iter().find(|(.., versions)| versions.contains(&kept)).map(|(id, name, _)| (*id, name.clone()))
    }

    /// What is most likely pointed at next.
    fn next(&self) -> Part {
        let has = |holds: &Holds| self.pointing.columns.values().any(|known| known == holds);
        match (&self.seen.layout, &self.part) {
            (Some(_), Some(part)) => part.clone(),
            (Some(_), None) => Part::Column(Holds::Answer),
            (None, _) if self.pointing.rows.is_none() => Part::Headings,
            (None, _) if !has(&Holds::Question) => Part::Column(Holds::Question),
            (None, _) => Part::Column(Holds::Answer),
        }
    }
}

#[component]
fn Shown(told: Told) -> impl IntoView {
    let file = &told.file;
    let way = vec![
        Crumb { text: file.inspection.name.clone(), href: format!("/inspections/{}", file.inspection.id) },
        Crumb { text: "読取り結果".into(), href: format!("/intakes/{}", file.intake) },
    ];
    let state = match (told.layout(), told.pointing.is_empty(), &told.seen.layout) {
        (Some((_, name)), true, _) if told.seen.drifts.is_empty() => (Tone::Ok, format!("様式「{name}」で読取り")),
        (Some((_, name)), true, _) => (Tone::Warn, format!("様式「{name}」と異なる点あり")),
        (_, false, _) => (Tone::Key, "指定中（まだ保存していません）".to_string()),
        (None, _, Some(_)) => (Tone::Plain, "自動で読取り".to_string()),
        (None, ..) if told.seen.is_list() => (Tone::Plain, "一覧表として自動で読取り".to_string()),
        (None, _, None) => (Tone::Warn, "読み取れない".to_string()),
    };
    let (drawn, open) = (told.seen.picture.clone(), !file.taken);
    let (name, address, said) = (file.file_name.clone(), told.address(), told.pointing.text());
    let sheet = told.seen.sheet.to_string();
    let (part, taken, list) = (told.clone(), file.taken, told.seen.is_list());
    view! {
        <Page title="セルの指定" way scope=name state>
            <p class="lead-text">"読み取った内容に色が付いています。違うところは、「指定するもの」を選び、図のセル又は列の文字を押してください。すぐに読み直します。"</p>
            {list.then(|| view! { <p class="notice">"このシートは、人（所属）が縦に、設問が横に並ぶ一覧表として自動で読み取りました。この形の表は、セルを指定して読み方を変えることも、様式として保存することもできません。読み取れないところは、点検票の画面で行ごとに扱いを選んでください。"</p> })}
            {taken.then(|| view! { <p class="notice">"このファイルは取り込み済みです。指定した内容は、次に届くファイルのために様式として保存できます。"</p> })}
            <Sheets told=told.clone()/>
            <div class="pointing">
                <form method="get" action=address class="pointing__sheet">
                    <input type="hidden" name="sheet" value=sheet/>
                    <input type="hidden" name="said" value=said/>
                    <PointAt told=part/>
                    <Drawn picture=drawn pointing=true/>
                </form>
                <div class="pointing__side">
                    <Result told=told.clone()/>
                    <SaidSoFar told=told.clone()/>
                    {(told.seen.layout.is_some()).then(|| view! { <Keep told=told.clone() main=open/> })}
                </div>
            </div>
        </Page>
    }
}

/// The sheets of the file.
#[component]
fn Sheets(told: Told) -> impl IntoView {
    let (address, at) = (told.address(), told.seen.sheet);
    (told.seen.sheets.len() > 1).then(|| {
        view! {
            <nav class="sheets" aria-label="シート">
                <ul class="tabs">
                    {told.seen.sheets.into_iter().enumerate().map(|(index, name)| view! {
                        <li><a href=format!("{address}?sheet={index}") aria-current=(index == at).then_some("page")>{name}</a></li>
                    }).collect_view()}
                </ul>
            </nav>
        }
    })
}

/// The same by keyboard: what, and where.
#[component]
fn PointAt(told: Told) -> impl IntoView {
    let chosen = told.next().key();
    let options = Part::all().into_iter().map(|part| (part.key(), part.label())).collect::<Vec<_>>();
    let reason = told.refusal.map(|refusal| refusal.text);
    let described = reason.is_some().then_some("f-place-note");
    view! {
        <div class="row pointing__bar">
            <Select name="part" label="指定するもの" options value=chosen/>
            <div class="entry entry--short">
                <label class="label" for="f-place">"場所（図を押す代わりに）"</label>
                <input class="field" id="f-place" name="place" value=told.typed autocomplete="off" placeholder="例：F、7-8、B4" aria-invalid=reason.is_some().then_some("true") aria-describedby=described/>
            </div>
            <button class="btn">"指定する"</button>
        </div>
        {reason.map(|text| view! { <p class="error" id="f-place-note">{text}</p> })}
    }
}

#[component]
fn Result(told: Told) -> impl IntoView {
    let seen = told.seen;
    let (answered, blank, unclear) = seen.tally;
    let questions = answered + blank + unclear;
    let (excluded, few) = (seen.excluded, seen.unclear.len() <= 5);
    view! {
        <section class="panel" aria-live="polite">
            <h2 class="h">"読み取った結果"</h2>
            {match seen.refusal {
                Some(text) => view! { <p><Chip tone=Tone::Warn text="まだ読み取れません"/>" "{text}</p> }.into_any(),
                None => view! {
                    <p>{format!("設問{questions}件（回答あり{answered}、空欄{blank}、読み取れない{unclear}）")}</p>
                }.into_any(),
            }}
            {(!seen.unclear.is_empty()).then(|| view! {
                <details open=few>
                    <summary>"読み取れないセル"</summary>
                    <ul class="plain-list">{seen.unclear.into_iter().map(|(cell, raw)| {
                        // Several cells are one answer: the first is where to look.
                        let first = cell.split('+').next().unwrap_or_default().to_string();
                        let spoken = format!("{cell}　「{raw}」を図で見る");
                        view! { <li><a id=unclear_of(&first) href=format!("#{}", cell_of(&first)) aria-label=spoken>{format!("{cell}　「{raw}」")}</a></li> }
                    }).collect_view()}</ul>
                </details>
            })}
            {(!seen.drifts.is_empty()).then(|| view! {
                <h3 class="label">"様式と異なる点"</h3>
                <ul class="plain-list">{seen.drifts.into_iter().map(|drift| view! { <li>{format!("{}　{}", drift.cell, drift.text)}</li> }).collect_view()}</ul>
            })}
            {(!excluded.is_empty()).then(|| view! {
                <details>
                    <summary>{format!("読み飛ばした行（{}）", excluded.len())}</summary>
                    <ul class="plain-list">{excluded.into_iter().map(|(row, reason)| view! { <li>{format!("{row}行目　{reason}")}</li> }).collect_view()}</ul>
                </details>
            })}
        </section>
    }
}

/// What was pointed at, each with its way back.
#[component]
fn SaidSoFar(told: Told) -> impl IntoView {
    let (address, sheet) = (told.address(), told.seen.sheet);
    (!told.pointing.is_empty()).then(|| {
        view! {
            <section class="panel">
                <h2 class="h">"指定した内容"</h2>
                <ul class="pointed">
                    {told.pointing.without_each().into_iter().map(|(words, rest)| {
                        let spoken = format!("「{words}」の指定を取り消す");
                        view! {
                            <li>
                                <span>{words}</span>
                                <a class="btn btn--s" href=format!("{address}?sheet={sheet}&said={rest}") aria-label=spoken>"取り消す"</a>
                            </li>
                        }
                    }).collect_view()}
                </ul>
            </section>
        }
    })
}

#[component]
fn Keep(told: Told, main: bool) -> impl IntoView {
    let own = told.layout();
    let named = own.as_ref().map(|(_, name)| name.clone());
    let stem = told.file.file_name.rsplit('/').next().unwrap_or_default().to_string();
    let stem = stem.rsplit_once('.').map_or(stem.clone(), |(stem, _)| stem.to_string());
    let options: Vec<(String, String)> = std::iter::once((String::new(), "新しい様式として".to_string()))
        .chain(told.file.layouts.iter().map(|(id, name, _)| (id.to_string(), format!("「{name}」を改める"))))
        .collect();
    let chosen = own.map(|(id, _)| id.to_string()).unwrap_or_default();
    let (file, sheet, said) = (told.file.file.to_string(), told.seen.sheet.to_string(), told.pointing.text());
    let several = options.len() > 1;
    view! {
        <section class="panel">
            <h2 class="h">"様式として保存する"</h2>
            <p class="hint">"次から、同じ見出しと設問のファイルを、この読み方で自動に読み取ります。"</p>
            <PostForm action=KeepLayout::PATH class="stack">
                <Hidden name="file" value=file.clone()/>
                <Hidden name="sheet" value=sheet.clone()/>
                <Hidden name="said" value=said.clone()/>
                <Field name="name" label="様式の名称" value=named.clone().unwrap_or_else(|| stem.clone()) required=true/>
                {several.then(|| view! { <Select name="into" label="保存のしかた" options=options.clone() value=chosen.clone()/> })}
                <Submit text="保存して、このファイルを読み直す" main/>
            </PostForm>
        </section>
    }
}
