//! `/`: what the person owes today.

use crate::lineage::api::changes_path;
use crate::ui::{Chip, Empty, Page, Rate, Tone, page};
use domain::approval::Level;
use domain::calendar::{short_day, short_time, wareki};
use leptos::prelude::*;
use store::landing::{self, ApprovalDuty, HeadDuty, Office, OpenAudit, OpenImprovements, OwnSheet};
use time::Date;
use uuid::Uuid;

/// The first page.
#[component]
pub fn Landing() -> impl IntoView {
    page(
        |ask| async move {
            let owed = landing::landing(&ask.db, &ask.actor, ask.now).await?;
            Ok((owed, ask.today()))
        },
        |(owed, today)| view! { <Owed owed today/> }.into_any(),
    )
}

#[component]
fn Owed(owed: landing::Landing, today: Date) -> impl IntoView {
    let nothing = owed.sheets.is_empty()
        && owed.departments.is_empty()
        && owed.overviews.is_empty()
        && owed.approvals.is_empty()
        && owed.improvements.is_empty()
        && owed.audits.is_empty()
        && owed.office.is_none();
    // One filled button per view: the first open sheet's, otherwise the first department's.
    let first = owed.sheets.iter().position(|sheet| !sheet.facts.standing.submitted);
    let no_sheet = first.is_none();
    view! {
        <Page title="今日の対応" scope=wareki(today)>
            {nothing.then(|| view! {
                <Empty text="今日、対応していただくことはありません。点検が始まると、ここに点検票と期限が表示されます。"/>
            })}
            <ul class="todo">
                {owed
                    .sheets
                    .into_iter()
                    .enumerate()
                    .map(|(index, sheet)| view! { <SheetCard sheet today main=first == Some(index)/> })
                    .collect_view()}
                {owed
                    .departments
                    .into_iter()
                    .enumerate()
                    .map(|(index, duty)| view! { <DutyCard duty today main=no_sheet && index == 0/> })
                    .collect_view()}
                {owed.overviews.into_iter().map(|(id, name, due_on)| view! { <OverviewCard id name due_on/> }).collect_view()}
                {owed.approvals.into_iter().map(|duty| view! { <ApprovalCard duty/> }).collect_view()}
                {owed.improvements.into_iter().map(|open| view! { <ImprovementCard open/> }).collect_view()}
                {owed.audits.into_iter().map(|audit| view! { <AuditCard audit/> }).collect_view()}
                {owed.office.map(|office| view! { <OfficeCard office today/> })}
            </ul>
        </Page>
    }
}

/// How much time is left, in words.
fn due(due_on: Date, today: Date) -> (Tone, String) {
    match (due_on - today).whole_days() {
        days if days < 0 => (Tone::Err, format!("期限を{}日過ぎています", -days)),
        0 => (Tone::Warn, "今日が期限です".to_string()),
        days => (Tone::Plain, format!("あと{days}日")),
    }
}

#[component]
fn SheetCard(sheet: OwnSheet, today: Date, main: bool) -> impl IntoView {
    let standing = sheet.facts.standing;
    let (tone, state) = match (standing.submitted, standing.returned) {
        (true, _) if standing.confirmed => (Tone::Ok, "所属長確認済み".to_string()),
        (true, _) => (Tone::Ok, "提出済み".to_string()),
        (false, true) => (Tone::Err, "差し戻されました".to_string()),
        (false, false) => due(sheet.due_on, today),
    };
    let progress = sheet.progress;
    let rate = (progress.total > 0).then(|| progress.answered as f64 / progress.total as f64);
    let button = match (standing.submitted, progress.answered) {
        (true, _) => "回答を見る",
        (false, 0) => "回答を始める",
        (false, _) => "続きから回答する",
    };
    let title = match sheet.system {
        Some(system) => format!("{}　{system}", sheet.title),
        None => sheet.title,
    };
    let line = match sheet.facts.submission {
        Some((_, at)) => format!("{}　{}提出", sheet.inspection_name, short_time(at)),
        None => format!("{}　期限 {}", sheet.inspection_name, short_day(sheet.due_on)),
    };
    let reason = sheet.facts.returned.map(|back| format!("理由：{}（{}）", back.reason, back.by));
    view! {
        <li>
            <h2>{title.clone()}" "<Chip tone text=state/></h2>
            <div class="todo__facts">
                <p class="sub">{line}</p>
                {reason.map(|text| view! { <p>{text}</p> })}
                {(!standing.submitted).then(|| view! {
                    <div class="todo__rate">
                        <span>{format!("{}／{}問", progress.answered, progress.total)}</span><Rate rate/>
                    </div>
                })}
            </div>
            <a
                class=if main { "btn btn--main" } else { "btn" }
                href=format!("/answer/{}", sheet.target)
                aria-label=format!("{title}：{button}")
            >{button}</a>
        </li>
    }
}

