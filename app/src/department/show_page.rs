//! `/departments/:department`: a department of a day, what came before and after, and what can be done with it.

use super::reorganise_api::{AbolishDepartment, MoveDepartment, RenameDepartment, SplitDepartment};
use crate::ui::{Crumb, Field, Hidden, Page, PostForm, Select, Submit, Tone, page};
use domain::calendar::{iso, parse_day, wareki};
use domain::department::Kind;
use domain::post::Kind as PostKind;
use leptos::prelude::*;
use server_fn::ServerFn;
use std::collections::BTreeSet;
use store::department::tree::{Link, Member, Shown, show};
use time::Date;
use uuid::Uuid;

/// So many departments one can be split into on the page.
const PARTS: usize = 4;

/// The page. A department that is gone is shown as it was on its last day.
#[component]
pub fn DepartmentHistoryPage() -> impl IntoView {
    page(
        |ask| async move {
            let id = ask.id("department")?;
            let day = parse_day(&ask.text("day")).unwrap_or_else(|| ask.today());
            let shown = show(&ask.db, &ask.actor, id, day).await?;
            let shown = match shown.to.filter(|to| *to <= day).and_then(Date::previous_day) {
                Some(last) => show(&ask.db, &ask.actor, id, last).await?,
                None => shown,
            };
            Ok((shown, ask.today()))
        },
        |(shown, today)| view! { <Content shown today/> }.into_any(),
    )
}

#[component]
fn Content(shown: Shown, today: Date) -> impl IntoView {
    let way = vec![Crumb { text: "組織".into(), href: "/departments".into() }];
    let state = match shown.to {
        Some(to) if to <= today => (Tone::Plain, "現在はありません".to_string()),
        Some(_) => (Tone::Note, "改正の予定があります".to_string()),
        None => (Tone::Ok, "現在の所属".to_string()),
    };
    let last = shown.to.and_then(Date::previous_day).map(wareki).unwrap_or_default();
    let scope = format!("{}～{last}", wareki(shown.from));
    let open = shown.to.is_none();
    let title = shown.name.clone();
    view! {
        <Page title way state scope>
            <div class="split split--even">
                <section>
                    <Facts shown=shown.clone()/>
                    <People members=shown.members.clone()/>
                </section>
                <section>
                    <History links=shown.links.before.clone() title="この所属になる前" none="前の所属はありません。"/>
                    <History links=shown.links.after.clone() title="この所属の後" none="後の所属はありません。"/>
                    <Systems systems=shown.systems.clone()/>
                </section>
            </div>
            {open.then(|| view! { <Acts shown today/> })}
        </Page>
    }
}

#[component]
fn Facts(shown: Shown) -> impl IntoView {
    view! {
        <h2 class="h">"基本"</h2>
        <dl class="facts">
            <dt>"種類"</dt><dd>{shown.kind.map_or("―", Kind::label)}</dd>
            <dt>"所属コード"</dt><dd>{if shown.code.is_empty() { "―".to_string() } else { shown.code }}</dd>
            <dt>"上の部・局"</dt>
            <dd>
                {match shown.parent {
                    Some((id, name)) => view! { <a href=format!("/departments/{id}")>{name}</a> }.into_any(),
                    None => view! { "―" }.into_any(),
                }}
            </dd>
            <dt>"属性"</dt><dd><a href="/departments/attributes">"所属の属性を確かめる"</a></dd>
        </dl>
    }
}

