//! What the user sees when something does not work. Used on both sides of the wire.

use domain::Refusal;
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

/// An error for the screen. It never carries an internal text; the log has the cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppError {
    /// Nobody is signed in, or the session ended.
    SignIn,
    /// The role does not allow this.
    Forbidden,
    /// It does not exist, or not for this person.
    NotFound,
    /// A rule said no.
    Refused(Refusal),
    /// The input does not have the form of the input.
    Malformed,
    /// The machine failed.
    Machine,
}

impl AppError {
    /// The sentence for the user.
    pub fn text(&self) -> String {
        match self {
            AppError::SignIn => "サインインの有効期間が過ぎました。もう一度サインインしてください。".into(),
            AppError::Forbidden => "この画面又は操作の権限がありません。必要なときは、事務局に連絡してください。".into(),
            AppError::NotFound => "お探しのものが見つかりません。削除されたか、閲覧できる範囲にありません。".into(),
            AppError::Refused(refusal) => refusal.text.clone(),
            AppError::Malformed => "入力を読み取れませんでした。画面を開き直して、もう一度入力してください。".into(),
            AppError::Machine => {
                "処理できませんでした。入力は保存されていません。しばらくしてもう一度お試しになり、続くときは事務局に連絡してください。".into()
            }
        }
    }

    /// The HTTP status that belongs to it.
    pub fn status(&self) -> u16 {
        match self {
            AppError::SignIn => 401,
            AppError::Forbidden => 403,
            AppError::NotFound => 404,
            AppError::Refused(_) | AppError::Malformed => 422,
            AppError::Machine => 500,
        }
    }

    /// A refusal with one sentence.
    pub fn refused(text: impl Into<String>) -> AppError {
        AppError::Refused(Refusal::new(text))
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}

impl std::error::Error for AppError {}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> AppError {
        AppError::Refused(refusal)
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> AppError {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => AppError::Malformed,
            // Among others an answer that is not ours, as a proxy gives it while the server starts: what was entered
            // is not at fault.
            _ => AppError::Machine,
        }
    }
}