#[component]
fn DutyCard(duty: HeadDuty, today: Date, main: bool) -> impl IntoView {
    let missing = duty.total - duty.submitted;
    let (tone, state) = match (duty.confirmed_at, missing) {
        (Some(_), 1..) => (Tone::Warn, format!("確認済み（未提出{missing}件）")),
        (Some(_), _) => (Tone::Ok, "確認済み".to_string()),
        (None, 0) if duty.confirms => (Tone::Key, "確認待ち".to_string()),
        (None, 0) => (Tone::Ok, "全員が提出済み".to_string()),
        (None, _) => due(duty.due_on, today),
    };
    let line = format!("{}　提出 {}／{}件　期限 {}", duty.inspection_name, duty.submitted, duty.total, short_day(duty.due_on));
    let button = match (duty.confirms, duty.confirmed_at) {
        (_, Some(_)) => "状況を見る",
        (true, None) => "状況を見て確認する",
        (false, None) => "未提出の人を見る",
    };
    view! {
        <li>
            <h2>{format!("{}の点検票", duty.name)}" "<Chip tone text=state/></h2>
            <p class="sub">{line}</p>
            <a
                class=if main && duty.confirmed_at.is_none() { "btn btn--main" } else { "btn" }
                href=format!("/inspections/{}/departments/{}", duty.inspection, duty.department)
                aria-label=format!("{}：{button}", duty.name)
            >{button}</a>
        </li>
    }
}

/// For the CISO: how far the city is confirmed and approved.
#[component]
fn OverviewCard(id: Uuid, name: String, due_on: Date) -> impl IntoView {
    view! {
        <li>
            <h2>"全庁の確認及び承認"</h2>
            <p class="sub">{format!("{name}　期限 {}", short_day(due_on))}</p>
            <a class="btn" href=format!("/inspections/{id}/approval") aria-label=format!("{name}の全庁の状況を見る")>"全庁の状況を見る"</a>
        </li>
    }
}

#[component]
fn ApprovalCard(duty: ApprovalDuty) -> impl IntoView {
    let stand = duty.stand;
    let what = match (stand.level, stand.with_divisions) {
        (Level::Chief, true) => "部",
        _ => "所属",
    };
    let (tone, state) = match (duty.approved_at, stand.open) {
        (Some(_), _) => (Tone::Ok, "承認済み".to_string()),
        (None, 0) => (Tone::Key, "承認待ち".to_string()),
        (None, open) => (Tone::Plain, format!("{open}{what}が未了")),
    };
    let (title, href) = match &duty.division {
        Some((id, name)) => (format!("{name}の承認"), format!("/inspections/{}/divisions/{id}", duty.inspection)),
        None => ("全庁の承認".to_string(), format!("/inspections/{}/approval", duty.inspection)),
    };
    let line = match duty.approved_at {
        Some(at) => format!("{}　{}に承認", duty.inspection_name, short_time(at)),
        None => format!("{}　済んだ{what} {}／{}", duty.inspection_name, stand.units - stand.open, stand.units),
    };
    let button = if duty.approved_at.is_some() || stand.open > 0 { "状況を見る" } else { "内容を見て承認する" };
    view! {
        <li>
            <h2>{title.clone()}" "<Chip tone text=state/></h2>
            <p class="sub">{line}</p>
            <a class="btn" href=href aria-label=format!("{title}：{button}")>{button}</a>
        </li>
    }
}

#[component]
fn ImprovementCard(open: OpenImprovements) -> impl IntoView {
    view! {
        <li>
            <h2>{format!("{}の改善", open.department)}</h2>
            <p class="sub">{format!("終わっていない改善が{}件あります。", open.count)}</p>
            <a class="btn" href="/improvements" aria-label=format!("{}の改善を見る", open.department)>"改善を見る"</a>
        </li>
    }
}

#[component]
fn AuditCard(audit: OpenAudit) -> impl IntoView {
    view! {
        <li>
            <h2>{format!("監査 {}　{}", audit.label, audit.department)}</h2>
            <p class="sub">{format!("実施日 {}　報告書は未発行です。", short_day(audit.held_on))}</p>
            <a class="btn" href=format!("/audits/{}", audit.audit) aria-label=format!("監査{}を開く", audit.label)>"監査を開く"</a>
        </li>
    }
}

#[component]
fn OfficeCard(office: Office, today: Date) -> impl IntoView {
    let running = match office.running.first() {
        Some((_, name, due_on)) => format!("{name}を実施しています。期限は{}です。", short_day(*due_on)),
        None => "実施中の点検はありません。点検票を確定すると、点検を始められます。".to_string(),
    };
    let state = office.running.first().map(|(.., due_on)| due(*due_on, today));
    let intake = office.running.first().map(|(id, ..)| format!("/inspections/{id}/intakes"));
    let proposals = match office.open_proposals {
        0 => "判断を待っている設問案はありません。".to_string(),
        number => format!("採用するかどうかを決めていない設問案が{number}件あります。"),
    };
    let to_reconsider = office.to_reconsider.into_iter().map(|(revision, title, left)| {
        view! {
            <li>
                <h2>"改定に伴う設問の見直し"" "<Chip tone=Tone::Note text=format!("残り {left}問")/></h2>
                <p class="sub">{format!("「{title}」の改定により、根拠となる条項が変わった設問があります。")}</p>
                <a class="btn" href=changes_path(revision) aria-label=format!("{title}の設問を見直す")>"設問を見直す"</a>
            </li>
        }
    });
    view! {
        {to_reconsider.collect_view()}
        <li>
            <h2>"点検の進行状況"{state.map(|(tone, text)| view! { " "<Chip tone text/> })}</h2>
            <p class="sub">{running}</p>
            <a class="btn" href="/board">"進行状況を見る"</a>
        </li>
        {intake.map(|href| view! {
            <li>
                <h2>"点検票の取込み"</h2>
                <p class="sub">"所属からExcelなどで届いた点検票は、まとめて読み込めます。"</p>
                <a class="btn" href=href>"点検票を取り込む"</a>
            </li>
        })}
        <li>
            <h2>"設問の作成"</h2>
            <p class="sub">{proposals}</p>
            <a class="btn" href="/policies">"ポリシーと設問案を見る"</a>
        </li>
    }
}
