//! `/inspections/:inspection/approval`: what the 統括 approves, over all 部.

use super::api::{ApproveCity, SendUnitBack, WithdrawCity};
use super::division_page::Confirmed;
use super::history::Course;
use super::word::{Forms, SendBack, Word};
use crate::ui::{Chip, Crumb, Export, Page, Rate, Tone, page};
use domain::approval::Stand;
use domain::calendar::{short_day, short_time};
use domain::permission::{Action, allows};
use domain::rate::Tally;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::approval::{self, CityPage, DepartmentLine, Unit};

/// The page.
#[component]
pub fn CityApprovalPage() -> impl IntoView {
    page(
        |ask| async move {
            let shown = approval::city(&ask.db, &ask.actor, ask.id("inspection")?, ask.now).await?;
            Ok((shown, allows(&ask.actor, Action::RunInspection)))
        },
        |(shown, runs)| view! { <City shown runs/> }.into_any(),
    )
}

fn state(stand: Stand) -> (Tone, String) {
    match (stand.asked, stand.approved, stand.open) {
        (false, ..) => (Tone::Plain, "統括の承認は行わない点検".into()),
        (true, true, _) => (Tone::Ok, "承認済み".into()),
        (true, false, 0) => (Tone::Key, "承認待ち".into()),
        (true, false, open) if stand.with_divisions => (Tone::Plain, format!("承認前の部 {open}")),
        (true, false, open) => (Tone::Plain, format!("確認前の所属 {open}")),
    }
}

#[component]
fn City(shown: CityPage, runs: bool) -> impl IntoView {
    let CityPage { inspection, units, stand, approved, may_act, own, history } = shown;
    let scope = format!("{}　回答期限 {}", inspection.name, short_day(inspection.due_on));
    let way = match runs {
        true => Crumb { text: inspection.name.clone(), href: format!("/inspections/{}", inspection.id) },
        false => Crumb { text: "最初の画面".into(), href: "/".into() },
    };
    let forms = Forms {
        approve: ApproveCity::PATH,
        withdraw: WithdrawCity::PATH,
        carried: vec![("inspection", inspection.id.to_string())],
    };
    let may_send = may_act && !stand.approved && !stand.closed;
    let departments: usize = units.iter().map(|unit| unit.lines.len()).sum();
    let confirmed: usize = units.iter().map(Unit::confirmed).sum();
    let approved_units = units.iter().filter(|unit| unit.approved.is_some()).count();
    let asked_units = units.iter().filter(|unit| unit.asked).count();
    let of_units = (asked_units > 0).then(|| format!("部長の承認は、{asked_units}部のうち{approved_units}部で済んでいます。"));
    let actions = (may_send && stand.units > 0).then(|| view! { <a class="btn" href="#word">"承認へ進む"</a> }.into_any());
    view! {
        <Page title="全庁の確認及び承認" state=state(stand) scope way=vec![way] actions=actions.unwrap_or_else(|| ().into_any())>
            <p class="lead-text">
                {format!("{departments}所属のうち{confirmed}所属で、所属長の確認が済んでいます。")}{of_units}
                "設問ごとの件数と改善策は、部の名称を押すと表示されます。"
            </p>
            <Units units inspection=inspection.id may_send/>
            <Word stand approved may_act own forms/>
            {(!history.is_empty()).then(|| view! {
                <section class="later"><h2>"承認の経過"</h2><Course steps=history/></section>
            })}
        </Page>
    }
}

