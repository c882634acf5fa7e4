//! The department's own workbook: in to be recognised, and out again with the answers in it.

use super::Service;
use super::attachment::{attachment, plain};
use super::gate::Who;
use super::pages::render_again;
use super::uploads::{self, Uploaded, actor, allowed, answer};
use app::context::Returned;
use app::error::AppError;
use app::form::original_page::{FROM_INTAKE, UPLOAD, choices};
use axum::extract::{Extension, Form, Multipart, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use documents::form::legacy::{FilledForm, FilledItem, Head, Origin, Read, Rule, read_form};
use documents::form::original::{Entry, fill, may_fill};
use domain::calendar::iso;
use domain::form::file::last_part;
use domain::form::head::{Field, Stands};
use domain::permission::Action;
use store::form::original::{Cell, NewOriginal, ReadForm, ReadRow, filling, keep, settled};
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
    let actor = allowed(who, Action::SeeAnswers).map_err(|error| (Uploaded::default(), error))?;
    let uploaded = uploads::receive(form).await?;
    let kept = async {
        let (name, bytes) = (last_part(&uploaded.name).to_string(), uploaded.bytes.clone());
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
    let name = last_part(&name).to_string();
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
    let head = stands(&form.head);
    let text = |read: Option<Read<String>>| read.map(|read| read.value).unwrap_or_default();
    ReadForm {
        sheet: form.sheet.unwrap_or_default(),
        department: text(form.head.department),
        person: text(form.head.respondent),
        staff_no: text(form.head.staff_no),
        system: text(form.head.system),
        head,
        remark: form.remark.map(remark),
        wording: form.wording,
        rows: form.items.into_iter().map(row).collect(),
        owner: None,
    }
}

/// The fields of the head that stand in cells; what a title or the name of the file says does not.
fn stands(head: &Head) -> Vec<Stands> {
    let texts = [
        (Field::Department, &head.department),
        (Field::Position, &head.position),
        (Field::Person, &head.respondent),
        (Field::StaffNo, &head.staff_no),
    ];
    let texts = texts.into_iter().filter_map(|(field, read)| {
        let read = read.as_ref()?;
        Some(stand(field, &read.origin, read.value.clone()))
    });
    let day = head.date.as_ref().map(|read| stand(Field::Day, &read.origin, iso(read.value)));
    texts.chain(day).filter(|stand| !stand.cell.is_empty()).collect()
}

fn stand(field: Field, origin: &Origin, value: String) -> Stands {
    let several = match origin.rule {
        Rule::LabelOfSeveral => true,
        // A year that is not written may stand in the cell beside.
        Rule::AssumedYear => origin.raw.contains(' '),
        Rule::Title | Rule::SheetName | Rule::FileName => true,
        _ => false,
    };
    Stands { field, cell: origin.cell.clone(), value, raw: origin.raw.clone(), several }
}

/// A remark whose cell also holds its label can't be emptied.
fn remark(read: Read<String>) -> (String, String) {
    let alone = read.origin.rule == Rule::Label && read.origin.raw.trim() == read.value.trim();
    (if alone { read.origin.cell } else { String::new() }, read.value)
}

fn row(item: FilledItem) -> ReadRow {
    ReadRow {
        places: item.places(),
        fixed: item.formula || matches!(item.origin.rule, Rule::Drawn | Rule::Diagonal),
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
    let entry = |cell: Cell| Entry { sheet: cell.sheet, cell: cell.cell, text: cell.text, day: cell.day };
    let entries: Vec<Entry> = cells.into_iter().map(entry).collect();
    let filled = tokio::task::spawn_blocking(move || fill(&content, &entries));
    let filled = filled.await.map_err(|_| AppError::Machine)?;
    Ok((name, filled.map_err(|unreadable| AppError::refused(unreadable.text))?))
}
