//! The form of the search: every field may stay empty.

use super::text;
use domain::calendar::iso;
use leptos::prelude::*;
use store::ledger::search::Search;
use time::Date;

/// The form.
#[component]
pub fn SearchForm(asked: Search) -> impl IntoView {
    let day = |day: Option<Date>| day.map(iso).unwrap_or_default();
    let (from, to) = (day(asked.from), day(asked.to));
    let history = (!asked.stream.is_empty()).then(|| {
        let (noun, _) = text::about(&asked.stream);
        view! {
            <p class="notice">
                {format!("一つの対象（{noun}）の記録だけを表示しています。")}
                <a href="/ledger">"すべての記録に戻る"</a>
                <input type="hidden" name="stream" value=asked.stream.clone()/>
            </p>
        }
    });
    view! {
        <form method="get" action="/ledger" class="ledger-search" role="search">
            {history}
            <div class="row">
                <Text name="person" label="職員（操作した者又は対象の者）" value=asked.person/>
                <Text name="department" label="所属" value=asked.department/>
                <Choice name="noun" label="対象" value=asked.noun options=text::nouns()/>
                <Choice name="kind" label="操作" value=asked.kind options=text::kinds()/>
                <Text name="from" label="いつから" kind="date" value=from/>
                <Text name="to" label="いつまで" kind="date" value=to/>
                <Text name="address" label="接続元" value=asked.address/>
                <button class="btn btn--main">"探す"</button>
            </div>
        </form>
    }
}

#[component]
fn Text(
    name: &'static str,
    label: &'static str,
    value: String,
    #[prop(default = "text")] kind: &'static str,
) -> impl IntoView {
    view! {
        <div class="entry">
            <label class="label" for=name>{label}</label>
            <input class="field" type=kind id=name name=name value=value/>
        </div>
    }
}

#[component]
fn Choice(
    name: &'static str,
    label: &'static str,
    value: String,
    options: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    view! {
        <div class="entry">
            <label class="label" for=name>{label}</label>
            <select class="field" id=name name=name>
                <option value="">"すべて"</option>
                {options
                    .into_iter()
                    .map(|(key, text)| view! { <option value=key selected=key == value>{text}</option> })
                    .collect_view()}
            </select>
        </div>
    }
}
