//! `/retention/kinds/:kind`: every finished record of a kind with its days, to be printed.

use super::page::way;
use crate::error::AppError;
use crate::ui::{Crumb, Empty, Export, Page, page};
use domain::calendar::wareki;
use domain::retention::{Kind, starts_on};
use leptos::prelude::*;
use store::retention::{Group, Records, records};
use time::Date;

/// The list.
#[component]
pub fn KindPage() -> impl IntoView {
    page(
        |ask| async move {
            let kind = Kind::from_key(&ask.text("kind")).ok_or(AppError::NotFound)?;
            Ok((records(&ask.db, &ask.actor, kind, ask.now).await?, ask.today()))
        },
        |(records, today)| view! { <Whole records today/> }.into_any(),
    )
}

#[component]
fn Whole(records: Records, today: Date) -> impl IntoView {
    let way_back = vec![
        Crumb { text: "記録".into(), href: "/ledger".into() },
        Crumb { text: "保存期間及び廃棄".into(), href: "/retention".into() },
    ];
    let kind = records.kind;
    let scope = format!("保存期間 {}　{}　{}現在", records.class.label(), way(kind), wareki(today));
    view! {
        <Page title=format!("{}の保存期間", kind.label()) scope way=way_back>
            {if records.groups.is_empty() {
                let text = format!("完結した記録はありません。{}を過ぎると、ここに並びます。", kind.end());
                view! { <Empty text/> }.into_any()
            } else {
                view! { <List groups=records.groups today/> }.into_any()
            }}
        </Page>
    }
}

#[component]
fn List(groups: Vec<Group>, today: Date) -> impl IntoView {
    view! {
        <Export table="records"/>
        <table class="table">
            <caption class="sr">"記録。完結の古いものから順に並んでいます。"</caption>
            <thead>
                <tr>
                    <th scope="col">"記録"</th><th scope="col" class="num">"件数"</th><th scope="col">"完結"</th><th scope="col">"起算日"</th>
                    <th scope="col">"廃棄の期日"</th><th scope="col">"廃棄の停止"</th>
                </tr>
            </thead>
            <tbody>
                {groups
                    .into_iter()
                    .map(|group| {
                        let due = match group.due_on {
                            None => "廃棄しない".to_string(),
                            Some(due) if due <= today => format!("{}（期日が来ています）", wareki(due)),
                            Some(due) => wareki(due),
                        };
                        view! {
                            <tr>
                                <th scope="row">{group.label}</th>
                                <td class="num">{format!("{}件", group.number)}</td>
                                <td>{wareki(group.ended_on)}</td>
                                <td>{wareki(starts_on(group.ended_on))}</td>
                                <td>{due}</td>
                                <td class="wrap">{group.held.unwrap_or_else(|| "―".into())}</td>
                            </tr>
                        }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
}
