//! The department's sheets: who is missing, giving back one or several, 代理入力.

use super::api::{BeginProxy, ReturnSheet, ReturnSheets};
use super::remind::Remind;
pub use super::states::State;
use super::order::{By, Order};
use super::pages::Part;
use super::states::{Gaps, gaps_of};
use crate::approval::history::Course;
use crate::context::Returned;
use crate::ui::form::came_back;
use crate::ui::{Chip, Empty, Export, Field, Hidden, Pager, PostForm, SortHead, Submit, Tone};
use domain::calendar::short_time;
use domain::role::Role;
use leptos::prelude::*;
use server_fn::ServerFn;
use store::approval::Step;
use store::department::{self, Row};

/// The form that the boxes of the table belong to.
const SEVERAL: &str = "give-back";

/// Every sheet with its gaps, in the order that was asked for.
fn all_rows(shown: &department::DepartmentPage, order: Order) -> Vec<(Row, Gaps)> {
    let answers = shown.answers.as_ref();
    let mut rows: Vec<(Row, Gaps)> =
        shown.rows.iter().map(|row| (row.clone(), gaps_of(answers, row))).collect();
    order.sort(&mut rows);
    rows
}

/// The sheets of a choice, as the table has them.
pub fn rows(shown: &department::DepartmentPage, state: State, order: Order) -> Vec<(Row, Gaps)> {
    let mut rows = all_rows(shown, order);
    rows.retain(|(row, gaps)| state.holds(row, *gaps));
    rows
}

/// How a sheet stands.
pub fn state_word(row: &Row) -> &'static str {
    state_of(row).1
}

/// The table with its choices.
#[component]
pub fn People(
    shown: department::DepartmentPage,
    state: State,
    order: Order,
    /// The page of the list.
    number: usize,
    base: String,
) -> impl IntoView {
    let gathering = shown.gathering;
    let open = !gathering.closed;
    let may = May {
        read: shown.may_read,
        give_back: shown.may_act && !gathering.confirmed && open,
        enter: shown.may_enter && open,
    };
    let answers = shown.answers.as_ref();
    let named = answers.is_some_and(|answers| answers.named);
    let mut rows = all_rows(&shown, order);
    let count = |state: State| rows.iter().filter(|(row, gaps)| state.holds(row, *gaps)).count();
    let tabs: Vec<(String, String, bool)> = State::ALL
        .into_iter()
        .filter(|(.., one)| named || *one != State::Gaps)
        .map(|(_, text, one)| (address(&base, one, order, 1), format!("{text} {}件", count(one)), one == state))
        .collect();
    let lead = lead(gathering.total, count(State::Submitted), count(State::Returned));
    rows.retain(|(row, gaps)| state.holds(row, *gaps));
    let may_choose = may.give_back && rows.iter().any(|(row, _)| row.facts.standing.submitted);
    let nothing = rows.is_empty();
    let part = Part::new(number, rows.len());
    let rows = part.cut(rows);
    let list = base.clone();
    let at = move |number| address(&list, state, order, number);
    let history = shown.history.clone();
    let trail = move |row: &Row| -> Vec<Step> {
        history.iter().filter(|step| step.target == Some(row.target)).cloned().collect()
    };
    let ids = (shown.inspection.id, shown.department);
    view! {
        <section id="people">
        <p class="lead-text">{lead}</p>
        <Own rows=shown.rows.clone()/>
        {shown.reminder.clone().map(|preview| view! { <Remind preview ids/> })}
        <div class="filter">
            <ul class="tabs" aria-label="提出の状況の絞込み">
                {tabs
                    .into_iter()
                    .map(|(href, text, current)| view! { <li><a href=href aria-current=current.then_some("page")>{text}</a></li> })
                    .collect_view()}
            </ul>
        </div>
        {if nothing {
            view! { <Empty text="この状況の点検票はありません。"/> }.into_any()
        } else {
            let rows = rows
                .into_iter()
                .map(|(row, gaps)| {
                    let trail = trail(&row);
                    view! { <PersonRow row gaps=named.then_some(gaps) trail may may_choose/> }
                })
                .collect_view();
            view! { <Sheets base state order named may_choose>{rows}</Sheets><Pager page=part.number as u64 pages=part.of as u64 href=at/> }
            .into_any()
        }}
        {may_choose.then(|| view! { <Several ids/> })}
        </section>
    }
}

/// The address of a page of the list with these sheets in this order.
fn address(base: &str, state: State, order: Order, page: u64) -> String {
    let state = Some(state.key()).filter(|key| !key.is_empty()).map(|key| format!("state={key}"));
    let order = Some(order.query()).filter(|query| !query.is_empty());
    let page = Some(page).filter(|page| *page > 1).map(|page| format!("page={page}"));
    let query: Vec<String> = state.into_iter().chain(order).chain(page).collect();
    if query.is_empty() { format!("{base}#people") } else { format!("{base}?{}#people", query.join("&")) }
}

