//! One question as a fieldset. The island reads this shape (`island/autosave/paper.rs`).

use super::fields::Fields;
use super::shown::Shown;
use crate::answer::api::field_name;
use crate::evidence::proof::{Proof, QuietProof};
use crate::ui::{Chip, Icon, Sign, TextArea, Tone};
use domain::answer::Value;
use domain::bank::MARK;
use domain::calendar::{day, wareki};
use domain::question::setting::{Scale, Setting};
use domain::response::Gap;
use leptos::prelude::*;

/// A question with its fields, the blocks for evidence and reason, and the quiet line below.
#[component]
pub fn Question(shown: Shown) -> impl IntoView {
    let (no, item) = (shown.item.no, shown.item.id);
    let mut class = match (shown.gaps.is_empty(), shown.is_next) {
        (false, _) => "q q--err",
        (true, true) => "q q--next",
        (true, false) => "q",
    }
    .to_string();
    if asks_always(&shown.item.setting) {
        class.push_str(" q--ask");
    }
    // Whoever sees last year's words below is told above that they were others.
    let change = match shown.item.change.as_str() {
        "changed" => Some("設問が変わりました"),
        "new" => Some("新しい設問"),
        _ if shown.item.last_text.is_some() => Some("表現が変わりました"),
        _ => None,
    };
    let setting = setting_attribute(&shown.item.setting);
    let (hidden, identity) = (shown.item.hidden, shown.item.question.to_string());
    let na = shown.item.not_applicable.is_some().then_some("");
    let carried = shown.is_carried().then_some("");
    let error = shown.gap(Gap::is_answer);
    let described = format!("e{no}");
    view! {
        <fieldset
            class=class
            id=format!("q{no}")
            data-item=item.to_string()
            data-question=identity
            data-setting=setting
            data-na=na
            data-carried=carried
            hidden=hidden
        >
            <legend>
                <span class="q__no">{format!("問{no}")}</span>
                {shown.item.text.clone()}
                {shown.item.setting.gate.then(|| view! { " "<Chip tone=Tone::Key text="必須"/> })}
                {change.map(|text| view! { " "<Chip tone=Tone::Note text/> })}
                {shown.item.carry.is_some().then(|| view! { <span class="chip chip--note chip--carried">"前年から引継ぎ"</span> })}
                <span class="chip chip--key chip--next">"次の設問"</span>
            </legend>
            <input type="hidden" data-version="" name=field_name(item, "version") value=shown.version/>
            <Guidance shown=shown.clone()/>
            {error.map(|text| view! { <p class="error" id=described.clone()><Icon sign=Sign::Warning/>{text}</p> })}
            <Fields shown=shown.clone() described_by=error.map(|_| described.clone())/>
            <Theirs text=shown.theirs.clone()/>
            <Evidence shown=shown.clone()/>
            <Reason shown=shown.clone()/>
            <Foot shown/>
        </fieldset>
    }
}

/// The setting for the island; none for the default.
fn setting_attribute(setting: &Setting) -> Option<String> {
    (*setting != Setting::default()).then(|| serde_json::to_string(setting).unwrap_or_default())
}

/// What is typed shows its worth only when it is saved: then the block for the reason stands open from the start.
fn asks_always(setting: &Setting) -> bool {
    let typed = matches!(setting.scale, Scale::Number { .. } | Scale::Day { .. });
    typed && (setting.needs_comment(None) || setting.counts() && setting.needs_comment(Some(Value::NotDone)))
}

