//! Results as a workbook, with exactly the values of the screen.

use super::Service;
use super::attachment::{plain, workbook};
use super::gate::Who;
use super::uploads::actor;
use app::error::AppError;
use axum::extract::{Extension, Path, Query, State};
use axum::response::Response;
use documents::results::{FormulaText, QuestionResult, ResultsBook, UnitResult};
use domain::calendar::{day, wareki};
use domain::rate::Scoring;
use serde::Deserialize;
use serde_json::json;
use store::ledger::NewEvent;
use store::ledger::look::export;
use store::results::{Filter, Line, QuestionLine, Results};
use time::OffsetDateTime;
use uuid::Uuid;

/// What the workbook is limited to.
#[derive(Debug, Deserialize)]
pub struct Limits {
    department: Option<Uuid>,
}

/// `/download/results/{inspection}`
pub async fn download(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Path(inspection): Path<Uuid>,
    Query(limits): Query<Limits>,
) -> Response {
    match make(&service, &who, inspection, limits).await {
        Ok((name, bytes)) => workbook(&name, bytes),
        Err(error) => plain(&error),
    }
}

async fn make(
    service: &Service,
    who: &Who,
    inspection: Uuid,
    limits: Limits,
) -> Result<(String, Vec<u8>), AppError> {
    let actor = actor(who)?;
    let filter = Filter { department: limits.department };
    let results = store::results::results(&service.db, &actor, inspection, filter).await?;
    let bytes = documents::results::write(&book(&results, (service.clock)())).map_err(|error| {
        tracing::error!(cause = %error, "writing the results failed");
        AppError::Machine
    })?;
    let told = json!({ "scope": results.scope().name, "form": "xlsx" });
    let event = NewEvent::new("inspection", inspection, "results.exported", told);
    export(&service.db, &(&actor).into(), (service.clock)(), event).await?;
    Ok((format!("{}_結果_{}.xlsx", results.heading.name, results.scope().name), bytes))
}

/// The results as they are written into the workbook. Hidden figures stay 「―」, hidden questions stay out.
pub fn book(results: &Results, now: OffsetDateTime) -> ResultsBook {
    let as_of = match results.heading.closed_at {
        Some(at) => format!("{}確定", wareki(day(at))),
        None => format!("{}現在（実施中の途中の数値）", wareki(day(now))),
    };
    let whole =
        results.chosen.is_none() || results.chosen.as_ref().is_some_and(|line| line.division.is_none());
    let mut divisions: Vec<UnitResult> = results
        .divisions
        .iter()
        .filter(|_| whole)
        .map(|line| UnitResult { department: String::new(), division: line.name.clone(), ..unit(line) })
        .collect();
    divisions
        .push(UnitResult { department: String::new(), division: "全庁".into(), ..unit(&results.city) });
    ResultsBook {
        inspection_name: results.heading.name.clone(),
        as_of,
        divisions,
        departments: results.departments.iter().map(unit).collect(),
        questions: results.questions.iter().map(|line| question(line, results.scoring())).collect(),
        formulas: FormulaText::standard(results.scoring()),
    }
}

/// Counts are never negative; a count beyond the column's range would be a broken database.
fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

fn unit(line: &Line) -> UnitResult {
    UnitResult {
        division: line.division.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
        department: line.name.clone(),
        targets: count(line.coverage.targets),
        responses: count(line.coverage.submitted),
        coverage: line.coverage.rate(),
        topics: line.topics.map(|cell| cell.rate()),
        overall: line.all.rate(),
    }
}

fn question(line: &QuestionLine, scoring: Scoring) -> QuestionResult {
    QuestionResult {
        no: count(line.no.into()),
        text: line.text.clone(),
        role: line.role.clone(),
        done: count(line.tally.done),
        partial: count(line.tally.partial),
        not_done: count(line.tally.not_done),
        not_applicable: count(line.tally.na),
        unanswered: count(line.unanswered()),
        rate: line.tally.done_rate(),
        score: line.tally.score_rate(scoring),
        clause: line.clause.clone(),
        gate: line.gate,
        weight: line.weight,
        told: count(line.told),
        omitted: count(line.omitted),
        distribution: distribution(line),
        change: line.change,
    }
}

/// What stands under a question with another scale on the screen.
fn distribution(line: &QuestionLine) -> String {
    let lines: Vec<&str> = line.summary.iter().chain(&line.standard).map(String::as_str).collect();
    lines.join("\n")
}
