//! `/roster/imports/:import`: what a roster would change, the problems by row, and the one button.

use super::api::ApplyRoster;
use super::changes::{Changes, Departments, address};
use super::problems::Problems;
use crate::ui::form::{entered, reason_for};
use crate::ui::{Crumb, Field, Hidden, Icon, Page, PostForm, Sign, Submit, Tone, page};
use domain::calendar::{iso, short_time};
use domain::roster::choice::Applied;
use domain::roster::difference::{Difference, Kind};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::roster::Preview;

/// The preview of a roster.
#[component]
pub fn RosterPreviewPage() -> impl IntoView {
    page(
        |ask| async move {
            let follow_codes = ask.text("apart").is_empty();
            let id = ask.id("import")?;
            let preview =
                store::roster::preview(&ask.db, &ask.actor, id, follow_codes, ask.today()).await?;
            Ok((preview, Kind::from_key(&ask.text("kind")), !follow_codes))
        },
        |(preview, only, apart)| view! { <Shown preview only apart/> }.into_any(),
    )
}

#[component]
fn Shown(preview: Preview, only: Option<Kind>, apart: bool) -> impl IntoView {
    let way = vec![Crumb { text: "名簿".into(), href: "/roster".into() }];
    let scope = format!("{}／{} {}が読込み", preview.file_name, short_time(preview.at), preview.by);
    let state = match preview.applied {
        Some(_) => (Tone::Ok, "取込済".to_string()),
        None => (Tone::Key, "取込み前の確認".to_string()),
    };
    let id = preview.id;
    let open = preview.applied.is_none();
    let actions = view! {
        {(open && preview.has_columns)
            .then(|| view! { <a class="btn btn--s" href=format!("/roster/imports/{id}/columns")>"列の割当てを直す"</a> })}
        {open.then(|| view! { <a class="btn btn--s" href=format!("/download/roster-difference/{id}{}", if apart { "?apart=1" } else { "" })>"差分をExcelで保存する"</a> })}
    };
    let problems = preview.roster.problems.clone();
    let doubts = preview.doubts.clone();
    let body = match preview.applied.clone() {
        Some((at, applied)) => view! { <Done at=short_time(at) applied/> }.into_any(),
        None if preview.roster.rows.is_empty() => view! {
            <p class="notice notice--warn">
                "取り込める行がまだありません。"
                <a href=format!("/roster/imports/{id}/columns")>"列の割当てを直してください。"</a>
            </p>
        }
        .into_any(),
        None => view! {
            <Figures difference=preview.difference.clone() rows=preview.roster.rows.len() id=id.to_string() apart/>
            <Take preview only apart/>
        }
        .into_any(),
    };
    view! {
        <Page title="名簿の取込み" way state scope actions=actions.into_any()>
            {(open && !doubts.is_empty())
                .then(|| view! { <p class="notice notice--warn">{format!("列の割当てに確かめたい点があります。{}", doubts.join("／"))}</p> })}
            {body}
            <Problems problems/>
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
                "{at}に取り込みました。採用{}人、異動{}人、兼務{}人、休職等{}人、変更{}人、変更なし{}人、新しい所属{}、改称{}。{ended}{}",
                applied.hired,
                applied.moved,
                applied.concurrent,
                applied.away,
                applied.changed,
                applied.same,
                applied.departments,
                applied.renamed,
                if applied.declined > 0 { format!("{}人は選ばれなかったため、そのままです。", applied.declined) } else { String::new() },
            )}
        </p>
        <div class="row">
            <a class="btn btn--main" href="/people/codes">"確認コードを配布する"</a>
            <a class="btn" href="/people">"職員の一覧を見る"</a>
            <a class="btn" href="/inspections/new">"点検を始める"</a>
        </div>
    }
}

