//! Rosters in, and the empty one to fill in.

use super::Service;
use super::gate::Who;
use super::uploads::{Uploaded, actor, answer, receive};
use app::error::AppError;
use app::roster::upload_page::UPLOAD;
use axum::extract::{Extension, Multipart, State};
use axum::response::{IntoResponse, Response};
use domain::calendar::day;
use domain::permission::{Action, allows};
use domain::roster::check::Expected;
use http::{StatusCode, header};

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
    let (name, bytes) = (uploaded.name.clone(), std::mem::take(&mut uploaded.bytes));
    let now = (service.clock)();
    let expected = Expected { as_of: Some(day(now)), ..Expected::default() };
    let read =
        tokio::task::spawn_blocking(move || documents::roster::read_for(&name, &bytes, &expected)).await;
    let roster = match read {
        Ok(Ok(roster)) => roster,
        Ok(Err(unreadable)) => return Err((uploaded, AppError::refused(unreadable.text))),
        Err(_) => {
            let text = "ファイルを読み取れませんでした。Excelで開いて保存し直し、もう一度選んでください。";
            return Err((uploaded, AppError::refused(text)));
        }
    };
    match store::roster::import(&service.db, &actor, &uploaded.name, roster, now).await {
        Ok(id) => Ok(format!("/roster/imports/{id}")),
        Err(error) => Err((uploaded, error.into())),
    }
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

/// A workbook to be saved under a Japanese name.
pub fn workbook(name: &str, bytes: Vec<u8>) -> Response {
    let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    // A blank is `+` in a form, but `%20` in a header.
    let disposition = format!("attachment; filename*=UTF-8''{}", name.replace('+', "%20"));
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    ([(header::CONTENT_TYPE, kind.to_string()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}
