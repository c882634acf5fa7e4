//! Holds on the page of retention.

use super::api::{PlaceHold, ReleaseHold};
use crate::ui::{Chip, Empty, Export, Field, Hidden, PostForm, Select, Submit, Tone};
use domain::calendar::wareki_time;
use domain::retention::Subject;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::retention::hold::Line;

/// All holds, and for who may the form for a new one.
#[component]
pub fn Holds(lines: Vec<Line>, choices: Option<Vec<(Subject, String)>>) -> impl IntoView {
    let manages = choices.is_some();
    view! {
        <section class="section">
            <h2>"廃棄の停止"</h2>
            <p class="hint">
                "訴訟、開示請求、事故の調査などのために残す記録は、期日が来ても廃棄しません。所属の停止は、その所属が引き継いだ所属の記録にも及びます。名簿は全職員に関わるため、停止が一つでもある間は廃棄しません。"
            </p>
            {if lines.is_empty() {
                view! { <Empty text="廃棄の停止はありません。"/> }.into_any()
            } else {
                view! { <List lines manages/> }.into_any()
            }}
            {choices.map(|choices| view! { <NewHold choices/> })}
        </section>
    }
}

#[component]
fn List(lines: Vec<Line>, manages: bool) -> impl IntoView {
    view! {
        <Export table="holds"/>
        <table class="table">
            <caption class="sr">"廃棄の停止。停止中のものを先に示します。"</caption>
            <thead>
                <tr>
                    <th scope="col">"対象"</th><th scope="col">"理由"</th><th scope="col">"停止"</th><th scope="col">"状態"</th>
                </tr>
            </thead>
            <tbody>{lines.into_iter().map(|line| view! { <Row line manages/> }).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Row(line: Line, manages: bool) -> impl IntoView {
    let id = line.id;
    let spoken = format!("停止を解除する：{}", line.label);
    let may_lift = manages && line.lifted.is_none();
    view! {
        <tr>
            <th scope="row">{line.label}</th>
            <td class="wrap">{line.reason}</td>
            <td>{format!("{}　{}", wareki_time(line.at), line.by)}</td>
            <td>
                {match line.lifted {
                    Some((at, by, reason)) => view! {
                        <Chip tone=Tone::Plain text="解除"/>" "<span class="sub">{format!("{}　{by}（理由：{reason}）", wareki_time(at))}</span>
                    }
                    .into_any(),
                    None => view! { <Chip tone=Tone::Warn text="停止中"/> }.into_any(),
                }}
                {may_lift.then(|| view! {
                    <PostForm action=ReleaseHold::PATH key=id.to_string() class="row only-screen">
                        <Hidden name="hold" value=id.to_string()/>
                        <Field name="reason" id=format!("lift-{id}") label="解除する理由" required=true/>
                        <Submit text="解除する" small=true spoken=spoken.clone()/>
                    </PostForm>
                })}
            </td>
        </tr>
    }
}

#[component]
fn NewHold(choices: Vec<(Subject, String)>) -> impl IntoView {
    let things: Vec<(String, String)> = std::iter::once((String::new(), "選んでください".to_string()))
        .chain(choices.into_iter().map(|(subject, name)| {
            (format!("{}:{}", subject.noun(), subject.id()), format!("{}：{name}", subject.label()))
        }))
        .collect();
    view! {
        <PostForm action=PlaceHold::PATH class="panel panel--form stack only-screen">
            <h3>"廃棄を停止する"</h3>
            <div class="row row--even">
                <Select name="of" label="点検又は所属" options=things.clone()/>
                <Field name="staff_no" label="職員のときは職員番号" hint="点検及び所属は選ばずに入力してください。"/>
            </div>
            <Field name="reason" id="hold-reason" label="停止する理由" required=true/>
            <Submit text="廃棄を停止する"/>
        </PostForm>
    }
}
