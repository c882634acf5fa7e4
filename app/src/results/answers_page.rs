//! `/inspections/:inspection/answers`: the answers behind a figure, with the formula in numbers.

use super::link::{self, Figure, View};
use crate::context::Ask;
use crate::ui::page::Crumb;
use crate::ui::{Empty, Export, Page, page};
use domain::answer::Value;
use domain::calendar::{day, short_day, wareki};
use domain::rate::{Tally, percent};
use domain::topic::Topic;
use leptos::prelude::*;
use store::retention::Gone;
use crate::evidence::files::{Links, reader_link};
use store::results::answers::{AnswerRow, Answers, Behind, PAGE};

struct Shown {
    answers: Answers,
    figure: Figure,
}

/// The page.
#[component]
pub fn AnswersPage() -> impl IntoView {
    page(
        |ask| async move {
            let behind = figure(&ask);
            let Behind { department, topic, question, value, page } = behind;
            let figure = Figure { department, topic, question, value, page };
            let inspection = ask.id("inspection")?;
            let answers = store::results::answers(&ask.db, &ask.actor, inspection, behind, ask.now).await?;
            Ok(Shown { answers, figure })
        },
        |shown| view! { <Whole shown/> }.into_any(),
    )
}

/// Which answers are asked for.
pub fn figure(ask: &Ask) -> Behind {
    Behind {
        department: ask.optional_id("department"),
        topic: i32::try_from(ask.number("topic", 0)).ok().and_then(Topic::from_number),
        question: ask.optional_id("question"),
        value: Value::from_key(&ask.text("value")),
        page: u64::try_from(ask.number("page", 1)).unwrap_or(1).max(1),
    }
}

fn title(answers: &Answers) -> String {
    match (&answers.question, answers.topic) {
        (Some((no, role, _)), _) => format!("{}　{role} 問{no}", answers.scope),
        (None, Some(topic)) => format!("{}　{}", answers.scope, topic.label()),
        (None, None) => format!("{}　全分野", answers.scope),
    }
}

#[component]
fn Whole(shown: Shown) -> impl IntoView {
    let Shown { answers, figure } = shown;
    let way = vec![
        Crumb { text: "自己点検の結果".into(), href: link::results(answers.inspection, None, View::City) },
        Crumb {
            text: answers.scope.clone(),
            href: link::results(answers.inspection, figure.department, View::City),
        },
    ];
    let question = answers.question.as_ref().map(|(_, _, text)| text.clone());
    view! {
        <Page title=title(&answers) scope=answers.inspection_name.clone() way>
            {question.map(|text| view! { <p class="lead-text">{text}</p> })}
            <Sums answers=answers.clone()/>
            <Summary lines=answers.summary.clone()/>
            <Tabs answers=answers.clone() figure/>
            {answers.gone.map(|gone| view! { <p class="notice">{told(gone)}</p> })}
            {match answers.withheld {
                Some(why) => view! { <Empty text=why/> }.into_any(),
                None if answers.total == 0 && answers.gone.is_some() => ().into_any(),
                None if answers.total == 0 => {
                    view! { <Empty text="該当する回答はありません。数えるのは、提出された点検票の回答だけです。"/> }.into_any()
                }
                None => view! { <List answers figure/> }.into_any(),
            }}
        </Page>
    }
}

/// That answers are not there any more.
fn told(gone: Gone) -> String {
    format!(
        "点検票{}件分の個々の回答は、保存期間が満了したため廃棄しました（{}）。件数及び率は、廃棄の前と同じです。",
        gone.sheets,
        wareki(day(gone.at))
    )
}

/// How the answers of another scale than ○△× are distributed.
#[component]
fn Summary(lines: Vec<String>) -> impl IntoView {
    (!lines.is_empty()).then(|| view! {
        <section class="section-end">
            <h2>"回答の分布"</h2>
            <ul class="spread">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        </section>
    })
}

