//! `/people`: everybody by department, with roles and whether they can sign in.

use crate::context::Ask;
use crate::ui::{Chip, Empty, Export, Page, Pager, Tone, page};
use domain::calendar::short_time;
use leptos::prelude::*;
use store::person::{Filter, Line, Order, People, SignIn, list};
use uuid::Uuid;

/// The list of people.
#[component]
pub fn PeoplePage() -> impl IntoView {
    page(
        |ask| async move {
            let filter = filter(&ask);
            Ok((list(&ask.db, &ask.actor, &filter, ask.now).await?, filter))
        },
        |(people, filter)| view! { <Shown people filter/> }.into_any(),
    )
}

/// Who is asked for, from the address.
pub fn filter(ask: &Ask) -> Filter {
    Filter {
        text: ask.text("q"),
        department: ask.optional_id("department"),
        without_sign_in: ask.text("show") == "without",
        granted: ask.text("show") == "granted",
        page: usize::try_from(ask.number("page", 1)).unwrap_or(1),
        whole: false,
        order: if ask.text("order") == "reading" { Order::Reading } else { Order::Organisation },
    }
}

#[component]
fn Shown(people: People, filter: Filter) -> impl IntoView {
    let actions = view! {
        <a class="btn btn--s" href="/roster">"名簿の取込み"</a>
        <a class="btn btn--s" href="/people/codes">"確認コードの配布"</a>
        <a class="btn btn--s" href="/people/new">"名簿にない者の登録"</a>
        <a class="btn btn--s" href="/people/second-factor">"二段階認証"</a>
    };
    let scope = format!("{}人／パスワード未設定 {}人", people.total, people.without_password);
    let (page, pages, found) = (people.page, people.pages, people.found);
    let body = match (people.total, people.lines.is_empty()) {
        (0, _) => view! {
            <Empty text="まだ職員が登録されていません。名簿を取り込むと、ここに所属ごとに並びます。">
                <a class="btn btn--main" href="/roster">"名簿を取り込む"</a>
            </Empty>
        }
        .into_any(),
        (_, true) => view! { <Empty text="条件に合う職員はいません。検索する文字を短くするか、絞込みを外してください。"/> }.into_any(),
        _ => view! { <Table lines=people.lines/> }.into_any(),
    };
    view! {
        <Page title="職員" scope actions=actions.into_any()>
            <Search departments=people.departments filter=filter.clone() found/>
            {body}
            <Pager page=page as u64 pages=pages as u64 href=at_page(filter)/>
        </Page>
    }
}

/// Every filter in the address, so that a list can be kept as a bookmark.
#[component]
fn Search(departments: Vec<(Uuid, String)>, filter: Filter, found: usize) -> impl IntoView {
    let show = show(&filter);
    let states = [("", "全員"), ("without", "パスワード未設定"), ("granted", "役割を付与した職員")];
    view! {
        <form class="filter" method="get" action="/people" role="search">
            <label>"氏名・職員番号 "<input class="field" type="search" name="q" value=filter.text.clone()/></label>
            <label>
                "所属 "
                <select class="select" name="department">
                    <option value="">"すべての所属"</option>
                    {departments
                        .into_iter()
                        .map(|(id, name)| {
                            let selected = filter.department == Some(id);
                            view! { <option value=id.to_string() selected=selected>{name}</option> }
                        })
                        .collect_view()}
                </select>
            </label>
            <label>
                "状態 "
                <select class="select" name="show">
                    {states
                        .into_iter()
                        .map(|(value, text)| view! { <option value=value selected=value == show>{text}</option> })
                        .collect_view()}
                </select>
            </label>
            <label>
                "並び "
                <select class="select" name="order">
                    <option value="">"組織順"</option>
                    <option value="reading" selected=filter.order == Order::Reading>"ふりがな順"</option>
                </select>
            </label>
            <span class="sub" role="status">{format!("{found}人")}</span>
            <button class="btn">"絞り込む"</button>
        </form>
    }
}

fn show(filter: &Filter) -> &'static str {
    match (filter.without_sign_in, filter.granted) {
        (true, _) => "without",
        (_, true) => "granted",
        _ => "",
    }
}

#[component]
fn Table(lines: Vec<Line>) -> impl IntoView {
    view! {
        <Export table="people"/>
        <table class="table table--stick">
            <caption class="sr">"職員（組織順）"</caption>
            <thead>
                <tr>
                    <th scope="col">"所属"</th><th scope="col">"職員番号"</th><th scope="col">"氏名"</th>
                    <th scope="col">"職名"</th><th scope="col">"雇用区分"</th><th scope="col">"役割"</th><th scope="col">"サインイン"</th>
                </tr>
            </thead>
            <tbody>{lines.into_iter().map(|line| view! { <Row line/> }).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Row(line: Line) -> impl IntoView {
    let also = (!line.also.is_empty()).then(|| format!("（兼 {}）", line.also.join("、")));
    view! {
        <tr>
            <td>{line.department}<span class="sub">{also}</span></td>
            <td>{line.staff_no}</td>
            <th scope="row"><a href=format!("/people/{}", line.id)>{line.name}</a>" "<span class="sub">{line.kana}</span></th>
            <td>{line.title}</td>
            <td>{line.employment}</td>
            <td>{line.roles.into_iter().map(|role| view! { <Chip text=role.short()/>" " }).collect_view()}</td>
            <td>{sign_in(line.sign_in)}</td>
        </tr>
    }
}

/// Whether somebody can sign in, in a word.
pub fn sign_in_words(state: SignIn) -> &'static str {
    match state {
        SignIn::Ready => "設定済",
        SignIn::Code(_) => "コード配布済",
        SignIn::None => "未配布",
    }
}

/// The same as it is shown.
pub fn sign_in(state: SignIn) -> AnyView {
    let text = sign_in_words(state);
    match state {
        SignIn::Ready => view! { <span class="sub">{text}</span> }.into_any(),
        SignIn::Code(at) => view! { <Chip tone=Tone::Key text/>" "<span class="sub">{short_time(at)}</span> }.into_any(),
        SignIn::None => view! { <Chip tone=Tone::Warn text/> }.into_any(),
    }
}

/// The same list at another page.
fn at_page(filter: Filter) -> impl Fn(u64) -> String {
    let department = filter.department.map(|id| id.to_string()).unwrap_or_default();
    let text: String = leptos_router::location::Url::escape(&filter.text);
    let show = show(&filter);
    let order = if filter.order == Order::Reading { "reading" } else { "" };
    move |number| format!("/people?q={text}&department={department}&show={show}&order={order}&page={number}")
}
