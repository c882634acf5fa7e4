//! `/roster/imports/:import`: what a roster would change, the problems by row, and the one button.

use super::api::ApplyRoster;
use crate::ui::{Chip, Crumb, Field, Hidden, Icon, Page, PostForm, Sign, Submit, Tone, page};
use crate::ui::form::reason_for;
use domain::calendar::{iso, short_time};
use domain::roster::RosterProblem;
use domain::roster::difference::{Applied, Change, Difference, Kind};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::roster::Preview;

/// So many lines of each kind are shown; the figures count all.
const SHOWN: usize = 200;

/// The preview of a roster.
#[component]
pub fn RosterPreviewPage() -> impl IntoView {
    page(
        |ask| async move {
            Ok(store::roster::preview(&ask.db, &ask.actor, ask.id("import")?, ask.today()).await?)
        },
        |preview| view! { <Shown preview/> }.into_any(),
    )
}

#[component]
fn Shown(preview: Preview) -> impl IntoView {
    let way = vec![Crumb { text: "名簿".into(), href: "/roster".into() }];
    let scope = format!("{}／{} {}が読込み", preview.file_name, short_time(preview.at), preview.by);
    let state = match preview.applied {
        Some(_) => (Tone::Ok, "取込済".to_string()),
        None => (Tone::Key, "取込み前の確認".to_string()),
    };
    let problems = preview.roster.problems.clone();
    let difference = preview.difference.clone();
    let applied = preview.applied.clone();
    let body = match applied {
        Some((at, applied)) => view! { <Done at=short_time(at) applied/> }.into_any(),
        None => view! {
            <Figures difference=difference.clone() rows=preview.roster.rows.len()/>
            <Take preview/>
        }
        .into_any(),
    };
    let open = state.0 == Tone::Key;
    view! {
        <Page title="名簿の取込み" way state scope>
            {body}
            <Problems problems/>
            {open.then(|| view! { <Changes difference/> })}
        </Page>
    }
}

#[component]
fn Done(at: String, applied: Applied) -> impl IntoView {
    let ended = match (applied.ended, applied.left) {
        (0, 0) => String::new(),
        (0, left) => format!("名簿にない職員{left}人は、そのままにしました。"),
        (ended, _) => format!("名簿にない職員{ended}人の発令を終えました。"),
    };
    view! {
        <p class="notice notice--ok" role="status">
            <Icon sign=Sign::Check/>
            {format!(
                "{at}に取り込みました。採用{}人、異動{}人、変更{}人、変更なし{}人、新しい所属{}。{ended}",
                applied.hired, applied.moved, applied.changed, applied.same, applied.departments,
            )}
        </p>
        <div class="row">
            <a class="btn btn--main" href="/people/codes">"確認コードを配布する"</a>
            <a class="btn" href="/people">"職員の一覧を見る"</a>
            <a class="btn" href="/inspections/new">"点検を始める"</a>
        </div>
    }
}

#[component]
fn Figures(difference: Difference, rows: usize) -> impl IntoView {
    let mut figures: Vec<(&str, usize)> = vec![("取り込む行", rows)];
    figures.extend(Kind::ALL.into_iter().map(|kind| (kind.label(), difference.count(kind))));
    figures.push(("変更なし", difference.same));
    figures.push(("新しい所属", difference.new_departments.len()));
    view! {
        <dl class="stats stats--fit">
            {figures
                .into_iter()
                .map(|(name, number)| view! { <div><dt>{name}</dt><dd><b>{number}</b></dd></div> })
                .collect_view()}
        </dl>
    }
}

/// The form with the one button.
#[component]
fn Take(preview: Preview) -> impl IntoView {
    let missing = preview.difference.count(Kind::Missing);
    let import = preview.id.to_string();
    let since = iso(preview.since);
    view! {
        <PostForm action=ApplyRoster::PATH class="stack panel section">
            <Hidden name="import" value=import.clone()/>
            <div class="row">
                <div class="entry--short">
                    <Field
                        name="since"
                        label="発令日"
                        kind="date"
                        value=since.clone()
                        required=true
                    />
                </div>
                <p class="hint">"新しい発令はこの日から有効です。点検の基準日がこの日より前のとき、新しい発令は対象になりません。"</p>
            </div>
            {(missing > 0).then(|| view! { <EndMissing missing/> })}
            <Submit text="この内容で取り込む" main=true/>
        </PostForm>
    }
}