/// The formulas with the numbers put in.
#[component]
fn Sums(answers: Answers) -> impl IntoView {
    if answers.counts.hidden {
        return ().into_any();
    }
    let Tally { done, partial, not_done, na } = answers.counts.tally;
    let tally = answers.counts.tally;
    let percent = |rate: Option<f64>| match rate {
        Some(_) => format!("{}%", percent(rate)),
        None => "―（責務が生じた回答がありません）".to_string(),
    };
    let rows = [
        (
            "実施率",
            format!("実施 {done} ÷（実施 {done}＋一部実施 {partial}＋未実施 {not_done}）＝ {}", percent(tally.done_rate())),
        ),
        (
            "得点率",
            format!(
                "（実施 {done}＋一部実施 {partial}×{}）÷ {} ＝ {}",
                answers.scoring.partial_text(),
                tally.obliged(),
                percent(tally.score_rate(answers.scoring))
            ),
        ),
        ("該当なし", format!("{na}件は分母に含みません。回答は全部で{}件です。", tally.answered())),
    ];
    view! {
        <dl class="facts section-end">
            {rows.map(|(name, text)| view! { <dt>{name}</dt><dd>{text}</dd> }).collect_view()}
        </dl>
    }
    .into_any()
}

#[component]
fn Tabs(answers: Answers, figure: Figure) -> impl IntoView {
    if answers.counts.hidden {
        return ().into_any();
    }
    let tally = answers.counts.tally;
    let tabs = [
        (None, "すべて", tally.answered()),
        (Some(Value::Done), "実施", tally.done),
        (Some(Value::Partial), "一部実施", tally.partial),
        (Some(Value::NotDone), "未実施", tally.not_done),
        (Some(Value::NotApplicable), "該当なし", tally.na),
    ];
    view! {
        <div class="filter">
            <ul class="tabs" aria-label="回答">
                {tabs
                    .map(|(value, text, count)| {
                        let current = (value == figure.value).then_some("page");
                        let href = link::answers(answers.inspection, Figure { value, page: 0, ..figure });
                        view! { <li><a href=href aria-current=current>{format!("{text} {count}")}</a></li> }
                    })
                    .collect_view()}
            </ul>
        </div>
    }
    .into_any()
}

#[component]
fn List(answers: Answers, figure: Figure) -> impl IntoView {
    let one_question = answers.question.is_some();
    view! {
        <Export table="answers"/>
        <div class="wide">
            <table class="table">
                <caption class="sr">"回答の一覧。所属、氏名の順"</caption>
                <thead>
                    <tr>
                        <th scope="col">"氏名"</th>
                        <th scope="col">"所属"</th>
                        {(!one_question).then(|| view! { <th scope="col">"設問"</th> })}
                        <th scope="col">"回答"</th>
                        <th scope="col">"理由・改善の内容"</th>
                        <th scope="col">"改善予定日"</th>
                    </tr>
                </thead>
                <tbody>
                    {answers.rows.iter().cloned().map(|row| view! { <Row row one_question/> }).collect_view()}
                </tbody>
            </table>
        </div>
        <Pager answers figure/>
        <p class="hint">"個別の回答の閲覧は、記録に残ります。"</p>
    }
}

#[component]
fn Row(row: AnswerRow, one_question: bool) -> impl IntoView {
    let value = row.value.map(|value| format!("{} {}", value.sign(), value.label()));
    let class = if row.words.is_some() { "" } else { "keep" };
    view! {
        <tr>
            <th scope="row"><a href=format!("/responses/{}", row.target)>{row.person}</a>{row.by_proxy.then_some("（代理入力）")}</th>
            <td class="keep">{row.department}</td>
            {(!one_question).then(|| view! { <td>{format!("{} 問{}　{}", row.role, row.no, row.text)}</td> })}
            <td class=class>
                {row.words.map(|words| view! { {words}<br/> })}
                <span class="keep">{value}</span>
            </td>
            <td>
                {row.comment}
                {(!row.evidence.is_empty())
                    .then(|| view! { <span class="answers__proof">{format!("証跡：{}", row.evidence)}</span> })}
                <Links files=row.files link=reader_link/>
            </td>
            <td class="keep">{row.planned_on.map(short_day)}</td>
        </tr>
    }
}

#[component]
fn Pager(answers: Answers, figure: Figure) -> impl IntoView {
    let pages = answers.total.div_ceil(PAGE);
    let at = move |page: u64| link::answers(answers.inspection, Figure { page, ..figure });
    let page = answers.page;
    (pages > 1).then(|| {
        view! {
            <nav class="pager" aria-label="ページ">
                {(page > 1).then(|| view! { <a class="btn btn--s" href=at(page - 1)>"前の50件"</a> })}
                <span>{format!("{page}／{pages}ページ（全{}件）", answers.total)}</span>
                {(page < pages).then(|| view! { <a class="btn btn--s" href=at(page + 1)>"次の50件"</a> })}
            </nav>
        }
    })
}
