//! What stands above the table of the board: which departments, in which order, and what can be done with those shown.

use crate::ui::{Hidden, Icon, Sign};
use domain::rate::thousands;
use domain::inspection::board::{Asked, Show, Sort};
use leptos::prelude::*;
use store::inspection::board::Board;
use uuid::Uuid;

/// The two lines above the table. The form is one of plain parameters, so that an address holds what is shown.
#[component]
pub fn Filter(
    board: Board,
    asked: Asked,
    /// How current the page is.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="filter">
            <Tabs board=board.clone() asked/>
            {children()}
        </div>
        <div class="filter filter--near">
            <RemindShown board=board.clone() asked/>
            <Order board asked/>
        </div>
    }
}

#[component]
fn Tabs(board: Board, asked: Asked) -> impl IntoView {
    let id = board.inspection.id;
    let tabs = Show::ALL
        .into_iter()
        .map(|one| {
            let count = board.count(&asked, one);
            let href = format!("/inspections/{id}{}", Asked { show: one, ..asked }.query());
            let current = (one == asked.show).then_some("true");
            view! { <li><a href=href aria-current=current>{format!("{} {count}所属", one.label())}</a></li> }
        })
        .collect_view();
    view! { <ul class="tabs" aria-label="状態による絞込み">{tabs}</ul> }
}

#[component]
fn Order(board: Board, asked: Asked) -> impl IntoView {
    let action = format!("/inspections/{}", board.inspection.id);
    let divisions = board.divisions.into_iter().map(|one| {
        let chosen = asked.division == Some(one.id);
        view! { <option value=one.id.to_string() selected=chosen>{one.name}</option> }
    });
    let sorts = Sort::ALL
        .into_iter()
        .map(|one| view! { <option value=one.key() selected=one == asked.sort>{one.label(false)}</option> });
    view! {
        <form method="get" action=action class="choose">
            {(asked.show != Show::All).then(|| view! { <Hidden name="show" value=asked.show.key()/> })}
            <select class="select" name="division" aria-label="部">
                <option value="">"すべての部"</option>
                {divisions.collect_view()}
            </select>
            <select class="select" name="sort" aria-label="並び順">{sorts.collect_view()}</select>
            <button class="btn btn--s">"表示"</button>
        </form>
    }
}

/// The page that shows a reminder before it is sent: to those shown, or to one department's.
pub fn reminder_path(inspection: Uuid, asked: &Asked, department: Option<Uuid>) -> String {
    let query = asked.query();
    let department = department.map(|id| format!("{}department={id}", if query.is_empty() { "?" } else { "&" }));
    format!("/inspections/{inspection}/reminder{query}{}", department.unwrap_or_default())
}

/// The way to the reminder of those who are missing in what is shown.
#[component]
fn RemindShown(board: Board, asked: Asked) -> impl IntoView {
    let whole = asked.show == Show::All && asked.division.is_none();
    let (departments, people) = board.missing(&asked);
    let people = if whole { board.people.missing() } else { i64::try_from(people).unwrap_or(i64::MAX) };
    if people == 0 || board.closed {
        return None;
    }
    let text = match whole {
        true => format!("未提出の{}人に督促を送る", thousands(people)),
        false => format!("表示中の{}所属の未提出者に督促を送る", departments.len()),
    };
    let href = reminder_path(board.inspection.id, &asked, None);
    Some(view! { <a class="btn btn--main" href=href><Icon sign=Sign::Mail/>{text}</a> })
}
