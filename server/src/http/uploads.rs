//! Uploads: a file is read whole, within a limit, before anything is done with it.

use super::Service;
use super::gate::Who;
use super::pages::render_again;
use app::context::Returned;
use app::error::AppError;
use axum::extract::Multipart;
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Actor;

/// The largest file that is taken, in bytes.
pub const LIMIT: usize = 20 * 1024 * 1024;

/// A file as it came, and the other fields of its form.
#[derive(Debug, Clone, Default)]
pub struct Uploaded {
    pub name: String,
    pub bytes: Vec<u8>,
    pub fields: Vec<(String, String)>,
    /// Further files beside the one called `file`: field, name, content. Those left empty are not here.
    pub others: Vec<(String, String, Vec<u8>)>,
}

impl Uploaded {
    /// A field of the form beside the file.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Reads the form.
///
/// # Errors
/// A refusal with one sentence when there is no file or it is too large.
pub async fn receive(mut form: Multipart) -> Result<Uploaded, (Uploaded, AppError)> {
    let mut uploaded = Uploaded::default();
    loop {
        match form.next_field().await {
            Ok(None) => break,
            Ok(Some(field)) => {
                let name = field.name().unwrap_or_default().to_string();
                let file_name = field.file_name().map(ToString::to_string);
                let Ok(bytes) = field.bytes().await else { return Err((uploaded, too_large())) };
                match file_name {
                    Some(_) if name != "file" && bytes.is_empty() => {}
                    Some(file_name) if name != "file" => {
                        uploaded.others.push((name, file_name, bytes.to_vec()));
                    }
                    Some(file_name) => {
                        uploaded.name = file_name;
                        uploaded.bytes = bytes.to_vec();
                    }
                    None => uploaded.fields.push((name, String::from_utf8_lossy(&bytes).into_owned())),
                }
            }
            Err(_) => return Err((uploaded, too_large())),
        }
    }
    if uploaded.bytes.is_empty() {
        let error =
            AppError::refused("ファイルが選ばれていないか、中身が空です。ファイルを選び直してください。");
        return Err((uploaded, error));
    }
    Ok(uploaded)
}

fn too_large() -> AppError {
    AppError::refused(
        "ファイルを受け取れませんでした。20MBを超えていないか確かめて、もう一度選んでください。",
    )
}

/// The person who uploads.
///
/// # Errors
/// `SignIn` without a session.
pub fn actor(who: &Who) -> Result<Actor, AppError> {
    who.signed_in.as_ref().map(|signed_in| signed_in.actor.clone()).ok_or(AppError::SignIn)
}

/// Goes to the next page, or shows the form's page again with the reason.
pub async fn answer(
    service: &Service,
    who: Who,
    action: &str,
    result: Result<String, (Uploaded, AppError)>,
) -> Response {
    match result {
        Ok(next) => Redirect::to(&next).into_response(),
        Err((uploaded, error)) => {
            let returned = Returned { action: action.to_string(), fields: uploaded.fields, error };
            render_again(service, who, returned).await
        }
    }
}
