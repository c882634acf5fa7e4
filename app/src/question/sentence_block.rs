//! A sentence with its deciding words, its class and who it obliges; and why nobody is asked, if so.

use super::api::{ExemptDuty, ReclassifySentence, UndoExemption};
use super::fields::came_back;
use super::keyed::{KeySummary, Reasons};
use crate::ui::{Chip, Hidden, PostForm, Select, Submit, Tone};
use domain::calendar::short_time;
use domain::clause::{Class, Part, marked};
use domain::role::Role;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::question::{ExemptView, SentenceView, UsedView};

/// The sentence and the forms about it. `current` has the keys.
#[component]
pub fn SentenceBlock(number: usize, sentence: SentenceView, may_edit: bool, current: bool) -> impl IntoView {
    let class = if current { "spoken spoken--on" } else { "spoken" };
    let asked = sentence.class.obliges();
    view! {
        <section class=class aria-label=format!("{number}文目")>
            <div class="sentence">{marked(&sentence.text, &sentence.marks).into_iter().map(piece).collect_view()}</div>
            <Used used=sentence.used.clone()/>
            {if may_edit {
                view! { <Reclassify number sentence=sentence.clone() current/> }.into_any()
            } else {
                view! { <Traits sentence=sentence.clone()/> }.into_any()
            }}
            {asked.then(|| view! { <Exemption number sentence may_edit current/> })}
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

/// What earlier corrections made of the sentence.
#[component]
fn Used(used: Vec<UsedView>) -> impl IntoView {
    used.into_iter()
        .map(|one| {
            let correction = one.correction;
            let before = [
                one.class_before.map(Class::label).filter(|_| correction.class().is_some()),
                one.role_before.map(Role::short).filter(|_| correction.role().is_some()),
            ];
            let before: Vec<&str> = before.into_iter().flatten().collect();
            let words = if correction.kind() == "sentence" {
                "同じ文".to_string()
            } else {
                format!("「{}」", correction.words())
            };
            view! {
                <p class="hint">
                    <Chip tone=Tone::Note text="過去の修正を適用"/>
                    {format!(" {words}の修正による。修正がなければ：{}　", before.join("／"))}
                    <a href="/policies/corrections">"修正の一覧"</a>
                </p>
            }
        })
        .collect_view()
}

/// How the role was found.
fn basis(sentence: &SentenceView) -> String {
    if let Some((by, at)) = &sentence.corrected {
        return format!("{by}が{}に改めました。次に取り込む文書にも使います。", short_time(*at));
    }
    if !sentence.used.is_empty() {
        return String::new();
    }
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
fn Reclassify(number: usize, sentence: SentenceView, current: bool) -> impl IntoView {
    let id = sentence.id.to_string();
    let classes: Vec<_> =
        Class::ALL.map(|class| (class.key().to_string(), class.label().to_string())).to_vec();
    let none = std::iter::once((String::new(), "なし".to_string()));
    let roles: Vec<_> =
        none.chain(Role::ALL.map(|role| (role.key().to_string(), role.label().to_string()))).collect();
    let role = sentence.role.map(Role::key).unwrap_or_default();
    let basis = basis(&sentence);
    let open = came_back(ReclassifySentence::PATH, &id);
    let key = current.then_some("c");
    let traits = format!("{}／{}", sentence.class.label(), role_name(sentence.role));
    view! {
        <details class="fold sort" open=open>
            <summary data-key=key>
                {traits}<span class="sr">{format!("（{number}文目の種類と義務を負う人を改める）")}</span>" "
                <span class="sub">"改める"</span>
                {current.then(|| view! { " "<kbd aria-hidden="true">"C"</kbd> })}
            </summary>
            <PostForm action=ReclassifySentence::PATH key=id.clone() class="stack">
                <Hidden name="sentence" value=id.clone()/>
                <div class="row">
                    <Select name="class" label="文の種類" options=classes.clone() value=sentence.class.key() id=format!("class-{id}")/>
                    <Select name="role" label="義務を負う人" options=roles.clone() value=role id=format!("owner-{id}")/>
                </div>
                {sentence.common_subject.clone().map(|(words, new)| view! {
                    <label class="tick">
                        <input type="checkbox" name="same_subject" value="true" checked=new/>
                        {format!("主語が「{words}」の文にも、義務を負う人を適用する")}
                    </label>
                })}
                {sentence.ending.clone().map(|words| view! {
                    <label class="tick">
                        <input type="checkbox" name="same_ending" value="true"/>
                        {format!("同じ結びの文（「{words}」）にも、文の種類を適用する")}
                    </label>
                })}
                <p class="hint">"この文の修正は覚えておき、次に取り込む文書に適用します。チェックを入れると、ほかの文にも適用します。"</p>
                <Submit text="改める" small=true spoken=format!("{number}文目の種類と義務を負う人を改める")/>
            </PostForm>
        </details>
        {(!basis.is_empty()).then(|| view! { <p class="hint">{basis}</p> })}
    }
}

/// Why nobody is asked about a duty.
#[component]
fn Exemption(number: usize, sentence: SentenceView, may_edit: bool, current: bool) -> impl IntoView {
    let id = sentence.id.to_string();
    match sentence.exempt {
        Some(exempt) => view! { <Reason exempt may_edit/> }.into_any(),
        None if may_edit => {
            let open = came_back(ExemptDuty::PATH, &id);
            let spoken = format!("（{number}文目）");
            view! {
                <details class="fold" open=open>
                    {if current {
                        view! { <KeySummary text="設問にしない理由を記録" key="n" spoken=spoken/> }.into_any()
                    } else {
                        view! { <summary>"設問にしない理由を記録"<span class="sr">{spoken}</span></summary> }.into_any()
                    }}
                    <PostForm action=ExemptDuty::PATH key=id.clone() class="stack">
                        <Hidden name="sentence" value=id.clone()/>
                        <Reasons id=format!("exempt-{id}") label="設問にしない理由" button="理由を記録する"/>
                    </PostForm>
                </details>
            }
            .into_any()
        }
        None => ().into_any(),
    }
}

#[component]
fn Reason(exempt: ExemptView, may_edit: bool) -> impl IntoView {
    let id = exempt.id.to_string();
    view! {
        <div class="row reason">
            <p>
                <Chip tone=Tone::Plain text="設問にしない"/>
                {format!(" {}　", exempt.reason)}
                <span class="sub">{format!("{} {}", short_time(exempt.at), exempt.by)}</span>
            </p>
            {may_edit.then(|| view! {
                <PostForm action=UndoExemption::PATH key=id.clone()>
                    <Hidden name="exemption" value=id.clone()/>
                    <Submit text="取り消す" small=true spoken="設問にしない理由を取り消す"/>
                </PostForm>
            })}
        </div>
    }
}
