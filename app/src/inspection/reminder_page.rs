//! `/inspections/:inspection/reminder`: a reminder of the office before it is sent. The same for all, for the
//! departments the board shows, and for one.

use super::api::RemindMissing;
use super::reminder_parts::Before;
use crate::ui::{Crumb, Empty, Hidden, Icon, Page, PostForm, Sign, page};
use domain::inspection::board::{Asked, Show};
use domain::rate::thousands;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::inspection::board::Board;
use store::inspection::board;
use store::inspection::hand_out::progress;
use store::reminder::{Preview, preview};
use uuid::Uuid;

/// What is asked for.
#[derive(Debug, Clone)]
struct Wanted {
    asked: Asked,
    /// The departments; none for all.
    departments: Option<Vec<Uuid>>,
    /// Whom, in words: 市民課, 表示中の5所属, 全庁.
    whose: String,
}

/// The page.
#[component]
pub fn ReminderPage() -> impl IntoView {
    page(
        |ask| async move {
            let id = ask.id("inspection")?;
            let board = board(&ask.db, &ask.actor, id, ask.now).await?;
            let asked =
                Asked::read(&ask.text("show"), &ask.text("sort"), &ask.text("division"), &ask.text("turn"));
            let wanted = wanted(&board, asked, ask.optional_id("department"));
            let departments = wanted.departments.as_deref();
            let preview = preview(&ask.db, &ask.actor, id, departments, ask.now).await?;
            let early = progress(&ask.db, &ask.actor, id).await?.is_some();
            Ok((board, wanted, preview, early))
        },
        |(board, wanted, preview, early)| view! { <Shown board wanted preview early/> }.into_any(),
    )
}

fn wanted(board: &Board, asked: Asked, one: Option<Uuid>) -> Wanted {
    let lines = || board.divisions.iter().flat_map(|division| &division.lines);
    if let Some(id) = one {
        let name = lines().find(|line| line.department_id == id).map(|line| line.name.clone());
        return Wanted { asked, departments: Some(vec![id]), whose: name.unwrap_or_default() };
    }
    if asked.show == Show::All && asked.division.is_none() {
        return Wanted { asked, departments: None, whose: "全庁".into() };
    }
    let (ids, _) = board.missing(&asked);
    Wanted { asked, whose: format!("表示中の{}所属", ids.len()), departments: Some(ids) }
}

#[component]
fn Shown(
    board: Board,
    wanted: Wanted,
    preview: Preview,
    /// Sheets are still being handed out.
    early: bool,
) -> impl IntoView {
    let Wanted { asked, departments, whose } = wanted;
    let id = board.inspection.id;
    let people = thousands(preview.to.len());
    let nothing = match (board.closed, preview.to.is_empty()) {
        (true, _) => Some("この点検は締め切られたため、督促を送れません。"),
        _ if early => Some("点検票を配付しているところです。配付が終わってから、督促を送ってください。"),
        (false, true) => Some("点検票を提出していない職員はいません。督促を送る必要はありません。"),
        (false, false) => None,
    };
    let (again, back) = (preview.today(), format!("/inspections/{id}{}", asked.query()));
    let way = vec![Crumb { text: board.inspection.name.clone(), href: back.clone() }];
    let keys = departments.unwrap_or_default().iter().map(Uuid::to_string).collect::<Vec<_>>().join(",");
    view! {
        <Page title=format!("{whose}への督促") way scope=board.inspection.name.clone()>
            {if let Some(text) = nothing {
                view! { <Empty text><a class="btn" href=back>"進行状況へ戻る"</a></Empty> }.into_any()
            } else {
                view! {
                    <p class="lead-text">{format!("点検票を提出していない{people}人に督促を送ります。宛先と内容を確かめてください。")}</p>
                    {(again > 0).then(|| view! {
                        <p class="notice notice--warn">
                            <Icon sign=Sign::Warning/><span>{format!("このうち{again}人には、今日既に督促を送っています。")}</span>
                        </p>
                    })}
                    <div class="stack panel"><Before preview/></div>
                    <PostForm action=RemindMissing::PATH class="row section">
                        <Hidden name="inspection" value=id.to_string()/>
                        <Hidden name="departments" value=keys.clone()/>
                        <Hidden name="query" value=asked.query()/>
                        <button class="btn btn--main"><Icon sign=Sign::Mail/>{format!("この内容で{people}人に督促を送る")}</button>
                        <a class="btn" href=back.clone()>"送らずに戻る"</a>
                    </PostForm>
                }
                .into_any()
            }}
        </Page>
    }
}
