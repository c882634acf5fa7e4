//! One call to the server, as a form would make it, but answered with the parts that changed.

use super::Reply;
use crate::error::AppError;
use leptos::prelude::window;
use leptos::server_fn::Decodes;
use leptos::server_fn::codec::JsonEncoding;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::futures::JsFuture;
use web_sys::{Headers, Request, RequestInit, Response};

const NO_ANSWER: &str =
    "通信できませんでした。処理は保存されていません。もう一度操作するか、画面を開き直してください。";

/// Posts fields to an address; gives the reply, or one sentence.
pub async fn post(action: &str, body: &str) -> Result<Reply, String> {
    let (status, text) = ask(action, body).await.map_err(|_| NO_ANSWER.to_string())?;
    if status == 200 {
        return JsonEncoding::decode(text.into_bytes().into()).map_err(|_| NO_ANSWER.to_string());
    }
    let error: Option<AppError> = JsonEncoding::decode(text.into_bytes().into()).ok();
    Err(error.map_or_else(|| NO_ANSWER.to_string(), |error| error.text()))
}

async fn ask(action: &str, body: &str) -> Result<(u16, String), JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    headers.set("content-type", "application/x-www-form-urlencoded")?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&JsValue::from_str(body));
    let request = Request::new_with_str_and_init(action, &init)?;
    let response = JsFuture::from(window().fetch_with_request(&request)).await?;
    let response: Response = response.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?;
    Ok((response.status(), text.as_string().unwrap_or_default()))
}
