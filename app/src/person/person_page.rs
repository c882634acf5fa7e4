//! `/people/:person`: posts, granted roles, a new code.

use super::api::{GrantRole, WithdrawRole};
use super::codes_page::ISSUE;
use super::list_page::sign_in;
use crate::second_factor::api::Reset;
use crate::ui::{Crumb, Hidden, Page, PostForm, Select, Submit, page};
use domain::calendar::{wareki, wareki_time};
use domain::role::Role;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::person::{Grant, Post, Profile, show};
use uuid::Uuid;

/// The page of a person.
#[component]
pub fn PersonPage() -> impl IntoView {
    page(
        |ask| async move { Ok(show(&ask.db, &ask.actor, ask.id("person")?, ask.now).await?) },
        |profile| view! { <Shown profile/> }.into_any(),
    )
}

#[component]
fn Shown(profile: Profile) -> impl IntoView {
    let way = vec![Crumb { text: "職員".into(), href: "/people".into() }];
    let scope = format!("{}／{}", profile.kana, profile.staff_no);
    let (id, posts, grants) = (profile.id, profile.posts.clone(), profile.grants.clone());
    let name = profile.name.clone();
    view! {
        <Page title=profile.name way scope>
            <div class="split split--even">
                <section>
                    <h2 class="h">"基本"</h2>
                    <dl class="facts">
                        <dt>"雇用区分"</dt><dd>{profile.employment}</dd>
                        <dt>"メールアドレス"</dt><dd>{profile.email.unwrap_or_else(|| "登録なし（通知はメールで届きません）".into())}</dd>
                        <dt>"サインイン"</dt><dd>{sign_in(profile.sign_in)}</dd>
                        <dt>"二段階認証"</dt><dd>{if profile.second_factor { "設定済" } else { "未設定" }}</dd>
                    </dl>
                    <h2 class="h section">"発令"</h2>
                    <Posts posts/>
                </section>
                <section>
                    <Grants id name grants/>
                    <ByDirectory roles=profile.by_directory/>
                    <NewCode id/>
                    {profile.second_factor.then(|| view! { <SecondFactor id/> })}
                </section>
            </div>
        </Page>
    }
}

#[component]
fn Posts(posts: Vec<Post>) -> impl IntoView {
    if posts.is_empty() {
        return view! { <p class="hint">"発令はありません。名簿を取り込むと登録されます。"</p> }.into_any();
    }
    view! {
        <table class="table">
            <caption class="sr">"発令（新しい順）"</caption>
            <thead><tr><th scope="col">"所属"</th><th scope="col">"職名"</th><th scope="col">"役割"</th><th scope="col">"期間"</th></tr></thead>
            <tbody>
                {posts
                    .into_iter()
                    .map(|post| {
                        let role = match post.system {
                            Some(system) => format!("{}（{system}）", post.role.short()),
                            None => post.role.short().to_string(),
                        };
                        let period = match post.to {
                            Some(to) => format!("{}～{}の前日", wareki(post.from), wareki(to)),
                            None => format!("{}～", wareki(post.from)),
                        };
                        view! { <tr><th scope="row">{post.department}</th><td>{post.title}</td><td>{role}</td><td>{period}</td></tr> }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Grants(id: Uuid, name: String, grants: Vec<Grant>) -> impl IntoView {
    let held: Vec<Role> = grants.iter().map(|grant| grant.role).collect();
    let options: Vec<(String, String)> = Role::GRANTED
        .into_iter()
        .filter(|role| !held.contains(role))
        .map(|role| (role.key().to_string(), role.label().to_string()))
        .collect();
    let none = grants.is_empty();
    view! {
        <h2 class="h">"付与した役割"</h2>
        {none.then(|| view! { <p class="hint">"付与した役割はありません。所属長と情報システム管理者は、名簿の発令で決まります。"</p> })}
        <ul class="todo">
            {grants
                .into_iter()
                .map(|grant| {
                    let spoken = format!("取り消す：{name}の{}", grant.role.label());
                    view! {
                        <li>
                            <h3>{grant.role.label()}</h3>
                            <PostForm action=WithdrawRole::PATH key=grant.id.to_string()>
                                <Hidden name="grant" value=grant.id.to_string()/>
                                <Submit text="取り消す" small=true stop=true spoken=spoken.clone()/>
                            </PostForm>
                            <p class="sub">{format!("{}に付与", wareki_time(grant.at))}</p>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
        {(!options.is_empty())
            .then(|| {
                view! {
                    <PostForm action=GrantRole::PATH class="row section">
                        <Hidden name="person" value=id.to_string()/>
                        <Select name="role" label="役割" options=options.clone()/>
                        <Submit text="役割を付与する"/>
                    </PostForm>
                }
            })}
    }
}

/// Roles that are not given here: they follow the groups of the city's directory.
#[component]
fn ByDirectory(roles: Vec<Role>) -> impl IntoView {
    (!roles.is_empty()).then(|| {
        view! {
            <h2 class="h section">"認証基盤のグループによる役割"</h2>
            <ul class="todo">{roles.into_iter().map(|role| view! { <li><h3>{role.label()}</h3></li> }).collect_view()}</ul>
            <p class="hint">"認証基盤のグループから外れると、次のサインインのときに取り消されます。ここでは変更できません。"</p>
        }
    })
}

/// A new code for somebody who forgot the password.
#[component]
fn NewCode(id: Uuid) -> impl IntoView {
    view! {
        <h2 class="h section">"確認コード"</h2>
        <p class="hint">"パスワードを忘れたとき、又は初めてサインインするときに、確認コードを印刷して本人に渡します。前のコードは使えなくなります。"</p>
        <PostForm action=ISSUE class="row">
            <Hidden name="to" value="person"/>
            <Hidden name="id" value=id.to_string()/>
            <Submit text="確認コードを作って印刷する"/>
        </PostForm>
    }
}

/// The way back for somebody who lost the authenticator and the recovery codes.
#[component]
fn SecondFactor(id: Uuid) -> impl IntoView {
    view! {
        <h2 class="h section">"二段階認証の解除"</h2>
        <p class="hint">"機器も回復コードも失ったときに限り、本人であることを確かめた上で解除します。サインイン中の端末は、すべて終了します。"</p>
        <PostForm action=Reset::PATH class="row">
            <Hidden name="person" value=id.to_string()/>
            <Submit text="二段階認証を解除する" stop=true/>
        </PostForm>
    }
}
