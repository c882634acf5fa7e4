//! `/departments/attributes`: what each department has or does, as far as questions depend on it.

use crate::context::Returned;
use crate::sheet::setting_api::SetAttributes;
use crate::ui::{Empty, Export, Page, PostForm, Submit, page};
use domain::question::setting::Attribute;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::department::attribute::{Line, list};

/// The page.
#[component]
pub fn AttributesPage() -> impl IntoView {
    page(
        |ask| async move {
            let lines = list(&ask.db, &ask.actor, ask.today()).await?;
            Ok((lines, ask.text("changed").parse::<usize>().ok()))
        },
        |(lines, changed)| view! { <Attributes lines changed/> }.into_any(),
    )
}

#[component]
fn Attributes(lines: Vec<Line>, changed: Option<usize>) -> impl IntoView {
    let saved = changed.filter(|_| use_context::<Returned>().is_none()).map(|number| match number {
        0 => "変更はありませんでした。".to_string(),
        number => format!("{number}所属の属性を改めました。"),
    });
    view! {
        <Page title="所属の属性" scope=format!("{}所属", lines.len())>
            {saved.map(|text| view! { <p class="notice notice--ok" role="status">{text}</p> })}
            <p class="lead-text">
                "点検票には、ここで印を付けた所属だけに表示する設問を置けます。当てはまるものがある欄に印を付けてください。点検を始めるときの属性が、その点検の終わりまで使われます。後で改めても、始まっている点検には影響しません。"
            </p>
            {if lines.is_empty() {
                view! { <Empty text="所属がまだ登録されていません。名簿を取り込むと、ここに並びます。"/> }.into_any()
            } else {
                view! { <Form lines/> }.into_any()
            }}
        </Page>
    }
}

#[component]
fn Form(lines: Vec<Line>) -> impl IntoView {
    view! {
        <PostForm action=SetAttributes::PATH class="stack">
            <Export table="attributes"/>
            <div class="wide">
                <table class="table table--stick attributes">
                    <caption class="sr">"所属ごとの属性"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"所属"</th>
                            {Attribute::ALL.map(|one| view! { <th scope="col">{one.short()}</th> }).collect_view()}
                        </tr>
                    </thead>
                    <tbody>{lines.clone().into_iter().map(|line| view! { <Department line/> }).collect_view()}</tbody>
                </table>
            </div>
            <div class="row row--end"><Submit text="属性を保存する" main=true/></div>
        </PostForm>
    }
}

#[component]
fn Department(line: Line) -> impl IntoView {
    let field = |attribute: Attribute| format!("departments[d{}][{}]", line.id, attribute.key());
    let boxes = Attribute::ALL
        .map(|one| {
            let spoken = format!("{} {}", line.name, one.label());
            let on = line.attributes.contains(&one);
            view! { <td><input type="checkbox" class="box" name=field(one) value="1" checked=on aria-label=spoken/></td> }
        })
        .collect_view();
    // Sent always, so that a department whose boxes were all cleared is named too.
    let named = format!("departments[d{}][is]", line.id);
    view! {
        <tr>
            <th scope="row"><span class="sub">{line.division}</span>" "{line.name}<input type="hidden" name=named value="1"/></th>
            {boxes}
        </tr>
    }
}
