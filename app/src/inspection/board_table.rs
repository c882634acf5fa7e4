//! The table of the board: 部 and 課 in 組織順.

use super::api::RemindMissing;
use crate::ui::{Chip, Empty, Hidden, PostForm, Rate, Submit, Tone};
use domain::calendar::{short_day, short_time};
use leptos::prelude::*;
use time::{Date, Duration};
use server_fn::ServerFn;
use store::inspection::board::{Board, Division, Line};
use uuid::Uuid;

/// Which departments the table shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    All,
    Missing,
    Returned,
    Waiting,
}

impl Show {
    /// All tabs, in their order.
    pub const ALL: [Show; 4] = [Show::All, Show::Missing, Show::Returned, Show::Waiting];

    /// The key in the address.
    pub fn key(self) -> &'static str {
        match self {
            Show::All => "all",
            Show::Missing => "missing",
            Show::Returned => "returned",
            Show::Waiting => "waiting",
        }
    }

    /// The tab of a key; all for anything else.
    pub fn from_key(key: &str) -> Show {
        Show::ALL.into_iter().find(|show| show.key() == key).unwrap_or(Show::All)
    }

    /// The word on the tab.
    pub fn label(self) -> &'static str {
        match self {
            Show::All => "すべて",
            Show::Missing => "未回答あり",
            Show::Returned => "差戻し中",
            Show::Waiting => "確認待ち",
        }
    }

    /// Whether a department belongs to the tab.
    pub fn keeps(self, line: &Line) -> bool {
        match self {
            Show::All => true,
            Show::Missing => line.coverage.missing() > 0,
            Show::Returned => line.returned > 0,
            Show::Waiting => line.awaits_confirmation(),
        }
    }
}

/// What every row needs of the inspection.
#[derive(Clone)]
struct About {
    inspection: Uuid,
    today: Date,
    closed: bool,
}

/// The table.
#[component]
pub fn BoardTable(board: Board, show: Show) -> impl IntoView {
    let about = About {
        inspection: board.inspection.id,
        today: board.inspection.due_on - Duration::days(board.days_left),
        closed: board.closed,
    };
    let divisions: Vec<Division> = board
        .divisions
        .into_iter()
        .filter(|division| division.lines.iter().any(|line| show.keeps(line)))
        .collect();
    if divisions.is_empty() {
        return view! { <Empty text=format!("「{}」の所属はありません。ほかの絞込みを選ぶと、すべての所属を確かめられます。", show.label())/> }
            .into_any();
    }
    view! {
        <div class="wide">
            <table class="table table--stick table--line">
                <caption class="sr">"所属別の回答状況（組織順）"</caption>
                <thead>
                    <tr>
                        <th scope="col">"所属（組織順）"</th><th class="num" scope="col">"対象"</th>
                        <th class="num" scope="col">"回答済"</th><th scope="col">"把握率"</th>
                        <th class="num" scope="col">"未回答"</th><th class="num" scope="col">"差戻し"</th>
                        <th scope="col">"所属長確認"</th><th scope="col">"期限"</th><th scope="col">"次の操作"</th>
                    </tr>
                </thead>
                {divisions
                    .into_iter()
                    .map(|division| view! { <Group division about=about.clone() show/> })
                    .collect_view()}
            </table>
        </div>
    }
    .into_any()
}

/// A number, or a dash for nothing.
fn dash(number: i64) -> AnyView {
    if number == 0 {
        view! { <td class="num nil">"―"</td> }.into_any()
    } else {
        view! { <td class="num">{number}</td> }.into_any()
    }
}

#[component]
fn Group(division: Division, about: About, show: Show) -> impl IntoView {
    let Division { name, coverage, returned, confirmed, lines, .. } = division;
    let all = lines.iter().filter(|line| line.coverage.targets > 0).count();
    view! {
        <tbody>
            <tr class="group">
                <th scope="rowgroup">{name}</th>
                <td class="num">{coverage.targets}</td>
                <td class="num">{coverage.submitted}</td>
                <td><Rate rate=coverage.rate()/></td>
                {dash(coverage.missing())}
                {dash(returned)}
                <td>{format!("{confirmed}／{all}所属")}</td>
                <td></td>
                <td></td>
            </tr>
            {lines
                .into_iter()
                .filter(|line| show.keeps(line))
                .map(|line| view! { <Row line about=about.clone()/> })
                .collect_view()}
        </tbody>
    }
}

#[component]
fn Row(line: Line, about: About) -> impl IntoView {
    let href = format!("/inspections/{}/departments/{}", about.inspection, line.department_id);
    let missing = line.coverage.missing();
    let late = -domain::inspection::days_left(line.due_on, about.today);
    let overdue = late > 0 && missing > 0 && !about.closed;
    view! {
        <tr class="child">
            <th scope="row"><a href=href>{line.name.clone()}</a></th>
            <td class="num">{line.coverage.targets}</td>
            <td class="num">{line.coverage.submitted}</td>
            <td><Rate rate=line.coverage.rate()/></td>
            {dash(missing)}
            {dash(line.returned)}
            <td>{confirmation(&line)}</td>
            <td>
                {if overdue {
                    view! { <Chip tone=Tone::Err text=format!("{late}日超過")/> }.into_any()
                } else {
                    short_day(line.due_on).into_any()
                }}
            </td>
            <td>{(missing > 0 && !about.closed).then(|| view! { <Remind line about/> })}</td>
        </tr>
    }
}

fn confirmation(line: &Line) -> AnyView {
    match &line.confirmed {
        Some((at, name)) => {
            let family = name.split_whitespace().next().unwrap_or_default().to_string();
            view! { <Chip tone=Tone::Ok text="確認済"/>" "{format!("{} {family}", short_time(*at))} }.into_any()
        }
        None if line.coverage.targets == 0 => view! { <span class="sub">"対象なし"</span> }.into_any(),
        None if line.awaits_confirmation() => view! { <Chip tone=Tone::Key text="確認待ち"/> }.into_any(),
        None => view! { <span class="sub">"回答中"</span> }.into_any(),
    }
}

#[component]
fn Remind(line: Line, about: About) -> impl IntoView {
    let spoken = format!("督促：{}の未回答{}人", line.name, line.missing_people);
    let department = line.department_id.to_string();
    let last = line.reminded_at.map(|at| format!("前回 {}", short_time(at)));
    view! {
        <PostForm action=RemindMissing::PATH class="inline" key=department.clone()>
            <Hidden name="inspection" value=about.inspection.to_string()/>
            <Hidden name="department" value=department.clone()/>
            <Submit text="督促" small=true spoken=spoken.clone()/>
        </PostForm>
        <span class="sub">{last}</span>
    }
}
