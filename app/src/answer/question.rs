//! One question as a fieldset. The island reads this shape (`island/autosave/paper.rs`).

use super::shown::Shown;
use crate::answer::api::field_name;
use crate::ui::{Chip, Icon, Sign, TextArea, Tone};
use domain::answer::Value;
use leptos::prelude::*;

/// A question with its choices, the block for the reason, and the quiet line below.
#[component]
pub fn Question(shown: Shown) -> impl IntoView {
    let (no, item) = (shown.item.no, shown.item.id);
    let class = match (&shown.gap, shown.is_next) {
        (Some(_), _) => "q q--err",
        (None, true) => "q q--next",
        (None, false) => "q",
    };
    let name = move |part: &str| field_name(item, part);
    let change = match shown.item.change.as_str() {
        "changed" => Some("設問が変わりました"),
        "new" => Some("新しい設問"),
        _ => None,
    };
    let error = format!("e{no}");
    let choice_gap = shown.gap.filter(|_| shown.value.is_none());
    view! {
        <fieldset class=class id=format!("q{no}") data-item=item.to_string()>
            <legend>
                <span class="q__no">{format!("問{no}")}</span>
                {shown.item.text.clone()}
                {change.map(|text| view! { " "<Chip tone=Tone::Note text/> })}
                <span class="chip chip--key chip--next">"次の設問"</span>
            </legend>
            <input type="hidden" data-version="" name=name("version") value=shown.version/>
            {choice_gap.map(|text| view! { <p class="error" id=error.clone()><Icon sign=Sign::Warning/>{text}</p> })}
            <Choices no name=name("value") value=shown.value not_applicable=shown.item.not_applicable.clone() described_by=choice_gap.map(|_| error.clone())/>
            <Theirs text=shown.theirs.clone()/>
            <Reason no shown=shown.clone()/>
            <Foot shown/>
        </fieldset>
    }
}

#[component]
fn Choices(
    no: i32,
    name: String,
    value: Option<Value>,
    not_applicable: Option<String>,
    described_by: Option<String>,
) -> impl IntoView {
    let offered = Value::ALL.into_iter().filter(|value| *value != Value::NotApplicable || not_applicable.is_some());
    let choices = offered
        .map(|choice| {
            let condition = not_applicable.clone().filter(|_| choice == Value::NotApplicable);
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name=name.clone()
                        value=choice.key()
                        checked=value == Some(choice)
                        aria-describedby=described_by.clone()
                    />
                    <span>{choice.label()}{condition.map(|text| view! { <small class="cond">{text}</small> })}</span>
                    <span class="m" aria-hidden="true">{choice.sign()}</span>
                </label>
            }
        })
        .collect_view();
    view! { <div class="choices" id=format!("choices{no}")>{choices}</div> }
}

/// The answer another window stored meanwhile.
#[component]
fn Theirs(text: Option<String>) -> impl IntoView {
    text.map(|text| {
        view! {
            <p class="notice notice--warn">
                "ほかの画面で保存された回答："{text}"　ここに表示している回答で保存するときは、このまま保存してください。"
            </p>
        }
    })
}

/// Shown by the style sheet once 一部実施 or 未実施 is chosen; the server asks for the same.
#[component]
fn Reason(no: i32, shown: Shown) -> impl IntoView {
    let item = shown.item.id;
    let gap = shown.gap.filter(|_| shown.value.is_some());
    let (area, error, day) = (format!("c{no}"), format!("e{no}"), format!("d{no}"));
    view! {
        <div class="q__more">
            <div>
                <label class="label" for=area.clone()>
                    "理由と改善の内容"<span class="need">"※必須"</span><span class="sr">{format!("（問{no}）")}</span>
                </label>
                {gap.map(|text| view! { <p class="error" id=error.clone()><Icon sign=Sign::Warning/>{text}</p> })}
                <TextArea
                    id=area
                    name=field_name(item, "comment")
                    value=shown.comment
                    rows=2
                    invalid=gap.is_some()
                    described_by=gap.map(|_| error.clone())
                />
            </div>
            <div class="two">
                <div>
                    <label class="label" for=day.clone()>"改善予定日"<span class="sr">{format!("（問{no}）")}</span></label>
                    <input class="field" id=day type="date" name=field_name(item, "planned_on") value=shown.planned_on/>
                </div>
            </div>
        </div>
    }
}

#[component]
fn Foot(shown: Shown) -> impl IntoView {
    let item = shown.item;
    let last = item.last_value.map_or("―", Value::label);
    let then = item.last_text.map(|text| format!("　前年度の設問：「{text}」")).unwrap_or_default();
    let cell = item.answer.and_then(|answer| answer.cell).map(|cell| format!("Excelの{cell}から読取り"));
    view! {
        <div class="q__foot">
            <span>"前年度の回答："{last}{then}</span>
            {cell.map(|cell| view! { <span>{cell}</span> })}
            {(!item.clause_text.is_empty()).then(|| view! {
                <details>
                    <summary>"根拠条文"<span class="sr">{format!("（問{}）", item.no)}</span></summary>
                    <p class="clause"><b>{item.clause_path}</b><br/>{item.clause_text}</p>
                </details>
            })}
        </div>
    }
}
