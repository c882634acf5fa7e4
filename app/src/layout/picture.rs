//! A sheet drawn as a table, as its readers know it from Excel: letters above, numbers at the left. Every text, letter
//! and number is a button of the form around it, so that pointing needs no script; who points by keyboard writes the
//! place into the field beside the table instead of going through all of them.

use domain::intake::Fault;
use domain::layout::Holds;
use domain::layout::picture::{Cell, Made, Picture, Row};
use domain::layout::pointing::holds_label;
use domain::roster::layout::letter;
use leptos::prelude::*;

/// The place of a cell in the picture.
pub fn cell_of(cell: &str) -> String {
    format!("cell-{cell}")
}

/// The place of a cell in the list of those that can't be read.
pub fn unclear_of(cell: &str) -> String {
    format!("unclear-{cell}")
}

/// The table.
#[component]
pub fn Drawn(picture: Picture, pointing: bool) -> impl IntoView {
    let (columns, rows) = (picture.columns, picture.rows);
    view! {
        <div class="drawn" tabindex="0" role="region" aria-label="シートの図">
            <table class="drawn__table">
                <caption class="sr">"シートの図。色の付いたセルは、読み取った内容です。"</caption>
                <thead>
                    <tr>
                        <td></td>
                        {columns.into_iter().enumerate().map(|(at, holds)| view! { <Head at holds pointing/> }).collect_view()}
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Line row pointing/> }).collect_view()}</tbody>
            </table>
        </div>
        {picture.cut.then(|| view! { <p class="hint">"図は、初めの300行60列までです。その先も読み取ります。"</p> })}
    }
}

/// A place that can be pointed at.
#[component]
fn Place(at: String, text: String, pointing: bool) -> impl IntoView {
    let spoken = if at == text { format!("{at}を指定する") } else { format!("{at}を指定する：{text}") };
    match pointing {
        true => view! { <button class="drawn__at" name="at" value=at tabindex="-1" aria-label=spoken>{text}</button> }.into_any(),
        false => text.into_any(),
    }
}

#[component]
fn Head(at: usize, holds: Option<Holds>, pointing: bool) -> impl IntoView {
    let class = holds.as_ref().map(class_of).unwrap_or_default();
    let words = holds.filter(|holds| *holds != Holds::Nothing).map(|holds| short(&holds));
    view! {
        <th scope="col" class=class>
            <Place at=letter(at) text=letter(at) pointing/>
            {words.map(|words| view! { <span class="drawn__what">{words}</span> })}
        </th>
    }
}

fn short(holds: &Holds) -> String {
    match holds {
        Holds::Choice(_) => holds_label(holds).split('」').next().unwrap_or_default().replace('「', ""),
        Holds::Person => "回答".to_string(),
        _ => holds_label(holds),
    }
}

fn class_of(holds: &Holds) -> &'static str {
    match holds {
        Holds::Question => "made made--question",
        Holds::Answer | Holds::Choice(_) | Holds::Person => "made made--answer",
        Holds::Comment | Holds::Evidence | Holds::Due => "made made--beside",
        Holds::No | Holds::Category => "made made--no",
        Holds::Nothing => "",
    }
}

#[component]
fn Line(row: Row, pointing: bool) -> impl IntoView {
    let no = row.no.to_string();
    let class = if row.hidden || row.excluded { "drawn__left-out" } else { "" };
    let mark = match (row.hidden, row.excluded) {
        (true, _) => Some("非表示"),
        (_, true) => Some("読み飛ばす行"),
        _ => None,
    };
    view! {
        <tr class=class>
            <th scope="row"><Place at=no.clone() text=no pointing/>{mark.map(|mark| view! { <span class="drawn__what">{mark}</span> })}</th>
            {row.cells.into_iter().map(|cell| view! { <Box cell pointing/> }).collect_view()}
        </tr>
    }
}

#[component]
fn Box(cell: Cell, pointing: bool) -> impl IntoView {
    let (class, what) = match &cell.made {
        None => ("", None),
        Some(Made::Heading) => ("made made--heading", None),
        Some(Made::Of(holds)) => (class_of(holds), None),
        Some(Made::Faulty(Fault::MultipleMarks)) => ("made made--faulty", Some("二つ以上の印")),
        Some(Made::Faulty(_)) => ("made made--faulty", Some("読み取れない")),
        Some(Made::Head(field)) => ("made made--head", Some(field.label())),
    };
    let (wide, high) = cell.spans;
    let faulty = matches!(cell.made, Some(Made::Faulty(_)));
    let (id, back) = (faulty.then(|| cell_of(&cell.name)), format!("#{}", unclear_of(&cell.name)));
    let focus = faulty.then_some("-1");
    let spoken = format!("{}（{}の一覧の行に戻る）", what.unwrap_or_default(), cell.name);
    let place = (!cell.text.is_empty()).then(|| view! { <Place at=cell.name.clone() text=cell.text.clone() pointing/> });
    view! {
        <td class=class id=id tabindex=focus colspan=(wide > 1).then_some(wide) rowspan=(high > 1).then_some(high)>
            {what.map(|what| match faulty {
                true => view! { <a class="drawn__what" href=back.clone() aria-label=spoken.clone()>{what}</a> }.into_any(),
                false => view! { <span class="drawn__what">{what}</span> }.into_any(),
            })}
            {place}
        </td>
    }
}
