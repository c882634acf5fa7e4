//! `/people/:person`: posts, granted roles, a new code.

use super::api::{GrantRole, WithdrawRole};
use super::codes_page::ISSUE;
use super::list_page::sign_in;
use super::posts::{Absences, Posts};
use crate::second_factor::api::Reset;
use crate::ui::{Crumb, Field, Hidden, Page, PostForm, Select, Submit, page};
use domain::calendar::{wareki, wareki_time};
use domain::role::Role;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::person::{Grant, Profile, show};
use time::Date;
use uuid::Uuid;

/// The page of a person.
#[component]
pub fn PersonPage() -> impl IntoView {
    page(
        |ask| async move {
            Ok((show(&ask.db, &ask.actor, ask.id("person")?, ask.now).await?, ask.today()))
        },
        |(profile, today)| view! { <Shown profile today/> }.into_any(),
    )
}

#[component]
fn Shown(profile: Profile, today: Date) -> impl IntoView {
    let way = vec![Crumb { text: "職員".into(), href: "/people".into() }];
    let scope = format!("{}／{}", profile.kana, profile.staff_no);
    let (id, posts, grants) = (profile.id, profile.posts.clone(), profile.grants.clone());
    let (absences, departments) = (profile.absences.clone(), profile.departments.clone());
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
                    <Posts id posts departments today/>
                    <Absences id absences today/>
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
                            <p class="sub">{format!("{}に付与{}", wareki_time(grant.at), until(grant.ends_on))}</p>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
        {(!options.is_empty())
            .then(|| {
                view! {
                    <PostForm action=GrantRole::PATH class="stack section">
                        <div class="row row--even">
                        <Hidden name="person" value=id.to_string()/>
                        <Select name="role" label="役割" options=options.clone()/>
                        <Field name="ends_on" label="期限（この日まで）" kind="date" hint="外部監査人は必須です。空欄は期限なしです。"/>
                        </div>
                        <Submit text="役割を付与する"/>
                    </PostForm>
                }
            })}
    }
}

/// The last day of a grant, in words.
fn until(ends_on: Option<Date>) -> String {
    let last = ends_on.and_then(Date::previous_day);
    last.map(|day| format!("、{}まで", wareki(day))).unwrap_or_default()
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
