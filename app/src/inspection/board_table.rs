//! The table of the board: 部 and 課 in the order asked for.

use super::board_filter::reminder_path;
use super::board_text::{confirmation_word, confirmed_by, deadline, overdue};
use crate::ui::{Chip, Direction, Empty, Export, Rate, SortHead, Tone};
use domain::calendar::short_time;
use domain::inspection::board::{Asked, Sort};
use domain::rate::thousands;
use leptos::prelude::*;
use store::inspection::board::{Board, Division, Line, Row};
use uuid::Uuid;

/// What every row needs of the inspection.
#[derive(Clone, Copy)]
struct About {
    inspection: Uuid,
    asked: Asked,
    closed: bool,
}

/// The table.
#[component]
pub fn BoardTable(board: Board, asked: Asked) -> impl IntoView {
    let about = About { inspection: board.inspection.id, asked, closed: board.closed };
    let rows = board.rows(&asked);
    if rows.is_empty() {
        return view! { <Empty text=format!("「{}」の所属はありません。ほかの絞込みを選ぶと、すべての所属を確かめられます。", asked.show.label())/> }
            .into_any();
    }
    let caption = format!("所属別の提出状況（{}）", asked.sort.label(asked.turned));
    let head = |sort: Sort, text: &'static str, num: bool| {
        let href = format!("/inspections/{}{}#table", about.inspection, asked.pressed(sort).query());
        let up = if sort.is_upwards() { Direction::Ascending } else { Direction::Descending };
        let now = (asked.sort == sort).then(|| up.turned(asked.turned));
        view! { <SortHead text href now num/> }
    };
    view! {
        <Export table="board" at=format!("/inspections/{}", about.inspection)/>
        <div class="wide" id="table">
            <table class="table table--stick table--line">
                <caption class="sr">{caption}</caption>
                <thead>
                    <tr>
                        {head(Sort::Organisation, "所属", false)}
                        {head(Sort::Targets, "対象", true)}
                        {head(Sort::Submitted, "提出済", true)}
                        {head(Sort::Rate, "把握率", false)}
                        {head(Sort::Missing, "未提出", true)}
                        {head(Sort::Returned, "うち差戻し", true)}
                        <th scope="col">"所属長確認"</th>
                        {head(Sort::Due, "期限", false)}
                        <th scope="col">"次の操作"</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| shown(row, about)).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn shown(row: Row<'_>, about: About) -> AnyView {
    match row {
        Row::Division(division) => view! { <Sum division=division.clone()/> }.into_any(),
        Row::Department(division, line) => {
            // Without its 部 above it a department says where it belongs.
            let place = (about.asked.sort != Sort::Organisation).then(|| division.name.clone());
            view! { <One line=line.clone() place about/> }.into_any()
        }
    }
}

/// A number, or a dash for nothing.
fn dash(number: i64) -> AnyView {
    if number == 0 {
        view! { <td class="num nil">"―"</td> }.into_any()
    } else {
        view! { <td class="num">{thousands(number)}</td> }.into_any()
    }
}

/// A 部 with its sums.
#[component]
fn Sum(division: Division) -> impl IntoView {
    let Division { id, name, coverage, returned, confirmed, departments, overdue, .. } = division;
    view! {
        <tr class="group" data-row=format!("sum-{id}")>
            <th scope="row">{name}</th>
            <td class="num">{thousands(coverage.targets)}</td>
            <td class="num">{thousands(coverage.submitted)}</td>
            <td><Rate rate=coverage.rate()/></td>
            {dash(coverage.missing())}
            {dash(returned)}
            <td>{format!("{confirmed}／{departments}所属")}</td>
            <td>{(overdue > 0).then(|| format!("{overdue}所属が超過"))}</td>
            <td></td>
        </tr>
    }
}

#[component]
fn One(line: Line, place: Option<String>, about: About) -> impl IntoView {
    let href = format!("/inspections/{}/departments/{}", about.inspection, line.department_id);
    let missing = line.coverage.missing();
    let class = if place.is_none() { "child" } else { "" };
    let key = line.department_id.to_string();
    let place_id = format!("d-{key}");
    view! {
        <tr class=class data-row=key id=place_id>
            <th scope="row"><a href=href>{line.name.clone()}</a>{place.map(|place| view! { <span class="sub place">{place}</span> })}</th>
            <td class="num">{thousands(line.coverage.targets)}</td>
            <td class="num">{thousands(line.coverage.submitted)}</td>
            <td><Rate rate=line.coverage.rate()/></td>
            {dash(missing)}
            {dash(line.returned)}
            <td>{confirmation(&line, about.closed)}</td>
            <td>
                {match overdue(&line) {
                    Some(text) => view! { <Chip tone=Tone::Err text/> }.into_any(),
                    None => deadline(&line).into_any(),
                }}
            </td>
            <td>{(missing > 0 && !about.closed).then(|| view! { <Remind line about/> })}</td>
        </tr>
    }
}

fn confirmation(line: &Line, closed: bool) -> AnyView {
    let text = confirmation_word(line, closed);
    match confirmed_by(line) {
        Some(by) => {
            let tone = if line.is_confirmed_early() { Tone::Warn } else { Tone::Ok };
            view! { <Chip tone text/>" "{by} }.into_any()
        }
        None if line.awaits_confirmation() && !closed => view! { <Chip tone=Tone::Key text/> }.into_any(),
        None => view! { <span class="sub">{text}</span> }.into_any(),
    }
}

/// The way to the reminder of one department, with who gets it and in which words.
#[component]
fn Remind(line: Line, about: About) -> impl IntoView {
    let spoken = format!("督促：{}の未提出{}人", line.name, line.missing_people);
    let last = line.reminded_at.map(|at| format!("前回 {}", short_time(at)));
    let href = reminder_path(about.inspection, &about.asked, Some(line.department_id));
    view! {
        <a class="btn btn--s" href=href aria-label=spoken>"督促"</a>
        <span class="sub">{last}</span>
    }
}
