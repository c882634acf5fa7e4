//! The fields of a question's settings. What belongs to one scale is shown once that scale is chosen; where the
//! browser can't do that, everything is shown under its heading.

use crate::ui::form::{entered, reason_for};
use crate::ui::{Field, Icon, Select, Sign};
use domain::answer::{Raw, Value};
use domain::question::setting::{Attribute, Scale, Setting, Shown};
use leptos::prelude::*;
use store::question::QuestionNow;
use store::sheet::SettingView;

/// The name of a field in the form.
fn name(field: &str) -> String {
    format!("set[{field}]")
}

/// All fields.
#[component]
pub fn SettingFields(found: SettingView) -> impl IntoView {
    let setting = found.question.setting.clone();
    let kinds = Scale::KINDS.map(|(key, text)| (key.to_string(), text.to_string())).to_vec();
    view! {
        <fieldset class="stack">
            <legend class="label">"回答の尺度"</legend>
            <Select name=name("kind") label="尺度" options=kinds value=setting.scale.key() id="f-kind".to_string()/>
            <Levels scale=setting.scale.clone()/>
            <Numbers scale=setting.scale.clone()/>
            <Days scale=setting.scale.clone()/>
            <Rows scale=setting.scale.clone()/>
        </fieldset>
        <fieldset class="stack">
            <legend class="label">"数え方"</legend>
            <Select name=name("weight") label="重み" options=weights() value=found.question.weight.to_string() id="f-weight".to_string()
                hint="義務の重さの目安です。努力義務は0.5、特に重い義務は2又は3とします。"/>
            <Tick field="gate" text="必須とする" on=setting.gate
                hint="未回答のままでは提出できないことに加え、1件でも「未実施」があると結果の最初に示します。"/>
            <Tick field="informative" text="実施率に数えない（把握のための設問）" on=setting.informative
                hint="回答は把握率に数え、件数又は平均だけを示します。ほかの設問を表示する条件の設問に使います。"/>
            <Reason field="gate"/>
        </fieldset>
        <fieldset class="stack">
            <legend class="label">"回答に添えるもの"</legend>
            <Tick field="evidence" text="証跡（文書名・保管場所）を求める" on=setting.evidence
                hint="「未実施」と「該当なし」のほかは必ず入力します。"/>
            <Comments setting=setting.clone()/>
            <Field name=name("guidance") label="記入の手引" value=setting.guidance.clone() rows=3 id="f-guidance".to_string()
                hint="設問の下に示します。400字以内。"/>
        </fieldset>
        <fieldset class="stack">
            <legend class="label">"表示の条件"</legend>
            <ShownWhen found=found.clone()/>
        </fieldset>
        <Tick field="meaning_changed" text="設問の趣旨が変わる（前年度と比べない）" on=false
            hint="尺度、基準、把握のみの別及び表示の条件を変えたときは、選ばなくても趣旨変更になります。"/>
    }
}

fn weights() -> Vec<(String, String)> {
    domain::sheet::WEIGHTS.iter().map(|weight| (weight.to_string(), format!("{weight}"))).collect()
}

/// Why a field was refused.
#[component]
fn Reason(field: &'static str) -> impl IntoView {
    reason_for(field).map(|reason| view! { <p class="error"><Icon sign=Sign::Warning/>{reason}</p> })
}

