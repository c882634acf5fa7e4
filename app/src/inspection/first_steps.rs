//! The way to the first inspection: what is done and what comes next.

use crate::ui::{Chip, Page, Tone};
use leptos::prelude::*;
use store::inspection::Beginning;

struct Step {
    title: &'static str,
    text: String,
    href: &'static str,
    button: &'static str,
    done: bool,
}

fn steps(beginning: &Beginning) -> Vec<Step> {
    let Beginning { revisions, editions, people, .. } = *beginning;
    let found = |done: bool, text: String, else_text: &str| if done { text } else { else_text.to_string() };
    vec![
        Step {
            title: "ポリシーを読み込む",
            text: found(revisions > 0, format!("{revisions}版を読み込みました。"), "情報セキュリティポリシーのファイルから条文を読み取り、設問の案を作ります。"),
            href: "/policies",
            button: "ポリシーへ",
            done: revisions > 0,
        },
        Step {
            title: "点検票を確定する",
            text: found(editions > 0, format!("確定した点検票が{editions}つあります。"), "設問を役割ごとの点検票にまとめ、確定します。確定した点検票は変わりません。"),
            href: "/sheets",
            button: "点検票へ",
            done: editions > 0,
        },
        Step {
            title: "名簿を取り込む",
            text: found(people > 0, format!("{people}人の職員が登録されています。"), "人事の名簿から、所属、職員及び役割を登録します。"),
            href: "/roster",
            button: "名簿へ",
            done: people > 0,
        },
        Step {
            title: "点検を始める",
            text: "基準日、回答期限及び配付する点検票を決めて始めます。始めると、職員の最初の画面に点検票が表示されます。".into(),
            href: "/inspections/new",
            button: "点検を始める",
            done: false,
        },
    ]
}

/// Shown in place of the board while there is no inspection.
#[component]
pub fn FirstSteps(beginning: Beginning) -> impl IntoView {
    let steps = steps(&beginning);
    let next = steps.iter().position(|step| !step.done);
    view! {
        <Page title="進行状況">
            <p class="lead-text">"まだ点検を始めていないため、進行状況はありません。次の順に準備すると、点検を始められます。"</p>
            <ol class="ladder">
                {steps
                    .into_iter()
                    .enumerate()
                    .map(|(index, step)| {
                        let now = next == Some(index);
                        let class = if now { "btn btn--main" } else { "btn" };
                        let open = now || step.done;
                        view! {
                            <li class:now=now>
                                <h2>{step.title}{step.done.then(|| view! { <Chip tone=Tone::Ok text="済"/> })}</h2>
                                <p>{step.text}</p>
                                {open.then(|| view! { <a class=class href=step.href>{step.button}</a> })}
                            </li>
                        }
                    })
                    .collect_view()}
            </ol>
        </Page>
    }
}
