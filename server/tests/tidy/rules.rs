//! The rules of the house that a machine can check. Each looks at one file, or at the crates, or at the top.

use crate::sources::{Breach, Source};
use serde_json::Value;

/// Longer files are split.
pub const MOST_LINES: usize = 400;

pub fn too_long(source: &Source) -> Vec<Breach> {
    let written = [".rs", ".css", ".ts"].iter().any(|end| source.path.ends_with(end));
    let lines = source.text.lines().count();
    if (written || source.path.starts_with("bin/")) && lines > MOST_LINES {
        return vec![source.breach(lines, "the file ends here")];
    }
    Vec::new()
}

/// Leptos 0.8 writes the children of a raw text area unescaped: a stored comment would become a script.
pub fn raw_text_area(source: &Source) -> Vec<Breach> {
    if !source.is_rust() || source.path == "app/src/ui/text_area.rs" {
        return Vec::new();
    }
    source.lines_with(|line| line.contains("<textarea"))
}

/// Rules and use cases take the time as an argument. What measures from outside has a clock of its own.
pub fn clock_read(source: &Source) -> Vec<Breach> {
    let own = source.path == "server/src/main.rs" || source.path.starts_with("end2end/load/");
    if !source.is_rust() || own {
        return Vec::new();
    }
    let reads = ["now_utc", "now_local", "SystemTime::now", "Instant::now"];
    source.lines_with(|line| reads.iter().any(|read| line.contains(read)))
}

