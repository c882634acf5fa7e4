//! `/inspections/:inspection/projector`: the board for a wall: large figures, one bar for each 部, nobody's name.

use super::api::pulse_of;
use crate::island::live::{Live, Pulse};
use crate::ui::page;
use crate::ui::figure::Bar;
use domain::calendar::short_day;
use domain::rate::{Coverage, percent};
use leptos::prelude::*;
use leptos_meta::Title;
use store::inspection::board;
use store::inspection::board::{Board, Division};

/// So many 部 fit into one column at the size that is legible from afar.
const IN_ONE_COLUMN: usize = 8;

/// The page.
#[component]
pub fn ProjectorPage() -> impl IntoView {
    page(
        |ask| async move {
            let id = ask.id("inspection")?;
            let pulse = pulse_of(&ask, id).await?;
            Ok((board(&ask.db, &ask.actor, id, ask.now).await?, pulse))
        },
        |(board, pulse)| view! { <Shown board pulse/> }.into_any(),
    )
}

/// The number and its sign; 「―」 has none.
fn rate_text(rate: Option<f64>) -> (String, &'static str) {
    (percent(rate), if rate.is_some() { "%" } else { "" })
}

/// 「23／40」
fn counts_text(coverage: Coverage) -> String {
    format!("{}／{}", coverage.submitted, coverage.targets)
}

#[component]
fn Shown(board: Board, pulse: Pulse) -> impl IntoView {
    let id = board.inspection.id;
    let name = board.inspection.name.clone();
    let (number, sign) = rate_text(board.coverage.rate());
    let counts = counts_text(board.coverage);
    let left = match (board.closed, board.days_left) {
        (true, _) => "締切済".to_string(),
        (_, days @ ..0) => format!("期限を{}日超過", -days),
        (_, 0) => "今日が期限".to_string(),
        (_, days) => format!("期限まで{days}日"),
    };
    let until = format!("期限 {}", short_day(board.inspection.due_on));
    let divisions: Vec<Division> = board.divisions.into_iter().filter(|one| one.coverage.targets > 0).collect();
    let class = if divisions.len() > IN_ONE_COLUMN { "wall__parts wall__parts--many" } else { "wall__parts" };
    view! {
        <Title text=format!("{name}　投影用｜見直し")/>
        // Without a script the browser loads the page anew by itself.
        <noscript><meta http-equiv="refresh" content="30"/></noscript>
        <main class="wall" id="main">
            <div class="wall__head">
                <h1>{name.clone()}</h1>
                <p>{left}<small>{until}</small></p>
            </div>
            <div class="wall__city">
                <p class="wall__rate"><small>"全庁の把握率"</small><b>{number}</b>{sign}</p>
                <Bar rate=board.coverage.rate()/>
                <p class="wall__counts">
                    <span>"提出済 "<b>{counts}</b>"件"</span>
                    <span>"未提出 "<b>{board.coverage.missing()}</b>"件"</span>
                    <span>"所属長確認済 "<b>{format!("{}／{}", board.confirmed, board.departments)}</b>"所属"</span>
                </p>
            </div>
            <ul class=class>
                {divisions
                    .into_iter()
                    .map(|one| {
                        let (number, sign) = rate_text(one.coverage.rate());
                        view! {
                            <li data-row=one.id.to_string()>
                                <span>{one.name}</span>
                                <Bar rate=one.coverage.rate()/>
                                <b>{format!("{number}{sign}")}</b>
                                <small>{counts_text(one.coverage)}</small>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            <div class="wall__foot">
                <Live inspection=id stamp=pulse.stamp time=pulse.time/>
                <a href=format!("/inspections/{id}")>"進行状況へ戻る"</a>
            </div>
        </main>
    }
}
