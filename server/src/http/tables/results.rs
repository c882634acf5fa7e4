//! The figures of an inspection.

use super::{Asked, Listed, Made};
use app::error::AppError;
use app::results::heat::arranged;
use app::results::link::View;
use app::results::page::heat_lines;
use documents::table::{Cell, Columns};
use domain::answer::Value;
use domain::rate::{Scoring, Tally};
use domain::topic::Topic;
use store::results::{Filter, Line, QuestionLine, Results, results};

async fn load(asked: &Asked) -> Result<Results, AppError> {
    let filter = Filter { department: asked.optional_id("department") };
    Ok(results(&asked.db, &asked.actor, asked.id("inspection")?, filter).await?)
}

fn named(listed: impl Into<Listed>, results: &Results) -> Listed {
    let of = format!("{}_{}", results.heading.name, results.scope().name);
    listed.into().of(of).about("inspection", results.heading.inspection)
}

fn count(tally: Tally, value: Value) -> i64 {
    match value {
        Value::Done => tally.done,
        Value::Partial => tally.partial,
        Value::NotDone => tally.not_done,
        Value::NotApplicable => tally.na,
    }
}

/// 部別: counts and rates, the city last.
pub async fn divisions(asked: Asked) -> Made {
    let results = load(&asked).await?;
    let scoring = results.scoring();
    let columns = Columns::<Line>::new()
        .with("部", |line| line.name.clone())
        .with("対象", |line| line.coverage.targets)
        .with("提出", |line| line.coverage.submitted)
        .rate("把握率", |line| line.coverage.rate());
    let columns = Value::ALL.into_iter().fold(columns, |columns, value| {
        columns.with(value.label(), move |line| (!line.all.hidden).then(|| count(line.all.tally, value)))
    });
    let columns = columns
        .rate("実施率", |line| line.all.rate())
        .rate("得点率", move |line| line.all.tally.score_rate(scoring))
        .decimal("前年度比（ポイント）", |line| line.change);
    let lines = results.divisions.iter().chain([&results.city]);
    Ok(named(columns.table(lines), &results))
}

/// The heat map of the view that is shown, with the counts behind its rates.
pub async fn rates(asked: Asked) -> Made {
    let results = load(&asked).await?;
    let (lines, grouped) = heat_lines(&results, View::from_key(&asked.text("view")));
    let (body, foot) = arranged(&results, lines, grouped);
    let lines: Vec<Line> = body.into_iter().map(|(line, _)| line).chain(foot).collect();
    let columns = Columns::<Line>::new()
        .with("部", |line| line.division.as_ref().map(|(_, name)| name.clone()))
        .with("所属", |line| line.name.clone())
        .with("対象", |line| line.coverage.targets)
        .with("提出", |line| line.coverage.submitted)
        .rate("把握率", |line| line.coverage.rate());
    let columns = Topic::ALL.into_iter().zip(0usize..).fold(columns, |columns, (topic, at)| {
        columns.rate(topic.label(), move |line| line.topics.get(at).and_then(|cell| cell.rate()))
    });
    let columns = columns
        .rate("全分野", |line| line.all.rate())
        .decimal("前年度比（ポイント）", |line| line.change);
    Ok(named(columns.table(&lines), &results))
}

fn of_questions(scoring: Scoring) -> Columns<QuestionLine> {
    let columns = Columns::<QuestionLine>::new()
        .with("点検票", |line| line.role.clone())
        .with("問", |line| line.no)
        .with("設問", |line| line.text.clone())
        .with("必須", |line| if line.gate { "必須" } else { "" })
        .with("根拠", |line| line.clause.clone());
    let columns = Value::ALL
        .into_iter()
        .fold(columns, |columns, value| columns.with(value.label(), move |line| count(line.tally, value)));
    columns
        .with("未回答", QuestionLine::unanswered)
        .with("把握のための回答", |line| line.told)
        .with("対象外", |line| line.omitted)
        .rate("実施率", |line| line.tally.done_rate())
        .rate("得点率", move |line| line.tally.score_rate(scoring))
        .with("前年度比（ポイント）", change)
        .with("回答の分布", |line| line.summary.join("\n"))
}

/// Why there is no comparison is said instead of it.
fn change(line: &QuestionLine) -> Cell {
    match (line.change, line.kind.as_str()) {
        (None, "new") => "―（新規）".into(),
        (None, "changed") => "―（変更）".into(),
        (points, _) => Cell::Decimal(points),
    }
}

/// Every question.
pub async fn questions(asked: Asked) -> Made {
    let results = load(&asked).await?;
    Ok(named(of_questions(results.scoring()).table(&results.questions), &results))
}

/// Those with the lowest 実施率.
pub async fn worst(asked: Asked) -> Made {
    let results = load(&asked).await?;
    Ok(named(of_questions(results.scoring()).table(results.worst()), &results))
}

/// Gates that somebody did not keep.
pub async fn gates(asked: Asked) -> Made {
    let results = load(&asked).await?;
    Ok(named(of_questions(results.scoring()).table(results.broken_gates()), &results))
}
