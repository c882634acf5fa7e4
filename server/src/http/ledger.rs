//! The record as a file: the same search as the page, as a workbook or as text for other programs.

use super::Service;
use super::gate::Who;
use super::roster::workbook;
use super::uploads::actor;
use app::error::AppError;
use app::ledger::text;
use axum::extract::{Extension, Query, State};
use axum::response::{IntoResponse, Response};
use documents::table::{Cell, csv, write};
use domain::calendar::in_japan;
use http::{StatusCode, header};
use std::collections::BTreeMap;
use store::ledger::search::{Entry, Search, export};

const HEADINGS: [&str; 9] =
    ["日時", "氏名", "接続元", "操作", "対象", "対象の名称", "号", "内容（原文）", "照合値"];

/// The fields of the search.
type Fields = Query<BTreeMap<String, String>>;

/// What is asked for.
#[derive(Clone, Copy)]
enum Form {
    Xlsx,
    Csv,
}

/// The search as a workbook.
pub async fn xlsx(service: State<Service>, who: Extension<Who>, fields: Fields) -> Response {
    answer(service.0, who.0, fields.0, Form::Xlsx, false).await
}

/// The search as text with commas.
pub async fn comma(service: State<Service>, who: Extension<Who>, fields: Fields) -> Response {
    answer(service.0, who.0, fields.0, Form::Csv, false).await
}

/// The own acts as a workbook.
pub async fn own_xlsx(service: State<Service>, who: Extension<Who>, fields: Fields) -> Response {
    answer(service.0, who.0, fields.0, Form::Xlsx, true).await
}

/// The own acts as text with commas.
pub async fn own_comma(service: State<Service>, who: Extension<Who>, fields: Fields) -> Response {
    answer(service.0, who.0, fields.0, Form::Csv, true).await
}

async fn answer(
    service: Service,
    who: Who,
    fields: BTreeMap<String, String>,
    form: Form,
    own: bool,
) -> Response {
    match make(&service, &who, &fields, form, own).await {
        Ok(bytes) => match form {
            Form::Xlsx => workbook("記録.xlsx", bytes),
            Form::Csv => {
                let name: String = form_urlencoded::byte_serialize("記録.csv".as_bytes()).collect();
                let disposition = format!("attachment; filename*=UTF-8''{name}");
                let kind = "text/csv; charset=utf-8".to_string();
                ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], bytes)
                    .into_response()
            }
        },
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, error.text()).into_response()
        }
    }
}

async fn make(
    service: &Service,
    who: &Who,
    fields: &BTreeMap<String, String>,
    form: Form,
    own: bool,
) -> Result<Vec<u8>, AppError> {
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let search = Search::from_fields(own, field)?;
    let entries = export(&service.db, &actor(who)?, &search, (service.clock)()).await?;
    let rows: Vec<Vec<Cell>> = entries.into_iter().map(row).collect();
    match form {
        Form::Csv => Ok(csv(&HEADINGS, &rows)),
        Form::Xlsx => write("記録", &HEADINGS, &rows).map_err(|error| {
            tracing::error!(%error, "writing the record failed");
            AppError::Machine
        }),
    }
}

fn row(entry: Entry) -> Vec<Cell> {
    let at = in_japan(entry.at);
    let (date, time) = (domain::calendar::iso(at.date()), at.time());
    let time = format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second());
    let (noun, _) = text::about(&entry.stream);
    vec![
        format!("{date} {time}").into(),
        entry.actor_name.into(),
        entry.address.into(),
        text::kind(&entry.kind).into(),
        noun.into(),
        entry.subject.into(),
        Cell::Number(entry.seq as f64),
        entry.payload.unwrap_or_else(|| "（この権限では表示しません）".to_string()).into(),
        entry.hash.into(),
    ]
}
