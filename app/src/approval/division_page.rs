//! `/inspections/:inspection/divisions/:division`: what the 部長 approves.

use super::api::{ApproveDivision, SendDepartmentBack, WithdrawDivision};
use super::bundle::Bundle;
use super::history::Course;
use super::word::{Forms, SendBack, Word};
use crate::ui::{Chip, Crumb, Empty, Export, Page, Rate, Tone, page};
use domain::approval::Stand;
use domain::calendar::{short_day, short_time};
use domain::permission::{Action, allows};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::approval::{self, DepartmentLine, DivisionPage};

/// The page.
#[component]
pub fn DivisionApprovalPage() -> impl IntoView {
    page(
        |ask| async move {
            let (inspection, division) = (ask.id("inspection")?, ask.id("division")?);
            let shown = approval::division(&ask.db, &ask.actor, inspection, division, ask.now).await?;
            let sees_city = allows(&ask.actor, Action::SeeApproval);
            Ok((shown, sees_city))
        },
        |(shown, sees_city)| view! { <Division shown sees_city/> }.into_any(),
    )
}

fn state(stand: Stand) -> (Tone, String) {
    match (stand.asked, stand.approved, stand.open) {
        (false, ..) => (Tone::Plain, "部長の承認は行わない点検".into()),
        (true, true, _) => (Tone::Ok, "承認済み".into()),
        (true, false, 0) => (Tone::Key, "承認待ち".into()),
        (true, false, open) => (Tone::Plain, format!("確認前の所属 {open}")),
    }
}

#[component]
fn Division(shown: DivisionPage, sees_city: bool) -> impl IntoView {
    let DivisionPage { inspection, unit, stand, may_act, own, history } = shown;
    let scope = format!("{}　回答期限 {}", inspection.name, short_day(inspection.due_on));
    let way = match sees_city {
        true => Crumb { text: "全庁の確認及び承認".into(), href: format!("/inspections/{}/approval", inspection.id) },
        false => Crumb { text: "最初の画面".into(), href: "/".into() },
    };
    let forms = Forms {
        approve: ApproveDivision::PATH,
        withdraw: WithdrawDivision::PATH,
        carried: vec![("inspection", inspection.id.to_string()), ("division", unit.id.to_string())],
    };
    let may_send = may_act && !stand.approved && !stand.closed;
    let bare: usize = unit.lines.iter().map(DepartmentLine::bare).sum();
    let confirmed = unit.confirmed();
    let actions = (may_act && !stand.approved && !stand.closed && stand.units > 0)
        .then(|| view! { <a class="btn" href="#word">"承認へ進む"</a> }.into_any());
    view! {
        <Page title=unit.name.clone() state=state(stand) scope way=vec![way] actions=actions.unwrap_or_else(|| ().into_any())>
            {if unit.lines.is_empty() {
                view! { <Empty text="この部には、この点検の点検票がありません。承認は必要ありません。"/> }.into_any()
            } else {
                view! {
                    <p class="lead-text">
                        {format!("{}所属のうち{confirmed}所属で、所属長の確認が済んでいます。改善策のない設問は{bare}問です。", unit.lines.len())}
                    </p>
                    <Lines lines=unit.lines.clone() inspection=inspection.id may_send/>
                    <h2 class="later" id="bundle">"一部実施及び未実施の設問と改善策"</h2>
                    <Export table="gaps"/>
                    <Export table="bundle"/>
                    <Bundle lines=unit.lines.clone() inspection=inspection.id/>
                }
                .into_any()
            }}
            <Word stand approved=unit.approved may_act own forms/>
            {(!history.is_empty()).then(|| view! {
                <section class="later"><h2>"承認の経過"</h2><Course steps=history/></section>
            })}
        </Page>
    }
}

#[component]
fn Lines(lines: Vec<DepartmentLine>, inspection: uuid::Uuid, may_send: bool) -> impl IntoView {
    view! {
        <Export table="division"/>
        <div class="wide">
            <table class="table table--line">
                <caption class="sr">"所属ごとの確認の状況と集計"</caption>
                <thead>
                    <tr>
                        <th scope="col">"所属"</th>
                        <th scope="col">"所属長の確認"</th>
                        <th scope="col" class="num">"提出"</th>
                        <th scope="col">"実施率"</th>
                        <th scope="col" class="num">"△・×"</th>
                        <th scope="col" class="num">"改善策なし"</th>
                        <th scope="col">"操作"</th>
                    </tr>
                </thead>
                <tbody>{lines.into_iter().map(|line| view! { <Line line inspection may_send/> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// What stands in a department's cell for its confirmation.
#[component]
pub fn Confirmed(line: DepartmentLine) -> impl IntoView {
    let missing = line.coverage.missing();
    let late = line.late;
    match line.confirmed {
        Some(given) => {
            let capacity = given.capacity.map(|kind| format!("（{}）", kind.label())).unwrap_or_default();
            view! {
                <Chip tone=Tone::Ok text="確認済み"/>
                " "
                <span class="sub">{format!("{} {}{capacity}", short_time(given.at), given.by)}</span>
                {(!given.note.is_empty()).then(|| view! { <span class="sub">{format!("所見：{}", given.note)}</span> })}
                {(late > 0).then(|| view! { <Chip tone=Tone::Warn text=format!("確認の後に提出 {late}件")/> })}
            }
            .into_any()
        }
        None if missing == 0 => view! { <Chip tone=Tone::Key text="確認待ち"/> }.into_any(),
        None => view! { <Chip tone=Tone::Plain text=format!("未提出 {missing}件")/> }.into_any(),
    }
}

#[component]
fn Line(line: DepartmentLine, inspection: uuid::Uuid, may_send: bool) -> impl IntoView {
    let (name, id) = (line.name.clone(), line.department);
    let may_send = may_send && line.confirmed.is_some();
    let carried = vec![("inspection", inspection.to_string()), ("department", id.to_string())];
    view! {
        <tr>
            <th scope="row">{if line.may_open {
                view! { <a href=format!("/inspections/{inspection}/departments/{id}")>{name.clone()}</a> }.into_any()
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
                <a class="btn btn--s" href=format!("#bundle-{id}") aria-label=format!("{name}の設問と改善策")>"設問と改善策"</a>
                {may_send.then(|| view! {
                    <SendBack
                        action=SendDepartmentBack::PATH
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
