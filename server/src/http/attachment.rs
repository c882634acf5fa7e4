//! Files to be kept under a Japanese name.

use app::error::AppError;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};

/// xlsx.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What the header `Content-Disposition` says: always a file to be kept, never a page of ours.
pub fn disposition(name: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    // A blank is `+` in a form, but `%20` in a header.
    format!("attachment; filename*=UTF-8''{}", encoded.replace('+', "%20"))
}

/// A file of a kind.
pub fn attachment(name: &str, kind: &str, body: impl Into<Body>) -> Response {
    let headers =
        [(header::CONTENT_TYPE, kind.to_string()), (header::CONTENT_DISPOSITION, disposition(name))];
    (headers, body.into()).into_response()
}

/// Instead of a file: why there is none, as one sentence.
pub fn plain(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, error.text()).into_response()
}

/// A workbook.
pub fn workbook(name: &str, bytes: Vec<u8>) -> Response {
    attachment(name, XLSX, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_blanks_and_signs_stays_one_name() {
        assert_eq!(disposition("課 1;+.xlsx"), "attachment; filename*=UTF-8''%E8%AA%B2%201%3B%2B.xlsx");
    }
}