#[component]
fn EndMissing(missing: usize) -> impl IntoView {
    view! {
        <div class="entry">
            <label class="check">
                <input type="checkbox" name="end_missing" value="true"/>
                {format!("名簿にない{missing}人は退職等として、発令を終える")}
            </label>
            <p class="hint">"チェックしないときは、そのまま残します。一部の部署だけの名簿を取り込むときは、チェックしないでください。"</p>
            {reason_for("end_missing").map(|reason| view! { <p class="error"><Icon sign=Sign::Warning/>{reason}</p> })}
        </div>
    }
}

#[component]
fn Problems(problems: Vec<RosterProblem>) -> impl IntoView {
    if problems.is_empty() {
        return ().into_any();
    }
    let rejected = problems.iter().filter(|problem| problem.rejected).count();
    let heading = format!("読取りの結果　取り込めない行 {rejected}、注意 {}", problems.len() - rejected);
    view! {
        <section class="section">
            <h2 class="h">{heading}</h2>
            <table class="table">
                <caption class="sr">"取り込めない行と注意（行の順）"</caption>
                <thead><tr><th class="num" scope="col">"行"</th><th scope="col">"扱い"</th><th scope="col">"内容"</th></tr></thead>
                <tbody>
                    {problems
                        .into_iter()
                        .map(|problem| {
                            let row = if problem.row == 0 { "全体".to_string() } else { problem.row.to_string() };
                            let (tone, text) =
                                if problem.rejected { (Tone::Err, "取り込まない") } else { (Tone::Note, "注意") };
                            view! { <tr><td class="num">{row}</td><td><Chip tone text/></td><td>{problem.text}</td></tr> }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </section>
    }
    .into_any()
}

#[component]
fn Changes(difference: Difference) -> impl IntoView {
    let new = difference.new_departments.clone();
    let parts = Kind::ALL
        .into_iter()
        .map(|kind| {
            let changes: Vec<Change> =
                difference.changes.iter().filter(|change| change.kind == kind).cloned().collect();
            view! { <ChangesOf kind changes/> }
        })
        .collect_view();
    view! {
        {(!new.is_empty())
            .then(|| {
                view! {
                    <section class="section">
                        <h2 class="h">{format!("新しい所属　{}", new.len())}</h2>
                        <p>{new.join("、")}</p>
                    </section>
                }
            })}
        {parts}
    }
}

#[component]
fn ChangesOf(kind: Kind, changes: Vec<Change>) -> impl IntoView {
    if changes.is_empty() {
        return ().into_any();
    }
    let all = changes.len();
    let rest = all.saturating_sub(SHOWN);
    view! {
        <section class="section">
            <h2 class="h">{format!("{}　{all}人", kind.label())}</h2>
            <table class="table">
                <caption class="sr">{format!("{}の職員", kind.label())}</caption>
                <thead>
                    <tr>
                        <th scope="col">"職員番号"</th><th scope="col">"氏名"</th>
                        <th scope="col">"今"</th><th scope="col">"取込み後"</th>
                    </tr>
                </thead>
                <tbody>
                    {changes
                        .into_iter()
                        .take(SHOWN)
                        .map(|change| {
                            let dash = |text: String| if text.is_empty() { "―".to_string() } else { text };
                            view! {
                                <tr>
                                    <td>{change.staff_no}</td><th scope="row">{change.name}</th>
                                    <td>{dash(change.before)}</td><td>{dash(change.after)}</td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
            {(rest > 0).then(|| view! { <p class="hint">{format!("ほか{rest}人。取り込むと、職員の一覧で全員を確かめられます。")}</p> })}
        </section>
    }
    .into_any()
}
