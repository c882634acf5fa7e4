//! `/board` and `/inspections/:inspection`: who has answered, and the one button that reminds the rest.

use super::api::{CloseInspection, pulse_of};
use super::board_filter::Filter;
use super::board_table::BoardTable;
use super::day_chart::DayChart;
use super::first_steps::FirstSteps;
use super::reminder_parts::Reminded;
use crate::context::Ask;
use crate::error::AppError;
use crate::island::live::{Live, Pulse};
use crate::ui::{Done, Hidden, Icon, Page, PostForm, Sign, Submit, Tone, page};
use domain::calendar::{short_day, short_time};
use domain::inspection::board::Asked;
use domain::rate::{percent, thousands};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::inspection::board::Board;
use store::inspection::hand_out::{Progress, progress};
use store::inspection::haste::{Hasty, hasty};
use store::inspection::rehearsal::draft_of;
use store::inspection::transfer::pending;
use store::inspection::{beginning, board, newest};
use time::OffsetDateTime;
use uuid::Uuid;

/// What stands around the board.
struct Around {
    asked: Asked,
    /// From before the board was read, so that no change is missed.
    pulse: Pulse,
    /// So many people were reminded just now, and of which department, if of one.
    reminded: Option<u32>,
    of: Option<Uuid>,
    now: OffsetDateTime,
    /// It was closed just now.
    ended: bool,
    /// Changes of the roster that wait for a decision.
    pending: usize,
    hasty: Vec<Hasty>,
    /// Sheets that are still to come.
    handing_out: Option<Progress>,
    /// The draft that is tried out; none for an inspection that counts.
    draft: Option<Uuid>,
}

/// The board of the newest inspection, or how to come to one.
#[component]
pub fn BoardHome() -> impl IntoView {
    page(
        |ask| async move {
            match newest(&ask.db, &ask.actor).await? {
                Some(id) => Ok(Ok(load(&ask, id).await?)),
                None => Ok(Err(beginning(&ask.db, &ask.actor, ask.today()).await?)),
            }
        },
        |found| match found {
            Ok((board, around)) => view! { <Shown board around/> }.into_any(),
            Err(beginning) => view! { <FirstSteps beginning/> }.into_any(),
        },
    )
}

/// The board of an inspection.
#[component]
pub fn BoardPage() -> impl IntoView {
    page(
        |ask| async move {
            let id = ask.id("inspection")?;
            load(&ask, id).await
        },
        |(board, around)| view! { <Shown board around/> }.into_any(),
    )
}

async fn load(ask: &Ask, id: Uuid) -> Result<(Board, Around), AppError> {
    let pulse = pulse_of(ask, id).await?;
    let board = board(&ask.db, &ask.actor, id, ask.now).await?;
    let around = Around {
        asked: Asked::read(&ask.text("show"), &ask.text("sort"), &ask.text("division"), &ask.text("turn")),
        pulse,
        hasty: hasty(&ask.db, &ask.actor, id).await?,
        handing_out: progress(&ask.db, &ask.actor, id).await?,
        ended: ask.text("done") == "closed",
        pending: pending(&ask.db, &ask.actor, id, ask.now).await?,
        reminded: ask.text("reminded").parse().ok(),
        of: ask.optional_id("of"),
        draft: draft_of(&ask.db, &ask.actor, id).await?,
        now: ask.now,
    };
    Ok((board, around))
}

fn name_of(board: &Board, department: Uuid) -> Option<String> {
    let lines = board.divisions.iter().flat_map(|division| &division.lines);
    lines.filter(|line| line.department_id == department).map(|line| line.name.clone()).next()
}

fn state(board: &Board) -> (Tone, String) {
    match (board.closed, board.days_left) {
        (true, _) => (Tone::Plain, "締切済".into()),
        (_, ..0) => (Tone::Err, "期限超過".into()),
        _ => (Tone::Key, "実施中".into()),
    }
}

/// How far the sheets are out. The board refreshes itself; without a script the person opens it again.
#[component]
fn HandingOut(progress: Progress) -> impl IntoView {
    let text = format!(
        "点検票を配付しています（{}件のうち{}件を配付済み）。このまま画面を離れて構いません。配付の途中でサーバーが止まっても、再開後に続きから配付します。",
        thousands(progress.all), thousands(progress.done)
    );
    let (done, all) = (progress.done.to_string(), progress.all.to_string());
    view! {
        <div class="notice" role="status">
            <div class="handing">
                <p>{text}</p>
                <progress max=all value=done aria-label="配付の進み具合"></progress>
            </div>
        </div>
    }
}

