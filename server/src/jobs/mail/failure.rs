//! Why a message did not leave, in one sentence for the officer.

use lettre::transport::smtp::Error;
use std::error::Error as _;
use store::outbox::Failure;

/// What the mail server or the way to it says.
pub(super) fn of(error: &Error) -> Failure {
    let said = error.source().map(ToString::to_string).unwrap_or_else(|| error.to_string());
    let Some(code) = error.status().map(|code| code.to_string()) else {
        return Failure { text: of_way(error, &said), for_good: false };
    };
    let why = match code.as_str() {
        "530" | "534" | "535" => "メールサーバーが、利用者名又はパスワードを受け付けませんでした。",
        "550" | "551" | "553" => "宛先のメールアドレスが、メールサーバーに受け付けられませんでした。",
        "552" | "452" => "宛先のメールボックスがいっぱいです。",
        _ if error.is_transient() => "メールサーバーが、今は受け付けられないと答えました。",
        _ => "メールサーバーが、受け付けませんでした。",
    };
    Failure { text: format!("{why}（{code} {said}）"), for_good: code.starts_with("55") }
}

/// What went wrong before the mail server answered.
fn of_way(error: &Error, said: &str) -> String {
    let why = if error.is_timeout() {
        "メールサーバーが、時間内に応答しませんでした。"
    } else if error.is_tls() || said.contains("certificate") {
        "メールサーバーの証明書を確かめられませんでした。認証局の設定を確かめてください。"
    } else {
        "メールサーバーに接続できませんでした。送信先の設定とサーバーの稼働を確かめてください。"
    };
    format!("{why}（{said}）")
}

/// The address or the text is no mail at all.
pub(super) fn of_address(error: &anyhow::Error) -> Failure {
    let text = format!("宛先のメールアドレスの形が正しくありません。名簿を確かめてください。（{error}）");
    Failure { text, for_good: true }
}
