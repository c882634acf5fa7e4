//! What the department answered: ×/△ with their comments, differences to last year, what is asked for the first time.

use crate::ui::{Chip, Empty, Tone};
use domain::answer::{Turn, Value};
use domain::calendar::short_day;
use domain::rate::Tally;
use leptos::prelude::*;
use store::department::Answers;
use store::department::answers::{Person, Question};

/// Which answers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    /// ×/△.
    #[default]
    Gaps,
    /// Less than last year.
    Worse,
    /// More than last year.
    Better,
    /// Questions asked for the first time or changed.
    New,
    /// All questions with their sums.
    All,
}

impl Show {
    /// All choices with the key in the address.
    pub const ALL: [(&'static str, &'static str, Show); 5] = [
        ("", "一部実施・未実施", Show::Gaps),
        ("worse", "前年から低下", Show::Worse),
        ("better", "前年から改善", Show::Better),
        ("new", "新しい設問", Show::New),
        ("all", "全ての設問", Show::All),
    ];

    /// The choice of a key; the usual one for an unknown key.
    pub fn from_key(key: &str) -> Show {
        Show::ALL.into_iter().find(|(known, ..)| *known == key).map(|(.., show)| show).unwrap_or_default()
    }

    /// Whether one person's answer belongs there.
    fn person(self, person: &Person) -> bool {
        match self {
            Show::Gaps | Show::New | Show::All => person.value.is_gap(),
            Show::Worse => person.turn() == Some(Turn::Worse),
            Show::Better => person.turn() == Some(Turn::Better),
        }
    }

    /// Whether a question belongs there; without names by its sums.
    fn question(self, question: &Question, named: bool) -> bool {
        match (self, named) {
            (Show::Gaps, _) => question.gaps() > 0 || question.people.iter().any(|person| person.value.is_gap()),
            (Show::New, _) => question.is_new(),
            (Show::All, _) => true,
            (Show::Worse | Show::Better, true) => question.people.iter().any(|person| self.person(person)),
            (Show::Worse, false) => question.turn() == Some(Turn::Worse),
            (Show::Better, false) => question.turn() == Some(Turn::Better),
        }
    }

    fn nothing(self) -> &'static str {
        match self {
            Show::Gaps => "一部実施及び未実施の回答はありません。",
            Show::Worse => "前年より低下した回答はありません。",
            Show::Better => "前年より改善した回答はありません。",
            Show::New => "今年度に新しく加わり、又は内容が変わった設問はありません。",
            Show::All => "提出された回答はまだありません。",
        }
    }
}

/// The section.
#[component]
pub fn AnswersSection(
    answers: Answers,
    show: Show,
    /// The page's address with the choice of states.
    base: String,
    /// The reader may take up a gap as an improvement.
    may_mend: bool,
) -> impl IntoView {
    let named = answers.named;
    let count = |show: Show| answers.questions.iter().filter(|question| show.question(question, named)).count();
    let tabs: Vec<(String, String, bool)> = Show::ALL
        .map(|(key, text, one)| {
            let href = if key.is_empty() { format!("{base}#answers") } else { format!("{base}&show={key}#answers") };
            (href, format!("{text} {}問", count(one)), one == show)
        })
        .to_vec();
    let chosen: Vec<Question> =
        answers.questions.iter().filter(|question| show.question(question, named)).cloned().collect();
    let compared = answers.previous.map(|name| format!("前年の数値は、{name}のものです。"));
    let who = match named {
        true => "個々の回答の閲覧は、閲覧した人と日時が記録されます。",
        false => "この点検又はあなたの役割では、個々の回答及び理由は示さず、設問ごとの件数だけを示します。",
    };
    let hidden = answers.hidden;
    view! {
        <section class="later" id="answers">
            <h2>"提出された回答"</h2>
            <p class="hint">{compared}{who}</p>
            <div class="filter">
                <ul class="tabs" aria-label="回答の絞込み">
                    {tabs
                        .into_iter()
                        .map(|(href, text, current)| view! { <li><a href=href aria-current=current.then_some("page")>{text}</a></li> })
                        .collect_view()}
                </ul>
            </div>
            {(hidden > 0).then(|| view! { <p class="hint">{format!("回答者が5人に満たない設問{hidden}問は示しません。")}</p> })}
            {if chosen.is_empty() {
                view! { <Empty text=show.nothing()/> }.into_any()
            } else {
                chosen.into_iter().map(|question| view! { <OneQuestion question show may_mend/> }).collect_view().into_any()
            }}
        </section>
    }
}