/// What exists on the server only is said in one place.
pub fn side_switch(source: &Source) -> Vec<Breach> {
    if !source.is_rust() || source.path == "app/src/lib.rs" {
        return Vec::new();
    }
    source.lines_with(|line| line.contains(r#"feature = "ssr""#))
}

/// Tables that are no lists to be taken away, by file, with their number and the reason.
const NO_EXPORT: &[(&str, usize, &str)] = &[
    (
        "app/src/answer/done.rs",
        1,
        "the reader of the answers has it above all chapters; the own sheet is one's own",
    ),
    ("app/src/answer/hand_in_page.rs", 1, "a form about to be sent"),
    ("app/src/answer/receipt_page.rs", 1, "a paper to be printed"),
    ("app/src/approval/bundle.rs", 2, "one for each department; the page has the links above all of them"),
    ("app/src/audit/report_text.rs", 3, "a paper to be printed; its tables stand on the audit's page"),
    ("app/src/export/characters_page.rs", 1, "says why a file was not made"),
    ("app/src/form/original_form.rs", 1, "says what stands in the file that is taken out beside it"),
    ("app/src/form/original_old.rs", 2, "say what stands in the file that is taken out beside them"),
    ("app/src/form/page.rs", 1, "links to workbooks; the figures stand on the board"),
    ("app/src/form/sheets.rs", 1, "links to workbooks; the figures stand on the department's page"),
    ("app/src/inspection/notices_page.rs", 1, "says what can be written into a form"),
    ("app/src/layout/picture.rs", 1, "a picture of a sheet; the file that came can be taken out"),
    ("app/src/layout/show_page.rs", 2, "how one 様式 is read, column by column, and its versions"),
    ("app/src/ledger/entries.rs", 1, "the page of the record has the links"),
    ("app/src/ledger/payload.rs", 1, "part of an entry, and a column of its file"),
    ("app/src/ledger/seal_page.rs", 2, "a paper to be printed; the list of seals has it"),
    (
        "app/src/question/accept_all_page.rs",
        1,
        "asks back before a form is sent; the counts stand on the policy's page",
    ),
    ("app/src/roster/columns_page.rs", 1, "a form about an uploaded file"),
];

/// What the screen shows can be taken out as a file.
pub fn table_without_export(source: &Source) -> Vec<Breach> {
    if !source.path.starts_with("app/src/") || source.path.starts_with("app/src/island/") {
        return Vec::new();
    }
    let excepted = NO_EXPORT.iter().find(|(path, ..)| *path == source.path).map_or(0, |(_, count, _)| *count);
    let tables = source.lines_with(|line| line.contains("<table"));
    let exports = source.lines_with(|line| line.contains("<Export")).len();
    tables.into_iter().skip(exports + excepted).collect()
}

/// The content security policy blocks inline style.
pub fn inline_style(source: &Source) -> Vec<Breach> {
    if !source.path.starts_with("app/src/") {
        return Vec::new();
    }
    source.lines_with(|line| {
        let word = line
            .match_indices("style=")
            .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_'));
        word || line.contains(" style:")
    })
}

/// A panic is no answer to a user.
pub fn panics(source: &Source) -> Vec<Breach> {
    if !source.is_rust() {
        return Vec::new();
    }
    source.lines_with(|line| line.contains(".unwrap()") || line.contains(".expect("))
}

/// `#[expect(…, reason)]` says why and disappears by itself.
pub fn silenced(source: &Source) -> Vec<Breach> {
    if !source.is_rust() {
        return Vec::new();
    }
    source.lines_with(|line| line.contains("#[allow(") || line.contains("#![allow("))
}

/// The browser never asks another server.
pub fn outside_address(source: &Source) -> Vec<Breach> {
    let reaches_the_browser =
        ["app/src/", "style/", "frontend/", "public/"].iter().any(|folder| source.path.starts_with(folder));
    if !reaches_the_browser {
        return Vec::new();
    }
    source.lines_with(|line| {
        let line = line.replace("http://www.w3.org/2000/svg", "");
        line.contains("http://") || line.contains("https://") || line.contains("url(//")
    })
}

/// The domain is plain functions: nothing waits, nothing is read or written.
pub fn impure(source: &Source) -> Vec<Breach> {
    if !source.path.starts_with("app/domain/src/") {
        return Vec::new();
    }
    let wrong =
        ["async ", ".await", "std::fs", "std::io", "std::net", "std::env", "std::process", "println!"];
    source.lines_with(|line| wrong.iter().any(|wrong| line.contains(wrong)))
}

/// What `git merge` leaves behind.
pub fn unresolved(source: &Source) -> Vec<Breach> {
    let lines = source.text.lines().enumerate();
    lines
        .filter(|(_, line)| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> "))
        .map(|(at, line)| source.breach(at + 1, line))
        .collect()
}

/// Nothing else stands at the top. Made by running: `target`, `data`.
const TOP: &[&str] = &[
    ".cargo",
    ".ci",
    ".git",
    ".gitignore",
    "ARCHITECTURE.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "app",
    "bin",
    "clippy.toml",
    "data",
    "docs",
    "end2end",
    "frontend",
    "migrations",
    "public",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "server",
    "style",
    "target",
];

pub fn stray(names: &[String]) -> Vec<Breach> {
    let stray = names.iter().filter(|name| !TOP.contains(&name.as_str()));
    stray
        .map(|name| Breach { path: name.clone(), line: 0, text: "does not belong at the top".into() })
        .collect()
}

enum May {
    /// These and nothing else.
    Only(&'static [&'static str]),
    /// Everything but these.
    Never(&'static [&'static str]),
}

const CRATES: &[(&str, May)] = &[
    ("domain", May::Only(&["serde", "thiserror", "time", "uuid", "unicode-normalization"])),
    ("store", May::Never(&["leptos", "leptos_axum", "leptos_router", "axum", "documents", "app", "server"])),
    ("documents", May::Never(&["store", "sea-orm", "leptos", "axum", "app", "server", "migrations"])),
    ("app", May::Never(&["documents", "lettre", "sea-orm", "server", "migrations"])),
    ("frontend", May::Only(&["app", "domain", "leptos", "serde", "wasm-bindgen"])),
    ("migrations", May::Never(&["domain", "store", "documents", "app", "server", "frontend"])),
];

/// What the browser's side of `app` is made of; everything else is optional and belongs to the server's side.
const BROWSER: &[&str] =
    &["domain", "leptos", "serde", "server_fn", "time", "uuid", "wasm-bindgen", "web-sys"];

/// Breaches of the table of crates, from `cargo metadata --no-deps`.
pub fn crate_table(metadata: &Value) -> Vec<Breach> {
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    packages.iter().flat_map(package_breaches).collect()
}

fn package_breaches(package: &Value) -> Vec<Breach> {
    let name = package["name"].as_str().unwrap_or_default();
    let rule = CRATES.iter().find(|(listed, _)| *listed == name).map(|(_, rule)| rule);
    let dependencies = package["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
    let used = dependencies.iter().filter(|one| one["kind"].is_null());
    used.filter(|one| {
        let dependency = one["name"].as_str().unwrap_or_default();
        let breaks = match rule {
            Some(May::Only(listed)) => !listed.contains(&dependency),
            Some(May::Never(listed)) => listed.contains(&dependency),
            None => false,
        };
        let in_browser = name == "app" && one["optional"] == false && !BROWSER.contains(&dependency);
        breaks || in_browser
    })
    .map(|one| Breach { path: format!("{name}/Cargo.toml"), line: 0, text: one["name"].to_string() })
    .collect()
}
