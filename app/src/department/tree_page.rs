//! `/departments`: the organisation of a day as a tree, and forms to set up and to merge.

use super::reorganise_api::{AddDepartment, MergeDepartments};
use crate::context::Ask;
use crate::ui::form::{came_back, entered};
use crate::ui::{Chip, Empty, Export, Field, Page, PostForm, Select, Submit, Tone, page};
use domain::calendar::{iso, parse_day, wareki};
use domain::department::{Change, Kind};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::department::tree::{Line, Link, Links, tree};
use time::Date;
use uuid::Uuid;

/// The page.
#[component]
pub fn DepartmentsPage() -> impl IntoView {
    page(
        |ask| async move {
            let day = day_of(&ask);
            Ok((tree(&ask.db, &ask.actor, day).await?, day, ask.today()))
        },
        |(lines, day, today)| view! { <Shown lines day today/> }.into_any(),
    )
}

/// The day that is asked for.
pub fn day_of(ask: &Ask) -> Date {
    parse_day(&ask.text("day")).unwrap_or_else(|| ask.today())
}

#[component]
fn Shown(lines: Vec<Line>, day: Date, today: Date) -> impl IntoView {
    let people: usize = lines.iter().map(|line| line.people).sum();
    let scope = format!("{} 現在／{}所属、{people}人", wareki(day), lines.len());
    let now = day == today;
    let actions = view! {
        {now.then(|| view! { <a class="btn btn--s" href="#reorganise">"組織改正"</a> })}
        <a class="btn btn--s" href="/systems">"情報システム"</a>
        <a class="btn btn--s" href="/departments/attributes">"所属の属性"</a>
        <a class="btn btn--s" href="/roster">"名簿の取込み"</a>
    };
    let empty = lines.is_empty();
    view! {
        <Page title="組織" scope actions=actions.into_any()>
            <form class="filter filter--near" method="get" action="/departments">
                <label>"基準日 "<input class="field" type="date" name="day" value=iso(day)/></label>
                <button class="btn btn--s">"この日の組織を表示する"</button>
                {(!now).then(|| view! { <a href="/departments">"今日の組織に戻る"</a> })}
            </form>
            {(!now).then(|| view! { <p class="hint">"組織改正は、今日の組織の画面で行います。"</p> })}
            {if empty {
                view! { <Empty text="この日の所属はありません。名簿を取り込むか、下で所属を設けてください。"/> }.into_any()
            } else {
                view! { <Tree lines=lines.clone()/> }.into_any()
            }}
            {now.then(|| view! { <Forms lines=lines.clone() today/> })}
        </Page>
    }
}

#[component]
fn Tree(lines: Vec<Line>) -> impl IntoView {
    let sums: Vec<Option<usize>> = (0..lines.len()).map(|at| below(&lines[at..])).collect();
    let rows = lines.into_iter().zip(sums);
    view! {
        <Export table="departments"/>
        <table class="table table--stick">
            <caption class="sr">"所属（組織順）"</caption>
            <thead>
                <tr>
                    <th scope="col">"所属"</th><th scope="col">"種類"</th><th scope="col">"コード"</th>
                    <th scope="col">"所属長"</th><th class="num" scope="col">"職員"</th><th scope="col">"前後の所属"</th>
                </tr>
            </thead>
            <tbody>{rows.map(|(line, sum)| view! { <Row line sum/> }).collect_view()}</tbody>
        </table>
    }
}

/// The people of the first line with those below it; nothing where nothing stands below.
pub fn below(lines: &[Line]) -> Option<usize> {
    let (first, rest) = lines.split_first()?;
    let under: Vec<usize> =
        rest.iter().take_while(|line| line.depth > first.depth).map(|line| line.people).collect();
    (!under.is_empty()).then(|| first.people + under.iter().sum::<usize>())
}

#[component]
fn Row(line: Line, sum: Option<usize>) -> impl IntoView {
    let class = format!("place--{}", line.depth.min(3));
    let group = (line.depth == 0 && sum.is_some()).then_some("group");
    let history = history(&line.links);
    let heads = match line.heads.is_empty() {
        true if line.people > 0 => view! { <Chip tone=Tone::Warn text="不在"/> }.into_any(),
        true => view! { "―" }.into_any(),
        false => heads_of(line.heads).into_any(),
    };
    view! {
        <tr class=group>
            <th scope="row" class=class><a href=format!("/departments/{}", line.id)>{line.name}</a></th>
            <td>{line.kind.map_or("―", Kind::label)}</td>
            <td>{line.code}</td>
            <td>{heads}</td>
            <td class="num">{sum.unwrap_or(line.people)}</td>
            <td class="sub">{history}</td>
        </tr>
    }
}