/// 記入の手引 and what was added after the edition was frozen.
#[component]
fn Guidance(shown: Shown) -> impl IntoView {
    let guidance = shown.item.setting.guidance.clone();
    let supplements = shown.item.supplements.clone();
    let one = |supplement: store::sheet::Supplement| {
        let when = format!("補足説明（{}）", wareki(day(supplement.at)));
        view! { <p class="q__guide q__guide--added"><b>{when}</b>{supplement.text}</p> }
    };
    view! {
        {(!guidance.is_empty()).then(|| view! { <p class="q__guide">{guidance}</p> })}
        {supplements.into_iter().map(one).collect_view()}
    }
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

/// 証跡, where the question asks for it.
#[component]
fn Evidence(shown: Shown) -> impl IntoView {
    let (no, item) = (shown.item.no, shown.item.id);
    let gap = shown.gap(|gap| gap == Gap::Prove);
    let (id, error) = (format!("p{no}"), format!("pe{no}"));
    shown.item.setting.evidence.then(move || {
        view! {
            <div class="q__proof">
                <label class="label" for=id.clone()>
                    "証跡（文書名・保管場所）"
                    <span class="need">"※「未実施」「該当なし」のほかは、文書名・保管場所かファイルが必要"</span>
                    <span class="sr">{format!("（問{no}）")}</span>
                </label>
                {gap.map(|text| view! { <p class="error" id=error.clone()><Icon sign=Sign::Warning/>{text}</p> })}
                <input
                    class="field"
                    type="text"
                    id=id
                    data-evidence=""
                    name=field_name(item, "evidence")
                    value=shown.evidence.clone()
                    maxlength="200"
                    aria-invalid=gap.map(|_| "true")
                    aria-describedby=gap.map(|_| error.clone())
                />
                <Proof shown/>
            </div>
        }
    })
}

/// Shown by the style sheet once an answer is chosen that needs it; the server asks for the same.
#[component]
fn Reason(shown: Shown) -> impl IntoView {
    let (no, item) = (shown.item.no, shown.item.id);
    let gap = shown.gap(|gap| gap == Gap::Explain);
    let (area, error, day) = (format!("c{no}"), format!("ce{no}"), format!("d{no}"));
    let setting = &shown.item.setting;
    let need = match &setting.scale {
        Scale::Number { .. } if !setting.needs_comment(None) => "※基準に満たないときは必須",
        Scale::Day { .. } if !setting.needs_comment(None) => "※行っていないときは必須",
        _ => "※必須",
    };
    view! {
        <div class="q__more">
            <div>
                <label class="label" for=area.clone()>
                    "理由と改善の内容"<span class="need">{need}</span><span class="sr">{format!("（問{no}）")}</span>
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
            <div>
                <label class="label" for=day.clone()>"改善予定日（任意）"<span class="sr">{format!("（問{no}）")}</span></label>
                <input
                    class="field"
                    id=day
                    type="date"
                    data-planned=""
                    name=field_name(item, "planned_on")
                    value=shown.planned_on
                />
            </div>
        </div>
    }
}

#[component]
fn Foot(shown: Shown) -> impl IntoView {
    let proof = (!shown.item.setting.evidence).then(|| shown.clone());
    let item = shown.item;
    let last = item.last.unwrap_or_else(|| "―".to_string());
    let then = item.last_text.map(|text| format!("　前年度の設問：「{text}」")).unwrap_or_default();
    let cell = item.answer.and_then(|answer| answer.cell).map(|cell| format!("Excelの{cell}から読取り"));
    let standard = item.setting.standard();
    let ground = if item.clause_path.starts_with(MARK) { MARK } else { "根拠条文" };
    view! {
        <div class="q__foot">
            <span>"前年度の回答："{last.clone()}{then}</span>
            {item.carry.is_some().then(|| view! { <span class="q__same">"前年と同じ回答"</span> })}
            {item.carry.map(|raw| view! {
                <button class="btn btn--s" name="carry" value=item.id.to_string() data-carry=raw.key() formnovalidate>
                    "前年と同じ"<span class="sr">{format!("（問{}：{last}）", item.no)}</span>
                </button>
            })}
            {cell.map(|cell| view! { <span>{cell}</span> })}
            {standard.map(|text| view! { <span>{text}</span> })}
            {(!item.clause_path.is_empty()).then(|| view! {
                <details>
                    <summary>{ground}<span class="sr">{format!("（問{}）", item.no)}</span></summary>
                    <p class="clause"><b>{item.clause_path}</b><br/>{item.clause_text}</p>
                </details>
            })}
            {proof.map(|shown| view! { <QuietProof shown/> })}
        </div>
    }
}
