//! `/roster/imports/:import/columns`: which column holds what, with the first rows; put right once, remembered.

use crate::ui::{Crumb, Hidden, Page, PostForm, Submit, page};
use domain::roster::layout::{Field, Seen};
use leptos::prelude::*;
use store::roster::{Columns, columns};

/// The address the columns are sent to.
pub const PUT_RIGHT: &str = "/roster/columns/read";

/// The page.
#[component]
pub fn RosterColumnsPage() -> impl IntoView {
    page(
        |ask| async move { Ok(columns(&ask.db, &ask.actor, ask.id("import")?).await?) },
        |columns| view! { <Shown columns/> }.into_any(),
    )
}

#[component]
fn Shown(columns: Columns) -> impl IntoView {
    let way = vec![
        Crumb { text: "名簿".into(), href: "/roster".into() },
        Crumb { text: "名簿の取込み".into(), href: format!("/roster/imports/{}", columns.id) },
    ];
    let layout = columns.layout;
    let place = match layout.sheet.is_empty() {
        true => format!("見出し {}行目", layout.heading_row),
        false => format!("シート「{}」　見出し {}行目", layout.sheet, layout.heading_row),
    };
    let id = columns.id.to_string();
    let seen = layout.columns;
    view! {
        <Page title="列の割当て" way scope=format!("{}／{place}", columns.file_name)>
            {(!layout.missing.is_empty())
                .then(|| {
                    view! {
                        <p class="notice notice--warn">
                            {format!("必要な列が見つかりません（{}）。どの列に入っているかを選んでください。", layout.missing.join("、"))}
                        </p>
                    }
                })}
            {layout.doubts.into_iter().map(|text| view! { <p class="notice notice--warn">{text}</p> }).collect_view()}
            <p class="lead-text">
                "各列に何が入っているかを確かめ、違うものを選び直してください。使わない列は「使わない」のままにします。同じ見出しのファイルには、次からもこの割当てを使います。"
            </p>
            <PostForm action=PUT_RIGHT class="stack">
                <Hidden name="import" value=id.clone()/>
                <div class="wide">
                    <table class="table table--stick">
                        <caption class="sr">"列と、それに入っているもの"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"列"</th><th scope="col">"見出し"</th>
                                <th scope="col">"入っているもの"</th><th scope="col">"最初の行"</th>
                            </tr>
                        </thead>
                        <tbody>{seen.clone().into_iter().map(|column| view! { <Column column/> }).collect_view()}</tbody>
                    </table>
                </div>
                <div class="row row--end"><Submit text="この割当てで読み直す" main=true/></div>
            </PostForm>
        </Page>
    }
}

#[component]
fn Column(column: Seen) -> impl IntoView {
    let spoken = format!("{}列「{}」に入っているもの", column.letter, column.heading);
    let samples = column.samples.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("　／　");
    let chosen = column.field;
    view! {
        <tr>
            <td>{column.letter}</td>
            <th scope="row">{column.heading}</th>
            <td>
                <select class="select" name=format!("c{}", column.index) aria-label=spoken>
                    <option value="">"使わない"</option>
                    {Field::all()
                        .map(|field| view! { <option value=field.key() selected=chosen == Some(field)>{field.label()}</option> })
                        .collect_view()}
                </select>
            </td>
            <td class="sub">{samples}</td>
        </tr>
    }
}
