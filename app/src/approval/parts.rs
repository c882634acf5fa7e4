//! What the pages of 部長 and 統括 share: the state, the table of departments, giving back, what was just done.

use super::history::Course;
use super::word::SendBack;
use crate::ui::{Chip, Done, Export, Rate, Tone};
use domain::approval::{Level, Stand};
use domain::calendar::short_time;
use domain::rate::Coverage;
use leptos::prelude::*;
use store::approval::{DepartmentLine, Given, Step};
use uuid::Uuid;

/// The state beside the title.
pub fn state(stand: Stand) -> (Tone, String) {
    let units = match (stand.level, stand.with_divisions) {
        (Level::Chief, true) => format!("未了 {}（部・部外の所属）", stand.open),
        _ => format!("確認前 {}所属", stand.open),
    };
    match (stand.asked, stand.approved, stand.open) {
        (false, ..) if stand.level == Level::Chief => (Tone::Plain, "統括の承認は行わない点検".into()),
        (false, ..) => (Tone::Plain, "部長の承認は行わない点検".into()),
        (true, true, _) => (Tone::Ok, "承認済み".into()),
        (true, false, 0) => (Tone::Key, "承認待ち".into()),
        (true, false, _) => (Tone::Plain, units),
    }
}

/// The way to the word at the end of a long page, where the reader still has to give it.
pub fn onward(may_act: bool, stand: Stand) -> AnyView {
    let waits = may_act && !stand.approved && !stand.closed && stand.units > 0;
    waits.then(|| view! { <a class="btn" href="#word">"承認へ進む"</a> }).into_any()
}

/// What the address says was just done.
#[component]
pub fn Said(done: String) -> impl IntoView {
    let text = match done.as_str() {
        "approved" => "承認しました。",
        "withdrawn" => "承認を取り消しました。",
        "sent_back" => "差し戻し、担当する所属長又は部長への通知を作りました。",
        _ => return ().into_any(),
    };
    view! { <Done text/> }.into_any()
}

/// The table around its rows.
#[component]
pub fn Units(
    #[prop(into)] caption: String,
    /// What stands in the first column.
    #[prop(into)]
    first: String,
    /// Its name as a file.
    table: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <Export table/>
        <div class="wide">
            <table class="table table--line">
                <caption class="sr">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{first}</th>
                        <th scope="col">"確認・承認"</th>
                        <th scope="col" class="num">"提出（件）"</th>
                        <th scope="col">"実施率"</th>
                        <th scope="col" class="num">"△・×（問）"</th>
                        <th scope="col" class="num">"うち改善策なし"</th>
                        <th scope="col">"操作"</th>
                    </tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// The sums of a row.
#[derive(Debug, Clone, Copy)]
pub struct Sums {
    pub coverage: Coverage,
    /// The rate, or that it is not shown because too few people stand behind it.
    pub rate: Option<Option<f64>>,
    pub gaps: usize,
    pub bare: usize,
}

impl From<&DepartmentLine> for Sums {
    fn from(line: &DepartmentLine) -> Sums {
        Sums {
            coverage: line.coverage,
            rate: (!line.cell.hidden).then(|| line.cell.rate()),
            gaps: line.gaps.len(),
            bare: line.bare(),
        }
    }
}

/// The four cells of figures.
#[component]
pub fn Figures(sums: Sums) -> impl IntoView {
    let Sums { coverage, rate, gaps, bare } = sums;
    view! {
        <td class="num">{format!("{}／{}", coverage.submitted, coverage.targets)}</td>
        <td>{match rate {
            Some(rate) => view! { <Rate rate/> }.into_any(),
            None => view! { <span class="hint">"5人未満"</span> }.into_any(),
        }}</td>
        <td class="num">{gaps}</td>
        <td class="num">{bare}</td>
    }
}

/// A confirmation or approval that was given: when, by whom, with which words.
#[component]
pub fn GivenText(given: Given) -> impl IntoView {
    let capacity = given.capacity.map(|kind| format!("（{}）", kind.label())).unwrap_or_default();
    view! {
        <span class="sub">{format!("{} {}{capacity}", short_time(given.at), given.by)}</span>
        {(!given.note.is_empty()).then(|| view! { <span class="sub">{format!("所見：{}", given.note)}</span> })}
    }
}

/// What stands in a department's cell for its confirmation. Confirmed while something is missing does not look done.
#[component]
pub fn Confirmed(line: DepartmentLine) -> impl IntoView {
    let missing = line.coverage.missing();
    let late = line.late;
    match (line.confirmed, missing) {
        (Some(given), _) => {
            let (tone, text) = match missing {
                0 => (Tone::Ok, "確認済み".to_string()),
                _ => (Tone::Warn, format!("確認済み（未提出{missing}件）")),
            };
            view! {
                <Chip tone text/>" "<GivenText given/>
                {(late > 0).then(|| view! { <Chip tone=Tone::Warn text=format!("確認の後に提出 {late}件")/> })}
            }
            .into_any()
        }
        (None, 0) => view! { <Chip tone=Tone::Key text="確認待ち"/> }.into_any(),
        (None, _) => view! { <Chip tone=Tone::Plain text=format!("未提出 {missing}件")/> }.into_any(),
    }
}

/// Giving a department's confirmation back to its head, or a 部's approval to its 部長.
#[component]
pub fn Back(
    action: &'static str,
    /// Whose confirmation or approval.
    #[prop(into)]
    name: String,
    /// Name and key of what is given back, as the form carries it.
    unit: (&'static str, Uuid),
    inspection: Uuid,
    /// It is an approval.
    #[prop(optional)]
    approval: bool,
) -> impl IntoView {
    let hint = match approval {
        true => "部長に通知されます。部長の承認は取り消され、部長が所属の確認を差し戻せるようになります。",
        false => "所属長に通知されます。確認は取り消され、所属長が点検票を本人に差し戻せるようになります。",
    };
    let what = if approval { "承認" } else { "確認" };
    let carried = vec![("inspection", inspection.to_string()), (unit.0, unit.1.to_string())];
    view! {
        <SendBack
            action=action
            carried=carried
            name=format!("{name}の{what}")
            key=format!("back-{}", unit.1)
            at=format!("u-{}", unit.1)
            hint=hint
        />
    }
}

/// The chain below the word.
#[component]
pub fn Chain(steps: Vec<Step>) -> impl IntoView {
    (!steps.is_empty()).then(|| view! { <section class="later"><h2>"承認の経過"</h2><Course steps/></section> })
}
