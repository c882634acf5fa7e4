//! `/intakes/:intake`: what was read from each file and what would become of it; nothing changes before it is taken.

use super::list_page::Reading;
use super::owner_panel::{Differs, sureness};
use crate::context::Ask;
use crate::form::original_page::FROM_INTAKE;
use crate::ui::{Chip, Crumb, Export, Hidden, Icon, Page, Pager, PostForm, Sign, Submit, Tone, page};
use domain::calendar::{fiscal_year, short_time, wareki};
use domain::form::file::{may_be_filled, may_be_read};
use leptos::prelude::*;
use store::intake::{FileShown, FormShown, IntakePage, Taken};
use uuid::Uuid;

/// Files of a page.
const ON_PAGE: usize = 100;

/// The page.
#[component]
pub fn IntakePageView() -> impl IntoView {
    page(
        |ask| async move {
            let shown = store::intake::page(&ask.db, &ask.actor, ask.id("intake")?).await?;
            let at = ask.text("page").parse().unwrap_or(1);
            Ok((shown, done(&ask), ask.optional_id("layout"), at))
        },
        |(shown, done, layout, at)| view! { <Shown shown done layout at/> }.into_any(),
    )
}

/// The address that says what was just taken.
pub fn told(intake: Uuid, taken: Taken) -> String {
    let Taken { files, answers, submitted, unfinished } = taken;
    format!("/intakes/{intake}?files={files}&answers={answers}&submitted={submitted}&unfinished={unfinished}")
}

/// What was just taken, in words.
fn done(ask: &Ask) -> Option<String> {
    let number = |name| ask.text(name).parse::<u32>().ok();
    let (files, answers) = (number("files")?, number("answers")?);
    let (submitted, unfinished) = (number("submitted")?, number("unfinished")?);
    Some(format!(
        "{files}ファイルを取り込みました。登録した回答は{answers}件です。提出済みになった点検票は{submitted}件、足りないものがあって回答中の点検票は{unfinished}件です。"
    ))
}

/// Where a file stands; what has to be decided comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Open,
    Ready,
    Unreadable,
    Again,
    Waiting,
    Taken,
}

impl Stage {
    /// The word for it.
    pub fn word(self) -> (Tone, &'static str) {
        match self {
            Stage::Open => (Tone::Warn, "要確認"),
            Stage::Ready => (Tone::Key, "取り込める"),
            Stage::Unreadable => (Tone::Err, "ファイルを読めない"),
            Stage::Again => (Tone::Plain, "取込済の同じファイル"),
            Stage::Waiting => (Tone::Plain, "読取り待ち"),
            Stage::Taken => (Tone::Ok, "取込済"),
        }
    }
}

/// The files as they are shown: what has to be decided first.
pub fn ordered(mut files: Vec<FileShown>) -> Vec<FileShown> {
    files.sort_by_key(stage);
    files
}

/// Where a file stands.
pub fn stage(file: &FileShown) -> Stage {
    match file {
        file if file.taken.is_some() => Stage::Taken,
        file if !file.read => Stage::Waiting,
        file if file.unreadable => Stage::Unreadable,
        file if file.again => Stage::Again,
        file if file.is_ready() => Stage::Ready,
        _ => Stage::Open,
    }
}

