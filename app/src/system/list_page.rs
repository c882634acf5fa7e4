//! `/systems`: every information system with its department and its 情報システム管理者.

use super::api::{AddSystem, EndSystem, HandOverSystem};
use crate::ui::{Chip, Crumb, Empty, Export, Field, Hidden, Page, PostForm, Select, Submit, Tone, page};
use domain::calendar::{iso, wareki};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::system::{Line, Register, list};
use time::Date;
use uuid::Uuid;

/// The page.
#[component]
pub fn SystemsPage() -> impl IntoView {
    page(
        |ask| async move {
            let register = list(&ask.db, &ask.actor, ask.today()).await?;
            Ok((register, ask.optional_id("change"), ask.today()))
        },
        |(register, changing, today)| view! { <Shown register changing today/> }.into_any(),
    )
}

#[component]
fn Shown(
    register: Register,
    /// The one that is handed over or ended; the forms of all would repeat every department in every row.
    changing: Option<Uuid>,
    today: Date,
) -> impl IntoView {
    let way = vec![Crumb { text: "組織".into(), href: "/departments".into() }];
    let scope = format!("{} 現在／{}件", wareki(today), register.lines.len());
    let places: Vec<(String, String)> = std::iter::once((String::new(), "選んでください".to_string()))
        .chain(register.departments.iter().map(|(id, name)| (id.to_string(), name.clone())))
        .collect();
    let none = register.lines.is_empty();
    let offered = places.clone();
    view! {
        <Page title="情報システム" way scope>
            {if none {
                view! { <Empty text="登録された情報システムはありません。名簿の「所管システム」の列から登録されます。下で登録することもできます。"/> }.into_any()
            } else {
                view! { <Table lines=register.lines places changing today/> }.into_any()
            }}
            <section class="section no-print">
                <h2 class="h">"情報システムを登録する"</h2>
                <p class="hint">"情報システム管理者は、職員の画面で発令を登録すると、ここに表示されます。"</p>
                <PostForm action=AddSystem::PATH class="row panel">
                    <Field name="name" label="名称" required=true/>
                    <Select name="department" label="所管する所属" options=offered.clone() required=true/>
                    <Field name="from" label="所管を始める日" kind="date" value=iso(today) required=true/>
                    <Submit text="登録する"/>
                </PostForm>
            </section>
        </Page>
    }
}

#[component]
fn Table(
    lines: Vec<Line>,
    places: Vec<(String, String)>,
    changing: Option<Uuid>,
    today: Date,
) -> impl IntoView {
    let places = |line: &Line| (changing == Some(line.id)).then(|| places.clone());
    view! {
        <Export table="systems"/>
        <table class="table">
            <caption class="sr">"情報システム（所属の組織順）"</caption>
            <thead>
                <tr>
                    <th scope="col">"情報システム"</th><th scope="col">"所管"</th><th scope="col">"情報システム管理者"</th>
                    <th scope="col">"期間"</th><th scope="col" class="no-print">"変更"</th>
                </tr>
            </thead>
            <tbody>{lines
                .into_iter()
                .map(|line| {
                    let places = places(&line);
                    view! { <Row line places today/> }
                })
                .collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Row(
    line: Line,
    /// The departments, where this system is being changed.
    places: Option<Vec<(String, String)>>,
    today: Date,
) -> impl IntoView {
    let last = line.to.and_then(Date::previous_day).map(wareki).unwrap_or_default();
    let id = line.id.to_string();
    let (open, place) = (line.to.is_none(), format!("s-{id}"));
    let name = line.name.clone();
    let managers = match line.managers.is_empty() {
        true => view! { <Chip tone=Tone::Warn text="不在"/> }.into_any(),
        false => line
            .managers
            .into_iter()
            .map(|(id, name)| view! { <a href=format!("/people/{id}")>{name}</a>" " })
            .collect_view()
            .into_any(),
    };
    view! {
        <tr id=place>
            <th scope="row">{line.name}</th>
            <td><a href=format!("/departments/{}", line.department_id)>{line.department}</a></td>
            <td>{managers}</td>
            <td>{format!("{}～{last}", wareki(line.from))}</td>
            <td class="no-print">{open.then(|| match places {
                Some(places) => view! { <Acts id name places today/> }.into_any(),
                None => view! { <Change id name/> }.into_any(),
            })}</td>
        </tr>
    }
}

/// The way to the forms of one system.
#[component]
fn Change(id: String, name: String) -> impl IntoView {
    let href = format!("/systems?change={id}#s-{id}");
    view! { <a href=href aria-label=format!("{name}の所管を移す・終える")>"所管を移す・終える"</a> }
}

#[component]
fn Acts(id: String, name: String, places: Vec<(String, String)>, today: Date) -> impl IntoView {
    let (over, end) = (id.clone(), id);
    let (spoken_over, spoken_end) = (format!("{name}の所管を移す"), format!("{name}の利用を終える"));
    view! {
        <PostForm action=HandOverSystem::PATH key=over.clone() class="row">
            <Hidden name="system" value=over.clone()/>
            <Select name="department" id=format!("to-{over}") label="新しい所管" options=places.clone()/>
            <Field name="on" id=format!("on-{over}") label="移す日" kind="date" value=iso(today)/>
            <Submit text="移す" small=true spoken=spoken_over.clone()/>
        </PostForm>
        <PostForm action=EndSystem::PATH key=end.clone() class="row">
            <Hidden name="system" value=end.clone()/>
            <Field name="to" id=format!("end-{end}") label="利用を終える日（この日から使わない）" kind="date" value=iso(today)/>
            <Submit text="終える" small=true stop=true spoken=spoken_end.clone()/>
        </PostForm>
        <p><a href="/systems">"変更しない"</a></p>
    }
}
