//! `/inspections/:inspection/divisions/:division`: what the 部長 approves.

use super::api::{ApproveDivision, SendDepartmentBack, WithdrawDivision};
use super::bundle::Bundle;
use super::parts::{Back, Chain, Confirmed, Figures, Said, Sums, Units, onward, state};
use super::word::{Forms, Word};
use crate::ui::{Crumb, Empty, Export, Page, page};
use domain::calendar::short_day;
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
            Ok((shown, sees_city, ask.text("done")))
        },
        |(shown, sees_city, done)| view! { <Division shown sees_city done/> }.into_any(),
    )
}

#[component]
fn Division(shown: DivisionPage, sees_city: bool, done: String) -> impl IntoView {
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
    let id = inspection.id;
    view! {
        <Page title=unit.name.clone() state=state(stand) scope way=vec![way] actions=onward(may_act, stand)>
            <Said done/>
            {if unit.lines.is_empty() {
                view! { <Empty text="この部には、この点検の点検票がありません。承認は必要ありません。"/> }.into_any()
            } else {
                let lines = unit.lines.clone();
                view! {
                    <p class="lead-text">{lead(&lines)}</p>
                    <Units caption="所属ごとの確認の状況と集計" first="所属" table="division">
                        {lines.into_iter().map(|line| view! { <Line line inspection=id may_send/> }).collect_view()}
                    </Units>
                    <h2 class="later" id="bundle">"一部実施及び未実施の設問と改善策"</h2>
                    <Export table="gaps"/>
                    <Export table="bundle"/>
                    <Bundle lines=unit.lines.clone() inspection=id/>
                }
                .into_any()
            }}
            <Word stand approved=unit.approved may_act own forms/>
            <Chain steps=history/>
        </Page>
    }
}

fn lead(lines: &[DepartmentLine]) -> String {
    let confirmed = lines.iter().filter(|line| line.confirmed.is_some()).count();
    let early = lines.iter().filter(|line| line.is_confirmed_early()).count();
    let early = if early > 0 { format!("（うち{early}所属に未提出があります）") } else { String::new() };
    let bare: usize = lines.iter().map(DepartmentLine::bare).sum();
    format!(
        "{}所属のうち{confirmed}所属で、所属長の確認が済んでいます{early}。改善策のない設問は{bare}問です。",
        lines.len()
    )
}

#[component]
fn Line(line: DepartmentLine, inspection: uuid::Uuid, may_send: bool) -> impl IntoView {
    let (name, id) = (line.name.clone(), line.department);
    let may_send = may_send && line.confirmed.is_some();
    let sums = Sums::from(&line);
    view! {
        <tr id=format!("u-{id}")>
            <th scope="row">{if line.may_open {
                view! { <a href=format!("/inspections/{inspection}/departments/{id}")>{name.clone()}</a> }.into_any()
            } else {
                name.clone().into_any()
            }}</th>
            <td class="wrap"><Confirmed line/></td>
            <Figures sums/>
            <td class="ops">
                <a class="btn btn--s" href=format!("#bundle-{id}") aria-label=format!("{name}の設問と改善策")>"設問と改善策"</a>
                {may_send.then(|| view! { <Back action=SendDepartmentBack::PATH name=name.clone() unit=("department", id) inspection/> })}
            </td>
        </tr>
    }
}
