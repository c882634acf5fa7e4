//! `/departments/:department`: a department of a day, what came before and after, and what can be done with it.

use super::reorganise_api::{AbolishDepartment, MoveDepartment, RenameDepartment, SplitDepartment};
use super::tree_page::day_of;
use crate::context::Ask;
use crate::error::AppError;
use crate::ui::form::came_back;
use crate::ui::{Crumb, Export, Field, Hidden, Page, PostForm, Select, Submit, Tone, page};
use domain::calendar::{iso, wareki};
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
            let shown = shown(&ask).await?;
            Ok((shown, ask.today()))
        },
        |(shown, today)| view! { <Content shown today/> }.into_any(),
    )
}

/// What the page shows: the department of the day, or of its last one.
///
/// # Errors
/// As the use case.
pub async fn shown(ask: &Ask) -> Result<Shown, AppError> {
    let (id, day) = (ask.id("department")?, day_of(ask));
    let shown = show(&ask.db, &ask.actor, id, day).await?;
    Ok(match shown.to.filter(|to| *to <= day).and_then(Date::previous_day) {
        Some(last) => show(&ask.db, &ask.actor, id, last).await?,
        None => shown,
    })
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
                    <Below below=shown.below.clone()/>
                    <People members=shown.members.clone() group=!shown.below.is_empty()/>
                </section>
                <section>
                    <h2 class="h">"前後の所属"</h2>
                    <History links=shown.links.before.clone() title="この所属になる前" none="前の所属はありません。"/>
                    <History links=shown.links.after.clone() title="この所属の後" none="後の所属はありません。"/>
                    <Systems systems=shown.systems.clone()/>
                    {open.then(|| view! { <Acts shown today/> })}
                </section>
            </div>
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
        <h3 class="h">{title}</h3>
        {empty.then(|| view! { <p class="hint">{none}</p> })}
        <ul class="plain">
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
        <ul class="plain">{systems.into_iter().map(|(_, name)| view! { <li><a href="/systems">{name}</a></li> }).collect_view()}</ul>
    }
}

/// What stands below a 部.
#[component]
fn Below(below: Vec<(Uuid, String)>) -> impl IntoView {
    (!below.is_empty()).then(|| {
        view! {
            <h2 class="h section">{format!("下の所属　{}", below.len())}</h2>
            <ul class="plain">
                {below.into_iter().map(|(id, name)| view! { <li><a href=format!("/departments/{id}")>{name}</a></li> }).collect_view()}
            </ul>
        }
    })
}

/// A person with everything held here.
pub struct Person {
    pub first: Member,
    pub roles: Vec<String>,
}

/// One line for each person, however many posts they hold here.
pub fn by_person(members: Vec<Member>) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for one in members {
        let role = role_of(&one);
        match people.iter_mut().find(|person| person.first.person == one.person) {
            Some(person) => person.roles.push(role),
            None => people.push(Person { first: one, roles: vec![role] }),
        }
    }
    people
}

/// 所属長（事務取扱）, システム管理者（住民記録システム）.
fn role_of(one: &Member) -> String {
    let kind = (one.kind != PostKind::Main).then(|| one.kind.label().to_string());
    let notes: Vec<String> = one.system.clone().into_iter().chain(kind).collect();
    if notes.is_empty() {
        return one.role.short().to_string();
    }
    format!("{}（{}）", one.role.short(), notes.join("、"))
}

#[component]
fn People(members: Vec<Member>, group: bool) -> impl IntoView {
    if members.is_empty() {
        let text = if group { "部に直接の発令のある職員はいません。" } else { "この日の職員はいません。名簿を取り込むか、職員の画面で発令を登録してください。" };
        return view! { <h2 class="h section">"職員"</h2><p class="hint">{text}</p> }.into_any();
    }
    let people = by_person(members);
    view! {
        <h2 class="h section">{format!("職員　{}人", people.len())}</h2>
        <Export table="members"/>
        <table class="table">
            <caption class="sr">"職員（所属長、ふりがなの順）"</caption>
            <thead><tr><th scope="col">"氏名"</th><th scope="col">"職名"</th><th scope="col">"役割"</th></tr></thead>
            <tbody>
                {people
                    .into_iter()
                    .map(|Person { first: one, roles }| {
                        view! {
                            <tr>
                                <th scope="row"><a href=format!("/people/{}", one.person)>{one.name}</a>" "<span class="sub">{one.kana}</span></th>
                                <td>{one.title}</td>
                                <td>{roles.join("、")}</td>
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
    // The rule refuses both while others stand below; a form that can't succeed is not offered.
    let group = !shown.below.is_empty();
    view! {
        <section class="section no-print">
            <h2 class="h">"組織改正"</h2>
            <p class="hint">"改正の日より前の点検、改善及び監査は、その日の所属のまま残ります。統合は「組織」の画面で行います。"</p>
            <details class="act" open=came_back(RenameDepartment::PATH)>
                <summary>"改称する"</summary>
                <PostForm action=RenameDepartment::PATH class="row panel">
                    <Hidden name="department" value=rename.clone()/>
                    <Field name="name" label="新しい名称" value=name.clone() required=true/>
                    <Field name="on" id="rename-on" label="改称の日" kind="date" value=iso(today) required=true/>
                    <Submit text="改称する"/>
                </PostForm>
            </details>
            <details class="act" open=came_back(MoveDepartment::PATH)>
                <summary>"別の部へ移す"</summary>
                <PostForm action=MoveDepartment::PATH class="row panel">
                    <Hidden name="department" value=relocate.clone()/>
                    <Select name="parent" label="移す先の部・局" options=parents.clone()/>
                    <Field name="on" id="move-on" label="移管の日" kind="date" value=iso(today) required=true/>
                    <Submit text="移す"/>
                </PostForm>
            </details>
            {group.then(|| view! { <p class="hint">"分割及び廃止は、下の所属を別の部へ移すか廃止した後に行います。"</p> })}
            {(!group).then(|| view! {
            <details class="act" open=came_back(SplitDepartment::PATH)>
                <summary>"分割する"</summary>
                <Split shown=shown.clone() today/>
            </details>
            <details class="act" open=came_back(AbolishDepartment::PATH)>
                <summary>"廃止する"</summary>
                <PostForm action=AbolishDepartment::PATH class="row panel">
                    <Hidden name="department" value=abolish.clone()/>
                    <Select name="to" label="職員及び情報システムの行き先" options=targets.clone()/>
                    <Field name="on" id="abolish-on" label="廃止の日（この日からなくなる）" kind="date" value=iso(today) required=true/>
                    <Submit text="廃止する" stop=true/>
                </PostForm>
            </details>
            })}
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
            <p class="hint">"全ての職員及び情報システムに、分割後の所属を選びます。"</p>
            <div class="entry--short"><Field name="on" id="split-on" label="分割の日" kind="date" value=iso(today) required=true/></div>
            <Submit text="分割する"/>
        </PostForm>
    }
}
