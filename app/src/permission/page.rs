//! `/permissions`: the one table of role × action, as the program uses it.

use super::text;
use crate::ui::{Crumb, Export, Page, page};
use domain::inspection::Visibility;
use domain::permission::endpoint::of_action;
use domain::permission::{Action, OUTSIDE, Scope, TABLE};
use domain::role::Role;
use leptos::prelude::*;

/// The table.
#[component]
pub fn PermissionsPage() -> impl IntoView {
    page(
        |ask| async move { Ok(store::access::require_city(&ask.actor, Action::ReadPolicy)?) },
        |()| {
            let way = vec![Crumb { text: "記録".into(), href: "/ledger".into() }];
            view! {
                <Page title="権限の一覧" scope="この表は、プログラムが権限の判断に使う表そのものです。" way>
                    <Matrix/>
                    <Modes/>
                    <Addresses/>
                    <section class="section">
                        <h2>"役割の分離"</h2>
                        <ul class="rules">{text::SEPARATION.map(|rule| view! { <li>{rule}</li> }).collect_view()}</ul>
                    </section>
                </Page>
            }
            .into_any()
        },
    )
}

/// Roles that may do anything, and actions, in the order of the table.
pub fn heads() -> (Vec<Role>, Vec<Action>) {
    let roles = Role::ALL.into_iter().filter(|role| TABLE.iter().any(|(listed, ..)| listed == role)).collect();
    let mut actions = Vec::new();
    for (_, action, _) in TABLE {
        if !actions.contains(action) {
            actions.push(*action);
        }
    }
    (roles, actions)
}

#[component]
fn Matrix() -> impl IntoView {
    let (roles, actions) = heads();
    view! {
        <Export table="permissions"/>
        <div class="wide">
            <table class="table table--stick permissions">
                <caption class="sr">"操作ごとに、どの役割がどの範囲で行えるか"</caption>
                <thead>
                    <tr>
                        <th scope="col">"操作"</th>
                        {roles.iter().map(|role| view! { <th scope="col">{role.short()}</th> }).collect_view()}
                        <th scope="col">"外部監査人"</th>
                    </tr>
                </thead>
                <tbody>
                    {actions
                        .into_iter()
                        .map(|action| view! {
                            <tr>
                                <th scope="row">{text::action(action)}</th>
                                {roles.iter().map(|role| cell(TABLE, *role, action)).collect_view()}
                                {cell(OUTSIDE, Role::Auditor, action)}
                            </tr>
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}

/// How far a role goes with an action, in a word.
pub fn word(table: &[(Role, Action, Scope)], role: Role, action: Action) -> &'static str {
    let found = table.iter().find(|(listed, other, _)| *listed == role && *other == action);
    found.map_or("―", |(_, _, scope)| text::scope(*scope))
}

fn cell(table: &[(Role, Action, Scope)], role: Role, action: Action) -> impl IntoView + use<> {
    let word = word(table, role, action);
    view! { <td class=(word == "―").then_some("nil")>{word}</td> }
}

/// How far somebody sees answers in a mode; the rule is `domain::permission::sees_answers`.
pub fn seen(visibility: Visibility, scope: Scope) -> &'static str {
    match (visibility, scope) {
        (Visibility::Anonymous, _) => "―",
        (Visibility::Totals, Scope::Department | Scope::Division) => "集計だけ",
        (_, scope) => text::scope(scope),
    }
}

/// Who sees individual answers in the three modes.
#[component]
fn Modes() -> impl IntoView {
    let readers: Vec<_> = TABLE.iter().filter(|(_, action, _)| *action == Action::SeeAnswers).collect();
    view! {
        <section class="section">
            <h2>"個々の回答を見ることができる範囲"</h2>
            <Export table="sight"/>
            <div class="wide">
                <table class="table">
                    <caption class="sr">"点検の方式ごとに、どの役割がどの範囲の個々の回答を見られるか"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"点検の方式"</th>
                            {readers.iter().map(|(role, ..)| view! { <th scope="col">{role.short()}</th> }).collect_view()}
                        </tr>
                    </thead>
                    <tbody>
                        {Visibility::ALL
                            .into_iter()
                            .map(|visibility| view! {
                                <tr>
                                    <th scope="row">{visibility.label()}</th>
                                    {readers
                                        .iter()
                                        .map(|(_, _, scope)| view! { <td>{seen(visibility, *scope)}</td> })
                                        .collect_view()}
                                </tr>
                            })
                            .collect_view()}
                    </tbody>
                </table>
            </div>
        </section>
    }
}

/// The addresses of each action, as the router and the walk of all permissions know them.
#[component]
fn Addresses() -> impl IntoView {
    let (_, actions) = heads();
    view! {
        <section class="section">
            <h2>"操作ごとの画面及び処理のアドレス"</h2>
            {actions
                .into_iter()
                .map(|action| view! {
                    <details>
                        <summary>{text::action(action)}</summary>
                        <ul class="addresses">
                            {of_action(action).map(|(_, path, _)| view! { <li><code>{*path}</code></li> }).collect_view()}
                        </ul>
                    </details>
                })
                .collect_view()}
        </section>
    }
}
