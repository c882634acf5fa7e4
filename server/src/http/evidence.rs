//! The answering form with the files beside its answers, and the files again for those who may see them.

use super::Service;
use super::attachment::{disposition, plain};
use super::calls;
use super::gate::Who;
use super::pages::render_again;
use super::uploads::actor;
use app::answer::api::SaveSheet;
use app::context::Returned;
use app::error::AppError;
use app::evidence::files::own_entries_html;
use app::evidence::proof::FILE;
use axum::body::Body;
use axum::extract::multipart::Field;
use axum::extract::{Extension, Multipart, Path, State};
use axum::response::{IntoResponse, Response};
use domain::evidence::{SIZE_LIMIT, tidy_name};
use http::{HeaderMap, StatusCode, header};
use server_fn::ServerFn;
use store::StoreError;
use store::evidence::{self, Sent, Upload};
use store::response;
use uuid::Uuid;

/// The most that is taken at once, in bytes: files and answers together.
pub const LIMIT: usize = 64 * 1024 * 1024;

/// What a form sent: its fields, and what became of its files.
#[derive(Default)]
struct Received {
    fields: Vec<(String, String)>,
    /// The question of the last file.
    item: Option<Uuid>,
    /// Files that were not taken, a sentence each.
    refused: Vec<String>,
}

/// Takes the files of the form, one after the other, then saves its answers as if it had been sent without files.
/// The island sends single files and is answered with the question's list.
pub async fn upload(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Path(target): Path<Uuid>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let from_form = accepted.contains("text/html");
    match receive(&service, &who, target, form).await {
        Ok(received) if from_form => save(service, who, target, received).await,
        Ok(received) => listed(&service, &who, target, received).await,
        Err(error) if from_form => {
            let fields = vec![("page".to_string(), format!("/answer/{target}"))];
            render_again(&service, who, Returned { action: SaveSheet::PATH.to_string(), fields, error }).await
        }
        Err(error) => plain(&error),
    }
}

async fn receive(
    service: &Service,
    who: &Who,
    target: Uuid,
    mut form: Multipart,
) -> Result<Received, AppError> {
    let actor = actor(who)?;
    // Who may not change the sheet sends nothing.
    response::open(&service.db, &actor, target, (service.clock)()).await?;
    let mut received = Received::default();
    while let Some(field) = form.next_field().await.map_err(|_| cut_off())? {
        let name = field.name().unwrap_or_default().to_string();
        match name.strip_prefix(FILE).map(str::parse::<Uuid>) {
            Some(Ok(item)) => {
                if let Err(reason) = take(service, who, (target, item), field).await? {
                    received.refused.push(reason);
                }
                received.item = Some(item);
            }
            Some(Err(_)) => return Err(AppError::Malformed),
            None => received.fields.push((name, field.text().await.map_err(|_| cut_off())?)),
        }
    }
    Ok(received)
}

fn cut_off() -> AppError {
    AppError::refused(
        "送信が途中で切れたか、1回に送れる大きさ（合わせて60MB）を超えました。ファイルを分けて、もう一度送ってください。",
    )
}

/// Attaches one file; the inner error is a sentence about it.
async fn take(
    service: &Service,
    who: &Who,
    (target, item): (Uuid, Uuid),
    field: Field<'_>,
) -> Result<Result<(), String>, AppError> {
    let name = field.file_name().unwrap_or_default().to_string();
    let Some(content) = content(field).await? else {
        return Ok(Err(format!("「{}」は添付できません。大きさが10MBを超えています。", tidy_name(&name))));
    };
    if name.is_empty() && content.is_empty() {
        return Ok(Ok(()));
    }
    // Looking into a file takes a moment; the other requests go on meanwhile.
    let look = move || (documents::evidence::kind(&content), content);
    let (found, content) = tokio::task::spawn_blocking(look).await.map_err(|_| AppError::Machine)?;
    let upload = Upload { name, found, content };
    let now = (service.clock)();
    match evidence::attach(&service.db, &actor(who)?, target, item, upload, now).await {
        Ok(()) => Ok(Ok(())),
        Err(StoreError::Refused(refusal)) => Ok(Err(refusal.text)),
        Err(error) => Err(error.into()),
    }
}

