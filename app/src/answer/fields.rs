//! The fields of a question by its scale.

use super::shown::Shown;
use crate::answer::api::field_name;
use domain::answer::{Raw, Value};
use domain::question::setting::{Scale, Setting, row_mark};
use leptos::prelude::*;

/// Choices, a number, a day or a table.
#[component]
pub fn Fields(shown: Shown, described_by: Option<String>) -> impl IntoView {
    match shown.item.setting.scale.clone() {
        Scale::Marks | Scale::YesNo => view! { <Choices shown described_by class="choices"/> }.into_any(),
        Scale::Levels { .. } => {
            view! { <Choices shown described_by class="choices choices--levels"/> }.into_any()
        }
        Scale::Number { .. } => view! { <Typed shown described_by label="数値" hint=""/> }.into_any(),
        Scale::Day { .. } => {
            view! { <Typed shown described_by label="年月日" hint="例：令和8年5月1日、2026-05-01"/> }.into_any()
        }
        Scale::Rows { rows } => view! { <Rows shown rows described_by/> }.into_any(),
    }
}

/// 該当なし stands in the last place and names its condition.
fn not_applicable(shown: &Shown) -> Option<(Raw, String)> {
    shown.item.not_applicable.clone().map(|condition| (Raw::Mark(Value::NotApplicable), condition))
}

/// Whether choosing this needs a reason.
fn asks(setting: &Setting, raw: &Raw, year: i32) -> bool {
    setting.needs_comment(setting.judge(Some(raw), year).value())
}

#[component]
fn Choices(shown: Shown, described_by: Option<String>, class: &'static str) -> impl IntoView {
    let offered = shown.item.setting.choices().into_iter().map(|raw| (raw, None));
    let na = not_applicable(&shown).map(|(raw, condition)| (raw, Some(condition)));
    let choices = offered
        .chain(na)
        .map(|(raw, condition)| view! { <Choice shown=shown.clone() raw condition described_by=described_by.clone()/> })
        .collect_view();
    view! { <div class=class id=format!("choices{}", shown.item.no)>{choices}</div> }
}

#[component]
fn Choice(
    shown: Shown,
    raw: Raw,
    /// When 該当なし may be chosen.
    condition: Option<String>,
    described_by: Option<String>,
) -> impl IntoView {
    let setting = &shown.item.setting;
    let key = raw.key();
    let checked = shown.written.choice == key;
    let sign = match &raw {
        Raw::Mark(value) => value.sign(),
        _ => "",
    };
    let words = match &raw {
        Raw::Level(level) => format!("{level}　{}", setting.level_text(*level).unwrap_or_default()),
        raw => setting.words(raw),
    };
    view! {
        <label class="choice">
            <input
                type="radio"
                data-choice=""
                data-asks=asks(setting, &raw, shown.item.year).then_some("")
                data-last=(shown.item.carry.as_ref() == Some(&raw)).then_some("")
                name=field_name(shown.item.id, "value")
                value=key
                checked=checked
                aria-describedby=described_by
            />
            <span>{words}{condition.map(|text| view! { <small class="cond">{text}</small> })}</span>
            {(!sign.is_empty()).then(|| view! { <span class="m" aria-hidden="true">{sign}</span> })}
        </label>
    }
}

/// A field to type into, and beside it what may be chosen instead.
#[component]
fn Typed(shown: Shown, described_by: Option<String>, label: &'static str, hint: &'static str) -> impl IntoView {
    let (no, item) = (shown.item.no, shown.item.id);
    let unit = shown.item.setting.scale.unit().to_string();
    let instead: Vec<(Raw, Option<String>)> = shown
        .item
        .setting
        .choices()
        .into_iter()
        .map(|raw| (raw, None))
        .chain(not_applicable(&shown).map(|(raw, condition)| (raw, Some(condition))))
        .collect();
    let numeric = matches!(shown.item.setting.scale, Scale::Number { .. });
    let (id, note) = (format!("t{no}"), format!("th{no}"));
    let described = [described_by.clone(), (!hint.is_empty()).then(|| note.clone())];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let own_choice = (!instead.is_empty()).then(|| {
        let checked = shown.written.choice.is_empty();
        let text = format!("{label}を入力");
        view! {
            <label class="choice">
                <input type="radio" data-choice="" name=field_name(item, "value") value="" checked=checked/>
                <span>{text}</span>
            </label>
        }
    });
    view! {
        <div class="typed">
            <label class="label" for=id.clone()>{label}<span class="sr">{format!("（問{no}）")}</span></label>
            <span class="typed__field">
                <input
                    class=if numeric { "field field--number" } else { "field" }
                    type="text"
                    id=id
                    data-typed=""
                    name=field_name(item, "typed")
                    value=shown.written.typed.clone()
                    inputmode=numeric.then_some("decimal")
                    autocomplete="off"
                    aria-describedby=(!described.is_empty()).then_some(described)
                />
                {(!unit.is_empty()).then(|| view! { <span>{unit}</span> })}
            </span>
            {(!hint.is_empty()).then(|| view! { <span class="hint" id=note>{hint}</span> })}
        </div>
        {(!instead.is_empty()).then(|| view! {
            <div class="choices">
                {own_choice}
                {instead
                    .into_iter()
                    .map(|(raw, condition)| view! { <Choice shown=shown.clone() raw condition described_by=described_by.clone()/> })
                    .collect_view()}
            </div>
        })}
    }
}

/// A table: each row is a group of its own.
#[component]
fn Rows(shown: Shown, rows: Vec<String>, described_by: Option<String>) -> impl IntoView {
    let one = |(index, name): (usize, String)| {
        view! { <Row shown=shown.clone() index name described_by=described_by.clone()/> }
    };
    let rows = rows.into_iter().enumerate().map(one).collect_view();
    view! { <div class="rows">{rows}</div> }
}

#[component]
fn Row(shown: Shown, index: usize, name: String, described_by: Option<String>) -> impl IntoView {
    let (no, item) = (shown.item.no, shown.item.id);
    let label = format!("r{no}-{index}");
    let chosen = shown.written.rows.get(index).cloned().unwrap_or_default();
    let offered =
        Value::ALL.into_iter().filter(|value| *value != Value::NotApplicable || shown.item.not_applicable.is_some());
    let setting = shown.item.setting.clone();
    let choices = offered
        .map(|value| {
            let asks = value != Value::NotApplicable && setting.counts() && setting.needs_comment(Some(value));
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        data-asks=asks.then_some("")
                        name=field_name(item, &format!("rows][r{index}"))
                        value=value.key()
                        checked=chosen == value.key()
                        aria-describedby=described_by.clone()
                    />
                    <span>{value.label()}</span>
                    <span class="m" aria-hidden="true">{value.sign()}</span>
                </label>
            }
        })
        .collect_view();
    let named_by = label.clone();
    view! {
        <div class="rows__one" role="radiogroup" aria-labelledby=named_by data-row=index.to_string()>
            <p class="rows__name" id=label><b>{row_mark(index)}</b>"　"{name}</p>
            <div class="choices">{choices}</div>
        </div>
    }
}