#[component]
fn Shown(board: Board, around: Around) -> impl IntoView {
    let inspection = board.inspection.clone();
    let id = inspection.id;
    let scope = format!(
        "{}～{}／基準日 {}",
        short_day(inspection.opens_on),
        short_day(inspection.due_on),
        short_day(inspection.base_on),
    );
    let actions = view! {
        <a class="btn btn--s" href=format!("/inspections/{id}/notices")>"通知の設定"</a>
        <a class="btn btn--s" href="/outbox">"送信の状況"</a>
        <a class="btn btn--s" href=format!("/inspections/{id}/settings")>"期間・対象の変更"</a>
        <a class="btn btn--s" href=format!("/inspections/{id}/slips")>"確認票の番号"</a>
        <a class="btn btn--s" href=format!("/inspections/{id}/approval")>"確認と承認"</a>
        <a class="btn btn--s" href=format!("/inspections/{id}/intakes")>"点検票の取込み"</a>
        <a class="btn btn--s" href=format!("/inspections/{id}/forms")>"点検票のExcel"</a>
        {around.draft.is_none().then(|| view! { <a class="btn btn--s" href=format!("/inspections/{id}/results")>"結果"</a> })}
        <a class="btn btn--s" href=format!("/inspections/{id}/projector")>"投影用の画面"</a>
        <a class="btn btn--s" href="/inspections/new">"次の点検・下書き"</a>
    };
    let (closed, left) = (board.closed, left_open(&board));
    view! {
        <Page title=inspection.name.clone() state=state(&board) scope actions=actions.into_any()>
            {around.reminded.map(|people| {
                let whose = around.of.and_then(|id| name_of(&board, id)).map(|name| format!("{name}の"));
                view! { <Reminded people whose=whose.unwrap_or_default() opens_outbox=true/> }
            })}
            {(around.ended && closed).then(|| view! {
                <Done text="点検を締め切りました。結果の数値が確定しました。">
                    <a href=format!("/inspections/{id}/results")>"結果を見る"</a>
                </Done>
            })}
            {around.draft.map(|draft| view! {
                <p class="notice notice--warn">
                    <Icon sign=Sign::Warning/>
                    <span>"これは試行です。回答は点検の結果に数えません。"<a href=format!("/drafts/{draft}")>"下書きへ"</a></span>
                </p>
            })}
            {around.handing_out.map(|progress| view! { <HandingOut progress/> })}
            {(around.pending > 0).then(|| view! {
                <p class="notice notice--warn">
                    <Icon sign=Sign::Warning/>
                    <span>
                        {format!("名簿に、異動などの変更が{}件あります。", around.pending)}
                        <a href=format!("/inspections/{id}/transfers")>"内容を確かめて反映する"</a>
                    </span>
                </p>
            })}
            <div class="lead">
                <Figures board=board.clone()/>
                <DayChart
                    inspection=id
                    by_day=board.by_day.clone()
                    targets=board.coverage.targets
                    opens_on=inspection.opens_on
                    due_on=inspection.due_on
                    today=domain::calendar::day(around.now)
                />
            </div>
            <Filter board=board.clone() asked=around.asked>
                <Live inspection=id stamp=around.pulse.stamp time=around.pulse.time/>
            </Filter>
            <BoardTable board asked=around.asked/>
            {(!around.hasty.is_empty()).then(|| view! { <Haste hasty=around.hasty/> })}
            {(!closed).then(|| view! { <Ending inspection=id.to_string() left/> })}
        </Page>
    }
}