/// The bytes of a file; none if there are too many, of which the rest is not kept.
async fn content(mut field: Field<'_>) -> Result<Option<Vec<u8>>, AppError> {
    let mut bytes = Vec::new();
    let mut total = 0_usize;
    while let Some(chunk) = field.chunk().await.map_err(|_| cut_off())? {
        total += chunk.len();
        if total <= SIZE_LIMIT {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok((total <= SIZE_LIMIT).then_some(bytes))
}

/// The list of the question for the island, or why the file was not taken.
async fn listed(service: &Service, who: &Who, target: Uuid, received: Received) -> Response {
    if !received.refused.is_empty() {
        return plain(&AppError::refused(received.refused.concat()));
    }
    match entries(service, who, target, received.item).await {
        Ok(html) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response(),
        Err(error) => plain(&error),
    }
}

async fn entries(service: &Service, who: &Who, target: Uuid, item: Option<Uuid>) -> Result<String, AppError> {
    let sheet = response::open(&service.db, &actor(who)?, target, (service.clock)()).await?;
    let item = sheet.items().find(|one| Some(one.id) == item).ok_or(AppError::NotFound)?;
    Ok(own_entries_html(item.no, &item.files))
}

/// Takes a file off if that button was pressed, saves the answers, and says which files were not taken.
async fn save(service: Service, who: Who, target: Uuid, mut received: Received) -> Response {
    if let Err(reason) = take_off(&service, &who, &mut received.fields).await {
        received.refused.push(reason.text());
    }
    if !received.refused.is_empty() {
        received.fields.retain(|(key, _)| key != "then");
    }
    received.fields.retain(|(key, _)| key != "target");
    received.fields.push(("target".to_string(), target.to_string()));
    let body: String =
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&received.fields).finish();
    let request = http::Request::post(SaveSheet::PATH)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "text/html")
        .extension(who.clone())
        .body(Body::from(body));
    let Ok(request) = request else { return StatusCode::BAD_REQUEST.into_response() };
    let saved = calls::call(State(service.clone()), Extension(who.clone()), request).await;
    if received.refused.is_empty() || !saved.status().is_redirection() {
        return saved;
    }
    received.refused.push("回答と、ほかのファイルは保存しました。".to_string());
    let error = AppError::refused(received.refused.concat());
    let returned = Returned { action: SaveSheet::PATH.to_string(), fields: received.fields, error };
    render_again(&service, who, returned).await
}

/// The button says number of the question and file, `3:<id>`; afterwards the page opens at that question.
async fn take_off(service: &Service, who: &Who, fields: &mut Vec<(String, String)>) -> Result<(), AppError> {
    let Some(at) = fields.iter().position(|(key, _)| key == "remove") else { return Ok(()) };
    let (_, what) = fields.remove(at);
    let (no, id) = what.split_once(':').ok_or(AppError::Malformed)?;
    let id: Uuid = id.parse().map_err(|_| AppError::Malformed)?;
    fields.push(("at".to_string(), no.to_string()));
    Ok(evidence::remove(&service.db, &actor(who)?, id, (service.clock)()).await?)
}

/// A file of the own sheet.
pub async fn own(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Path(file): Path<Uuid>,
) -> Response {
    let found = async { Ok(evidence::own_file(&service.db, &actor(&who)?, file, (service.clock)()).await?) };
    send(found.await)
}

/// A file of somebody else's sheet.
pub async fn download(
    State(service): State<Service>,
    Extension(who): Extension<Who>,
    Path(file): Path<Uuid>,
) -> Response {
    let found = async { Ok(evidence::file(&service.db, &actor(&who)?, file, (service.clock)()).await?) };
    send(found.await)
}

/// Always a file to be kept, never a page of ours: a browser neither shows it here nor guesses what it is.
fn send(found: Result<Sent, AppError>) -> Response {
    let sent = match found {
        Ok(sent) => sent,
        Err(error) => return plain(&error),
    };
    let headers = [
        (header::CONTENT_TYPE, sent.kind.media_type().to_string()),
        (header::CONTENT_DISPOSITION, disposition(&sent.name)),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_string()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_string()),
    ];
    (headers, sent.content).into_response()
}
