//! `/answer/:target/check`: what is missing before the sheet can be handed in, and the button that does it.

use super::frame::scope;
use super::api::HandIn;
use crate::ui::{Crumb, Hidden, Icon, Page, PostForm, Sign, Submit, Tone, page};
use domain::answer::Value;
use leptos::prelude::*;
use leptos_axum::redirect;
use server_fn::ServerFn;
use store::response::{self, Chapter, Item, Sheet};

/// The page.
#[component]
pub fn HandInPage() -> impl IntoView {
    page(
        |ask| async move {
            let sheet = response::open(&ask.db, &ask.actor, ask.id("target")?, ask.now).await?;
            let standing = sheet.facts.standing;
            if standing.submitted || standing.closed {
                redirect(&format!("/answer/{}", sheet.target));
            }
            Ok(sheet)
        },
        |sheet| view! { <Check sheet/> }.into_any(),
    )
}

#[component]
fn Check(sheet: Sheet) -> impl IntoView {
    let (target, title) = (sheet.target, format!("{}の確認", sheet.title));
    let missing: usize = sheet.items().map(|item| item.given().gaps().len()).sum();
    let state = match missing {
        0 => (Tone::Ok, "提出できます".to_string()),
        number => (Tone::Err, format!("入力が必要な箇所 {number}")),
    };
    let back = Crumb { text: "回答に戻る".into(), href: format!("/answer/{target}") };
    let scope = scope(&sheet);
    view! {
        <Page title state scope way=vec![back]>
            <Missing sheet=sheet.clone()/>
            <Shortcomings sheet=sheet.clone()/>
            <Chapters chapters=sheet.chapters.clone()/>
            <Sums sheet=sheet.clone()/>
            {if missing == 0 {
                view! {
                    <PostForm action=HandIn::PATH class="stack section">
                        <Hidden name="target" value=target.to_string()/>
                        <p>{sheet.visibility.told()}"提出した後は、差し戻されるまで変更できません。"</p>
                        <Submit text="提出する" main=true/>
                    </PostForm>
                }
                .into_any()
            } else {
                view! {
                    <p class="section"><a class="btn btn--main" href=format!("/answer/{target}?gaps=1")>"回答に戻って入力する"</a></p>
                }
                .into_any()
            }}
        </Page>
    }
}

/// Each gap with the way to its question.
#[component]
fn Missing(sheet: Sheet) -> impl IntoView {
    let target = sheet.target;
    let line = |item: &Item| {
        let (no, href) = (item.no, format!("/answer/{target}?gaps=1#q{}", item.no));
        let text = item.text.clone();
        let what: Vec<_> = item.given().gaps().into_iter().map(|gap| gap.text()).collect();
        (!what.is_empty()).then(|| view! {
            <li><a href=href>{format!("問{no}")}</a>{format!("　{}", what.concat())}<br/><small>{text}</small></li>
        })
    };
    let lines: Vec<_> = sheet.items().filter_map(line).collect();
    if lines.is_empty() {
        let text = "全ての設問に入力されています。内容を確かめて提出してください。";
        return view! { <p class="notice notice--ok">{text}</p> }.into_any();
    }
    view! {
        <div class="alert">
            <Icon sign=Sign::Warning/>
            <div>
                <p><b>"次の設問に入力すると、提出できます。"</b></p>
                <ul class="gaps">{lines}</ul>
            </div>
        </div>
    }
    .into_any()
}

/// What will be said of the own work, with the reasons: a slip of the finger is seen before it is handed in.
#[component]
fn Shortcomings(sheet: Sheet) -> impl IntoView {
    let target = sheet.target;
    let line = |item: &Item| {
        let answer = item.answer.as_ref().filter(|_| !item.hidden)?;
        let value = answer.value.filter(|value| matches!(value, Value::Partial | Value::NotDone))?;
        let (no, href) = (item.no, format!("/answer/{target}#q{}", item.no));
        let reason = (!answer.comment.trim().is_empty()).then(|| view! { <br/><small>{format!("理由：{}", answer.comment)}</small> });
        Some(view! {
            <li><a href=href>{format!("問{no}")}</a>{format!("　{} {}　{}", value.sign(), value.label(), item.text)}{reason}</li>
        })
    };
    let lines: Vec<_> = sheet.items().filter_map(line).collect();
    let text = format!("一部実施又は未実施と答えた設問　{}問", lines.len());
    (!lines.is_empty()).then(|| view! {
        <section class="section">
            <h2 class="h">{text}</h2>
            <ul class="given">{lines}</ul>
        </section>
    })
}

/// How far each chapter is.
#[component]
fn Chapters(chapters: Vec<Chapter>) -> impl IntoView {
    let row = |chapter: Chapter| {
        let owed: Vec<&Item> = chapter.items.iter().filter(|item| !item.hidden).collect();
        let done = owed.iter().filter(|item| item.given().is_complete()).count();
        let files: usize = owed.iter().map(|item| item.files.len()).sum();
        let of = |value: Value| {
            let has = |item: &&&Item| item.answer.as_ref().and_then(|answer| answer.value) == Some(value);
            view! { <td class="num">{owed.iter().filter(has).count()}</td> }
        };
        view! {
            <tr>
                <th scope="row">{format!("{}　{}", chapter.number, chapter.name)}</th>
                <td class="num">{format!("{done}／{}", owed.len())}</td>
                {Value::ALL.map(of).collect_view()}
                <td class="num">{files}</td>
            </tr>
        }
    };
    view! {
        <div class="wide section">
            <table class="table sums">
                <caption class="sr">"章ごとの回答の数"</caption>
                <thead>
                    <tr>
                        <th scope="col">"章"</th>
                        <th scope="col" class="num">"回答"</th>
                        {Value::ALL
                            .map(|value| view! { <th scope="col" class="num"><span class="words">{value.label()}</span><span class="sign" aria-hidden="true">{value.sign()}</span></th> })
                            .collect_view()}
                        <th scope="col" class="num">"証跡"<span class="words">"のファイル"</span></th>
                    </tr>
                </thead>
                <tbody>{chapters.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// What was taken over, and what needs no answer.
#[component]
fn Sums(sheet: Sheet) -> impl IntoView {
    let carried = sheet.items().filter(|item| item.answer.as_ref().is_some_and(|answer| answer.carried));
    let carried: Vec<String> = carried.map(|item| format!("問{}", item.no)).collect();
    let hidden = sheet.items().filter(|item| item.hidden).count();
    view! {
        {(!carried.is_empty()).then(|| view! {
            <p>{format!("前年から引き継いだ回答：{}。今年度の状況と違いがないことを確かめてください。", carried.join("、"))}</p>
        })}
        {(hidden > 0).then(|| view! {
            <p>{format!("先の回答又は所属の業務により、対象にならない設問が{hidden}問あります。")}</p>
        })}
    }
}
