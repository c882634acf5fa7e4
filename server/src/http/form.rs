//! A sheet as a workbook: out to its owner, and in again with the answers.

use super::Service;
use super::gate::Who;
use super::pages::render_again;
use super::uploads::{self, Uploaded};
use app::context::Returned;
use app::error::AppError;
use axum::extract::{Extension, Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use documents::form::{self, FormAnswer, FormItem, FormReading, FormSheet, ReadAnswer};
use domain::answer::{Raw, Written};
use domain::calendar::{day, wareki};
use domain::question::setting::Shown;
use http::{StatusCode, header};
use serde_json::json;
use std::collections::BTreeMap;
use store::ledger::NewEvent;
use store::ledger::look::export;
use store::response::{self, Draft, Item, Sheet, Source};
use store::sheet::EditionItemView;
use uuid::Uuid;

/// The owner's sheet as a workbook with drop-downs, filled with the answers so far.
pub async fn download(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Path(target): Path<Uuid>,
) -> Response {
    let sheet = match open(&service, &who, target).await {
        Ok(sheet) => sheet,
        Err(error) => return status(&error).into_response(),
    };
    let event = NewEvent::new(
        "target",
        target,
        "response.exported",
        json!({ "person": sheet.person_name, "form": "xlsx" }),
    );
    if let Err(error) = exported(&service, &who, event).await {
        return status(&error).into_response();
    }
    let name = format!("{}_{}.xlsx", sheet.title, sheet.person_name.replace(char::is_whitespace, ""));
    match form::write(&out(&sheet)) {
        Ok(bytes) => ([(header::CONTENT_TYPE, XLSX.to_string()), attachment(&name)], bytes).into_response(),
        Err(error) => {
            tracing::error!(cause = %error, "writing a sheet failed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// An edition as a workbook to look at or to print. It belongs to nobody, so it is not taken back.
pub async fn blank(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Path(edition): Path<Uuid>,
) -> Response {
    let found = match blank_sheet(&service, &who, edition).await {
        Ok(found) => found,
        Err(error) => return status(&error).into_response(),
    };
    let event = NewEvent::new(
        "edition",
        edition,
        "edition.exported",
        json!({ "label": found.edition_label, "form": "xlsx" }),
    );
    if let Err(error) = exported(&service, &who, event).await {
        return status(&error).into_response();
    }
    let name = format!("{}_{}.xlsx", found.edition_label, found.title);
    match form::write(&found) {
        Ok(bytes) => ([(header::CONTENT_TYPE, XLSX.to_string()), attachment(&name)], bytes).into_response(),
        Err(error) => {
            tracing::error!(cause = %error, "writing an edition failed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn blank_sheet(service: &Service, who: &Who, id: Uuid) -> Result<FormSheet, AppError> {
    let actor = uploads::actor(who)?;
    let found = store::sheet::edition(&service.db, &actor, id).await?;
    let earlier =
        |id: Uuid| found.items.iter().find(|one| one.question == id).map(|one| (one.no, &one.setting));
    let item = |item: &EditionItemView| FormItem {
        item_key: item.id.to_string(),
        no: item.no,
        topic: item.topic.label().to_string(),
        text: item.text.clone(),
        not_applicable: item.not_applicable.clone(),
        condition: item.setting.shown.words(earlier),
        clause: item.clause_path.clone(),
        setting: item.setting.clone(),
        answer: None,
    };
    Ok(FormSheet {
        title: found.title.clone(),
        edition_label: found.label.clone(),
        inspection_name: format!("{}確定", wareki(day(found.at))),
        due: None,
        answered_on: None,
        contact: String::new(),
        target_key: String::new(),
        department: String::new(),
        person: String::new(),
        system: None,
        items: found.items.iter().map(item).collect(),
    })
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn attachment(name: &str) -> (header::HeaderName, String) {
    let encoded: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let encoded = encoded.replace('+', "%20");
    (
        header::CONTENT_DISPOSITION,
        format!("attachment; filename=\"tenkenhyo.xlsx\"; filename*=UTF-8''{encoded}"),
    )
}

/// Nothing leaves without an event.
async fn exported(service: &Service, who: &Who, event: NewEvent) -> Result<(), AppError> {
    let actor = uploads::actor(who)?;
    Ok(export(&service.db, &(&actor).into(), (service.clock)(), event).await?)
}

async fn open(service: &Service, who: &Who, target: Uuid) -> Result<Sheet, AppError> {
    let actor = uploads::actor(who)?;
    Ok(response::open(&service.db, &actor, target, (service.clock)()).await?)
}

fn status(error: &AppError) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn out(sheet: &Sheet) -> FormSheet {
    // What the department never owes is left out; what an earlier answer decides is there with its condition.
    let by_department = |item: &Item| item.hidden && matches!(item.setting.shown, Shown::Having { .. });
    let items = sheet
        .chapters
        .iter()
        .flat_map(|chapter| chapter.items.iter().map(|item| (chapter.name, item)))
        .filter(|(_, item)| !by_department(item));
    FormSheet {
        title: sheet.title.clone(),
        edition_label: sheet.edition_label.clone(),
        inspection_name: sheet.inspection_name.clone(),
        due: Some(sheet.due_on),
        answered_on: sheet.facts.submission.map(|(_, at)| day(at)),
        contact: sheet.contact.clone(),
        target_key: sheet.target.to_string(),
        department: sheet.department_name.clone(),
        person: sheet.person_name.clone(),
        system: sheet.system.clone(),
        items: items.map(|(topic, item)| out_item(sheet, topic, item)).collect(),
    }
}

fn out_item(sheet: &Sheet, topic: &str, item: &Item) -> FormItem {
    let earlier = |id: Uuid| sheet.items().find(|one| one.question == id).map(|one| (one.no, &one.setting));
    let after = matches!(item.setting.shown, Shown::After { .. });
    let answer = item.answer.as_ref().and_then(|answer| {
        let (comment, evidence) = (answer.comment.clone(), answer.evidence.clone());
        Some(FormAnswer { value: answer.raw.clone()?, comment, evidence })
    });
    FormItem {
        item_key: item.id.to_string(),
        no: item.no,
        topic: topic.to_string(),
        text: item.text.clone(),
        not_applicable: item.not_applicable.clone(),
        condition: item.setting.shown.words(earlier).filter(|_| after),
        clause: item.clause_path.clone(),
        setting: item.setting.clone(),
        answer,
    }
}

/// Reads a filled-in sheet. What could be read is saved; the cells that could not are listed on the page.
pub async fn upload(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Path(target): Path<Uuid>,
    form: Multipart,
) -> Response {
    let action = format!("/upload/form/{target}");
    let uploaded = match uploads::receive(form).await {
        Ok(uploaded) => uploaded,
        Err(refused) => return uploads::answer(&service, who, &action, Err(refused)).await,
    };
    match take(&service, &who, target, &uploaded).await {
        Ok(taken) if taken.problems.is_empty() => {
            Redirect::to(&format!("/answer/{target}?read={}", taken.read)).into_response()
        }
        Ok(taken) => list(&service, who, action, uploaded, taken).await,
        Err(error) => uploads::answer(&service, who, &action, Err((uploaded, error))).await,
    }
}

/// What became of a workbook.
struct Taken {
    /// Answers found in it; all of them are stored now.
    read: usize,
    /// Sentences with the cells that could not be read.
    problems: Vec<String>,
}

async fn take(service: &Service, who: &Who, target: Uuid, uploaded: &Uploaded) -> Result<Taken, AppError> {
    let actor = uploads::actor(who)?;
    let sheet = open(service, who, target).await?;
    let bytes = uploaded.bytes.clone();
    // Reading a workbook takes a while; the other requests go on meanwhile.
    let reading =
        tokio::task::spawn_blocking(move || form::read(&bytes)).await.map_err(|_| AppError::Machine)?;
    let reading = reading.map_err(|unreadable| AppError::refused(unreadable.to_string()))?;
    fits(&reading, &sheet)?;
    let drafts = drafts(&reading, &sheet);
    let read = drafts.len();
    let all = response::save_all(&service.db, &actor, target, drafts, (service.clock)()).await?;
    let mut problems: Vec<String> = reading.problems.into_iter().map(|problem| problem.text).collect();
    let refused = all.refused.len();
    problems.extend(all.refused.into_iter().map(|(_, text)| text));
    Ok(Taken { read: read - refused, problems })
}

fn fits(reading: &FormReading, sheet: &Sheet) -> Result<(), AppError> {
    if reading.target_key != sheet.target.to_string() {
        return Err(AppError::refused(
            "このファイルは、別の人又は別の点検票のものです。この画面で受け取った点検票に記入して、読み込んでください。",
        ));
    }
    if reading.edition_label != sheet.edition_label {
        return Err(AppError::refused(format!(
            "このファイルは、確定版{}の点検票です。確定版{}の点検票を受け取り直して記入してください。",
            reading.edition_label, sheet.edition_label
        )));
    }
    Ok(())
}

/// The answers of a workbook. Blank is blank: an empty row changes nothing.
fn drafts(reading: &FormReading, sheet: &Sheet) -> Vec<Draft> {
    let items: BTreeMap<String, &Item> = sheet.items().map(|item| (item.id.to_string(), item)).collect();
    let given = |answer: &&ReadAnswer| {
        let beside = !answer.comment.is_empty() || !answer.evidence.is_empty();
        answer.value.is_some() || (answer.raw.is_empty() && beside)
    };
    reading
        .answers
        .iter()
        .filter(given)
        .filter_map(|answer| {
            let item = items.get(&answer.item_key)?;
            let stored = item.answer.as_ref();
            let stored_raw = stored.and_then(|stored| stored.raw.as_ref());
            Some(Draft {
                item: item.id,
                written: Written::of(kept(answer.value.clone(), stored_raw).as_ref()),
                comment: answer.comment.clone(),
                evidence: match answer.evidence.as_str() {
                    "" => stored.map(|stored| stored.evidence.clone()).unwrap_or_default(),
                    evidence => evidence.to_string(),
                },
                planned_on: stored.and_then(|stored| stored.planned_on),
                seen_version: None,
                source: Source::Form(answer.cell.clone()),
            })
        })
        .collect()
}

/// A blank cell changes nothing: neither a whole answer nor one row of a table.
fn kept(read: Option<Raw>, stored: Option<&Raw>) -> Option<Raw> {
    match (read, stored) {
        (None, stored) => stored.cloned(),
        (Some(Raw::Rows(read)), Some(Raw::Rows(stored))) if read.len() == stored.len() => {
            Some(Raw::Rows(read.into_iter().zip(stored).map(|(read, stored)| read.or(*stored)).collect()))
        }
        (read, _) => read,
    }
}

/// The page again, with what was read and the cells that could not be.
async fn list(service: &Service, who: Who, action: String, uploaded: Uploaded, taken: Taken) -> Response {
    let error = if taken.read == 0 {
        AppError::refused("回答を読み取れませんでした。次のセルを直して、もう一度読み込んでください。")
    } else {
        AppError::refused(format!(
            "{}問の回答を読み取り、保存しました。次のセルは読み取れませんでした。画面で回答するか、直してもう一度読み込んでください。",
            taken.read
        ))
    };
    let mut fields = uploaded.fields;
    fields.extend(taken.problems.into_iter().map(|text| ("problem".to_string(), text)));
    render_again(service, who, Returned { action, fields, error }).await
}
