//! What stands around the questions: the list of chapters, the introduction, the end.

use super::shown::Shown;
use domain::answer::Value;
use domain::calendar::short_day;
use domain::question::setting::minutes;
use domain::response::chapter_mark;
use leptos::prelude::*;
use store::response::Sheet;

/// A chapter of the sheet with its questions.
#[derive(Debug, Clone)]
pub struct Part {
    pub number: i32,
    pub name: &'static str,
    pub questions: Vec<Shown>,
}

impl Part {
    /// Complete questions, all, and those whose reason is missing.
    pub fn counts(&self) -> (usize, usize, usize) {
        let given: Vec<_> = self.questions.iter().map(Shown::given).filter(|given| !given.hidden).collect();
        let done = given.iter().filter(|given| given.is_complete()).count();
        let bad = given.iter().filter(|given| given.is_half_done()).count();
        (done, given.len(), bad)
    }
}

/// Links to the chapters with their state; once at the side, once (on phones) in the introduction.
#[component]
pub fn Chapters(parts: Vec<Part>) -> impl IntoView {
    let links = parts
        .into_iter()
        .map(|part| {
            let (done, total, bad) = part.counts();
            let (class, text) = chapter_mark(done, total, bad);
            let chapter = format!("ch{}", part.number);
            let link = format!("#{chapter}");
            view! {
                <li>
                    <a href=link>
                        <span>{part.number}</span>
                        <span>{part.name}</span>
                        <span class=format!("n {class}") data-chapter=chapter>{text}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul>{links}</ul> }
}

/// Title, what to do, who reads it, what the words mean.
#[component]
pub fn Intro(
    sheet: Sheet,
    parts: Vec<Part>,
    /// The sheet is only tried out; it has no last day and nobody to ask yet.
    #[prop(optional)]
    practice: bool,
) -> impl IntoView {
    let title = match &sheet.system {
        Some(system) => format!("{}　{system}", sheet.title),
        None => sheet.title.clone(),
    };
    let told = (!practice).then(|| told(&sheet)).flatten();
    let period = match sheet.about.covers.trim() {
        "" => "今年度（4月から今日まで）".to_string(),
        covers => format!("対象期間（{covers}）"),
    };
    let readers = sheet.visibility.told();
    let number = parts.len();
    let due = if practice { "点検を始めるときに定める日".to_string() } else { short_day(sheet.due_on) };
    let owed = parts.iter().flat_map(|part| &part.questions).filter(|shown| !shown.item.hidden);
    let minutes = minutes(owed.map(|shown| shown.item.setting.seconds()).sum());
    view! {
        <div class="intro">
            <h1>{title}</h1>
            {told.map(|text| view! { <p class="sub">{text}</p> })}
            <p>
                {period}"の実際の状況を、1問ずつ選んでください。"
                <span class="auto">"回答は選ぶたびに保存されます。"</span>
                <span class="manual">"途中でやめるときは、終わりの「保存する」を押してください。"</span>
                "途中で閉じても続きから再開できます。"{format!("全体の見込みは約{minutes}分です。")}
                "提出期限は "<b>{due}</b>"です。"
            </p>
            <p class="sub">{readers}{(!practice).then(|| view! { "問合せ先："{sheet.contact} })}</p>
            <Scale/>
            <p class="sub auto keys-help">
                "キー操作（設問の中で）："<kbd>"1"</kbd>"～"<kbd>"4"</kbd>"で回答、"<kbd>"n"</kbd>"で次の未回答へ、"<kbd>"["</kbd>" "<kbd>"]"</kbd>"で前後の章へ。理由の欄からは"<kbd>"Esc"</kbd>"で選択肢へ戻ります。"
            </p>
            <details class="jump-s">
                <summary>{format!("章へ移動（{number}章）")}</summary>
                <Chapters parts/>
            </details>
        </div>
    }
}

/// The inspection the sheet belongs to, unless the title says it already, its programme and the time it asks about.
fn told(sheet: &Sheet) -> Option<String> {
    let parts = [sheet.name_beside_title().map(String::from), sheet.about.told()];
    let told: Vec<String> = parts.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    (!told.is_empty()).then(|| told.join("　"))
}

#[component]
fn Scale() -> impl IntoView {
    let meaning = |value| match value {
        Value::Done => "いつも行っている",
        Value::Partial => "行わないことがある",
        Value::NotDone => "行っていない",
        Value::NotApplicable => "対象の業務がなかった",
    };
    view! {
        <dl class="scale">
            {Value::ALL
                .map(|value| view! { <div><dt>{value.label()}</dt><dd>{meaning(value)}</dd></div> })
                .collect_view()}
        </dl>
    }
}

/// The gaps that keep the sheet from being handed in, each with its link; and the two buttons.
/// What still has to be entered, each a link to its question; on top of the page and again at its end.
#[component]
pub fn Gaps(shown: Vec<Shown>) -> impl IntoView {
    let gaps = shown
        .iter()
        .flat_map(|shown| shown.gaps.iter().map(|gap| (shown.item.no, gap.text())))
        .map(|(no, text)| view! { <li><a href=format!("#q{no}")>{format!("問{no}")}</a>"："{text}</li> })
        .collect::<Vec<_>>();
    (!gaps.is_empty()).then(|| view! {
        <p>"提出する前に、次の設問に入力してください。"</p>
        <ul class="gaps">{gaps}</ul>
    })
}

/// The end of the sheet: what is missing, saving, handing in.
#[component]
pub fn End(shown: Vec<Shown>) -> impl IntoView {
    view! {
        <div class="end" id="hand-in">
            <Gaps shown/>
            <p>
                "次の画面で、入力が足りない設問がないことを確かめてから提出します。提出した点検票は所属長が確認します。提出した後は、差し戻されるまで変更できません。"
            </p>
            <div class="row">
                <button class="btn" name="then" value="save">"保存する"</button>
                <button class="btn btn--main" name="then" value="check">"確認へ進む"</button>
            </div>
        </div>
    }
}

/// What stands beside the title: the inspection, if the title does not say it, and until when.
pub fn scope(sheet: &Sheet) -> String {
    let name = sheet.name_beside_title().map(|name| format!("{name}　")).unwrap_or_default();
    format!("{name}期限 {}", short_day(sheet.due_on))
}
