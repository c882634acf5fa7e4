//! Workbooks of departments: brought in many at once, and given back with their unclear cells marked.

use super::Service;
use super::attachment::{attachment, plain, workbook};
use super::gate::Who;
use super::uploads::{Uploaded, actor, allowed, answer, parts};
use crate::jobs;
use app::error::AppError;
use app::intake::list_page::UPLOAD;
use axum::extract::{Extension, Multipart, Path, State};
use axum::response::Response;
use documents::form::legacy::{bundle, read_with};
use documents::form::original::{mark, remarks};
use domain::form::file::last_part;
use domain::permission::Action;
use serde_json::json;
use store::intake::{NewFile, bring, content};
use store::layout::habits;
use store::ledger::NewEvent;
use store::ledger::look::export;
use uuid::Uuid;

/// All files of one upload, in bytes.
pub const LIMIT: usize = 200 * 1024 * 1024;

const TOO_LARGE: &str =
    "ファイルを受け取れませんでした。全体で200MBを超えていないか確かめて、分けて取り込んでください。";

/// Takes files and packages of files, keeps them, and begins to read.
pub async fn upload(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Path(inspection): Path<Uuid>,
    form: Multipart,
) -> Response {
    let result = take(&service, &who, inspection, form).await;
    answer(&service, who, &format!("{UPLOAD}{inspection}"), result).await
}

async fn take(
    service: &Service,
    who: &Who,
    inspection: Uuid,
    form: Multipart,
) -> Result<String, (Uploaded, AppError)> {
    let mut fields = Uploaded::default();
    let result = async {
        let actor = allowed(who, Action::RunInspection)?;
        let files = receive(form, &mut fields).await?;
        let name = match files.as_slice() {
            [(name, _)] => name.clone(),
            many => format!("{}ファイル", many.len()),
        };
        let files = files.iter().flat_map(|(name, bytes)| unpacked(name, bytes));
        let intake = bring(&service.db, &actor, inspection, &name, files, (service.clock)()).await?;
        let service = service.clone();
        tokio::spawn(async move {
            if let Err(error) = jobs::intake::read_waiting(&service).await {
                tracing::error!(%error, "reading workbooks failed");
            }
        });
        Ok(format!("/intakes/{intake}"))
    }
    .await;
    result.map_err(|error| (fields, error))
}

/// The files of the form; its other fields stay in `fields`.
async fn receive(form: Multipart, fields: &mut Uploaded) -> Result<Vec<(String, Vec<u8>)>, AppError> {
    parts(form, fields, TOO_LARGE).await?;
    let files = std::mem::take(&mut fields.others);
    if files.is_empty() {
        return Err(AppError::refused(
            "ファイルが選ばれていないか、中身が空です。点検票のファイルを選んでください。",
        ));
    }
    Ok(files.into_iter().map(|(_, name, bytes)| (name, bytes)).collect())
}

/// A package file by file; anything else as it is.
fn unpacked<'a>(name: &str, bytes: &'a [u8]) -> Box<dyn Iterator<Item = NewFile> + Send + 'a> {
    let refused = |name: &str, text: String| NewFile { name: name.to_string(), content: Err(text) };
    if !bundle::is_bundle(bytes) {
        return Box::new(std::iter::once(NewFile { name: name.to_string(), content: Ok(bytes.to_vec()) }));
    }
    match bundle::open(bytes) {
        Ok(bundle) => Box::new(
            bundle
                .map(|(name, bytes)| NewFile { name, content: bytes.map_err(|unreadable| unreadable.text) }),
        ),
        Err(unreadable) => Box::new(std::iter::once(refused(name, unreadable.text))),
    }
}

/// A file as it came.
pub async fn original(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Path(file): Path<Uuid>,
) -> Response {
    match send(&service, &who, file, "original").await {
        Ok((name, bytes)) => attachment(last_part(&name), "application/octet-stream", bytes),
        Err(error) => plain(&error),
    }
}

/// The file with its unclear cells coloured and a note on each, to be sent back to its department.
pub async fn doubts(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Path(file): Path<Uuid>,
) -> Response {
    let made = async {
        let (name, bytes) = send(&service, &who, file, "doubts").await?;
        let habits = habits(service.db.read()).await?;
        let marked = tokio::task::spawn_blocking(move || {
            let read = read_with(&name, &bytes, &habits)?;
            Ok((name, mark(&bytes, &remarks(&read.forms))?))
        });
        let marked: Result<_, documents::Unreadable> = marked.await.map_err(|_| AppError::Machine)?;
        marked.map_err(|unreadable| AppError::refused(unreadable.text))
    };
    match made.await {
        Ok((name, bytes)) => workbook(&format!("【要確認】{}", last_part(&name)), bytes),
        Err(error) => plain(&error),
    }
}

/// Somebody's answers leave the house: that is an event.
async fn send(
    service: &Service,
    who: &Who,
    file: Uuid,
    form: &'static str,
) -> Result<(String, Vec<u8>), AppError> {
    let actor = actor(who)?;
    let (intake, name, bytes) = content(&service.db, &actor, file).await?;
    let event = NewEvent::new("intake", intake, "intake.exported", json!({ "file": name, "form": form }));
    export(&service.db, &(&actor).into(), (service.clock)(), event).await?;
    Ok((name, bytes))
}