#[component]
fn Tick(field: &'static str, text: &'static str, on: bool, #[prop(default = "")] hint: &'static str) -> impl IntoView {
    let on = entered_box(field, on);
    view! {
        <div>
            <label class="tick">
                <input type="checkbox" name=name(field) value="1" checked=on/>
                <span>{text}</span>
            </label>
            {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
        </div>
    }
}

/// A box that is not ticked is not sent: after a refusal the other fields say that the form was sent at all.
fn entered_box(field: &str, stored: bool) -> bool {
    let sent = !entered(&name("kind"), String::new()).is_empty();
    let ticked = entered(&name(field), String::new()) == "1";
    if sent { ticked } else { stored }
}

#[component]
fn Levels(scale: Scale) -> impl IntoView {
    let (texts, target) = match scale {
        Scale::Levels { texts, target } => (texts.join("\n"), target),
        _ => (String::new(), None),
    };
    let mut targets = vec![(String::new(), "定めない（把握のみ）".to_string())];
    targets.extend((2..=5).map(|level| (level.to_string(), format!("{level}以上を実施とする"))));
    let target = target.map(|target| target.to_string()).unwrap_or_default();
    view! {
        <div class="stack only only--levels">
            <Field name=name("level_texts") label="各段階の説明" value=texts rows=5 id="f-level_texts".to_string()
                hint="低い方から1行に1つ、5行。例：行っていない／一部だけ／半分程度／大半／全て"/>
            <Select name=name("target") label="目標の段階" options=targets value=target id="f-target".to_string()/>
        </div>
    }
}

#[component]
fn Numbers(scale: Scale) -> impl IntoView {
    let (unit, threshold) = match scale {
        Scale::Number { unit, threshold, .. } => (unit, threshold),
        _ => (String::new(), None),
    };
    let limit = threshold.map(|threshold| threshold.limit.to_string()).unwrap_or_default();
    let at_most = if threshold.is_some_and(|threshold| threshold.at_most) { "1" } else { "0" };
    let sides = vec![("0".to_string(), "以上を実施とする".to_string()), ("1".to_string(), "以下を実施とする".to_string())];
    view! {
        <div class="stack only only--number">
            <div class="only only--unit">
                <Field name=name("unit") label="単位（数値のとき）" value=unit id="f-unit".to_string() hint="件、人、台など"/>
            </div>
            <div class="row">
                <Field name=name("limit") label="基準" value=limit id="f-limit".to_string() hint="空欄なら把握のみ"/>
                <Select name=name("at_most") label="基準の向き" options=sides value=at_most id="f-at_most".to_string()/>
            </div>
        </div>
    }
}

#[component]
fn Days(scale: Scale) -> impl IntoView {
    let any = matches!(scale, Scale::Day { within_year: false });
    let options = vec![
        ("year".to_string(), "年度内の日付を実施とする".to_string()),
        ("any".to_string(), "日付があれば実施とする".to_string()),
    ];
    view! {
        <div class="only only--day">
            <Select name=name("within_year") label="年月日の判定" options value=if any { "any" } else { "year" } id="f-within_year".to_string()/>
        </div>
    }
}

#[component]
fn Rows(scale: Scale) -> impl IntoView {
    let rows = match scale {
        Scale::Rows { rows } => rows.join("\n"),
        _ => String::new(),
    };
    view! {
        <div class="only only--rows">
            <Field name=name("rows") label="表の行" value=rows rows=4 id="f-rows".to_string()
                hint="1行に1つ、2行から10行まで。ア、イ、ウの記号は自動で付きます。"/>
        </div>
    }
}

#[component]
fn Comments(setting: Setting) -> impl IntoView {
    let field = |value: Value| match value {
        Value::Done => "comment_done",
        Value::Partial => "comment_partial",
        Value::NotDone => "comment_not_done",
        Value::NotApplicable => "comment_na",
    };
    view! {
        <fieldset>
            <legend class="label">"理由と改善の内容を必ず求める回答"</legend>
            <div class="ticks">
                {Value::ALL
                    .map(|value| view! { <Tick field=field(value) text=value.label() on=setting.comment_on.contains(&value)/> })
                    .collect_view()}
            </div>
            <p class="hint">"把握のための設問では、「実施」を選ぶと全ての回答に求めます。"</p>
        </fieldset>
    }
}

/// One list: always, what a department has, each answer of the questions before this one.
#[component]
fn ShownWhen(found: SettingView) -> impl IntoView {
    let stored = match &found.question.setting.shown {
        Shown::Always => "always".to_string(),
        Shown::Having { attribute } => format!("having:{}", attribute.key()),
        Shown::After { question, answers } => format!("after:{question}={}", answers.join("|")),
    };
    let chosen = entered(&name("shown"), stored);
    let option = |value: String, text: String| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{text}</option> }
    };
    let attributes = Attribute::ALL
        .map(|attribute| option(format!("having:{}", attribute.key()), attribute.label().to_string()))
        .collect_view();
    let questions = found
        .earlier
        .iter()
        .filter_map(|(no, one)| {
            let options = answers_of(one);
            let options = options
                .into_iter()
                .map(|(keys, text)| option(format!("after:{}={keys}", one.id), format!("問{no}が「{text}」")))
                .collect::<Vec<_>>();
            let label = format!("問{no}　{}", short(&one.text));
            (!options.is_empty()).then(|| view! { <optgroup label=label>{options}</optgroup> })
        })
        .collect::<Vec<_>>();
    view! {
        <div class="entry">
            <label class="label" for="f-shown">"この設問を表示する場合"</label>
            <select class="select" id="f-shown" name=name("shown")>
                {option("always".to_string(), "いつも表示する".to_string())}
                <optgroup label="所属の属性">{attributes}</optgroup>
                {questions}
            </select>
            <p class="hint">
                "表示されない設問は、回答の対象から外れ、どの率の分母にも入りません。所属の属性は"
                <a href="/departments/attributes">"所属の属性"</a>"の画面で定めます。"
            </p>
            <Reason field="shown"/>
        </div>
    }
}

/// The answers a question offers as conditions; for ○△× also the two that are not 実施.
fn answers_of(question: &QuestionNow) -> Vec<(String, String)> {
    if matches!(question.setting.scale, Scale::Day { .. }) {
        return Vec::new();
    }
    let setting = &question.setting;
    let mut offered: Vec<(String, String)> =
        setting.choices().iter().map(|raw| (raw.key(), setting.words(raw))).collect();
    if setting.scale == Scale::Marks {
        let gaps = [Value::Partial, Value::NotDone].map(|value| Raw::Mark(value).key()).join("|");
        offered.push((gaps, "一部実施」又は「未実施".to_string()));
    }
    offered
}

fn short(text: &str) -> String {
    let cut: String = text.chars().take(24).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
}
