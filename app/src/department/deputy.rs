//! The head's 代理: who stands in, naming and withdrawing.

use super::api::{NameDeputy, WithdrawDeputy};
use crate::ui::form::came_back;
use crate::ui::{Field, Hidden, PostForm, Select, Submit};
use domain::calendar::{iso, wareki};
use leptos::prelude::*;
use server_fn::ServerFn;
use store::department::Deputy;
use time::Date;
use uuid::Uuid;

/// The section; nothing for a 代理 without anybody to show.
#[component]
pub fn Deputies(
    deputies: Vec<Deputy>,
    candidates: Vec<(Uuid, String)>,
    ids: (Uuid, Uuid),
    today: Date,
) -> impl IntoView {
    if deputies.is_empty() && candidates.is_empty() {
        return ().into_any();
    }
    let may_name = !candidates.is_empty();
    let open = came_back(NameDeputy::PATH);
    view! {
        <section class="later stack" id="deputy">
            <h2>"所属長の代理"</h2>
            {if deputies.is_empty() {
                view! { <p class="hint">"所属長が不在の間、所属の職員を代理に定めて、確認や差戻しを任せることができます。代理が行ったことは「代理」として記録されます。"</p> }.into_any()
            } else {
                view! {
                    <ul class="plain">
                        {deputies.into_iter().map(|one| view! { <One one may_withdraw=may_name inspection=ids.0/> }).collect_view()}
                    </ul>
                }
                .into_any()
            }}
            {may_name.then(|| view! {
                <details class="act" open=open>
                    <summary>"代理を定める"</summary>
                    <Name candidates ids today/>
                </details>
            })}
        </section>
    }
    .into_any()
}

#[component]
fn One(one: Deputy, may_withdraw: bool, inspection: Uuid) -> impl IntoView {
    let until = one.until.map(wareki).unwrap_or_default();
    let text = format!("{}　{}から{until}まで（定めた人：{}）", one.name, wareki(one.from), one.by);
    let (key, spoken) = (one.deputation.to_string(), format!("{}の代理を取り消す", one.name));
    view! {
        <li class="deputy">
            <span>{text}</span>
            {may_withdraw.then(|| view! {
                <PostForm action=WithdrawDeputy::PATH key=key.clone() at="deputy">
                    <Hidden name="inspection" value=inspection.to_string()/>
                    <Hidden name="deputation" value=key.clone()/>
                    <Submit text="取り消す" spoken=spoken.clone() small=true stop=true/>
                </PostForm>
            })}
        </li>
    }
}

#[component]
fn Name(candidates: Vec<(Uuid, String)>, ids: (Uuid, Uuid), today: Date) -> impl IntoView {
    let people: Vec<(String, String)> = std::iter::once((String::new(), "選んでください".to_string()))
        .chain(candidates.into_iter().map(|(id, name)| (id.to_string(), name)))
        .collect();
    view! {
        <PostForm action=NameDeputy::PATH class="stack form" at="deputy">
            <Hidden name="inspection" value=ids.0.to_string()/>
            <Hidden name="department" value=ids.1.to_string()/>
            <Select name="person" label="代理に定める職員" options=people.clone() required=true/>
            <div class="three">
                <Field name="from" label="始まる日" kind="date" value=iso(today) required=true/>
                <Field name="to" label="終わる日" kind="date" required=true hint="この日まで代理です。"/>
            </div>
            <Submit text="代理に定める"/>
        </PostForm>
    }
}
