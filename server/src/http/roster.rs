//! Rosters in, and the empty one to fill in.

use super::Service;
use super::attachment::{plain, workbook};
use super::gate::Who;
use super::uploads::{Uploaded, actor, answer, receive};
use app::error::AppError;
use app::roster::columns_page::PUT_RIGHT;
use app::roster::upload_page::UPLOAD;
use axum::extract::{Extension, Form, Multipart, Path, Query, State};
use axum::response::{IntoResponse, Response};
use documents::roster::{Opened, Reading};
use domain::actor::Actor;
use domain::calendar::{day, day_field};
use domain::permission::{Action, allows};
use domain::roster::check::Expected;
use domain::roster::layout::{Field, Layout, Mapping};
use http::StatusCode;
use serde::Deserialize;
use store::roster::Upload;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Reads an uploaded roster and goes to its preview.
pub async fn upload(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    form: Multipart,
) -> Response {
    let result = take(&service, &who, form).await;
    answer(&service, who, UPLOAD, result).await
}

async fn take(service: &Service, who: &Who, form: Multipart) -> Result<String, (Uploaded, AppError)> {
    let actor = actor(who).map_err(|error| (Uploaded::default(), error))?;
    // Before the file is looked at: reading it is work.
    if !allows(&actor, Action::ManageRoster) {
        return Err((Uploaded::default(), AppError::Forbidden));
    }
    let mut uploaded = receive(form).await?;
    let now = (service.clock)();
    let as_of = match uploaded.field("as_of").filter(|text| !text.is_empty()) {
        Some(text) => match day_field("as_of", text) {
            Ok(day) => day,
            Err(refusal) => return Err((uploaded, AppError::Refused(refusal))),
        },
        None => day(now),
    };
    let organisations = uploaded.others.pop();
    let file = File {
        name: uploaded.name.clone(),
        bytes: std::mem::take(&mut uploaded.bytes),
        organisations: organisations.map(|(_, name, bytes)| (name, bytes)),
        as_of,
    };
    let columns = uploaded.field("show_columns").is_some();
    match keep(service, &actor, file, now).await {
        Ok((id, uncertain)) if columns || uncertain => Ok(format!("/roster/imports/{id}/columns")),
        Ok((id, _)) => Ok(format!("/roster/imports/{id}")),
        Err(error) => Err((uploaded, error)),
    }
}

/// A roster to be read.
struct File {
    name: String,
    bytes: Vec<u8>,
    organisations: Option<(String, Vec<u8>)>,
    as_of: Date,
}

/// Reads a roster, with the columns remembered for its headings, and keeps it. Gives its key and whether its
/// columns are uncertain.
async fn keep(
    service: &Service,
    actor: &Actor,
    file: File,
    now: OffsetDateTime,
) -> Result<(Uuid, bool), AppError> {
    let (file, opened, layout) = blocking(move || {
        let opened = Opened::open(&file.name, &file.bytes)?;
        let layout = opened.layout(None)?;
        Ok((file, opened, layout))
    })
    .await?;
    let known = store::roster::remembered(&service.db, &layout.headings()).await?;
    let (file, reading) = blocking(move || {
        let reading = read(&opened, &file, known.as_ref());
        match reading {
            Ok(reading) => Ok((file, reading)),
            // Mandatory columns are missing: the officer may say where they are.
            Err(_) if layout.uncertain() => Ok((file, empty(layout))),
            Err(unreadable) => Err(unreadable),
        }
    })
    .await?;
    let layout = reading.layout.clone();
    let uncertain = layout.uncertain();
    let upload = Upload {
        file_name: file.name,
        roster: reading.roster(),
        layout,
        content: Some(file.bytes),
        organisations: file.organisations.map(|(name, bytes)| with_name(&name, bytes)),
        as_of: Some(file.as_of),
    };
    Ok((store::roster::import(&service.db, actor, upload, now).await?, uncertain))
}

/// Work that takes long does not hold up the others.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, documents::Unreadable> + Send + 'static,
) -> Result<T, AppError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(unreadable)) => Err(AppError::refused(unreadable.text)),
        Err(_) => Err(AppError::refused(
            "ファイルを読み取れませんでした。Excelで開いて保存し直し、もう一度選んでください。",
        )),
    }
}

