//! The site's files out of the executable: one file to copy into a closed network.

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
#[exclude = "*.gz"]
struct Site;

/// A file of the site. The browser asks each time whether its copy is current, so that a new release shows at
/// once; on an office network that costs nothing.
pub async fn asset(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/').to_string();
    // While developing, packed files may be left over from an earlier build.
    let packed = (!cfg!(debug_assertions) && accepts_brotli(request.headers()))
        .then(|| Site::get(&format!("{path}.br")))
        .flatten();
    let is_packed = packed.is_some();
    let Some(file) = packed.or_else(|| Site::get(&path)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let etag = format!("\"{}\"", store::ledger::hex(&file.metadata.sha256_hash()));
    if request.headers().get(header::IF_NONE_MATCH).is_some_and(|seen| seen.as_bytes() == etag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let mut response = Response::builder()
        .header(header::CONTENT_TYPE, content_type(&path))
        .header(header::CACHE_CONTROL, "no-cache")
        .header(header::VARY, "accept-encoding")
        .header(header::ETAG, etag);
    if is_packed {
        response = response.header(header::CONTENT_ENCODING, "br");
    }
    response.body(Body::from(file.data)).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(',').any(|one| one.trim().starts_with("br")))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