#[component]
fn Units(units: Vec<Unit>, inspection: uuid::Uuid, may_send: bool) -> impl IntoView {
    view! {
        <Export table="approval"/>
        <div class="wide">
            <table class="table table--line">
                <caption class="sr">"部及び所属ごとの確認及び承認の状況と集計"</caption>
                <thead>
                    <tr>
                        <th scope="col">"部・所属"</th>
                        <th scope="col">"確認・承認"</th>
                        <th scope="col" class="num">"提出"</th>
                        <th scope="col">"実施率"</th>
                        <th scope="col" class="num">"△・×の設問"</th>
                        <th scope="col" class="num">"改善策なし"</th>
                        <th scope="col">"操作"</th>
                    </tr>
                </thead>
                <tbody>{units.into_iter().map(|unit| view! { <UnitRows unit inspection may_send/> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn UnitRows(unit: Unit, inspection: uuid::Uuid, may_send: bool) -> impl IntoView {
    let alone = unit.lines.len() == 1 && unit.lines.iter().all(|line| line.department == unit.id);
    let lines = unit.lines.clone();
    let (asked, approved) = (unit.asked, unit.approved.is_some());
    view! {
        {(!alone).then(|| view! { <UnitRow unit inspection may_send/> })}
        {lines
            .into_iter()
            // What a 部長 approved is given back to the 部長.
            .map(|line| view! { <DepartmentRow line inspection alone may_send=may_send && !approved && !asked/> })
            .collect_view()}
    }
}

#[component]
fn UnitRow(unit: Unit, inspection: uuid::Uuid, may_send: bool) -> impl IntoView {
    let (name, id) = (unit.name.clone(), unit.id);
    let (confirmed, count) = (unit.confirmed(), unit.lines.len());
    let submitted: i64 = unit.lines.iter().map(|line| line.coverage.submitted).sum();
    let targets: i64 = unit.lines.iter().map(|line| line.coverage.targets).sum();
    let hidden = unit.lines.iter().any(|line| line.cell.hidden);
    let tally: Tally = unit.lines.iter().map(|line| line.cell.tally).sum();
    let gaps: usize = unit.lines.iter().map(|line| line.gaps.len()).sum();
    let bare: usize = unit.lines.iter().map(DepartmentLine::bare).sum();
    let state = match (&unit.approved, unit.asked) {
        (Some(given), _) => {
            let text = format!("{} {}", short_time(given.at), given.by);
            let note = given.note.clone();
            view! {
                <Chip tone=Tone::Ok text="部長承認済み"/>" "<span class="sub">{text}</span>
                {(!note.is_empty()).then(|| view! { <span class="sub">{format!("所見：{note}")}</span> })}
            }
            .into_any()
        }
        (None, true) if confirmed == count => view! { <Chip tone=Tone::Key text="部長の承認待ち"/> }.into_any(),
        _ => view! { <span class="sub">{format!("確認 {confirmed}／{count}所属")}</span> }.into_any(),
    };
    let may_send = may_send && unit.approved.is_some();
    let carried = vec![("inspection", inspection.to_string()), ("unit", id.to_string())];
    view! {
        <tr class="group">
            <th scope="row"><a href=format!("/inspections/{inspection}/divisions/{id}")>{name.clone()}</a></th>
            <td class="wrap">{state}</td>
            <td class="num">{format!("{submitted}／{targets}")}</td>
            <td>{if hidden { view! { <span class="hint">"―"</span> }.into_any() } else { view! { <Rate rate=tally.done_rate()/> }.into_any() }}</td>
            <td class="num">{gaps}</td>
            <td class="num">{bare}</td>
            <td class="ops">
                {may_send.then(|| view! {
                    <SendBack
                        action=SendUnitBack::PATH
                        carried=carried.clone()
                        name=format!("{name}の承認")
                        key=format!("back-{id}")
                        hint="部長に通知されます。部長の承認は取り消され、部長が所属の確認を差し戻せるようになります。"
                    />
                })}
            </td>
        </tr>
    }
}

#[component]
fn DepartmentRow(line: DepartmentLine, inspection: uuid::Uuid, alone: bool, may_send: bool) -> impl IntoView {
    let (name, id) = (line.name.clone(), line.department);
    let may_send = may_send && line.confirmed.is_some();
    let carried = vec![("inspection", inspection.to_string()), ("unit", id.to_string())];
    view! {
        <tr class=if alone { "group" } else { "child" }>
            <th scope="row">{if alone {
                view! { <a href=format!("/inspections/{inspection}/divisions/{id}")>{name.clone()}</a> }.into_any()
            } else {
                name.clone().into_any()
            }}</th>
            <td class="wrap"><Confirmed line=line.clone()/></td>
            <td class="num">{format!("{}／{}", line.coverage.submitted, line.coverage.targets)}</td>
            <td>{if line.cell.hidden {
                view! { <span class="hint">"5人未満"</span> }.into_any()
            } else {
                view! { <Rate rate=line.cell.rate()/> }.into_any()
            }}</td>
            <td class="num">{line.gaps.len()}</td>
            <td class="num">{line.bare()}</td>
            <td class="ops">
                {may_send.then(|| view! {
                    <SendBack
                        action=SendUnitBack::PATH
                        carried=carried.clone()
                        name=format!("{name}の確認")
                        key=format!("back-{id}")
                        hint="所属長に通知されます。確認は取り消され、所属長が点検票を本人に差し戻せるようになります。"
                    />
                })}
            </td>
        </tr>
    }
}
