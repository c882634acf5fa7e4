//! `/bank`: the supplementary questions for a role, by chapter, to be ticked and taken over.

use super::api::{TakeFromBank, bank_path};
use crate::ui::{Chip, Crumb, Export, Hidden, Page, PostForm, Submit, Tone, page};
use domain::bank::MARK;
use domain::role::Role;
use domain::topic::Topic;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::bank::{BankLine, Neighbour, Standing, of_role};

/// The page.
#[component]
pub fn BankPage() -> impl IntoView {
    page(
        |ask| async move {
            let role = Role::from_key(&ask.text("role")).filter(|role| Role::WITH_SHEET.contains(role));
            let role = role.unwrap_or(Role::Staff);
            Ok((role, of_role(&ask.db, &ask.actor, role).await?))
        },
        |(role, lines)| view! { <Bank role lines/> }.into_any(),
    )
}

#[component]
fn Bank(role: Role, lines: Vec<BankLine>) -> impl IntoView {
    let free = lines.iter().filter(|line| line.standing == Standing::Free).count();
    let scope = format!("{}　{}問（うち使用中 {}問）", role.label(), lines.len(), lines.len() - free);
    let way = vec![Crumb { text: "ポリシー".into(), href: "/policies".into() }];
    let chapters = Topic::ALL.into_iter().filter_map(|topic| {
        let own: Vec<BankLine> = lines.iter().filter(|line| line.question.topic == topic).cloned().collect();
        (!own.is_empty()).then_some((topic, own))
    });
    let chapters: Vec<(Topic, Vec<BankLine>)> = chapters.collect();
    view! {
        <Page title="補助設問集" scope=scope way>
            <p class="lead-text">
                "ポリシーの文から設問ができない分野を補うための設問です。使う設問に印を付けると、最も近い条項に結び付けて点検票の候補に加えます。点検票、回答の画面及び結果では「"{MARK}"」と表示します。"
            </p>
            <Tabs role/>
            <Export table="bank"/>
            <PostForm action=TakeFromBank::PATH class="stack">
                <Hidden name="role" value=role.key()/>
                {chapters.clone().into_iter().map(|(topic, lines)| view! { <Chapter topic lines/> }).collect_view()}
                {(free > 0).then(|| view! {
                    <p class="bank__go"><Submit text="印を付けた設問を使う" main=true/>" "<a href="/sheets">"点検票へ"</a></p>
                })}
            </PostForm>
        </Page>
    }
}

#[component]
fn Tabs(role: Role) -> impl IntoView {
    view! {
        <ul class="tabs bank-roles" aria-label="答える人">
            {Role::WITH_SHEET
                .into_iter()
                .map(|other| {
                    let current = (other == role).then_some("page");
                    view! { <li><a href=bank_path(other) aria-current=current>{other.label()}</a></li> }
                })
                .collect_view()}
        </ul>
    }
}

#[component]
fn Chapter(topic: Topic, lines: Vec<BankLine>) -> impl IntoView {
    view! {
        <section aria-labelledby=format!("chapter-{}", topic.number())>
            <h2 id=format!("chapter-{}", topic.number())>{format!("{} {}", topic.number(), topic.label())}</h2>
            <ul class="bank">{lines.into_iter().map(|line| view! { <Line line/> }).collect_view()}</ul>
        </section>
    }
}

#[component]
fn Line(line: BankLine) -> impl IntoView {
    let BankLine { question, standing, nearest } = line;
    let (id, note) = (format!("k-{}", question.key), format!("n-{}", question.key));
    let condition = question.not_applicable.map(|condition| format!("該当なし：{condition}　"));
    let chip = match standing {
        Standing::Free => None,
        Standing::Taken => Some(view! { <Chip tone=Tone::Ok text="使用中"/> }),
        Standing::Asked => Some(view! { <Chip text="同じ設問があります"/> }),
    };
    view! {
        <li>
            {(standing == Standing::Free).then(|| view! {
                <input type="checkbox" name="keys[]" value=question.key.clone() id=id.clone() aria-describedby=note.clone()/>
            })}
            <label for=(standing == Standing::Free).then_some(id)>{question.text}</label>
            {chip}
            <p class="sub" id=note>{condition}{question.guidance}</p>
            {(standing == Standing::Free).then(|| view! { <Near key=question.key.clone() nearest=nearest.clone()/> })}
        </li>
    }
}

#[component]
fn Near(key: String, nearest: Option<Neighbour>) -> impl IntoView {
    let other = format!("/bank/{key}");
    view! {
        <p class="sub">
            {match nearest {
                Some(near) => view! {
                    "結び付ける条項："
                    <a href=format!("/policies/{}/clauses/{}", near.revision, near.clause)>{near.short_path}" "{near.title}</a>
                    "　"<a href=other>"条項を選ぶ"</a>
                }.into_any(),
                None => view! { "近い条項が見つかりません。　"<a href=other>"条項を選ぶ"</a> }.into_any(),
            }}
        </p>
    }
}
