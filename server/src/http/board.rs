//! The board as a workbook: the rows, order and values of the screen it was asked from.

use super::Service;
use super::attachment::{plain, workbook};
use super::gate::Who;
use super::uploads::actor;
use app::error::AppError;
use app::inspection::board_text::{asked_words, confirmation_word, confirmed_by, overdue};
use axum::extract::{Extension, Path, Query, State};
use axum::response::Response;
use documents::table::{Cell, write};
use domain::calendar::{iso, short_time};
use domain::inspection::board::Asked;
use domain::rate::Coverage;
use serde_json::json;
use store::inspection::board::{Division, Line, Row};
use store::ledger::NewEvent;
use store::ledger::look::export;
use uuid::Uuid;

const HEADINGS: [&str; 13] = [
    "部",
    "所属",
    "対象",
    "提出済",
    "把握率",
    "未提出",
    "未提出（人）",
    "うち差戻し",
    "所属長確認",
    "確認の日時・確認者",
    "期限",
    "期限超過",
    "前回の督促",
];

/// What the address asks, as on the screen.
#[derive(serde::Deserialize)]
pub struct Parameters {
    #[serde(default)]
    show: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    division: String,
    #[serde(default)]
    turn: String,
}

/// The table of the board.
pub async fn download(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Path(inspection): Path<Uuid>,
    Query(parameters): Query<Parameters>,
) -> Response {
    let asked = Asked::read(&parameters.show, &parameters.sort, &parameters.division, &parameters.turn);
    match make(&service, &who, inspection, &asked).await {
        Ok((name, bytes)) => workbook(&name, bytes),
        Err(error) => plain(&error),
    }
}

async fn make(service: &Service, who: &Who, id: Uuid, asked: &Asked) -> Result<(String, Vec<u8>), AppError> {
    let (actor, now) = (actor(who)?, (service.clock)());
    let board = store::inspection::board(&service.db, &actor, id, now).await?;
    let name = board.inspection.name.clone();
    let words = asked_words(&board, asked);
    let title =
        if words.is_empty() { "進行状況".to_string() } else { format!("進行状況（{words}）") };
    let rows: Vec<Vec<Cell>> = board.rows(asked).into_iter().map(cells).collect();
    let bytes = write(&format!("{title}　{name}"), &HEADINGS, &rows).map_err(|error| {
        tracing::error!(%error, "writing the board failed");
        AppError::Machine
    })?;
    let event = NewEvent::new("inspection", id, "board.exported", json!({ "form": "xlsx" }));
    export(&service.db, &(&actor).into(), now, event).await?;
    Ok((format!("{name}_進行状況.xlsx"), bytes))
}

fn cells(row: Row<'_>) -> Vec<Cell> {
    match row {
        Row::Division(division) => sum(division),
        Row::Department(division, line) => one(&division.name, line),
    }
}

fn number(number: i64) -> Cell {
    Cell::Number(number as f64)
}

fn figures(coverage: Coverage) -> [Cell; 4] {
    let Coverage { targets, submitted } = coverage;
    [number(targets), number(submitted), Cell::Rate(coverage.rate()), number(coverage.missing())]
}

/// A 部 with its sums, as it stands on the screen above its departments.
fn sum(division: &Division) -> Vec<Cell> {
    let overdue =
        if division.overdue > 0 { format!("{}所属が超過", division.overdue) } else { String::new() };
    let mut cells = vec![division.name.as_str().into(), Cell::Text("（部の計）".into())];
    cells.extend(figures(division.coverage));
    cells.extend([
        Cell::Blank,
        number(division.returned),
        format!("{}／{}所属", division.confirmed, division.departments).into(),
        Cell::Blank,
        Cell::Blank,
        overdue.into(),
        Cell::Blank,
    ]);
    cells
}

fn one(division: &str, line: &Line) -> Vec<Cell> {
    let mut cells = vec![division.into(), line.name.as_str().into()];
    cells.extend(figures(line.coverage));
    cells.extend([
        number(i64::try_from(line.missing_people).unwrap_or(i64::MAX)),
        number(line.returned),
        confirmation_word(line).into(),
        confirmed_by(line).unwrap_or_default().into(),
        iso(line.due_on).into(),
        overdue(line).unwrap_or_default().into(),
        line.reminded_at.map(short_time).unwrap_or_default().into(),
    ]);
    cells
}
