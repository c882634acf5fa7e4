//! The rules of ARCHITECTURE.md that a machine can check. Each rule is also shown a bad example, so that a rule
//! that catches nothing is noticed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::allow_attributes)]

mod rules;
mod sources;

use serde_json::{Value, json};
use sources::{Breach, Source};
use std::process::Command;

fn assert_none(breaches: Vec<Breach>, rule: &str) {
    let list: Vec<String> =
        breaches.iter().map(|breach| format!("{}:{}: {}", breach.path, breach.line, breach.text)).collect();
    assert!(list.is_empty(), "{rule}\n{}", list.join("\n"));
}

/// The whole repository keeps the rule, and the rule catches the bad example.
fn check(rule: fn(&Source) -> Vec<Breach>, sentence: &str, bad: (&str, &str)) {
    let caught = rule(&Source::new(bad.0, bad.1));
    assert_eq!(caught.len(), 1, "the rule does not catch {bad:?}: {caught:?}");
    let all = sources::all();
    assert!(all.len() > 100, "the repository was not found");
    assert_none(all.iter().flat_map(rule).collect(), sentence);
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let long = "//\n".repeat(rules::MOST_LINES + 1);
    check(rules::too_long, "Split the file; one file, one thing.", ("app/src/long.rs", &long));
}

#[test]
fn the_raw_text_area_stands_in_one_file_only() {
    let bad = ("app/src/finding/form.rs", "view! {\n    <textarea name=\"text\">{text}</textarea>\n}");
    check(rules::raw_text_area, "Use ui::TextArea; Leptos does not escape a raw text area.", bad);
}

#[test]
fn nobody_but_main_reads_the_clock() {
    let bad = ("server/store/src/finding.rs", "let now = OffsetDateTime::now_utc();");
    check(rules::clock_read, "Take `now` as an argument.", bad);
}

#[test]
fn one_file_says_what_exists_on_the_server_only() {
    let bad = ("app/src/finding/api.rs", "#[cfg(feature = \"ssr\")]\nfn f() {}");
    check(rules::side_switch, "Add the module to on_the_server! in app/src/lib.rs.", bad);
}

#[test]
fn every_table_on_a_page_can_be_taken_out_as_a_file() {
    let bad = ("app/src/system/list_page.rs", "view! {\n    <table class=\"table\"></table>\n}");
    check(
        rules::table_without_export,
        "Put <Export table=\"…\"/> above it and its line into domain::permission::export, or say in NO_EXPORT why not.",
        bad,
    );
}

#[test]
fn no_style_is_written_inline() {
    let bad = ("app/src/results/page.rs", "view! { <b style=\"width:10%\"></b> }");
    check(rules::inline_style, "Use a class; the content security policy blocks inline style.", bad);
    let fine = Source::new("app/src/x.rs", "view! { <link rel=\"stylesheet\"/> } // style=\n");
    assert_none(rules::inline_style(&fine), "a false alarm");
}

#[test]
fn nothing_panics_outside_tests() {
    let bad = (
        "server/src/x.rs",
        "let a = b.unwrap();\n#[cfg(test)]\nmod tests {\n    fn f() { b.unwrap(); }\n}\n",
    );
    check(rules::panics, "Return an error with a sentence.", bad);
}

#[test]
fn no_warning_is_silenced_without_a_reason() {
    let bad = ("server/src/x.rs", "#[allow(dead_code)]\nfn f() {}");
    check(rules::silenced, "Use #[expect(…, reason = \"…\")].", bad);
}

#[test]
fn no_address_of_another_server_reaches_the_browser() {
    let bad = ("style/base.css", "@import url(https://fonts.example/bizud.css);");
    check(rules::outside_address, "The browser asks this server only.", bad);
}

#[test]
fn the_domain_neither_waits_nor_reads_nor_writes() {
    let bad = ("app/domain/src/finding.rs", "pub async fn settle() {}");
    check(rules::impure, "Rules are plain functions.", bad);
}

#[test]
fn no_merge_is_left_half_done() {
    let bad = ("frontend/src/lib.rs", "<<<<<<< HEAD\nfn f() {}\n");
    check(rules::unresolved, "Resolve the merge.", bad);
}

#[test]
fn nothing_stands_at_the_top_that_does_not_belong_there() {
    let entries = std::fs::read_dir(sources::top()).unwrap().flatten();
    let names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    assert!(names.contains(&"Cargo.toml".to_string()));
    assert_eq!(rules::stray(&["notes.txt".to_string()]).len(), 1);
    assert_none(rules::stray(&names), "Move it where it belongs, or add it to the table of ARCHITECTURE.md.");
}

#[test]
fn every_crate_keeps_to_its_place() {
    let example = |name: &str, dependency: &str, optional: bool| {
        json!({ "packages": [{ "name": name, "dependencies": [
            { "name": dependency, "kind": null, "optional": optional },
            { "name": "proptest", "kind": "dev", "optional": false },
        ] }] })
    };
    for (name, dependency) in [
        ("domain", "regex"),
        ("store", "axum"),
        ("documents", "store"),
        ("migrations", "domain"),
        ("app", "lettre"),
    ] {
        assert_eq!(rules::crate_table(&example(name, dependency, true)).len(), 1, "{name} uses {dependency}");
    }
    assert_eq!(
        rules::crate_table(&example("app", "store", false)).len(),
        1,
        "the browser would load the store"
    );
    assert!(rules::crate_table(&example("app", "store", true)).is_empty());
    let metadata = metadata();
    assert!(metadata["packages"].as_array().unwrap().len() >= 7);
    assert_none(rules::crate_table(&metadata), "See the table of crates in ARCHITECTURE.md.");
}

fn metadata() -> Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(sources::top())
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}
