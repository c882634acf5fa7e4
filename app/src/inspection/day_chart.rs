//! Sheets handed in by day, as a drawing with its table.

use crate::ui::Export;
use domain::calendar::short_day;
use leptos::prelude::*;
use std::collections::BTreeMap;
use time::{Date, Duration};
use uuid::Uuid;

const LEFT: f64 = 44.0;
const WIDTH: f64 = 490.0;
const TOP: f64 = 14.0;
const HEIGHT: f64 = 92.0;

/// One day: its place on the axis (0..=1 of the width), its sheets, and all sheets until then.
pub struct Day {
    pub day: Date,
    x: f64,
    pub sheets: i64,
    pub sum: i64,
}

/// The days from the opening to today, at most the deadline or the last submission.
pub fn days(by_day: &BTreeMap<Date, i64>, opens_on: Date, due_on: Date, today: Date) -> Vec<Day> {
    let first = by_day.keys().next().copied().map_or(opens_on, |day| day.min(opens_on));
    let last = by_day.keys().next_back().copied().map_or(opens_on, |day| day.max(today.min(due_on)));
    let whole = ((last.max(due_on) - first).whole_days() + 1) as f64;
    let mut sum = 0;
    let count = (last - first).whole_days().max(0);
    (0..=count)
        .map(|number| {
            let day = first + Duration::days(number);
            let sheets = by_day.get(&day).copied().unwrap_or_default();
            sum += sheets;
            Day { day, x: LEFT + WIDTH * (number as f64 + 0.5) / whole, sheets, sum }
        })
        .collect()
}

/// The drawing. The line is the sum of the sheets that stand handed in, by their day.
#[component]
pub fn DayChart(
    inspection: Uuid,
    by_day: BTreeMap<Date, i64>,
    /// All sheets: the height of the line's axis.
    targets: i64,
    opens_on: Date,
    due_on: Date,
    today: Date,
) -> impl IntoView {
    let days = days(&by_day, opens_on, due_on, today);
    if by_day.is_empty() || targets == 0 {
        return view! {
            <div class="chart">
                <div class="chart__head"><h2>"日ごとの回答"</h2></div>
                <p class="empty">"まだ提出された点検票がありません。提出されると、日ごとの数と累計がここに表示されます。"</p>
            </div>
        }
        .into_any();
    }
    let whole = targets as f64;
    let y = move |sum: f64| TOP + HEIGHT * (1.0 - sum / whole);
    let slot = WIDTH / ((days.last().map_or(opens_on, |day| day.day).max(due_on) - days[0].day).whole_days() + 1) as f64;
    let points: Vec<String> = days.iter().map(|day| format!("{:.1},{:.1}", day.x, y(day.sum as f64))).collect();
    let (last_x, last_sum) = days.last().map_or((LEFT, 0), |day| (day.x, day.sum));
    let rate = domain::rate::percent(Some(last_sum as f64 / whole));
    let axis_last = days.last().map(|day| day.day.max(due_on)).unwrap_or(due_on);
    let label = format!("日ごとの提出数と把握率。今{rate}パーセント。");
    let bars = days
        .iter()
        .filter(|day| day.sheets > 0)
        .map(|day| {
            let height = HEIGHT * day.sheets as f64 / whole;
            let (x, width) = (format!("{:.1}", day.x - slot * 0.35), format!("{:.1}", slot * 0.7));
            view! { <rect class="c-bar" x=x width=width y=format!("{:.1}", TOP + HEIGHT - height) height=format!("{height:.1}")></rect> }
        })
        .collect_view();
    view! {
        <div class="chart">
            <div class="chart__head">
                <h2>"日ごとの回答"</h2>
                <span class="key"><svg viewBox="0 0 24 12" aria-hidden="true"><path class="c-line" d="M0 6h24"></path></svg>"把握率（累計）"</span>
                <span class="key"><svg viewBox="0 0 24 12" aria-hidden="true"><rect class="c-bar" x="5" width="14" height="12"></rect></svg>"1日の提出"</span>
            </div>
            <svg viewBox="0 0 560 132" role="img" aria-label=label>
                {[(0.0, "0%"), (0.5, "50%"), (1.0, "100%")]
                    .into_iter()
                    .map(|(part, text)| {
                        let at = format!("{:.1}", y(whole * part));
                        let class = if part == 0.0 { "c-axis" } else { "c-grid" };
                        view! {
                            <line class=class x1=LEFT.to_string() x2=(LEFT + WIDTH).to_string() y1=at.clone() y2=at></line>
                            <text class="c-text" x="38" y=format!("{:.1}", y(whole * part) + 4.0) text-anchor="end">{text}</text>
                        }
                    })
                    .collect_view()}
                {bars}
                <polyline class="c-line" points=points.join(" ")></polyline>
                <circle class="c-dot" cx=format!("{last_x:.1}") cy=format!("{:.1}", y(last_sum as f64)) r="4"></circle>
                <text class="c-strong" x=format!("{:.1}", last_x.max(LEFT + 40.0)) y=format!("{:.1}", (y(last_sum as f64) - 10.0).max(11.0)) text-anchor="middle">
                    {format!("{rate}%")}
                </text>
                <text class="c-text" x=LEFT.to_string() y="126">{short_day(days[0].day)}</text>
                <text class="c-text" x=(LEFT + WIDTH).to_string() y="126" text-anchor="end">{short_day(axis_last)}</text>
            </svg>
            <details>
                <summary class="sub">"数値の表"</summary>
                <DayTable inspection days targets/>
            </details>
        </div>
    }
    .into_any()
}

#[component]
fn DayTable(inspection: Uuid, days: Vec<Day>, targets: i64) -> impl IntoView {
    view! {
        <Export table="days" at=format!("/inspections/{inspection}")/>
        <table class="table">
            <caption class="sr">"日ごとの提出数"</caption>
            <thead><tr><th scope="col">"日"</th><th class="num" scope="col">"提出"</th><th class="num" scope="col">"累計"</th><th class="num" scope="col">"把握率"</th></tr></thead>
            <tbody>
                {days
                    .into_iter()
                    .map(|day| {
                        let rate = domain::rate::percent(Some(day.sum as f64 / targets as f64));
                        view! {
                            <tr>
                                <th scope="row">{short_day(day.day)}</th><td class="num">{day.sheets}</td>
                                <td class="num">{day.sum}</td><td class="num">{format!("{rate}%")}</td>
                            </tr>
                        }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
}