#[component]
fn History(links: Vec<Link>, #[prop(into)] title: String, #[prop(into)] none: String) -> impl IntoView {
    let empty = links.is_empty();
    view! {
        <h2 class="h section">{title}</h2>
        {empty.then(|| view! { <p class="hint">{none}</p> })}
        <ul>
            {links
                .into_iter()
                .map(|link| {
                    view! {
                        <li>
                            {format!("{}　{}　", wareki(link.on), link.change.label())}
                            <a href=format!("/departments/{}", link.id)>{link.name}</a>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}

#[component]
fn Systems(systems: Vec<(Uuid, String)>) -> impl IntoView {
    let empty = systems.is_empty();
    view! {
        <h2 class="h section">"所管する情報システム"</h2>
        {empty.then(|| view! { <p class="hint">"登録された情報システムはありません。"</p> })}
        <ul>{systems.into_iter().map(|(_, name)| view! { <li><a href="/systems">{name}</a></li> }).collect_view()}</ul>
    }
}

#[component]
fn People(members: Vec<Member>) -> impl IntoView {
    if members.is_empty() {
        return view! { <h2 class="h section">"職員"</h2><p class="hint">"この日の職員はいません。"</p> }.into_any();
    }
    view! {
        <h2 class="h section">"職員"</h2>
        <table class="table">
            <caption class="sr">"職員（所属長、ふりがなの順）"</caption>
            <thead><tr><th scope="col">"氏名"</th><th scope="col">"職名"</th><th scope="col">"役割"</th></tr></thead>
            <tbody>
                {members
                    .into_iter()
                    .map(|one| {
                        let mut role = one.role.short().to_string();
                        if let Some(system) = &one.system {
                            role.push_str(&format!("（{system}）"));
                        }
                        if one.kind != PostKind::Main {
                            role.push_str(&format!("　{}", one.kind.label()));
                        }
                        view! {
                            <tr>
                                <th scope="row"><a href=format!("/people/{}", one.person)>{one.name}</a>" "<span class="sub">{one.kana}</span></th>
                                <td>{one.title}</td>
                                <td>{role}</td>
                            </tr>
                        }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Acts(shown: Shown, today: Date) -> impl IntoView {
    let id = shown.id.to_string();
    let others = |none: &str| -> Vec<(String, String)> {
        let all = shown.choice.iter().filter(|(other, _)| *other != shown.id);
        std::iter::once((String::new(), none.to_string()))
            .chain(all.map(|(id, name)| (id.to_string(), name.clone())))
            .collect()
    };
    let (parents, targets) = (others("（なし。部・局として置く）"), others("（職員も情報システムもない）"));
    let (rename, relocate, abolish) = (id.clone(), id.clone(), id);
    let name = shown.name.clone();
    view! {
        <section class="section no-print">
            <h2 class="h">"組織改正"</h2>
            <details class="section">
                <summary>"改称する"</summary>
                <PostForm action=RenameDepartment::PATH class="row panel">
                    <Hidden name="department" value=rename.clone()/>
                    <Field name="name" label="新しい名称" value=name.clone() required=true/>
                    <Field name="on" id="rename-on" label="改称の日" kind="date" value=iso(today) required=true/>
                    <Submit text="改称する"/>
                </PostForm>
            </details>
            <details class="section">
                <summary>"別の部へ移す"</summary>
                <PostForm action=MoveDepartment::PATH class="row panel">
                    <Hidden name="department" value=relocate.clone()/>
                    <Select name="parent" label="移す先の部・局" options=parents.clone()/>
                    <Field name="on" id="move-on" label="移管の日" kind="date" value=iso(today) required=true/>
                    <Submit text="移す"/>
                </PostForm>
            </details>
            <details class="section">
                <summary>"分割する"</summary>
                <Split shown=shown.clone() today/>
            </details>
            <details class="section">
                <summary>"廃止する"</summary>
                <PostForm action=AbolishDepartment::PATH class="row panel">
                    <Hidden name="department" value=abolish.clone()/>
                    <Select name="to" label="職員及び情報システムの行き先" options=targets.clone()/>
                    <Field name="on" id="abolish-on" label="廃止の日（この日からなくなる）" kind="date" value=iso(today) required=true/>
                    <Submit text="廃止する" stop=true/>
                </PostForm>
            </details>
        </section>
    }
}

/// Everybody and every system is given one of the new departments.
#[component]
fn Split(shown: Shown, today: Date) -> impl IntoView {
    let id = shown.id.to_string();
    let mut seen = BTreeSet::new();
    let people: Vec<(String, String)> = shown
        .members
        .iter()
        .filter(|one| seen.insert(one.person))
        .map(|one| (format!("people[p{}]", one.person), one.name.clone()))
        .collect();
    let systems: Vec<(String, String)> =
        shown.systems.iter().map(|(id, name)| (format!("systems[s{id}]"), name.clone())).collect();
    let options: Vec<(String, String)> = std::iter::once((String::new(), "選んでください".to_string()))
        .chain((0..PARTS).map(|at| (at.to_string(), format!("新しい所属{}", at + 1))))
        .collect();
    view! {
        <PostForm action=SplitDepartment::PATH class="stack panel">
            <Hidden name="department" value=id.clone()/>
            <div class="row">
                {(0..PARTS)
                    .map(|at| {
                        view! { <Field name=format!("names[n{at}]") id=format!("split-{at}") label=format!("新しい所属{}の名称", at + 1) required=at < 2/> }
                    })
                    .collect_view()}
            </div>
            <div class="row">
                {people
                    .iter()
                    .chain(&systems)
                    .map(|(name, label)| view! { <Select name=name.clone() label=label.clone() options=options.clone()/> })
                    .collect_view()}
            </div>
            <Field name="on" id="split-on" label="分割の日" kind="date" value=iso(today) required=true/>
            <Submit text="分割する"/>
        </PostForm>
    }
}
