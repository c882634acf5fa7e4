//! A sentence with its deciding words, its class and who it obliges.

use super::api::ReclassifySentence;
use crate::ui::{Hidden, PostForm, Select, Submit};
use domain::clause::{Class, Part, marked};
use domain::role::Role;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::question::SentenceView;
use uuid::Uuid;

/// The sentence and the form that corrects its class.
#[component]
pub fn SentenceBlock(
    revision: Uuid,
    clause: Uuid,
    number: usize,
    sentence: SentenceView,
    may_edit: bool,
) -> impl IntoView {
    view! {
        <section class="spoken" aria-label=format!("{number}文目")>
            <div class="sentence">{marked(&sentence.text, &sentence.marks).into_iter().map(piece).collect_view()}</div>
            {if may_edit {
                view! { <Reclassify revision clause number sentence/> }.into_any()
            } else {
                view! { <Traits sentence/> }.into_any()
            }}
        </section>
    }
}

fn piece((part, text): (Option<Part>, String)) -> AnyView {
    let Some(part) = part else { return text.into_any() };
    let (class, label) = match part {
        Part::Subject => ("m-s", "主語"),
        Part::Condition => ("m-c", "条件"),
        Part::Verb => ("m-v", "述語"),
    };
    view! { <mark class=class><small>{label}</small>{text}</mark> }.into_any()
}

/// How the role was found.
fn basis(sentence: &SentenceView) -> String {
    match (&sentence.role, sentence.role_presumed, &sentence.subject) {
        (None, ..) => "答える人は決まっていません。".to_string(),
        (Some(_), true, _) => "主語から分からないため、章の内容から推定しました。".to_string(),
        (Some(_), false, Some(subject)) => format!("主語「{subject}」から判定しました。"),
        (Some(_), false, None) => "担当者が選びました。".to_string(),
    }
}

fn role_name(role: Option<Role>) -> &'static str {
    role.map_or("―", Role::label)
}

#[component]
fn Traits(sentence: SentenceView) -> impl IntoView {
    let basis = basis(&sentence);
    view! {
        <dl class="traits">
            <dt>"文の種類"</dt>
            <dd>{sentence.class.label()}</dd>
            <dt>"義務を負う人"</dt>
            <dd>{role_name(sentence.role)}" "<span class="sub">{basis}</span></dd>
        </dl>
    }
}

#[component]
fn Reclassify(revision: Uuid, clause: Uuid, number: usize, sentence: SentenceView) -> impl IntoView {
    let id = sentence.id.to_string();
    let classes: Vec<_> =
        Class::ALL.map(|class| (class.key().to_string(), class.label().to_string())).to_vec();
    let none = std::iter::once((String::new(), "なし".to_string()));
    let roles: Vec<_> =
        none.chain(Role::ALL.map(|role| (role.key().to_string(), role.label().to_string()))).collect();
    let role = sentence.role.map(Role::key).unwrap_or_default();
    let basis = basis(&sentence);
    view! {
        <PostForm action=ReclassifySentence::PATH key=id.clone() class="row sort">
            <Hidden name="revision" value=revision.to_string()/>
            <Hidden name="clause" value=clause.to_string()/>
            <Hidden name="sentence" value=id.clone()/>
            <Select name="class" label="文の種類" options=classes.clone() value=sentence.class.key() id=format!("class-{id}")/>
            <Select name="role" label="義務を負う人" options=roles.clone() value=role id=format!("owner-{id}")/>
            <Submit text="改める" small=true spoken=format!("{number}文目の種類と義務を負う人を改める")/>
        </PostForm>
        <p class="hint">{basis}</p>
    }
}
