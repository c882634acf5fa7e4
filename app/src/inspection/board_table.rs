//! The table of the board: 部 and 課 in the order asked for.

use super::api::RemindMissing;
use super::board_text::{confirmation_word, confirmed_by, deadline, overdue};
use crate::ui::{Chip, Empty, Export, Hidden, PostForm, Rate, Submit, Tone};
use domain::calendar::short_time;
use domain::inspection::board::{Asked, Sort};
use leptos::prelude::*;
use server_fn::ServerFn;
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
    let caption = format!("所属別の回答状況（{}）", asked.sort.label());
    view! {
        <Export table="board" at=format!("/inspections/{}", about.inspection)/>
        <div class="wide">
            <table class="table table--stick table--line">
                <caption class="sr">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"所属"</th><th class="num" scope="col">"対象"</th>
                        <th class="num" scope="col">"回答済"</th><th scope="col">"把握率"</th>
                        <th class="num" scope="col">"未回答"</th><th class="num" scope="col">"差戻し"</th>
                        <th scope="col">"所属長確認"</th><th scope="col">"期限"</th><th scope="col">"次の操作"</th>
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
        view! { <td class="num">{number}</td> }.into_any()
    }
}

/// A 部 with its sums.
#[component]
fn Sum(division: Division) -> impl IntoView {
    let Division { id, name, coverage, returned, confirmed, departments, overdue, .. } = division;
    view! {
        <tr class="group" data-row=format!("sum-{id}")>
            <th scope="row">{name}</th>
            <td class="num">{coverage.targets}</td>
            <td class="num">{coverage.submitted}</td>
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
    view! {
        <tr class=class data-row=key>
            <th scope="row"><a href=href>{line.name.clone()}</a>{place.map(|place| view! { <span class="sub place">{place}</span> })}</th>
            <td class="num">{line.coverage.targets}</td>
            <td class="num">{line.coverage.submitted}</td>
            <td><Rate rate=line.coverage.rate()/></td>
            {dash(missing)}
            {dash(line.returned)}
            <td>{confirmation(&line)}</td>
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

fn confirmation(line: &Line) -> AnyView {
    let text = confirmation_word(line);
    match confirmed_by(line) {
        Some(by) => view! { <Chip tone=Tone::Ok text/>" "{by} }.into_any(),
        None if line.awaits_confirmation() => view! { <Chip tone=Tone::Key text/> }.into_any(),
        None => view! { <span class="sub">{text}</span> }.into_any(),
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
            <Hidden name="departments" value=department.clone()/>
            <Hidden name="query" value=about.asked.query()/>
            <Submit text="督促" small=true spoken=spoken.clone()/>
        </PostForm>
        <span class="sub">{last}</span>
    }
}
