//! The board as a workbook: the same values as the screen.

use super::Service;
use super::attachment::workbook;
use super::gate::Who;
use super::uploads::actor;
use app::error::AppError;
use axum::extract::{Extension, Path, State};
use axum::response::{IntoResponse, Response};
use documents::table::{Cell, write};
use domain::calendar::{iso, wareki_time};
use domain::rate::Coverage;
use http::StatusCode;
use serde_json::json;
use store::inspection::board::{Board, Line};
use store::ledger::NewEvent;
use store::ledger::look::export;
use uuid::Uuid;

const HEADINGS: [&str; 12] = [
    "部",
    "所属",
    "対象",
    "回答済",
    "把握率",
    "未回答",
    "未回答（人）",
    "差戻し中",
    "所属長確認",
    "確認者",
    "回答期限",
    "前回の督促",
];

/// The table of the board.
pub async fn download(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Path(inspection): Path<Uuid>,
) -> Response {
    match make(&service, &who, inspection).await {
        Ok((name, bytes)) => workbook(&name, bytes),
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, error.text()).into_response()
        }
    }
}

async fn make(service: &Service, who: &Who, id: Uuid) -> Result<(String, Vec<u8>), AppError> {
    let (actor, now) = (actor(who)?, (service.clock)());
    let board = store::inspection::board(&service.db, &actor, id, now).await?;
    let name = board.inspection.name.clone();
    let bytes = write(&format!("{name}　進行状況"), &HEADINGS, &rows(&board)).map_err(|error| {
        tracing::error!(%error, "writing the board failed");
        AppError::Machine
    })?;
    let event = NewEvent::new("inspection", id, "board.exported", json!({ "form": "xlsx" }));
    export(&service.db, &(&actor).into(), now, event).await?;
    Ok((format!("{name}_進行状況.xlsx"), bytes))
}

fn rows(board: &Board) -> Vec<Vec<Cell>> {
    board
        .divisions
        .iter()
        .flat_map(|division| division.lines.iter().map(|line| row(&division.name, line)))
        .collect()
}

fn row(division: &str, line: &Line) -> Vec<Cell> {
    let Coverage { targets, submitted } = line.coverage;
    let number = |number: i64| Cell::Number(number as f64);
    let (confirmed, by) = match &line.confirmed {
        Some((at, name)) => (wareki_time(*at), name.clone()),
        None => Default::default(),
    };
    vec![
        division.into(),
        line.name.as_str().into(),
        number(targets),
        number(submitted),
        Cell::Rate(line.coverage.rate()),
        number(line.coverage.missing()),
        number(i64::try_from(line.missing_people).unwrap_or(i64::MAX)),
        number(line.returned),
        confirmed.into(),
        by.into(),
        iso(line.due_on).into(),
        line.reminded_at.map(wareki_time).unwrap_or_default().into(),
    ]
}