/// The figures; each kind of change opens its whole list.
#[component]
fn Figures(difference: Difference, rows: usize, id: String, apart: bool) -> impl IntoView {
    let kinds = Kind::ALL.map(|kind| (kind.label(), difference.count(kind), address(&id, Some(kind), apart)));
    let others = [
        ("変更なし", difference.same),
        ("新しい所属", difference.new_departments.len()),
        ("改称等", difference.renamed.len()),
    ];
    view! {
        <dl class="stats stats--fit">
            <div><dt>"取り込む行"</dt><dd><b>{rows}</b></dd></div>
            {kinds
                .into_iter()
                .map(|(name, number, href)| {
                    let figure = match number {
                        0 => view! { <b>"0"</b> }.into_any(),
                        number => view! { <a href=href><b>{number}</b></a> }.into_any(),
                    };
                    view! { <div><dt>{name}</dt><dd>{figure}</dd></div> }
                })
                .collect_view()}
            {others.map(|(name, number)| view! { <div><dt>{name}</dt><dd><b>{number}</b></dd></div> }).collect_view()}
        </dl>
    }
}

/// The form with the one button: what is taken, from which day, and what is left as it is.
#[component]
fn Take(preview: Preview, only: Option<Kind>, apart: bool) -> impl IntoView {
    let missing = preview.difference.count(Kind::Missing);
    let import = preview.id.to_string();
    let since = iso(preview.since);
    let difference = preview.difference.clone();
    view! {
        <PostForm action=ApplyRoster::PATH class="stack section">
            <Hidden name="import" value=import.clone()/>
            {apart.then(|| view! { <Hidden name="apart" value="1"/> })}
            <div class="stack panel">
                <div class="row">
                    <div class="entry--short">
                        <Field name="since" label="発令日" kind="date" value=since.clone() required=true/>
                    </div>
                    <p class="hint">"新しい発令はこの日から有効です。点検の基準日がこの日より前のとき、新しい発令は対象になりません。"</p>
                </div>
                <Kinds difference=difference.clone()/>
                {(missing > 0).then(|| view! { <EndMissing missing/> })}
                <Submit text="この内容で取り込む" main=true/>
            </div>
            <Departments difference=difference.clone() import=import.clone() apart/>
            <Changes difference=difference.clone() only import=import.clone() apart/>
        </PostForm>
    }
}

/// Which kinds of changes are taken; all of them unless the officer says otherwise.
#[component]
fn Kinds(difference: Difference) -> impl IntoView {
    let kinds: Vec<Kind> = Kind::ALL
        .into_iter()
        .filter(|kind| *kind != Kind::Missing && difference.count(*kind) > 0)
        .collect();
    if kinds.is_empty() {
        return view! { <p class="hint">"職員についての変更はありません。"</p> }.into_any();
    }
    // After a refusal, a box that was cleared stays cleared.
    let sent = !entered("since", String::new()).is_empty() && !entered("import", String::new()).is_empty();
    view! {
        <fieldset>
            <legend class="label">"取り込む変更"</legend>
            <div class="row">
                {kinds
                    .into_iter()
                    .map(|kind| {
                        let name = format!("kinds[{}]", kind.key());
                        let on = !sent || !entered(&name, String::new()).is_empty();
                        view! {
                            <label class="check">
                                <input type="checkbox" name=name value="1" checked=on/>
                                {format!("{}（{}人）", kind.label(), difference.count(kind))}
                            </label>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
    .into_any()
}

#[component]
fn EndMissing(missing: usize) -> impl IntoView {
    view! {
        <div class="entry">
            <label class="check">
                <input type="checkbox" name="kinds[missing]" value="1"/>
                {format!("名簿にない{missing}人は退職等として、発令を終える")}
            </label>
            <p class="hint">"チェックしないときは、そのまま残します。一部の部署だけの名簿を取り込むときは、チェックしないでください。"</p>
            {reason_for("end_missing").map(|reason| view! { <p class="error"><Icon sign=Sign::Warning/>{reason}</p> })}
        </div>
    }
}