#[component]
fn Figures(board: Board) -> impl IntoView {
    let left = match (board.closed, board.days_left) {
        (true, _) => ("締切済".to_string(), "", "受付を終了".to_string()),
        (_, days @ ..0) => ((-days).to_string(), "日超過", short_day(board.inspection.due_on)),
        (_, 0) => ("今日".to_string(), "まで", short_day(board.inspection.due_on)),
        (_, days) => (days.to_string(), "日", short_day(board.inspection.due_on)),
    };
    let reminded = match board.reminded_at {
        Some(at) => format!("未提出のうち／全員への督促 {}", short_time(at)),
        None => "未提出のうち、再提出待ち".to_string(),
    };
    let early = match board.confirmed_early {
        0 => String::new(),
        number => format!("（うち未提出あり {number}）"),
    };
    let confirmed = format!("全{}所属{early}／確認待ち {}", board.departments, board.waiting);
    let figures = [
        ("対象", thousands(board.coverage.targets), "件", format!("{}人／{}所属", thousands(board.people.targets), board.departments)),
        ("提出済", thousands(board.coverage.submitted), "件", format!("未提出 {}件（{}人）", thousands(board.coverage.missing()), thousands(board.people.missing()))),
        ("把握率", percent(board.coverage.rate()), if board.coverage.targets > 0 { "%" } else { "" }, "提出済 ÷ 対象".to_string()),
        ("差戻し中", board.returned.to_string(), "件", reminded),
        ("所属長確認済", board.confirmed.to_string(), "所属", confirmed),
        ("期限まで", left.0, left.1, left.2),
    ];
    view! {
        <dl class="figures">
            {figures
                .into_iter()
                .map(|(name, number, unit, note)| {
                    view! {
                        <div>
                            <dt>{name}</dt>
                            <dd><b>{number}</b><small>{unit}</small><span class="f">{note}</span></dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    }
}

/// What closing now would leave undone, in a sentence.
fn left_open(board: &Board) -> Option<String> {
    let unconfirmed = board.departments.saturating_sub(board.confirmed);
    let unconfirmed = i64::try_from(unconfirmed).unwrap_or(i64::MAX);
    let counts = [
        (board.coverage.missing(), "未提出の点検票", "件"),
        (board.returned, "うち差戻し中", "件"),
        (unconfirmed, "所属長の確認が済んでいない所属", ""),
    ];
    let said = counts.into_iter().filter(|(number, ..)| *number > 0);
    let said: Vec<String> = said.map(|(number, what, unit)| format!("{what} {}{unit}", thousands(number))).collect();
    let mut lines = board.divisions.iter().flat_map(|division| &division.lines);
    let extended = lines.any(|line| line.days_late == 0 && line.coverage.missing() > 0);
    let mut told = match (board.days_left, extended) {
        (0.., _) => "回答期限はまだ過ぎていません。",
        (_, true) => "期限を延長した所属では、回答期限がまだ過ぎていません。",
        _ => "",
    }
    .to_string();
    if !said.is_empty() {
        told.push_str(&format!("今締め切ると、次のものがそのまま確定します：{}。", said.join("、")));
    }
    (!told.is_empty()).then_some(told)
}

/// Closing, apart from everything else, behind one more click.
#[component]
fn Ending(
    inspection: String,
    /// What is still open.
    left: Option<String>,
) -> impl IntoView {
    view! {
        <details class="ending">
            <summary>"この点検を締め切る"</summary>
            <div class="stack section">
                <p class="hint">"締め切ると、回答、提出、差戻し及び所属長の確認はできなくなり、結果の数値が確定します。取り消すことはできません。"</p>
                {left.map(|text| view! { <p class="notice notice--warn"><Icon sign=Sign::Warning/><span>{text}</span></p> })}
                <PostForm action=CloseInspection::PATH key="close">
                    <Hidden name="inspection" value=inspection.clone()/>
                    <Submit text="締め切る" stop=true/>
                </PostForm>
            </div>
        </details>
    }
}

/// Confirmations given within seconds. Heads don't see this.
#[component]
fn Haste(hasty: Vec<Hasty>) -> impl IntoView {
    view! {
        <details class="section transfers">
            <summary>{format!("短い時間で行われた確認及び承認　{}件（事務局だけに表示）", hasty.len())}</summary>
            <p class="hint">"確認の内容が不適切であることを示すものではありません。必要に応じて、所属長に確認の方法を尋ねてください。"</p>
            <ul>
                {hasty
                    .into_iter()
                    .map(|one| view! { <li>{format!("{}（{}）：{}", one.department, one.head, one.told)}</li> })
                    .collect_view()}
            </ul>
        </details>
    }
}
