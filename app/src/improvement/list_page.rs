//! `/improvements`: what has to be mended, overdue first.

use super::text;
use crate::context::Ask;
use crate::error::AppError;
use crate::ui::{Chip, Empty, Export, Page, Select, Tone, page};
use domain::calendar::{fiscal_year_label, wareki};
use leptos::prelude::*;
use store::improvement::{Filter, Listing, Row, Show, list};
use uuid::Uuid;

/// The choices with their key in the address.
const CHOICES: [(&str, &str, Show); 4] = [
    ("open", "対応中", Show::Open),
    ("overdue", "期限超過", Show::Overdue),
    ("waiting", "確認待ち", Show::Waiting),
    ("all", "すべて", Show::All),
];

#[derive(Clone)]
struct Data {
    listing: Listing,
    filter: Filter,
}

/// What is asked for.
pub fn filter(ask: &Ask) -> Filter {
    let chosen = ask.text("show");
    let show = CHOICES.into_iter().find(|(key, ..)| *key == chosen).map(|(_, _, show)| show);
    Filter {
        show: show.unwrap_or_default(),
        department: ask.optional_id("department"),
        fiscal_year: ask.text("year").parse().ok(),
    }
}

async fn load(ask: Ask) -> Result<Data, AppError> {
    let filter = filter(&ask);
    Ok(Data { listing: list(&ask.db, &ask.actor, filter, ask.today()).await?, filter })
}

/// The list.
#[component]
pub fn ImprovementsPage() -> impl IntoView {
    page(load, |data| {
        let year = data.filter.fiscal_year;
        let scope = match year {
            Some(year) => format!("{}のもの及びそれより前から続いているもの", fiscal_year_label(year)),
            None => "すべての年度".to_string(),
        };
        view! {
            <Page title="改善" scope>
                <Choices data=data.clone()/>
                <List rows=data.listing.rows.clone() filter=data.filter any={data.listing.counts.all > 0}/>
            </Page>
        }
        .into_any()
    })
}

fn address(filter: &Filter, key: &str) -> String {
    let department = filter.department.map(|id| id.to_string()).unwrap_or_default();
    let year = filter.fiscal_year.map(|year| year.to_string()).unwrap_or_default();
    format!("/improvements?show={key}&department={department}&year={year}")
}

#[component]
fn Choices(data: Data) -> impl IntoView {
    let Data { listing, filter } = data;
    let count = move |show| match show {
        Show::Open => listing.counts.open,
        Show::Overdue => listing.counts.overdue,
        Show::Waiting => listing.counts.waiting,
        Show::All => listing.counts.all,
    };
    let key = CHOICES.into_iter().find(|(.., show)| *show == filter.show).map_or("open", |(key, ..)| key);
    let mut departments = vec![(String::new(), "すべての所属".to_string())];
    departments.extend(listing.departments.into_iter().map(|(id, name)| (id.to_string(), name)));
    let mut years = vec![(String::new(), "すべての年度".to_string())];
    years.extend(listing.years.into_iter().map(|year| (year.to_string(), fiscal_year_label(year))));
    let several = departments.len() > 2;
    view! {
        <div class="filter">
            <ul class="tabs">
                {CHOICES
                    .into_iter()
                    .map(|(key, text, show)| {
                        let current = (show == filter.show).then_some("page");
                        view! { <li><a href=address(&filter, key) aria-current=current>{format!("{text} {}", count(show))}</a></li> }
                    })
                    .collect_view()}
            </ul>
        </div>
        <form method="get" action="/improvements" class="row improvement-filter">
            <input type="hidden" name="show" value=key/>
            {several.then(|| view! { <Select name="department" label="所属" options=departments value=chosen(filter.department)/> })}
            <Select name="year" label="年度" options=years value=filter.fiscal_year.map(|year| year.to_string()).unwrap_or_default()/>
            <button class="btn">"絞り込む"</button>
        </form>
    }
}

fn chosen(department: Option<Uuid>) -> String {
    department.map(|id| id.to_string()).unwrap_or_default()
}

#[component]
fn List(rows: Vec<Row>, filter: Filter, any: bool) -> impl IntoView {
    if rows.is_empty() {
        return view! { <Empty text=nothing(filter.show, any)/> }.into_any();
    }
    view! {
        <Export table="improvements"/>
        <div class="wide">
            <table class="table table--stick">
                <caption class="sr">"改善の一覧。期限を過ぎたものから順に並んでいます。"</caption>
                <thead>
                    <tr>
                        <th scope="col">"番号"</th>
                        <th scope="col">"件名"</th>
                        <th scope="col">"所属"</th>
                        <th scope="col">"もと"</th>
                        <th scope="col">"状態"</th>
                        <th scope="col">"期限"</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Line row/> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Line(row: Row) -> impl IntoView {
    let due = row.due_on.map(wareki).unwrap_or_else(|| "―".to_string());
    view! {
        <tr>
            <th scope="row"><a href=format!("/improvements/{}", row.id)>{row.label}</a></th>
            <td>
                {row.title}
                " "
                {row.rule_change.then(|| view! { <Chip tone=Tone::Note text="規程の見直しが必要"/> })}
            </td>
            <td>{row.department_name}</td>
            <td>{row.source.label()}</td>
            <td class="chips">
                <Chip tone=text::tone(row.stage) text=row.stage.label()/>
                " "
                {text::years(row.years_open).map(|text| view! { <Chip tone=Tone::Warn text/> })}
            </td>
            <td class="chips">
                {due}
                " "
                {row.overdue_days.map(|days| view! { <Chip tone=Tone::Err text=format!("{days}日超過")/> })}
            </td>
        </tr>
    }
}

fn nothing(show: Show, any: bool) -> &'static str {
    match show {
        _ if !any => {
            "改善はまだありません。監査の指摘、又は所属長が取り上げた「未実施」「一部実施」の回答が、ここに並びます。"
        }
        Show::Open => "対応中の改善はありません。終わったものは「すべて」で見られます。",
        Show::Overdue => "期限を過ぎた改善はありません。",
        Show::Waiting => "確認を待っている改善はありません。所属長が完了を報告すると、ここに並びます。",
        Show::All => "この条件に当てはまる改善はありません。条件を変えてください。",
    }
}
