//! `/inspections/:inspection/approval`: what the 統括 approves, over all 部.

use super::api::{ApproveCity, SendUnitBack, WithdrawCity};
use super::parts::{Back, Chain, Confirmed, Figures, GivenText, Said, Sums, Units, onward, state};
use super::word::{Forms, Word};
use crate::ui::{Chip, Crumb, Page, Tone, page};
use domain::calendar::short_day;
use domain::permission::{Action, allows};
use domain::rate::Tally;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::approval::{self, CityPage, DepartmentLine, Unit};
use uuid::Uuid;

/// The page.
#[component]
pub fn CityApprovalPage() -> impl IntoView {
    page(
        |ask| async move {
            let shown = approval::city(&ask.db, &ask.actor, ask.id("inspection")?, ask.now).await?;
            Ok((shown, allows(&ask.actor, Action::RunInspection), ask.text("done")))
        },
        |(shown, runs, done)| view! { <City shown runs done/> }.into_any(),
    )
}

#[component]
fn City(shown: CityPage, runs: bool, done: String) -> impl IntoView {
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
    let (lead, id) = (lead(&units), inspection.id);
    view! {
        <Page title="全庁の確認及び承認" state=state(stand) scope way=vec![way] actions=onward(may_act, stand)>
            <Said done/>
            <p class="lead-text">{lead}</p>
            <Units caption="部及び所属ごとの確認及び承認の状況と集計" first="部・所属" table="approval">
                {units.into_iter().map(|unit| view! { <UnitRows unit inspection=id may_send/> }).collect_view()}
            </Units>
            <Word stand approved may_act own forms/>
            <Chain steps=history/>
        </Page>
    }
}

fn lead(units: &[Unit]) -> String {
    let lines = || units.iter().flat_map(|unit| &unit.lines);
    let confirmed: usize = units.iter().map(Unit::confirmed).sum();
    let early = lines().filter(|line| line.is_confirmed_early()).count();
    let early = if early > 0 { format!("（うち{early}所属に未提出があります）") } else { String::new() };
    let approved = units.iter().filter(|unit| unit.approved.is_some()).count();
    let of_units = match units.iter().filter(|unit| unit.asked).count() {
        0 => String::new(),
        asked => format!("部長の承認は、{asked}部のうち{approved}部で済んでいます。"),
    };
    format!(
        "{}所属のうち{confirmed}所属で、所属長の確認が済んでいます{early}。{of_units}設問ごとの件数と改善策は、部の名称を押すと表示されます。",
        lines().count()
    )
}

#[component]
fn UnitRows(unit: Unit, inspection: Uuid, may_send: bool) -> impl IntoView {
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

/// The sums of a 部; its rate is shown where none of its departments' is withheld.
fn sums(unit: &Unit) -> Sums {
    let hidden = unit.lines.iter().any(|line| line.cell.hidden);
    let tally: Tally = unit.lines.iter().map(|line| line.cell.tally).sum();
    Sums {
        coverage: unit.lines.iter().map(|line| line.coverage).sum(),
        rate: (!hidden).then(|| tally.done_rate()),
        gaps: unit.lines.iter().map(|line| line.gaps.len()).sum(),
        bare: unit.lines.iter().map(DepartmentLine::bare).sum(),
    }
}

#[component]
fn UnitRow(unit: Unit, inspection: Uuid, may_send: bool) -> impl IntoView {
    let (name, id) = (unit.name.clone(), unit.id);
    let (confirmed, count) = (unit.confirmed(), unit.lines.len());
    let sums = sums(&unit);
    let may_send = may_send && unit.approved.is_some();
    let state = match (unit.approved, unit.asked) {
        (Some(given), _) => view! { <Chip tone=Tone::Ok text="部長承認済み"/>" "<GivenText given/> }.into_any(),
        (None, true) if confirmed == count => view! { <Chip tone=Tone::Key text="部長の承認待ち"/> }.into_any(),
        _ => view! { <span class="sub">{format!("確認 {confirmed}／{count}所属")}</span> }.into_any(),
    };
    view! {
        <tr class="group" id=format!("u-{id}")>
            <th scope="row"><a href=format!("/inspections/{inspection}/divisions/{id}")>{name.clone()}</a></th>
            <td class="wrap">{state}</td>
            <Figures sums/>
            <td class="ops">
                {may_send.then(|| view! { <Back action=SendUnitBack::PATH name=name.clone() unit=("unit", id) inspection approval=true/> })}
            </td>
        </tr>
    }
}

#[component]
fn DepartmentRow(line: DepartmentLine, inspection: Uuid, alone: bool, may_send: bool) -> impl IntoView {
    let (name, id) = (line.name.clone(), line.department);
    let may_send = may_send && line.confirmed.is_some();
    let sums = Sums::from(&line);
    view! {
        <tr class=if alone { "group" } else { "child" } id=format!("u-{id}")>
            <th scope="row">{if alone {
                view! { <a href=format!("/inspections/{inspection}/divisions/{id}")>{name.clone()}</a> }.into_any()
            } else {
                name.clone().into_any()
            }}</th>
            <td class="wrap"><Confirmed line/></td>
            <Figures sums/>
            <td class="ops">
                {may_send.then(|| view! { <Back action=SendUnitBack::PATH name=name.clone() unit=("unit", id) inspection/> })}
            </td>
        </tr>
    }
}
