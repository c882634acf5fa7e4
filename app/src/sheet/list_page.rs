//! `/sheets`: the roles with their sheets for a year; next year's are prepared before it begins.

use super::api::CreateSheet;
use super::setting_api::CopyEdition;
use crate::context::Ask;
use crate::ui::{Chip, Export, Hidden, Page, PostForm, Submit, Tone, page};
use domain::calendar::{fiscal_year, fiscal_year_label, short_time};
use domain::permission::{Action, allows};
use domain::role::Role;
use domain::sheet::may_prepare;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::sheet::{EditionLine, RoleLine, list};

/// The page.
#[component]
pub fn SheetsPage() -> impl IntoView {
    page(
        |ask| async move {
            let (year, this) = (year_of(&ask), fiscal_year(ask.today()));
            let may_edit = allows(&ask.actor, Action::EditPolicy);
            Ok((list(&ask.db, &ask.actor, year).await?, year, this, may_edit))
        },
        |(lines, year, this, may_edit)| view! { <Sheets lines year this may_edit/> }.into_any(),
    )
}

/// The year that is asked for.
pub fn year_of(ask: &Ask) -> i32 {
    let this = fiscal_year(ask.today());
    let wanted = ask.text("year").parse().unwrap_or(this);
    if may_prepare(wanted, ask.today()).is_ok() { wanted } else { this }
}

#[component]
fn Sheets(lines: Vec<RoleLine>, year: i32, this: i32, may_edit: bool) -> impl IntoView {
    let nothing = lines.iter().all(|line| line.questions == 0);
    view! {
        <Page title="点検票" scope=fiscal_year_label(year)>
            <Years year this/>
            <p class="lead-text">
                "点検票は、答える人の役割ごとに1つ作ります。確定すると、配付できる版になります。版は後から変わりません。"
                "一部の所属だけに尋ねる設問は、"<a href="/departments/attributes">"所属の属性"</a>"で、どの所属に表示するかを定めます。"
            </p>
            {nothing.then(|| view! {
                <p class="notice"><span>"設問がまだありません。先に"<a href="/policies">"ポリシー"</a>"を取り込み、設問の案を採用してください。"</span></p>
            })}
            <Export table="sheets"/>
            <div class="wide">
                <table class="table table--line">
                    <caption class="sr">"役割ごとの点検票"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"答える人"</th>
                            <th scope="col" class="num">"使用中の設問"</th>
                            <th scope="col">"点検票"</th>
                            <th scope="col">{format!("{}の版", fiscal_year_label(year))}</th>
                            <th scope="col">"前の年度の版"</th>
                        </tr>
                    </thead>
                    <tbody>{lines.into_iter().map(|line| view! { <Line line year may_edit/> }).collect_view()}</tbody>
                </table>
            </div>
        </Page>
    }
}

/// This year and the next.
#[component]
fn Years(year: i32, this: i32) -> impl IntoView {
    let one = |of: i32, more: &'static str| {
        let current = (of == year).then_some("page");
        let text = format!("{}{more}", fiscal_year_label(of));
        view! { <li><a href=format!("/sheets?year={of}") aria-current=current>{text}</a></li> }
    };
    view! { <nav class="filter" aria-label="年度"><ul class="tabs">{one(this, "")}{one(this + 1, "（準備）")}</ul></nav> }
}

#[component]
fn Line(line: RoleLine, year: i32, may_edit: bool) -> impl IntoView {
    let role = line.role;
    let last = line.earlier.first().cloned();
    let each = (role == Role::SystemManager)
        .then(|| view! { <br/><span class="sub">"所管する情報システムごとに1票を配付します。"</span> });
    let sheet = match line.sheet {
        Some((id, items)) => {
            let state = if line.editions.is_empty() { "作成中" } else { "確定済み" };
            let tone = if line.editions.is_empty() { Tone::Plain } else { Tone::Ok };
            view! {
                <a href=format!("/sheets/{id}")>{format!("{items}問の点検票")}</a>" "<Chip tone text=state/>
            }
            .into_any()
        }
        None if may_edit && line.questions > 0 => view! {
            {last.map(|last| view! {
                <PostForm action=CopyEdition::PATH key=format!("copy-{}", role.key())>
                    <Hidden name="edition" value=last.id.to_string()/>
                    <Hidden name="fiscal_year" value=year.to_string()/>
                    <Submit text=format!("{}から作る", last.label) small=true spoken=format!("{}の点検票を{}から作る", role.short(), last.label)/>
                </PostForm>
            })}
            <PostForm action=CreateSheet::PATH key=role.key()>
                <Hidden name="role" value=role.key()/>
                <Hidden name="fiscal_year" value=year.to_string()/>
                <Submit text="点検票を作る" small=true spoken=format!("{}の点検票を作る", role.short())/>
            </PostForm>
        }
        .into_any(),
        None => view! { <span class="sub">"なし"</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">{role.label()}{each}</th>
            <td class="num">{format!("{}問", line.questions)}</td>
            <td>{sheet}</td>
            <td>{editions(line.editions)}</td>
            <td>{editions(line.earlier)}</td>
        </tr>
    }
}

/// Links to editions, or a dash.
pub fn editions(lines: Vec<EditionLine>) -> AnyView {
    if lines.is_empty() {
        return "―".into_any();
    }
    lines
        .into_iter()
        .map(|line| {
            view! { <a href=format!("/editions/{}", line.id)>{line.label}</a>" "<span class="sub">{short_time(line.at)}</span>"　" }
        })
        .collect_view()
        .into_any()
}

/// Paths of clauses; none of them breaks at its hyphens.
pub fn paths(joined: &str) -> AnyView {
    let paths: Vec<String> = joined.split('、').map(ToString::to_string).collect();
    let last = paths.len();
    paths
        .into_iter()
        .zip(1..)
        .map(|(path, number)| {
            let text = if number < last { format!("{path}、") } else { path };
            view! { <span class="path">{text}</span>" " }
        })
        .collect_view()
        .into_any()
}
