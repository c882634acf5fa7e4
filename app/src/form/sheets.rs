//! The sheets of one 課, or those about systems, each as a workbook.

use super::page::Both;
use crate::ui::{Chip, Tone};
use leptos::prelude::*;
use store::form::{Chosen, OwedSheet};
use uuid::Uuid;

/// What is listed: the sheets of a 課, or those about systems.
pub fn title(of: Option<&(Uuid, String)>) -> String {
    of.map_or_else(|| "情報システムごとの点検票".to_string(), |(_, name)| format!("{name}の点検票"))
}

/// The table.
#[component]
pub fn Sheets(chosen: Option<Chosen>, inspection: Uuid) -> impl IntoView {
    let (of, sheets) = chosen.unwrap_or_default();
    let systems = of.is_none();
    let title = title(of.as_ref());
    let empty = sheets.is_empty();
    view! {
        <section>
            {if empty {
                view! { <p class="hint">"点検票はありません。"</p> }.into_any()
            } else {
                view! {
                    <div class="wide">
                        <table class="table table--line">
                            <caption class="sr">{format!("{title}（氏名の五十音順）")}</caption>
                            <thead>
                                <tr>
                                    {systems.then(|| view! { <th scope="col">"情報システム"</th><th scope="col">"所属"</th> })}
                                    <th scope="col">"氏名"</th>
                                    <th scope="col">"点検票"</th>
                                    <th scope="col">"提出"</th>
                                    <th scope="col">"受け取る"</th>
                                </tr>
                            </thead>
                            <tbody>{sheets.into_iter().map(|sheet| view! { <Row sheet systems inspection/> }).collect_view()}</tbody>
                        </table>
                    </div>
                }
                .into_any()
            }}
        </section>
    }
}

#[component]
fn Row(sheet: OwedSheet, systems: bool, inspection: Uuid) -> impl IntoView {
    let system = sheet.system.clone().unwrap_or_default();
    let kind = match (&sheet.system, systems) {
        (Some(system), false) => format!("{}（{system}）", sheet.role.short()),
        _ => sheet.role.short().to_string(),
    };
    let (tone, state) = if sheet.submitted { (Tone::Ok, "提出済") } else { (Tone::Plain, "未提出") };
    // Two sheets of one person are told apart by what they are about.
    let name = format!("{}（{}）", sheet.person, if systems { &system } else { &kind });
    let rest = format!("/sheets/{}", sheet.target);
    view! {
        <tr>
            {systems.then(|| view! { <th scope="row">{system.clone()}</th><td>{sheet.department.clone()}</td> })}
            {if systems {
                view! { <td>{sheet.person.clone()}</td> }.into_any()
            } else {
                view! { <th scope="row">{sheet.person.clone()}</th> }.into_any()
            }}
            <td>{kind}</td>
            <td><Chip tone text=state/></td>
            <td class="ops"><Both id=inspection rest name readable=sheet.readable && sheet.submitted/></td>
        </tr>
    }
}
