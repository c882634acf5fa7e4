//! What was wrong with the rows of a roster, by sheet, row and column.

use crate::ui::{Chip, Export, Tone};
use domain::roster::RosterProblem;
use leptos::prelude::*;

/// So many problems are shown; the workbook of the difference has all.
const SHOWN: usize = 500;

/// The list of problems.
#[component]
pub fn Problems(problems: Vec<RosterProblem>) -> impl IntoView {
    if problems.is_empty() {
        return ().into_any();
    }
    let rejected = problems.iter().filter(|problem| problem.rejected).count();
    let heading = format!("読取りの結果　取り込めない行 {rejected}、注意 {}", problems.len() - rejected);
    let rest = problems.len().saturating_sub(SHOWN);
    view! {
        <section class="section">
            <h2 class="h">{heading}</h2>
            <Export table="problems"/>
            <table class="table">
                <caption class="sr">"取り込めない行と注意（行の順）"</caption>
                <thead>
                    <tr>
                        <th scope="col">"シート"</th><th class="num" scope="col">"行"</th>
                        <th scope="col">"列"</th><th scope="col">"扱い"</th><th scope="col">"内容"</th>
                    </tr>
                </thead>
                <tbody>{problems.into_iter().take(SHOWN).map(|problem| view! { <Line problem/> }).collect_view()}</tbody>
            </table>
            {(rest > 0).then(|| view! { <p class="hint">{format!("ほか{rest}件。差分をExcelで保存すると、全件を確かめられます。")}</p> })}
        </section>
    }
    .into_any()
}

#[component]
fn Line(problem: RosterProblem) -> impl IntoView {
    let dash = |text: String| if text.is_empty() { "―".to_string() } else { text };
    let row = if problem.row == 0 { "全体".to_string() } else { problem.row.to_string() };
    let (tone, text) = if problem.rejected { (Tone::Err, "取り込まない") } else { (Tone::Note, "注意") };
    view! {
        <tr>
            <td>{dash(problem.sheet)}</td>
            <td class="num">{row}</td>
            <td>{dash(problem.column)}</td>
            <td><Chip tone text/></td>
            <td>{problem.text}</td>
        </tr>
    }
}