/// The table around its rows; its headings sort.
#[component]
fn Sheets(base: String, state: State, order: Order, named: bool, may_choose: bool, children: Children) -> impl IntoView {
    let head = |by: By, text: &'static str, num: bool| {
        let href = address(&base, state, order.pressed(by), 1);
        view! { <SortHead text href now=order.direction(by) num/> }
    };
    view! {
        <Export table="targets"/>
        <div class="wide">
            <table class="table table--line">
                <caption class="sr">"点検票の提出状況（見出しを押すと並べ替え）"</caption>
                <thead>
                    <tr>
                        {may_choose.then(|| view! { <th scope="col">"選択"</th> })}
                        {head(By::Name, "氏名", false)}
                        <th scope="col">"職名"</th>
                        {head(By::Sheet, "点検票", false)}
                        {head(By::State, "状態", false)}
                        {head(By::Answered, "回答（問）", true)}
                        {named.then(|| head(By::Gaps, "△・×（問）", true))}
                        {head(By::Submitted, "提出", false)}
                        <th scope="col">"操作"</th>
                    </tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// 点検票40件のうち24件が提出されています。未提出は16件（うち差戻し1件）です。
fn lead(total: usize, submitted: usize, returned: usize) -> String {
    let back = if returned > 0 { format!("（うち差戻し{returned}件）") } else { String::new() };
    match total - submitted {
        0 => format!("点検票{total}件の全てが提出されています。"),
        missing => format!("点検票{total}件のうち{submitted}件が提出されています。未提出は{missing}件{back}です。"),
    }
}

/// The way to the reader's own sheets, those still owed first.
#[component]
fn Own(rows: Vec<Row>) -> impl IntoView {
    let mut own: Vec<Row> = rows.into_iter().filter(|row| row.own).collect();
    own.sort_by_key(|row| row.facts.standing.submitted);
    let link = |row: Row| {
        let state = if row.facts.standing.submitted { "提出済み" } else { "未提出" };
        view! { <li><a href=format!("/answer/{}", row.target)>{sheet_of(&row)}</a>" "<span class="sub">{state}</span></li> }
    };
    (!own.is_empty()).then(|| view! {
        <div class="own-sheets"><b>"あなたの点検票"</b><ul class="names">{own.into_iter().map(link).collect_view()}</ul></div>
    })
}

/// 職員, システム管理者（住民記録システム）.
pub fn sheet_of(row: &Row) -> String {
    match (&row.system, row.role) {
        (Some(system), Role::SystemManager) => format!("{}（{system}）", row.role.short()),
        _ => row.role.short().to_string(),
    }
}

/// What the reader may do in a row.
#[derive(Clone, Copy)]
struct May {
    read: bool,
    give_back: bool,
    enter: bool,
}

/// Giving back everything that is ticked, with one reason.
#[component]
fn Several(ids: (uuid::Uuid, uuid::Uuid)) -> impl IntoView {
    let open = came_back(ReturnSheets::PATH);
    view! {
        <details class="act" id="several" open=open>
            <summary>"選んだ点検票をまとめて差し戻す"</summary>
            <PostForm action=ReturnSheets::PATH class="stack form" id=SEVERAL at="several">
                <Hidden name="inspection" value=ids.0.to_string()/>
                <Hidden name="department" value=ids.1.to_string()/>
                <Field
                    name="reason"
                    label="差戻しの理由（選んだ全員に同じ理由が通知されます）"
                    rows=2
                    required=true
                    id="several-reason"
                    hint="表の左端で点検票を選んでください。どの問をどう直すのかを書いてください。"
                />
                <Submit text="選んだ点検票を差し戻す" stop=true/>
            </PostForm>
        </details>
    }
}

fn state_of(row: &Row) -> (Tone, &'static str) {
    let standing = row.facts.standing;
    match (standing.submitted, standing.returned, row.progress.answered) {
        (true, ..) => (Tone::Ok, "提出済み"),
        (false, true, _) => (Tone::Err, "差戻し"),
        (false, false, 0) => (Tone::Plain, "未着手"),
        (false, false, _) => (Tone::Key, "回答中"),
    }
}

#[component]
fn PersonRow(
    row: Row,
    /// The column is there, and what stands in it.
    gaps: Option<Gaps>,
    trail: Vec<Step>,
    may: May,
    may_choose: bool,
) -> impl IntoView {
    let (tone, state) = state_of(&row);
    let submitted = row.facts.submission;
    let sheet = sheet_of(&row);
    let returned = row.facts.returned.as_ref().map(|back| format!("理由：{}", back.reason));
    let (name, target) = (row.name.clone(), row.target);
    let own = row.own;
    // What was handed in was complete; where nothing is left of it, it was disposed of.
    let gone = submitted.is_some() && row.progress.answered == 0 && row.progress.total > 0;
    let progress = match gone {
        true => "廃棄済み".to_string(),
        false => format!("{}／{}", row.progress.answered, row.progress.total),
    };
    let late = row.is_late();
    let by_proxy = row.by_proxy.map(|by| format!("代理入力：{by}"));
    let chosen = format!("sheets[t{target}]");
    let ticked = came_back(ReturnSheets::PATH)
        && use_context::<Returned>().is_some_and(|back| back.fields.iter().any(|(key, _)| *key == chosen));
    let counted = gaps.map(|gaps| match gaps {
        Some((0, 0)) => "0".to_string(),
        Some((partial, 0)) => format!("△{partial}"),
        Some((0, not_done)) => format!("×{not_done}"),
        Some((partial, not_done)) => format!("△{partial} ×{not_done}"),
        None => "―".to_string(),
    });
    // One step says nothing that the row does not say.
    let trail = (trail.len() > 1).then_some(trail);
    view! {
        <tr id=format!("p-{target}")>
            {may_choose.then(|| view! {
                <td>{submitted.is_some().then(|| view! {
                    <label class="tick">
                        <input type="checkbox" form=SEVERAL name=chosen value="yes" checked=ticked/>
                        <span class="sr">{format!("{name}の点検票（{sheet}）を選ぶ", sheet = sheet.clone())}</span>
                    </label>
                })}</td>
            })}
            <th scope="row">{row.name.clone()}</th>
            <td>{row.title}</td>
            <td>{sheet.clone()}</td>
            <td class="wrap"><Chip tone text=state/>{late.then(|| view! { " "<Chip tone=Tone::Warn text="確認の後に提出"/> })}{returned.map(|text| view! { " "<span class="sub">{text}</span> })}{by_proxy.map(|text| view! { " "<span class="sub">{text}</span> })}
                {trail.map(|steps| view! {
                    <details class="trail"><summary>{format!("経過 {}件", steps.len())}</summary><Course steps/></details>
                })}
            </td>
            <td class="num">{progress}</td>
            {counted.map(|text| view! { <td class="num">{text}</td> })}
            <td>{submitted.map_or_else(|| "―".to_string(), |(_, at)| short_time(at))}</td>
            <td class="ops">
                {(may.read && submitted.is_some()).then(|| view! {
                    <a class="btn btn--s" href=format!("/responses/{target}") aria-label=format!("{name}の回答を見る")>
                        "回答を見る"
                    </a>
                })}
                {(may.enter && submitted.is_none() && !own).then(|| view! { <Enter row_name=name.clone() target=target.to_string()/> })}
                {(may.give_back && submitted.is_some()).then(|| view! { <Return row_name=name.clone() target=target.to_string()/> })}
            </td>
        </tr>
    }
}

/// Giving back opens in the row; it needs a reason.
#[component]
fn Return(row_name: String, target: String) -> impl IntoView {
    let key = target.clone();
    let returned = use_context::<crate::context::Returned>();
    let open = returned.is_some_and(|returned| returned.fields.iter().any(|(_, value)| *value == target));
    let spoken = format!("{row_name}の点検票を差し戻す");
    view! {
        <details class="give-back" open=open>
            <summary aria-label=spoken.clone()>"差し戻す"</summary>
            <PostForm action=ReturnSheet::PATH key=key class="stack" at=format!("p-{target}")>
                <Hidden name="target" value=target.clone()/>
                <Field
                    name="reason"
                    label="差戻しの理由"
                    rows=2
                    required=true
                    id=format!("reason-{target}")
                    hint="本人に通知されます。どの問をどう直すのかを書いてください。"
                />
                <Submit text="差し戻す" spoken=spoken.clone() small=true stop=true/>
            </PostForm>
        </details>
    }
}

/// 代理入力 opens in the row.
#[component]
fn Enter(row_name: String, target: String) -> impl IntoView {
    let key = format!("proxy-{target}");
    let returned = use_context::<crate::context::Returned>();
    let open = returned.is_some_and(|returned| returned.fields.iter().any(|(_, value)| *value == target));
    let (fold, begin) = (format!("代理で入力する：{row_name}"), format!("入力を始める：{row_name}"));
    view! {
        <details class="give-back" open=open>
            <summary aria-label=fold>"代理で入力する"</summary>
            <PostForm action=BeginProxy::PATH key=key class="stack" at=format!("p-{target}")>
                <Hidden name="target" value=target.clone()/>
                <Field
                    name="reason"
                    label="本人が回答できない理由"
                    rows=2
                    id=format!("proxy-{target}")
                    hint="アカウントがなく番号を渡した人は、入力しなくても構いません。代理入力であることは、回答とともに記録されます。"
                />
                <Submit text="入力を始める" spoken=begin.clone() small=true/>
            </PostForm>
        </details>
    }
}
