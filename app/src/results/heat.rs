//! The heat map: a number in every cell, every number a link to its answers.

use crate::ui::Export;
use super::link::{self, Figure, View};
use super::stats::change_view;
use domain::rate::{band, percent};
use domain::topic::Topic;
use leptos::prelude::*;
use store::results::{Cell, Line, Results};
use uuid::Uuid;

/// The lines of the map with the class of their rows, and those of its foot. `grouped` puts the 部 above its lines.
pub fn arranged(results: &Results, lines: Vec<Line>, grouped: bool) -> (Vec<(Line, &'static str)>, Vec<Line>) {
    let mut rows = Vec::new();
    let mut division = None;
    for line in lines {
        let above = line.division.clone().filter(|(id, _)| grouped && Some(*id) != line.id);
        if above.is_some() && above != division {
            division = above.clone();
            let head = above.and_then(|(id, _)| results.divisions.iter().find(|line| line.id == Some(id)));
            rows.extend(head.map(|head| (head.clone(), "group")));
        }
        let class = if grouped && division.is_some() && line.division == division { "child" } else { "" };
        rows.push((line, class));
    }
    let chosen = results.chosen.clone().filter(|line| line.division.is_none());
    (rows, chosen.into_iter().chain([results.city.clone()]).collect())
}

/// Units × chapters. `grouped` puts the lines under their 部 and shows 把握率 as well.
#[component]
pub fn Heat(results: Results, lines: Vec<Line>, grouped: bool) -> impl IntoView {
    let inspection = results.heading.inspection;
    let (rows, foot) = arranged(&results, lines, grouped);
    let rows = rows.into_iter().map(|(line, class)| view! { <Row line inspection wide=grouped class/> }).collect_view();
    view! {
        <Export table="rates" at=format!("/inspections/{inspection}/results")/>
        <div class="wide">
            <table class="table heat">
                <caption class="sr">"所属と分野ごとの実施率。単位はパーセント"</caption>
                <thead>
                    <tr>
                        <th scope="col">"所属（組織順）"</th>
                        {grouped.then(|| view! { <th scope="col">"対象"</th><th scope="col">"提出"</th><th scope="col">"把握率"</th> })}
                        {Topic::ALL
                            .map(|topic| view! { <th scope="col"><small>{topic.number()}</small>{topic.short()}</th> })
                            .collect_view()}
                        <th scope="col">"全分野"</th>
                        <th scope="col">"前年度比"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    {foot.into_iter().map(|line| view! { <Row line inspection wide=grouped class=""/> }).collect_view()}
                </tfoot>
            </table>
        </div>
    }
}

#[component]
fn Row(line: Line, inspection: Uuid, wide: bool, class: &'static str) -> impl IntoView {
    let coverage = line.coverage;
    let name = line.name.clone();
    let to = link::results(inspection, line.id, View::City);
    view! {
        <tr class=class>
            <th scope="row"><a href=to>{name.clone()}</a></th>
            {wide.then(|| view! {
                <td class="num">{coverage.targets}</td>
                <td class="num">{coverage.submitted}</td>
                <td class="num">{percent(coverage.rate())}</td>
            })}
            {Topic::ALL
                .into_iter()
                .zip(line.topics)
                .map(|(topic, cell)| {
                    let figure = Figure { department: line.id, topic: Some(topic), ..Figure::default() };
                    view! { <HeatCell cell sum=false name=format!("{name}・{}", topic.label()) inspection figure/> }
                })
                .collect_view()}
            <HeatCell
                cell=line.all
                sum=true
                name=format!("{name}・全分野")
                inspection
                figure=Figure { department: line.id, ..Figure::default() }
            />
            <td class="num">{change_view(line.change)}</td>
        </tr>
    }
}

#[component]
fn HeatCell(cell: Cell, sum: bool, name: String, inspection: Uuid, figure: Figure) -> impl IntoView {
    let rate = cell.rate();
    let class = format!("b{}{}", band(rate), if sum { " sum" } else { "" });
    let tally = cell.tally;
    let key = |id: Option<Uuid>| id.map_or_else(|| "all".to_string(), |id| id.simple().to_string());
    let id = format!("t-{}-{}", key(figure.department), figure.topic.map_or(0, Topic::number));
    if cell.hidden || tally.answered() == 0 {
        let why = if cell.hidden { "回答者が5人未満のため示しません" } else { "回答がありません" };
        return view! { <td class=class><span title=why>"―"<span class="sr">{why}</span></span></td> }.into_any();
    }
    let sums = format!(
        "実施 {}÷責務が生じた {}　一部実施 {}　該当なし {}",
        tally.done,
        tally.obliged(),
        tally.partial,
        tally.na
    );
    let described_by = id.clone();
    view! {
        <td class=class>
            <a href=link::answers(inspection, figure) aria-describedby=described_by>
                {percent(rate)}
                <span class="tip" id=id>{name}<br/>{sums}</span>
            </a>
        </td>
    }
    .into_any()
}

/// What the bands mean.
#[component]
pub fn Legend() -> impl IntoView {
    view! {
        <ul class="legend" aria-label="色の意味">
            <li><i class="b5"></i>"95以上"</li>
            <li><i class="b4"></i>"90以上"</li>
            <li><i class="b3"></i>"80以上"</li>
            <li><i class="b2"></i>"70以上"</li>
            <li><i class="b1">"▼"</i>"70未満"</li>
            <li><i class="b0"></i>"― 責務が生じた回答がない"</li>
        </ul>
    }
}
