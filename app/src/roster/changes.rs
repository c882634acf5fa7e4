//! What would change: departments, then people by kind; each person can be left as is.

use crate::ui::Export;
use domain::roster::difference::{Change, Difference, Kind};
use leptos::prelude::*;

/// So many people of each kind are shown together; the list of one kind has more.
const SHOWN: usize = 200;
/// The longest list of one kind; the workbook has all.
const LONGEST: usize = 2000;

/// The preview, or the list of one kind, under the same reading of the departments: a click must not change what the
/// codes mean.
pub fn address(import: &str, kind: Option<Kind>, apart: bool) -> String {
    let kind = kind.map(|kind| format!("kind={}", kind.key()));
    let query: Vec<String> = kind.into_iter().chain(apart.then(|| "apart=1".to_string())).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("/roster/imports/{import}{mark}{}", query.join("&"))
}

/// New and renamed departments.
#[component]
pub fn Departments(difference: Difference, import: String, apart: bool) -> impl IntoView {
    let (new, renamed) = (difference.new_departments, difference.renamed);
    view! {
        {(!renamed.is_empty())
            .then(|| {
                view! {
                    <section class="section">
                        <h2 class="h">{format!("改称・移管　{}", renamed.len())}</h2>
                        <p class="hint">
                            "所属コードが同じで名称又は部が変わった所属です。職員、情報システム及び改善は、新しい所属に引き継がれます。別の所属であれば、"
                            <a href=format!("/roster/imports/{import}?apart=1")>"新しい所属として扱ってください"</a>"。"
                        </p>
                        <Export table="renamed"/>
                        <table class="table">
                            <caption class="sr">"改称・移管する所属"</caption>
                            <thead><tr><th scope="col">"所属コード"</th><th scope="col">"今"</th><th scope="col">"取込み後"</th></tr></thead>
                            <tbody>
                                {renamed
                                    .into_iter()
                                    .map(|one| view! { <tr><td>{one.code}</td><td>{one.before}</td><th scope="row">{one.after}</th></tr> })
                                    .collect_view()}
                            </tbody>
                        </table>
                    </section>
                }
            })}
        {apart
            .then(|| {
                view! {
                    <p class="notice section">
                        "所属コードの一致を使わず、名称の違う所属は新しい所属として扱っています。"
                        <a href=format!("/roster/imports/{import}")>"改称として扱う"</a>
                    </p>
                }
            })}
        {(!new.is_empty())
            .then(|| {
                view! {
                    <section class="section">
                        <h2 class="h">{format!("新しい所属　{}", new.len())}</h2>
                        <p>{new.join("、")}</p>
                    </section>
                }
            })}
    }
}

/// People by kind, all or one of them.
#[component]
pub fn Changes(difference: Difference, only: Option<Kind>, import: String, apart: bool) -> impl IntoView {
    let limit = if only.is_some() { LONGEST } else { SHOWN };
    view! {
        {only
            .map(|kind| {
                view! {
                    <p class="section">
                        {format!("「{}」だけを表示しています。", kind.label())}
                        <a href=address(&import, None, apart)>"全ての変更を表示する"</a>
                    </p>
                }
            })}
        {(!difference.changes.is_empty()).then(|| view! { <Export table="changes"/> })}
        {Kind::ALL
            .into_iter()
            .filter(|kind| only.is_none_or(|only| only == *kind))
            .map(|kind| {
                let changes: Vec<Change> =
                    difference.changes.iter().filter(|change| change.kind == kind).cloned().collect();
                view! { <ChangesOf kind changes limit more=address(&import, Some(kind), apart)/> }
            })
            .collect_view()}
    }
}

#[component]
fn ChangesOf(kind: Kind, changes: Vec<Change>, limit: usize, more: String) -> impl IntoView {
    if changes.is_empty() {
        return ().into_any();
    }
    let all = changes.len();
    let rest = all.saturating_sub(limit);
    view! {
        <section class="section">
            <h2 class="h">{format!("{}　{all}人", kind.label())}</h2>
            <table class="table">
                <caption class="sr">{format!("{}の職員", kind.label())}</caption>
                <thead>
                    <tr>
                        <th scope="col">"職員番号"</th><th scope="col">"氏名"</th>
                        <th scope="col">"今"</th><th scope="col">"取込み後"</th><th scope="col">"取り込まない"</th>
                    </tr>
                </thead>
                <tbody>{changes.into_iter().take(limit).map(|change| view! { <Row change/> }).collect_view()}</tbody>
            </table>
            {(rest > 0)
                .then(|| {
                    view! {
                        <p class="hint">
                            {format!("ほか{rest}人。")}
                            <a href=more>{format!("{}だけを表示する", kind.label())}</a>
                        </p>
                    }
                })}
        </section>
    }
    .into_any()
}

#[component]
fn Row(change: Change) -> impl IntoView {
    let dash = |text: String| if text.is_empty() { "―".to_string() } else { text };
    let name = format!("left_out[n{}]", change.staff_no);
    let spoken = format!("{}を取り込まない", change.name);
    view! {
        <tr>
            <td>{change.staff_no}</td>
            <th scope="row">{change.name}</th>
            <td>{dash(change.before)}</td>
            <td>{dash(change.after)}</td>
            <td><input type="checkbox" class="box" name=name value="1" aria-label=spoken/></td>
        </tr>
    }
}