/// 「実施 12・一部実施 1・未実施 2・該当なし 0」
fn sums(tally: Tally) -> String {
    format!("実施 {}・一部実施 {}・未実施 {}・該当なし {}", tally.done, tally.partial, tally.not_done, tally.na)
}

#[component]
fn OneQuestion(question: Question, show: Show, may_mend: bool) -> impl IntoView {
    let chip = match question.kind.as_str() {
        "new" => Some("新しい設問"),
        "changed" => Some("設問が変わりました"),
        _ => None,
    };
    let before = question.before.map(|tally| format!("（前年 {}）", sums(tally)));
    let people: Vec<Person> = question.people.iter().filter(|person| show.person(person)).cloned().collect();
    let no = question.no;
    view! {
        <article class="asked">
            <h3>
                {format!("{} 問{no}　{}", question.role, question.text)}
                {chip.map(|text| view! { " "<Chip tone=Tone::Note text/> })}
            </h3>
            <p class="sub">{sums(question.tally)}{before}</p>
            {(!people.is_empty()).then(|| view! {
                <ul class="asked__people">
                    {people
                        .into_iter()
                        .map(|person| view! { <OnePerson person item=question.item no may_mend/> })
                        .collect_view()}
                </ul>
            })}
        </article>
    }
}

fn signed(value: Value) -> String {
    format!("{} {}", value.sign(), value.label())
}

#[component]
fn OnePerson(person: Person, item: uuid::Uuid, no: i32, may_mend: bool) -> impl IntoView {
    let turn = person.turn();
    let tone = match turn {
        Some(Turn::Worse) => Tone::Warn,
        Some(Turn::Better) => Tone::Ok,
        _ => Tone::Plain,
    };
    let before = person.before.map(|value| format!("前年 {} → ", value.sign()));
    let words = person.words.map(|words| format!("（{words}）"));
    let planned = person.planned_on.map(|day| format!("（改善予定日 {}）", short_day(day)));
    let proof = match (person.evidence.is_empty(), person.files) {
        (true, 0) => None,
        (false, 0) => Some(format!("証跡：{}", person.evidence)),
        (true, files) => Some(format!("証跡のファイル {files}件")),
        (false, files) => Some(format!("証跡：{}、ファイル {files}件", person.evidence)),
    };
    let (target, name) = (person.target, person.name.clone());
    let next = match (person.improvement, may_mend && person.value.is_gap()) {
        (Some(id), _) => {
            let spoken = format!("改善を見る：{name} 問{no}");
            Some(view! { <a class="btn btn--s" href=format!("/improvements/{id}") aria-label=spoken>"改善を見る"</a> })
        }
        (None, true) => {
            let (href, spoken) =
                (format!("/improvements/new?target={target}&item={item}"), format!("改善として取り上げる：{name} 問{no}"));
            Some(view! { <a class="btn btn--s" href=href aria-label=spoken>"改善として取り上げる"</a> })
        }
        (None, false) => None,
    };
    view! {
        <li>
            <a class="asked__name" href=format!("/responses/{target}")>{name}</a>
            <span class="asked__value">{before}<b>{signed(person.value)}</b>{words}</span>
            <span class="asked__text">
                {person.returned.then(|| view! { <Chip tone=Tone::Err text="差戻し中"/>" " })}
                {turn.map(|turn| view! { <Chip tone text=turn.label()/>" " })}
                {person.comment}{planned}
                {proof.map(|text| view! { <span class="answers__proof">{text}</span> })}
            </span>
            {next}
        </li>
    }
}