/// 令和7年4月1日に甲室及び乙室を統合、令和9年4月1日に丙課へ改称.
pub fn history(links: &Links) -> String {
    let steps = |links: &[Link], before: bool| -> Vec<String> {
        let mut days: Vec<(Date, Change)> = links.iter().map(|link| (link.on, link.change)).collect();
        days.dedup();
        let names = |on: Date, change: Change| -> Vec<&str> {
            links.iter().filter(|link| (link.on, link.change) == (on, change)).map(|link| link.name.as_str()).collect()
        };
        let step = |(on, change): (Date, Change)| {
            let word = match (before, change) {
                (true, Change::Merged) => "を",
                (true, _) => "から",
                (false, _) => "へ",
            };
            format!("{}に{}{word}{}", wareki(on), names(on, change).join("及び"), change.label())
        };
        days.into_iter().map(step).collect()
    };
    [steps(&links.before, true), steps(&links.after, false)].concat().join("、")
}

fn heads_of(heads: Vec<(Uuid, String)>) -> impl IntoView {
    heads
        .into_iter()
        .enumerate()
        .map(|(at, (id, name))| {
            let comma = if at > 0 { "、" } else { "" };
            view! { {comma}<a href=format!("/people/{id}")>{name}</a> }
        })
        .collect_view()
}

#[component]
fn Forms(lines: Vec<Line>, today: Date) -> impl IntoView {
    let kinds: Vec<(String, String)> =
        Kind::ALL.iter().map(|kind| (kind.key().to_string(), kind.label().to_string())).collect();
    let places = choices(&lines, "（なし。部・局として設ける）");
    let above = places.clone();
    let into = choices(&lines, "（新しい所属に統合する）");
    view! {
        <section class="section no-print" id="reorganise">
            <h2 class="h">"組織改正"</h2>
            <p class="hint">"改称、移管、分割及び廃止は、それぞれの所属の画面で行います。改正の日より前の点検、改善及び監査は、その日の組織のまま残ります。"</p>
            <details class="section" open=came_back(AddDepartment::PATH)>
                <summary>"所属を設ける"</summary>
                <PostForm action=AddDepartment::PATH class="stack panel">
                    <div class="row">
                        <Field name="name" label="名称" required=true/>
                        <Select name="kind" label="種類" options=kinds.clone() value="department"/>
                        <Field name="code" label="所属コード"/>
                    </div>
                    <div class="row">
                        <Select name="parent" label="上の部・局" options=places.clone()/>
                        <Field name="on" label="設置の日" kind="date" value=iso(today) required=true/>
                    </div>
                    <Submit text="所属を設ける"/>
                </PostForm>
            </details>
            <details class="section" open=came_back(MergeDepartments::PATH)>
                <summary>"所属を統合する"</summary>
                <Merge lines=lines.clone() into=into.clone() places=above today/>
            </details>
        </section>
    }
}

#[component]
fn Merge(
    lines: Vec<Line>,
    into: Vec<(String, String)>,
    places: Vec<(String, String)>,
    today: Date,
) -> impl IntoView {
    let heads = leaders(&lines);
    view! {
        <PostForm action=MergeDepartments::PATH class="stack panel">
            <fieldset>
                <legend class="label">"統合する所属"</legend>
                <div class="picks">
                    {lines
                        .iter()
                        .map(|line| {
                            let name = format!("ids[d{}]", line.id);
                            let on = !entered(&name, String::new()).is_empty();
                            view! { <label class="check"><input type="checkbox" name=name value="1" checked=on/>{line.name.clone()}</label> }
                        })
                        .collect_view()}
                </div>
            </fieldset>
            <div class="row">
                <Select name="into" label="統合先" options=into.clone() hint="今ある所属に統合するときは、その所属を選びます。"/>
                <Field name="name" id="merge-name" label="新しい所属の名称（新しい所属に統合するとき）"/>
                <Select name="parent" id="merge-parent" label="新しい所属の上の部・局" options=places.clone()/>
            </div>
            <div class="row">
                <Field name="on" id="merge-on" label="統合の日" kind="date" value=iso(today) required=true/>
                <Select name="head" label="統合後の所属長" options=heads.clone()/>
            </div>
            <p class="hint">"統合する所属の所属長のうち、選んだ者が統合後も所属長になります。選ばれない者の所属長の発令は統合の日の前日で終わり、その者は職員として統合後の所属に残ります。選ばないときは、所属長が一人だけであればその者が、統合先が今ある所属であればその所属長が続け、そのほかの場合は後で発令するまで不在になります。職員、情報システム及び所属の属性は、統合後の所属に引き継がれます。"</p>
            <Submit text="統合する"/>
        </PostForm>
    }
}

/// The heads of the day, one of whom may lead what the departments become.
fn leaders(lines: &[Line]) -> Vec<(String, String)> {
    let none = "（選ばない）";
    let all = lines.iter().flat_map(|line| {
        line.heads.iter().map(|(id, name)| (id.to_string(), format!("{}　{name}", line.name)))
    });
    std::iter::once((String::new(), none.to_string())).chain(all).collect()
}

fn choices(lines: &[Line], none: &str) -> Vec<(String, String)> {
    let all = lines.iter().map(|line| (line.id.to_string(), format!("{}{}", "　".repeat(line.depth), line.name)));
    std::iter::once((String::new(), none.to_string())).chain(all).collect()
}
