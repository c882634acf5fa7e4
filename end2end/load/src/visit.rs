//! What a respondent does, request by request.

use crate::client::{Browser, PACKED, Reply};
use crate::seed::Respondent;
use anyhow::Result;
use form_urlencoded::Serializer;
use hyper::StatusCode;
use uuid::Uuid;

const SAVE: &str = "/api/response/save_answer";
const HAND_IN: &str = "/api/response/hand_in";

/// Opens the page of the sheet.
pub async fn open(browser: &mut Browser, who: &Respondent) -> Result<Reply> {
    browser.get(&format!("/answer/{}", who.target), &who.token, &[PACKED]).await?.with(StatusCode::OK)
}

/// Saves one answer as the island does. It is on the disk when this returns.
pub async fn save(browser: &mut Browser, who: &Respondent, item: Uuid) -> Result<Reply> {
    let form = Serializer::new(String::new())
        .append_pair("target", &who.target.to_string())
        .append_pair("item", &item.to_string())
        .append_pair("value", "done")
        .append_pair("typed", "")
        .append_pair("rows", "")
        .append_pair("comment", "")
        .append_pair("evidence", "")
        .append_pair("planned_on", "")
        .append_pair("version", "0")
        .finish();
    let reply = browser.post(SAVE, &who.token, form, true).await?.with(StatusCode::OK)?;
    // A clash is an answer, too, but there is nobody here to clash with.
    anyhow::ensure!(
        String::from_utf8_lossy(&reply.body).contains("Saved"),
        "not saved: {}",
        String::from_utf8_lossy(&reply.body)
    );
    Ok(reply)
}

/// Looks at the check page and hands the sheet in.
pub async fn hand_in(browser: &mut Browser, who: &Respondent) -> Result<Reply> {
    browser
        .get(&format!("/answer/{}/check", who.target), &who.token, &[PACKED])
        .await?
        .with(StatusCode::OK)?;
    let form = Serializer::new(String::new())
        .append_pair("page", &format!("/answer/{}/check", who.target))
        .append_pair("target", &who.target.to_string())
        .finish();
    browser.post(HAND_IN, &who.token, form, false).await?.with(StatusCode::FOUND)
}
