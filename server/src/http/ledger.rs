//! The record as a file: the same search as the page, as a workbook or as text for other programs.

use super::Service;
use super::attachment::{attachment, plain, workbook};
use super::gate::Who;
use super::uploads::actor;
use app::error::AppError;
use app::ledger::text;
use axum::body::Body;
use axum::extract::{Extension, Query, State};
use axum::response::Response;
use documents::table::{Cell, csv_head, csv_lines, write};
use domain::calendar::in_japan;
use futures_util::StreamExt;
use futures_util::stream::{once, try_unfold};
use std::collections::BTreeMap;
use store::StoreError;
use store::ledger::search::{EXPORT, Entry, Export, Search, begin_export};

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
        Ok(response) => response,
        Err(error) => plain(&error),
    }
}

async fn make(
    service: &Service,
    who: &Who,
    fields: &BTreeMap<String, String>,
    form: Form,
    own: bool,
) -> Result<Response, AppError> {
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let search = Search::from_fields(own, field)?;
    let most = matches!(form, Form::Xlsx).then_some(EXPORT);
    let export = begin_export(&service.db, &actor(who)?, &search, most, (service.clock)()).await?;
    match form {
        Form::Csv => Ok(streamed(export)),
        Form::Xlsx => {
            let rows: Vec<Vec<Cell>> = export.all().await?.into_iter().map(row).collect();
            let bytes = write("記録", &HEADINGS, &rows).map_err(|error| {
                tracing::error!(%error, "writing the record failed");
                AppError::Machine
            })?;
            Ok(workbook("記録.xlsx", bytes))
        }
    }
}

/// Text portion by portion, as it is read. When reading fails on the way the connection breaks off, so that nobody
/// takes half a record for the whole.
fn streamed(export: Export) -> Response {
    let lines = try_unfold(export, |mut export| async move {
        let entries =
            export.next().await.inspect_err(|error| tracing::error!(%error, "exporting the record"))?;
        let rows: Vec<Vec<Cell>> = entries.into_iter().map(row).collect();
        Ok::<_, StoreError>((!rows.is_empty()).then(|| (csv_lines(&rows), export)))
    });
    let body = once(async { Ok(csv_head(&HEADINGS)) }).chain(lines);
    attachment("記録.csv", "text/csv; charset=utf-8", Body::from_stream(body))
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
