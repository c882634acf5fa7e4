//! The department's own workbook: in to be recognised, and out again with the answers in it.

use super::Service;
use super::attachment::{attachment, plain};
use super::gate::Who;
use super::pages::render_again;
use super::uploads::{self, Uploaded, actor, answer};
use app::context::Returned;
use app::error::AppError;
use app::form::original_page::{FROM_INTAKE, UPLOAD, choices};
use axum::extract::{Extension, Form, Multipart, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use documents::form::legacy::{FilledForm, FilledItem, Read, read_form};
use documents::form::original::{Entry, fill, may_fill};
use domain::permission::{Action, allows};
use store::form::original::{NewOriginal, ReadForm, ReadRow, filling, keep, settled};
use uuid::Uuid;

const OURS: &str = "この点検票は、このシステムが出力したものです。「点検票のExcel」から、回答入りの点検票を受け取ってください。";

/// Takes a workbook and shows what would be written into it.
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
    let allowed = actor(who).and_then(|actor| match allows(&actor, Action::SeeAnswers) {
        true => Ok(actor),
        false => Err(AppError::Forbidden),
    });
    // Before anything is received.
    let actor = allowed.map_err(|error| (Uploaded::default(), error))?;
    let uploaded = uploads::receive(form).await?;
    let kept = async {
        let (name, bytes) = (file_name(&uploaded.name), uploaded.bytes.clone());
        let forms = recognised(name.clone(), bytes.clone()).await?;
        let new = NewOriginal { name, content: bytes, forms };
        Ok(keep(&service.db, &actor, inspection, new, (service.clock)()).await?)
    };
    match kept.await {
        Ok(id) => Ok(format!("/originals/{id}")),
        Err(error) => Err((uploaded, error)),
    }
}

/// A file that was brought in already, with what was settled for it.
pub async fn from_intake(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    match copied(&service, &who, &fields).await {
        Ok(id) => Redirect::to(&format!("/originals/{id}")).into_response(),
        Err(error) => {
            let action = FROM_INTAKE.to_string();
            render_again(&service, who, Returned { action, fields, error }).await
        }
    }
}

async fn copied(service: &Service, who: &Who, fields: &[(String, String)]) -> Result<Uuid, AppError> {
    let actor = actor(who)?;
    let file = super::issued::field(fields, "file").parse().map_err(|_| AppError::NotFound)?;
    let (_, name, content) = store::intake::content(&service.db, &actor, file).await?;
    let name = file_name(&name);
    let mut forms = recognised(name.clone(), content.clone()).await?;
    let inspection = settled(&service.db, &actor, file, &mut forms).await?;
    let new = NewOriginal { name, content, forms };
    Ok(keep(&service.db, &actor, inspection, new, (service.clock)()).await?)
}

/// Reading a workbook takes a while; the other requests go on meanwhile.
async fn recognised(name: String, bytes: Vec<u8>) -> Result<Vec<ReadForm>, AppError> {
    let read = tokio::task::spawn_blocking(move || {
        may_fill(&name, &bytes)?;
        read_form(&name, &bytes)
    });
    let file = read.await.map_err(|_| AppError::Machine)?;
    let file = file.map_err(|unreadable| AppError::refused(unreadable.text))?;
    if file.forms.iter().any(|form| form.target_key.is_some()) {
        return Err(AppError::refused(OURS));
    }
    Ok(file.forms.into_iter().map(form).collect())
}

fn form(form: FilledForm) -> ReadForm {
    let text = |read: Option<Read<String>>| read.map(|read| read.value).unwrap_or_default();
    ReadForm {
        sheet: form.sheet.unwrap_or_default(),
        department: text(form.head.department),
        person: text(form.head.respondent),
        staff_no: text(form.head.staff_no),
        system: text(form.head.system),
        wording: form.wording,
        rows: form.items.into_iter().map(row).collect(),
        owner: None,
    }
}

fn row(item: FilledItem) -> ReadRow {
    ReadRow {
        places: item.places(),
        no: item.no.unwrap_or_default(),
        question: item.question,
        raw: item.raw_answer.unwrap_or_default(),
        comment: item.comment.unwrap_or_default(),
        comment_cell: item.comment_cell,
        item: None,
    }
}

/// The workbook as it came, with the answers in it.
pub async fn download(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Path(id): Path<Uuid>,
    Query(fields): Query<Vec<(String, String)>>,
) -> Response {
    match filled(&service, &who, id, &fields).await {
        Ok((name, bytes)) => attachment(&name, "application/octet-stream", bytes),
        Err(error) => plain(&error),
    }
}

async fn filled(
    service: &Service,
    who: &Who,
    id: Uuid,
    fields: &[(String, String)],
) -> Result<(String, Vec<u8>), AppError> {
    let actor = actor(who)?;
    let choices = choices(fields.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    let (name, content, cells) = filling(&service.db, &actor, id, &choices, (service.clock)()).await?;
    let entry =
        |cell: store::form::original::Cell| Entry { sheet: cell.sheet, cell: cell.cell, text: cell.text };
    let entries: Vec<Entry> = cells.into_iter().map(entry).collect();
    let filled = tokio::task::spawn_blocking(move || fill(&content, &entries));
    let filled = filled.await.map_err(|_| AppError::Machine)?;
    Ok((name, filled.map_err(|unreadable| AppError::refused(unreadable.text))?))
}

/// The last part of a name; some browsers send the folder with it.
fn file_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or(name).to_string()
}
