//! Posts and absences of a person: what there is, and forms to begin and end them from a day on.

use super::api::{BeginAbsence, BeginPost, EndAbsence, EndPost};
use crate::ui::form::came_back;
use crate::ui::{Export, Field, Hidden, PostForm, Select, Submit};
use domain::calendar::{iso, wareki};
use domain::post::{AbsenceReason, Kind};
use domain::role::Role;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::person::{Absence, Post};
use time::Date;
use uuid::Uuid;

/// The roles that come with a post.
const BY_POST: [Role; 4] = [Role::Staff, Role::Manager, Role::SystemManager, Role::Responsible];

/// A period with its last day.
fn period(from: Date, to: Option<Date>) -> String {
    let last = to.and_then(Date::previous_day).map(wareki).unwrap_or_default();
    format!("{}～{last}", wareki(from))
}

/// All posts, newest first, and a form for another one.
#[component]
pub fn Posts(id: Uuid, posts: Vec<Post>, departments: Vec<(Uuid, String)>, today: Date) -> impl IntoView {
    let none = posts.is_empty();
    view! {
        <h2 class="h section">"発令"</h2>
        {none.then(|| view! { <p class="hint">"発令はありません。名簿を取り込むか、下で登録してください。"</p> })}
        {(!none).then(|| view! { <Table posts=posts.clone() today/> })}
        <details class="section" open=came_back(BeginPost::PATH)>
            <summary>"発令を登録する（兼務、事務取扱、代理等）"</summary>
            <NewPost id departments=departments.clone() today/>
        </details>
    }
}

#[component]
fn Table(posts: Vec<Post>, today: Date) -> impl IntoView {
    view! {
        <Export table="posts"/>
        <table class="table">
            <caption class="sr">"発令（新しい順）"</caption>
            <thead>
                <tr>
                    <th scope="col">"所属"</th><th scope="col">"職名"</th><th scope="col">"区分"</th>
                    <th scope="col">"役割"</th><th scope="col">"期間"</th>
                </tr>
            </thead>
            <tbody>{posts.into_iter().map(|post| view! { <Row post today/> }).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Row(post: Post, today: Date) -> impl IntoView {
    let role = match &post.system {
        Some(system) => format!("{}（{system}）", post.role.short()),
        None => post.role.short().to_string(),
    };
    let open = post.to.is_none();
    let spoken = format!("終える：{}　{}", post.department, role);
    view! {
        <tr>
            <th scope="row"><a href=format!("/departments/{}", post.department_id)>{post.department}</a></th>
            <td>{post.title.clone()}</td>
            <td>{post.kind.label()}</td>
            <td>{role.clone()}</td>
            <td>
                {period(post.from, post.to)}
                {open
                    .then(|| {
                        view! {
                            <details class="fold">
                                <summary>"終える"<span class="sr">{format!("：{}　{role}", post.title)}</span></summary>
                                <PostForm action=EndPost::PATH key=post.id.to_string() class="row">
                                    <Hidden name="post" value=post.id.to_string()/>
                                    <Field name="to" id=format!("to-{}", post.id) label="最後の日" kind="date" value=iso(today) required=true/>
                                    <Submit text="終える" small=true spoken=spoken.clone()/>
                                </PostForm>
                            </details>
                        }
                    })}
            </td>
        </tr>
    }
}

#[component]
fn NewPost(id: Uuid, departments: Vec<(Uuid, String)>, today: Date) -> impl IntoView {
    let places: Vec<(String, String)> = std::iter::once((String::new(), "選んでください".to_string()))
        .chain(departments.into_iter().map(|(id, name)| (id.to_string(), name)))
        .collect();
    let kinds: Vec<(String, String)> =
        Kind::ALL.iter().map(|kind| (kind.key().to_string(), kind.label().to_string())).collect();
    let roles: Vec<(String, String)> =
        BY_POST.iter().map(|role| (role.key().to_string(), role.label().to_string())).collect();
    view! {
        <PostForm action=BeginPost::PATH class="stack">
            <Hidden name="person" value=id.to_string()/>
            <div class="row">
                <Select name="post[department]" label="所属" options=places.clone() required=true/>
                <Select name="post[kind]" label="区分" options=kinds.clone() value="additional"/>
            </div>
            <div class="row row--even">
                <Select name="post[role]" label="役割" options=roles.clone() hint="事務取扱又は代理の所属長も、所属長として確認できます。記録にはその区分が残ります。"/>
                <Field name="post[title]" label="職名"/>
                <Field name="post[system]" label="情報システム（情報システム管理者のとき）"/>
            </div>
            <div class="row">
                <Field name="post[from]" label="発令日" kind="date" value=iso(today) required=true/>
                <Field name="post[to]" label="最後の日（決まっているとき）" kind="date"/>
            </div>
            <Submit text="発令を登録する"/>
        </PostForm>
    }
}

/// Absences, newest first, and a form for another one.
#[component]
pub fn Absences(id: Uuid, absences: Vec<Absence>, today: Date) -> impl IntoView {
    let reasons: Vec<(String, String)> = AbsenceReason::ALL
        .iter()
        .map(|reason| (reason.key().to_string(), reason.label().to_string()))
        .collect();
    view! {
        <h2 class="h section">"休職等"</h2>
        {absences.is_empty().then(|| view! { <p class="hint">"休職、育児休業、出向及び派遣の記録はありません。"</p> })}
        <ul class="todo">
            {absences.into_iter().map(|absence| view! { <Away absence today/> }).collect_view()}
        </ul>
        <details class="section" open=came_back(BeginAbsence::PATH)>
            <summary>"休職等を登録する"</summary>
            <PostForm action=BeginAbsence::PATH class="row">
                <Hidden name="person" value=id.to_string()/>
                <Select name="reason" label="理由" options=reasons.clone()/>
                <Field name="from" id="absence-from" label="最初の日" kind="date" value=iso(today) required=true/>
                <Field name="to" id="absence-to" label="最後の日（決まっているとき）" kind="date"/>
                <Submit text="休職等を登録する"/>
            </PostForm>
        </details>
    }
}

#[component]
fn Away(absence: Absence, today: Date) -> impl IntoView {
    let spoken = format!("終える：{}", absence.reason.label());
    view! {
        <li>
            <h3>{absence.reason.label()}</h3>
            <p class="sub">{period(absence.from, absence.to)}</p>
            {absence
                .to
                .is_none()
                .then(|| {
                    view! {
                        <PostForm action=EndAbsence::PATH key=absence.id.to_string() class="row">
                            <Hidden name="absence" value=absence.id.to_string()/>
                            <Field name="to" id=format!("to-{}", absence.id) label="最後の日" kind="date" value=iso(today) required=true/>
                            <Submit text="終える" small=true spoken=spoken.clone()/>
                        </PostForm>
                    }
                })}
        </li>
    }
}