#[component]
fn Shown(shown: IntakePage, done: Option<String>, layout: Option<Uuid>, at: usize) -> impl IntoView {
    let inspection = &shown.inspection;
    let way = vec![
        Crumb { text: inspection.name.clone(), href: format!("/inspections/{}", inspection.id) },
        Crumb { text: "点検票の取込み".into(), href: format!("/inspections/{}/intakes", inspection.id) },
    ];
    let scope = format!("{}　{}", short_time(shown.at), shown.by);
    let files = ordered(shown.files);
    let count = |wanted: Stage| files.iter().filter(|file| stage(file) == wanted).count();
    let (waiting, ready, open) = (count(Stage::Waiting), count(Stage::Ready), count(Stage::Open));
    let total = files.len();
    let figures = [
        ("確認が必要", open),
        ("取り込める", ready),
        ("取込済", count(Stage::Taken)),
        ("読めないファイル", count(Stage::Unreadable)),
    ];
    let (id, year) = (shown.id, inspection.fiscal_year);
    let pages = total.div_ceil(ON_PAGE);
    let at = at.clamp(1, pages.max(1));
    let files: Vec<FileShown> = files.into_iter().skip((at - 1) * ON_PAGE).take(ON_PAGE).collect();
    view! {
        <Page title=shown.name way scope>
            {done.map(|text| view! { <p class="notice notice--ok" role="status"><Icon sign=Sign::Check/><span>{text}</span></p> })}
            {layout.map(|layout| view! {
                <p class="notice notice--ok" role="status"><Icon sign=Sign::Check/><span>"様式を保存しました。"<a href=format!("/layouts/{layout}")>"様式の画面"</a>"で、ほかのファイルも読み直せます。"</span></p>
            })}
            <Reading read=total - waiting files=total/>
            <dl class="stats">
                {figures.into_iter().map(|(name, number)| view! { <div><dt>{name}</dt><dd><b>{number}</b><small>"ファイル"</small></dd></div> }).collect_view()}
            </dl>
            {(ready > 0 && waiting == 0).then(|| view! {
                <div class="section">
                    <p class="lead-text">"ここまでは何も登録されていません。次の画面で、取り込むと何が登録されるかを確かめてから取り込みます。"</p>
                    <a class="btn btn--main" href=format!("/intakes/{id}/taking")>{format!("確認の済んだ{ready}ファイルの取込みへ進む")}</a>
                </div>
            })}
            <Export table="intake_files"/>
            <div class="wide section">
                <table class="table table--line">
                    <caption class="sr">"ファイルごとの読取り結果（確認が必要なものを先に）"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"ファイル・シート"</th><th scope="col">"記載の所属・氏名"</th>
                            <th scope="col">"対象"</th><th scope="col">"点検日"</th>
                            <th scope="col" class="num">"回答"</th><th scope="col" class="num">"空欄"</th>
                            <th scope="col" class="num">"要確認"</th><th scope="col">"状態"</th><th scope="col">"操作"</th>
                        </tr>
                    </thead>
                    {files.into_iter().map(|file| view! { <File file intake=id year/> }).collect_view()}
                </table>
            </div>
            <Pager page=at as u64 pages=pages as u64 href=move |page| format!("/intakes/{id}?page={page}")/>
        </Page>
    }
}

/// What is left to decide, in a few words; the form's page says the rest.
pub fn left(file: &FileShown) -> String {
    let forms = || file.forms.iter().filter(|form| !form.left_out);
    let departing = forms().filter(|form| !form.drifts.is_empty()).count();
    let ownerless = forms().filter(|form| !form.has_owner).count();
    let rows: usize = forms().map(|form| form.unclear + form.unmatched + form.conflicts).sum();
    match (ownerless, rows) {
        (0, 0) if departing > 0 => "様式と異なる点".to_string(),
        (0, 0) => file.refusal.clone().unwrap_or_default(),
        (0, rows) if departing > 0 => format!("様式と異なる点、{rows}行"),
        (0, rows) => format!("{rows}行"),
        (ownerless, _) if forms().all(|form| form.taken + form.same + form.blank + form.conflicts == 0) => {
            format!("対象が不明 {ownerless}件。点検票の設問と一つも一致しません。")
        }
        (ownerless, _) => format!("対象が不明 {ownerless}件"),
    }
}

