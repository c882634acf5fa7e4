//! The frame of every document: head, content security policy, the islands' start.

use crate::context::Request;
use crate::routes::App;
use http::{HeaderName, HeaderValue};
use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;

/// A whole document.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    send_policy();
    // The browser part is loaded only where an island is: the page that answers a sheet, the one that tries it
    // out, the workbench, the board and what the projector shows.
    let with_islands = use_context::<Request>().is_some_and(|request| has_island(&request.page));
    view! {
        <!DOCTYPE html>
        <html lang="ja">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <link rel="icon" href="/icon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href="/pkg/minaoshi.css"/>
                {with_islands.then(|| view! { <HydrationScripts options islands=true/> })}
                <MetaTags/>
            </head>
            <body>
                <a class="skip" href="#main">"本文へ移動"</a>
                <App/>
            </body>
        </html>
    }
}

fn has_island(page: &str) -> bool {
    let path = page.split('?').next().unwrap_or_default();
    path.starts_with("/answer/")
        || (path.starts_with("/sheets/") && path.ends_with("/preview"))
        || (path.starts_with("/policies/") && path.contains("/clauses/"))
        || path == "/board"
        || is_board(path)
}

/// `/inspections/{id}` and its projector, but no other page below it.
fn is_board(path: &str) -> bool {
    let rest = path.strip_prefix("/inspections/").and_then(|rest| rest.split_once('/').or(Some((rest, ""))));
    rest.is_some_and(|(id, page)| id.parse::<uuid::Uuid>().is_ok() && matches!(page, "" | "projector"))
}

/// Nothing inline, nothing from elsewhere; WebAssembly may be compiled.
fn send_policy() {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    let nonce = use_nonce().map(|nonce| format!(" 'nonce-{nonce}'")).unwrap_or_default();
    let policy = format!(
        "default-src 'self'; script-src 'self'{nonce} 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    if let Ok(value) = HeaderValue::from_str(&policy) {
        response.insert_header(HeaderName::from_static("content-security-policy"), value);
    }
}
