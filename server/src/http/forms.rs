//! Sheets of an inspection as workbooks, empty or with their answers: of a person, a 課, a 部, or all as a zip.

use super::Service;
use super::attachment::{attachment, plain, workbook};
use super::gate::Who;
use super::uploads::actor;
use app::error::AppError;
use axum::body::Body;
use axum::extract::{Extension, Path, Query, State};
use axum::response::Response;
use documents::archive::Archive;
use documents::form::{self, FormAnswer, FormItem, FormSheet};
use domain::question::setting::Shown;
use domain::topic::Topic;
use futures_util::stream::try_unfold;
use serde::Deserialize;
use std::io;
use store::form::{Filled, FilledQuestion, Order, Which, order};
use uuid::Uuid;

/// What the address asks besides the place.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// `1`: with the answers that were handed in.
    #[serde(default)]
    answers: String,
}

/// Everything the actor sees: one workbook for each 部, together as a zip.
pub async fn all(
    service: State<Service>,
    who: Extension<Who>,
    Path(inspection): Path<Uuid>,
    asked: Query<Asked>,
) -> Response {
    answer(&service, &who, inspection, Which::All, &asked).await
}

/// The sheets of a 部.
pub async fn division(
    service: State<Service>,
    who: Extension<Who>,
    Path((inspection, division)): Path<(Uuid, Uuid)>,
    asked: Query<Asked>,
) -> Response {
    answer(&service, &who, inspection, Which::Division(division), &asked).await
}

/// The sheets of a 課.
pub async fn department(
    service: State<Service>,
    who: Extension<Who>,
    Path((inspection, department)): Path<(Uuid, Uuid)>,
    asked: Query<Asked>,
) -> Response {
    answer(&service, &who, inspection, Which::Department(department), &asked).await
}

/// One sheet.
pub async fn sheet(
    service: State<Service>,
    who: Extension<Who>,
    Path((inspection, target)): Path<(Uuid, Uuid)>,
    asked: Query<Asked>,
) -> Response {
    answer(&service, &who, inspection, Which::Target(target), &asked).await
}

async fn answer(service: &Service, who: &Who, inspection: Uuid, which: Which, asked: &Asked) -> Response {
    match make(service, who, inspection, which, asked.answers == "1").await {
        Ok(response) => response,
        Err(error) => plain(&error),
    }
}

async fn make(
    service: &Service,
    who: &Who,
    inspection: Uuid,
    which: Which,
    answers: bool,
) -> Result<Response, AppError> {
    let actor = actor(who)?;
    let mut order = order(&service.db, &actor, inspection, which, answers, (service.clock)()).await?;
    let name = format!("{}_{}", order.inspection_name, order.stem);
    let kind = kind(answers);
    if order.left() > 1 {
        return Ok(streamed(&format!("{name}_{kind}.zip"), order, answers));
    }
    let (_, sheets) = order.next().await?.ok_or(AppError::NotFound)?;
    let bytes = written(name.clone(), sheets, answers).await.map_err(|error| {
        tracing::error!(%error, "writing sheets failed");
        AppError::Machine
    })?;
    Ok(workbook(&format!("{}_{kind}.xlsx", name.replace(char::is_whitespace, "")), bytes))
}

/// What stands in a file, for its name.
fn kind(answers: bool) -> &'static str {
    if answers { "回答入り" } else { "空" }
}

/// Workbook by workbook, each loaded, written and sent before the next. When one fails the connection breaks off, so
/// that nobody takes half of the sheets for all.
fn streamed(name: &str, order: Order, answers: bool) -> Response {
    let parts = try_unfold(Some((order, Archive::default())), move |state| async move {
        let Some((mut order, mut archive)) = state else { return Ok(None) };
        let next = order.next().await.map_err(io::Error::other);
        let Some((name, sheets)) =
            next.inspect_err(|error| tracing::error!(%error, "loading sheets failed"))?
        else {
            return Ok::<_, io::Error>(Some((archive.finish()?, None)));
        };
        let title = format!("{}　{name}", order.inspection_name);
        let bytes = written(title, sheets, answers)
            .await
            .inspect_err(|error| tracing::error!(%error, "writing sheets failed"))?;
        let piece = archive.add(&format!("{name}_{}.xlsx", kind(answers)), &bytes)?;
        Ok(Some((piece, Some((order, archive)))))
    });
    attachment(name, "application/zip", Body::from_stream(parts))
}

/// Writing takes a while; the other requests go on meanwhile.
async fn written(title: String, sheets: Vec<Filled>, answers: bool) -> io::Result<Vec<u8>> {
    let write = move || {
        let states: Vec<&str> = sheets.iter().map(|sheet| state(sheet.submitted, answers)).collect();
        let sheets: Vec<FormSheet> = sheets.iter().map(out).collect();
        match sheets.as_slice() {
            [one] => form::write(one),
            many => form::write_book(&title, many, &states),
        }
    };
    tokio::task::spawn_blocking(write).await.map_err(io::Error::other)?.map_err(io::Error::other)
}

/// On an empty sheet it says nothing of what stands on it.
fn state(submitted: bool, answers: bool) -> &'static str {
    match (submitted, answers) {
        (true, _) => "提出済",
        (false, true) => "未提出（空）",
        (false, false) => "未提出",
    }
}

fn out(sheet: &Filled) -> FormSheet {
    let earlier = |id: Uuid| {
        let one = sheet.questions.iter().find(|one| one.question == id);
        one.map(|one| (one.no, &one.setting))
    };
    let item = |question: &FilledQuestion| {
        let after = matches!(question.setting.shown, Shown::After { .. });
        FormItem {
            item_key: question.id.to_string(),
            no: question.no,
            topic: Topic::from_number(question.topic).map_or("その他", Topic::label).to_string(),
            text: question.text.clone(),
            not_applicable: question.not_applicable.clone(),
            condition: question.setting.shown.words(earlier).filter(|_| after),
            clause: question.clause_path.clone(),
            setting: question.setting.clone(),
            answer: question.answer.as_ref().map(|answer| FormAnswer {
                value: answer.raw.clone(),
                comment: answer.comment.clone(),
                evidence: answer.evidence.clone(),
            }),
        }
    };
    FormSheet {
        title: sheet.title.clone(),
        edition_label: sheet.edition_label.clone(),
        inspection_name: sheet.inspection_name.clone(),
        due: Some(sheet.due_on),
        answered_on: sheet.answered_on,
        contact: sheet.contact.clone(),
        target_key: sheet.target.to_string(),
        department: sheet.department.clone(),
        person: sheet.person.clone(),
        system: sheet.system.clone(),
        items: sheet.questions.iter().map(item).collect(),
    }
}