/// A file's rows stand together.
#[component]
fn File(file: FileShown, intake: Uuid, year: i32) -> impl IntoView {
    let stage = stage(&file);
    let (tone, state) = stage.word();
    let words = match &file.taken {
        Some((at, answers)) => Some(format!("{} 回答{answers}件", short_time(*at))),
        None if stage == Stage::Open => Some(left(&file)),
        None => file.refusal.clone(),
    };
    let (id, name) = (file.id, file.name.clone());
    let (taking, giving_back) = (format!("{name}を取り込む"), format!("{name}の返却用ファイル"));
    let filling = format!("{name}に画面の回答を書き込む");
    let pointing = format!("{name}のセルを指定する");
    let ours = file.forms.iter().any(|form| form.ours);
    let unclear = file.forms.iter().any(|form| form.faults > 0);
    let ignored = file.ignored.iter().map(|(sheet, _)| sheet.clone()).collect::<Vec<_>>().join("、");
    let several = file.forms.len() > 1;
    view! {
        <tbody>
            <tr>
                <th scope="row" class="wrap">
                    <a href=format!("/download/intake/{id}") aria-label=format!("{name}（元のファイル）")>{name.clone()}</a>
                    {(!ignored.is_empty()).then(|| view! { " "<span class="sub">{format!("点検票でないシート：{ignored}")}</span> })}
                </th>
                {match (several, file.forms.first().cloned()) {
                    (false, Some(form)) => view! { <Form form year/> }.into_any(),
                    _ => view! { <td colspan="6"></td> }.into_any(),
                }}
                <td class="wrap"><Chip tone text=state/>{words.map(|text| view! { " "<span class="sub">{text}</span> })}</td>
                <td class="ops">
                    {(stage == Stage::Ready || stage == Stage::Again && file.refusal.is_none()).then(|| view! {
                        <a class="btn btn--s" href=format!("/intakes/{intake}/taking?file={id}") aria-label=taking.clone()>"取り込む"</a>
                    })}
                    {(stage == Stage::Open && !several).then(|| file.forms.first().cloned().map(|form| view! { <Check form of=name.clone()/> }))}
                    {(may_be_filled(&name) && !ours && stage != Stage::Waiting && stage != Stage::Unreadable).then(|| view! {
                        <PostForm action=FROM_INTAKE key=format!("fill-{id}")>
                            <Hidden name="file" value=id.to_string()/>
                            <Submit text="回答を書き込む" spoken=filling.clone() small=true/>
                        </PostForm>
                    })}
                    {(stage == Stage::Unreadable && file.kept && may_be_read(&name)).then(|| view! {
                        <a class="btn btn--s" href=format!("/intakes/files/{id}") aria-label=pointing>"セルを指定する"</a>
                    })}
                    {(unclear && stage == Stage::Open && may_be_filled(&name)).then(|| view! {
                        <a class="btn btn--s" href=format!("/download/intake/{id}/doubts") aria-label=giving_back>"返却用"</a>
                    })}
                </td>
            </tr>
            {several.then(|| file.forms.into_iter().map(|form| view! {
                <tr>
                    <td class="wrap sub">{format!("　{}", form.sheet)}</td>
                    <Form form=form.clone() year/>
                    <td></td>
                    <td class="ops">{is_open(&form).then(|| view! { <Check form=form.clone() of=format!("{name}　{}", form.sheet)/> })}</td>
                </tr>
            }).collect_view())}
        </tbody>
    }
}

/// Whose form it is.
pub fn owner(form: &FormShown) -> String {
    match (&form.target, form.left_out) {
        (_, true) => "取り込まない".to_string(),
        (Some((_, name)), _) => name.clone(),
        (None, _) => "不明".to_string(),
    }
}

/// Something of it is left to decide.
fn is_open(form: &FormShown) -> bool {
    let rows = form.unclear + form.unmatched + form.conflicts;
    !form.left_out && (!form.has_owner || rows > 0 || !form.drifts.is_empty())
}

#[component]
fn Check(form: FormShown, of: String) -> impl IntoView {
    let spoken = format!("{of}の内容を確認する");
    view! { <a class="btn btn--s" href=format!("/intakes/forms/{}", form.id) aria-label=spoken>"内容を確認する"</a> }
}

#[component]
fn Form(form: FormShown, year: i32) -> impl IntoView {
    let old = form.dated_on.is_some_and(|day| fiscal_year(day) != year);
    let said_of = (form.target.is_some() && !form.left_out).then(|| sureness(&form).1);
    let differences = if form.left_out { Vec::new() } else { form.differences.clone() };
    let doubts = form.unclear + form.unmatched + form.conflicts;
    let owner = owner(&form);
    let said = format!("{}　{}", form.department, form.person);
    let spoken = format!("{owner}　{}の読取り結果を確認する", said.trim());
    view! {
        <td class="wrap">{said.clone()}</td>
        <td class="wrap"><a href=format!("/intakes/forms/{}", form.id) aria-label=spoken>{owner}</a>
            {said_of.map(|text| view! { " "<span class="sub">{text}</span> })}
            <Differs differences/>
        </td>
        <td>{form.dated_on.map_or_else(|| "―".to_string(), wareki)}
            {old.then(|| view! { <span class="note--warn"><Icon sign=Sign::Warning/>"年度が異なります"</span> })}
        </td>
        <td class="num">{form.taken + form.same}</td>
        <td class="num">{form.blank}</td>
        <td class="num">{doubts}</td>
    }
}
