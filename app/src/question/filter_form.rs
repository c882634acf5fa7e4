//! Which proposals to go through, and in which order.

use super::address::Address;
use super::text;
use domain::role::Role;
use domain::topic::Topic;
use leptos::prelude::*;
use store::question::{Order, Show};

/// The choices of the filter, without the form around them.
#[component]
pub fn FilterFields(address: Address) -> impl IntoView {
    let filter = address.filter;
    let shows = Show::ALL.map(|(show, key)| (key.to_string(), text::show(show).to_string())).to_vec();
    let roles = Role::ALL.map(|role| (role.key().to_string(), role.short().to_string()));
    let topics = Topic::ALL.map(|topic| (topic.number().to_string(), topic.label().to_string()));
    let orders =
        vec![("".to_string(), "条項の順".to_string()), ("unsure".to_string(), "確からしさの低い順".to_string())];
    let order = if filter.order == Order::Unsure { "unsure" } else { "" };
    let any = |list: Vec<(String, String)>| {
        let mut all = vec![(String::new(), "すべて".to_string())];
        all.extend(list);
        all
    };
    let role = filter.role.map(Role::key).unwrap_or_default().to_string();
    let topic = filter.topic.map(|topic| topic.number().to_string()).unwrap_or_default();
    view! {
        <Choice name="show" label="表示" options=shows chosen=filter.show.key().to_string()/>
        <Choice name="role" label="役割" options=any(roles.to_vec()) chosen=role/>
        <Choice name="topic" label="章" options=any(topics.to_vec()) chosen=topic/>
        <Choice name="order" label="順序" options=orders chosen=order.to_string()/>
    }
}

/// The filter of the workbench.
#[component]
pub fn FilterForm(address: Address, shown: usize) -> impl IntoView {
    let path = format!("/policies/{}/clauses/{}", address.revision, address.clause);
    let list = format!("/policies/{}/proposals", address.revision);
    let marked = address.fields().into_iter().find(|(name, _)| *name == "marked");
    view! {
        <form class="sieve" method="get" action=path aria-label="案の絞込み">
            <FilterFields address/>
            {marked.map(|(name, value)| view! { <input type="hidden" name=name value=value/> })}
            <button class="btn btn--s">"表示"</button>
            <a href=list>{format!("該当{shown}件の一覧")}</a>
        </form>
    }
}

#[component]
fn Choice(
    name: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    chosen: String,
) -> impl IntoView {
    view! {
        <label>
            {label}" "
            <select class="select" name=name>
                {options
                    .into_iter()
                    .map(|(value, text)| {
                        let selected = value == chosen;
                        view! { <option value=value selected=selected>{text}</option> }
                    })
                    .collect_view()}
            </select>
        </label>
    }
}
