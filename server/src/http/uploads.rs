//! Uploads: a file is read whole, within a limit, before anything is done with it.

use super::Service;
use super::gate::Who;
use super::pages::render_again;
use app::context::Returned;
use app::error::AppError;
use axum::extract::Multipart;
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Actor;
use domain::permission::{Action, allows};

/// The largest file that is taken, in bytes.
pub const LIMIT: usize = 20 * 1024 * 1024;

const TOO_LARGE: &str =
    "ファイルを受け取れませんでした。20MBを超えていないか確かめて、もう一度選んでください。";
const NO_FILE: &str = "ファイルが選ばれていないか、中身が空です。ファイルを選び直してください。";

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

/// Reads the form with its one file.
///
/// # Errors
/// A refusal with one sentence when there is no file or it is too large.
pub async fn receive(form: Multipart) -> Result<Uploaded, (Uploaded, AppError)> {
    let mut uploaded = Uploaded::default();
    if let Err(error) = parts(form, &mut uploaded, TOO_LARGE).await {
        return Err((uploaded, error));
    }
    let (own, others) =
        std::mem::take(&mut uploaded.others).into_iter().partition(|(field, ..)| field == "file");
    uploaded.others = others;
    let own: Vec<(String, String, Vec<u8>)> = own;
    match own.into_iter().next_back() {
        Some((_, name, bytes)) => Ok(Uploaded { name, bytes, ..uploaded }),
        None => Err((uploaded, AppError::refused(NO_FILE))),
    }
}

/// Reads all fields of a form; its files go to the others, whatever their field is called. Those left empty are left
/// out.
///
/// # Errors
/// The given refusal when it is too large or breaks off.
pub async fn parts(mut form: Multipart, uploaded: &mut Uploaded, too_large: &str) -> Result<(), AppError> {
    let refused = |_| AppError::refused(too_large);
    while let Some(field) = form.next_field().await.map_err(refused)? {
        let name = field.name().unwrap_or_default().to_string();
        let file_name = field.file_name().map(ToString::to_string);
        let bytes = field.bytes().await.map_err(refused)?;
        match file_name {
            Some(file_name) if !bytes.is_empty() => uploaded.others.push((name, file_name, bytes.to_vec())),
            Some(_) => {}
            None => uploaded.fields.push((name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok(())
}

/// The person who uploads, if the role allows it: asked before anything is received, for it may be much.
///
/// # Errors
/// `SignIn` without a session, `Forbidden` without the role.
pub fn allowed(who: &Who, action: Action) -> Result<Actor, AppError> {
    let actor = actor(who)?;
    if allows(&actor, action) { Ok(actor) } else { Err(AppError::Forbidden) }
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
