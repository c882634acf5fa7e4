//! Writing a table in the form that was asked for, recording it, and sending it.

use super::listed::{Listed, Portions};
use super::spool::{body, machine, shift_jis, utf8, workbook};
use crate::http::Service;
use crate::http::attachment::{XLSX, attachment};
use crate::http::gate::Who;
use crate::http::issued::page;
use app::context::Ask;
use app::error::AppError;
use app::export::characters_page::{Missing, Unmappable};
use axum::body::Body;
use axum::response::Response;
use documents::table::plain::{head, lines};
use domain::permission::export::{BASE, Export};
use futures_util::StreamExt;
use futures_util::stream::once;
use serde_json::json;
use store::ledger::NewEvent;
use store::ledger::look::export as record;

const CSV: &str = "text/csv; charset=utf-8";
const CSV_SHIFT_JIS: &str = "text/csv; charset=Shift_JIS";

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Xlsx,
    Csv,
    ShiftJis,
}

/// What was asked for.
pub struct Order {
    export: &'static Export,
    form: Form,
    /// Characters that can't be written may be replaced.
    replace: bool,
    /// The address without the form, for the links of the page that asks back.
    address: String,
    /// The page the table stands on.
    page: String,
}

impl Order {
    /// From the address.
    pub fn read(ask: &Ask, export: &'static Export, path: &str, query: &str) -> Order {
        let form = match ask.text("as").as_str() {
            "csv" => Form::Csv,
            "sjis" => Form::ShiftJis,
            _ => Form::Xlsx,
        };
        let asked =
            |part: &&str| !part.is_empty() && !part.starts_with("as=") && !part.starts_with("replace=");
        let asked: String = query.split('&').filter(asked).map(|part| format!("{part}&")).collect();
        let page = path.strip_prefix(BASE).and_then(|path| path.rsplit_once('/'));
        let page = page.map_or("/", |(page, _)| page);
        Order {
            export,
            form,
            replace: !ask.text("replace").is_empty(),
            address: format!("{path}?{asked}"),
            page: format!("{page}?{}", asked.trim_end_matches('&')).trim_end_matches('?').to_string(),
        }
    }

    fn key(&self) -> &'static str {
        match self.form {
            Form::Xlsx => "xlsx",
            Form::Csv => "csv",
            Form::ShiftJis => "csv_shift_jis",
        }
    }

    fn file(&self, of: &str, end: &str) -> String {
        let of = if of.is_empty() { String::new() } else { format!("{of}_") };
        format!("{of}{}.{end}", self.export.title)
    }

    fn event(&self, ask: &Ask, listed: &Listed) -> NewEvent {
        let (noun, id) = listed.stream.unwrap_or(("person", ask.actor.person_id));
        let told = json!({ "title": self.export.title, "form": self.key(), "scope": listed.of });
        NewEvent::new(noun, id, "table.exported", told)
    }
}

/// Writes, records and sends. What cannot be recorded is not sent.
pub async fn send(
    service: &Service,
    who: Who,
    ask: &Ask,
    order: Order,
    listed: Listed,
) -> Result<Response, AppError> {
    let event = (!listed.recorded).then(|| order.event(ask, &listed));
    let note = async {
        match event {
            Some(event) => record(&service.db, &(&ask.actor).into(), ask.now, event).await,
            None => Ok(()),
        }
    };
    let (of, headings, rows, held) = (listed.of, listed.headings, listed.rows, listed.held);
    let folder = &service.settings.data;
    match order.form {
        Form::Csv => {
            let first = head(&headings).map_err(machine)?;
            let content = match held {
                true => body(utf8(first, rows, folder).await?),
                false => streamed(first, rows),
            };
            note.await?;
            Ok(attachment(&order.file(&of, "csv"), CSV, content))
        }
        Form::Xlsx => {
            let title = if of.is_empty() {
                order.export.title.to_string()
            } else {
                format!("{}　{of}", order.export.title)
            };
            let file = workbook(&title, &headings, rows, folder).await?;
            note.await?;
            Ok(attachment(&order.file(&of, "xlsx"), XLSX, body(file)))
        }
        Form::ShiftJis => {
            let (file, written) = shift_jis(&headings, rows, folder).await?;
            if written.count > 0 && !order.replace {
                return Ok(ask_back(service, who, order, written).await);
            }
            note.await?;
            Ok(attachment(&order.file(&of, "csv"), CSV_SHIFT_JIS, body(file)))
        }
    }
}

/// Text portion by portion, as it is read. When reading fails on the way the connection breaks off, so that nobody
/// takes a part for the whole.
fn streamed(first: String, rows: Portions) -> Body {
    let further = rows.map(|portion| {
        let rows = portion.map_err(|error| std::io::Error::other(error.text()))?;
        lines(&rows).map_err(std::io::Error::other)
    });
    Body::from_stream(once(async { Ok(first) }).chain(further))
}

/// The page that lists what Shift_JIS does not hold, and offers the ways on.
async fn ask_back(
    service: &Service,
    who: Who,
    order: Order,
    written: documents::table::shift_jis::ShiftJis,
) -> Response {
    let listed = written.listed.into_iter().map(|one| Unmappable {
        row: one.row,
        column: one.column,
        cell: one.cell,
        character: one.character,
    });
    let missing = Missing {
        title: order.export.title,
        listed: listed.collect(),
        count: written.count,
        utf8: format!("{}as=csv", order.address),
        replaced: format!("{}as=sjis&replace=1", order.address),
        page: order.page,
    };
    page(service, who, "/shift-jis", missing).await
}