fn read(opened: &Opened, file: &File, mapping: Option<&Mapping>) -> Result<Reading, documents::Unreadable> {
    let organisations = match &file.organisations {
        Some((name, bytes)) => documents::roster::organisations(name, bytes)?,
        None => Vec::new(),
    };
    let expected = Expected { as_of: Some(file.as_of), organisations, ..Expected::default() };
    opened.read(&expected, mapping)
}

fn empty(layout: Layout) -> Reading {
    Reading { lines: Vec::new(), remarks: Vec::new(), layout }
}

/// The name of a file before its content, so that both are kept in one place.
fn with_name(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    [name.replace('\n', " ").as_bytes(), b"\n", &bytes].concat()
}

fn without_name(kept: &[u8]) -> Option<(String, Vec<u8>)> {
    let at = kept.iter().position(|byte| *byte == b'\n')?;
    Some((String::from_utf8_lossy(&kept[..at]).into_owned(), kept[at + 1..].to_vec()))
}

/// Reads a kept roster again with the columns the officer chose.
pub async fn put_columns_right(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let result = read_again(&service, &who, &fields).await;
    let result = result.map_err(|error| (Uploaded { fields, ..Uploaded::default() }, error));
    answer(&service, who, PUT_RIGHT, result).await
}

async fn read_again(service: &Service, who: &Who, fields: &[(String, String)]) -> Result<String, AppError> {
    let actor = actor(who)?;
    let import = fields.iter().find(|(name, _)| name == "import").and_then(|(_, id)| id.parse().ok());
    let import: Uuid = import.ok_or(AppError::NotFound)?;
    let kept = store::roster::content(&service.db, &actor, import).await?;
    let mapping = mapping(fields)?;
    let now = (service.clock)();
    let file = File {
        name: kept.file_name,
        bytes: kept.bytes,
        organisations: kept.organisations.as_deref().and_then(without_name),
        as_of: kept.as_of.unwrap_or_else(|| day(now)),
    };
    let reading = blocking(move || {
        let opened = Opened::open(&file.name, &file.bytes)?;
        read(&opened, &file, Some(&mapping))
    })
    .await?;
    let layout = reading.layout.clone();
    store::roster::take_columns(&service.db, &actor, import, reading.roster(), layout, now).await?;
    Ok(format!("/roster/imports/{import}"))
}

/// The columns of the form: `c3=Name`. Each field stands in one column, and the mandatory ones in some.
fn mapping(fields: &[(String, String)]) -> Result<Mapping, AppError> {
    let mut mapping = Mapping::new();
    for (name, key) in fields {
        let (Some(Ok(column)), Some(field)) = (name.strip_prefix('c').map(str::parse), Field::from_key(key))
        else {
            continue;
        };
        if mapping.insert(field, column).is_some() {
            let text = format!("「{}」を2つの列に割り当てています。1つにしてください。", field.label());
            return Err(AppError::refused(text));
        }
    }
    let has = |field| mapping.contains_key(&field);
    let complete = has(Field::StaffNo)
        && (has(Field::Name) || (has(Field::FamilyName) && has(Field::GivenName)))
        && (has(Field::Department) || has(Field::Division) || has(Field::Code));
    if complete {
        return Ok(mapping);
    }
    Err(AppError::refused("所属、職員番号及び氏名の列を選んでください。この3つがないと取り込めません。"))
}

/// How the preview was shown whose difference is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Not empty: departments of the same code under another name are new ones.
    #[serde(default)]
    apart: String,
}

/// The difference as a workbook: every change and every problem, as the screen shows them.
pub async fn difference(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Path(import): Path<Uuid>,
    Query(asked): Query<Asked>,
) -> Response {
    match write_difference(&service, &who, import, asked.apart.is_empty()).await {
        Ok(bytes) => workbook("名簿の差分.xlsx", bytes),
        Err(error) => plain(&error),
    }
}

async fn write_difference(
    service: &Service,
    who: &Who,
    import: Uuid,
    follow_codes: bool,
) -> Result<Vec<u8>, AppError> {
    let actor = actor(who)?;
    let today = day((service.clock)());
    let preview = store::roster::preview(&service.db, &actor, import, follow_codes, today).await?;
    documents::roster::write_difference(&preview.difference, &preview.roster.problems).map_err(|error| {
        tracing::error!(%error, "writing the difference failed");
        AppError::Machine
    })
}

/// An empty roster.
pub async fn template() -> Response {
    match documents::roster::template() {
        Ok(bytes) => workbook("名簿ひな形.xlsx", bytes),
        Err(error) => {
            tracing::error!(%error, "writing the template failed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
