//! `/sheets/:sheet/questions/:question`: how a question is answered, judged and shown; below it the question itself.

use super::setting_api::SetQuestion;
use super::setting_fields::SettingFields;
use crate::answer::question::Question;
use crate::answer::shown::blank;
use crate::context::Returned;
use crate::ui::{Chip, Crumb, Hidden, Page, PostForm, Submit, Tone, page};
use domain::question::setting::{FORMULA, Setting};
use domain::sheet::Change;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::sheet::{SettingView, question};
use uuid::Uuid;

/// The page.
#[component]
pub fn QuestionPage() -> impl IntoView {
    page(
        |ask| async move {
            let found = question(&ask.db, &ask.actor, ask.id("sheet")?, ask.id("question")?).await?;
            Ok((found, Change::from_key(&ask.text("saved"))))
        },
        |(found, saved)| view! { <Settings found saved/> }.into_any(),
    )
}

#[component]
fn Settings(found: SettingView, saved: Option<Change>) -> impl IntoView {
    let sheet = found.sheet;
    let way = vec![
        Crumb { text: "点検票".into(), href: "/sheets".into() },
        Crumb { text: found.title.clone(), href: format!("/sheets/{sheet}#q-{}", found.question.id) },
    ];
    let scope = format!("{}　全{}問", found.question.topic.label(), found.total);
    let question = found.question.id;
    let actions = view! { <Neighbours found=found.clone()/> }.into_any();
    let (fields, words, setting) = (found.clone(), found.clone(), found.question.setting.clone());
    view! {
        <Page title=format!("問{}の設定", found.no) scope way actions>
            <Saved saved/>
            <p class="lead-text">{found.question.text.clone()}</p>
            <div class="split split--set">
                <section>
                    <PostForm action=SetQuestion::PATH class="stack set">
                        <Hidden name="sheet" value=sheet.to_string()/>
                        <Hidden name="question" value=question.to_string()/>
                        <SettingFields found=fields.clone()/>
                        <div class="row"><Submit text="設定を保存する" main=true/></div>
                    </PostForm>
                </section>
                <section class="set__preview" aria-labelledby="preview">
                    <h2 id="preview">"回答する人に見える形"</h2>
                    <p class="hint">"保存した設定で示しています。試しに選んでも、保存されません。"</p>
                    <Question shown=blank(&found.item)/>
                    <Words setting found=words/>
                </section>
            </div>
        </Page>
    }
}

#[component]
fn Saved(saved: Option<Change>) -> impl IntoView {
    // A page that came back with a refusal still carries the address of the saving before.
    saved.filter(|_| use_context::<Returned>().is_none()).map(|change| {
        let what = match change {
            Change::Changed => "趣旨変更として記録しました。前年度の数値とは比べません。",
            _ => "軽微修正として記録しました。前年度の数値と比べられます。",
        };
        view! { <p class="notice notice--ok" role="status">"設定を保存しました。"{what}</p> }
    })
}

#[component]
fn Neighbours(found: SettingView) -> impl IntoView {
    let link = |id: Option<Uuid>, text: &'static str| {
        id.map(|id| {
            let href = format!("/sheets/{}/questions/{id}", found.sheet);
            view! { <a class="btn btn--s" href=href>{text}</a>" " }
        })
    };
    view! { {link(found.before, "前の設問")}{link(found.after, "次の設問")} }
}

/// What the setting means, in words.
#[component]
fn Words(setting: Setting, found: SettingView) -> impl IntoView {
    let earlier = |id: Uuid| {
        let (no, one) = found.earlier.iter().find(|(_, one)| one.id == id)?;
        Some((i32::try_from(*no).unwrap_or_default(), &one.setting))
    };
    let shown = setting.shown.words(earlier).unwrap_or_else(|| "この点検票を受け取る全ての人に表示".into());
    let standard = setting
        .standard()
        .unwrap_or_else(|| "実施・一部実施・未実施をそのまま数えます。".to_string());
    let seconds = setting.seconds();
    view! {
        <dl class="facts">
            <dt>"数え方"</dt>
            <dd>{standard}</dd>
            <dt>"表示"</dt>
            <dd>{shown}</dd>
            <dt>"見込時間"</dt>
            <dd>{format!("{seconds}秒")}<br/><span class="sub">{FORMULA}</span></dd>
        </dl>
        {setting.gate.then(|| view! {
            <p><Chip tone=Tone::Key text="必須"/>" 1件でも「未実施」があると、実施率にかかわらず結果の最初に示します。"</p>
        })}
    }
}
