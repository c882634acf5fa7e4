//! What the fuzzers found worth keeping is read again with every build: no input makes a reader panic or hang.

#![expect(clippy::expect_used, reason = "helpers of tests")]

#[path = "../fuzz/feed.rs"]
mod feed;

use std::path::Path;
use std::time::{Duration, Instant};

/// Debug builds on a busy machine; a fuzzer gives up earlier.
const SOON: Duration = Duration::from_secs(20);

fn replay(reader: &str, feed: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(reader);
    let entries = std::fs::read_dir(&folder).expect("folder of inputs");
    let mut number = 0;
    for entry in entries {
        let path = entry.expect("entry").path();
        let input = std::fs::read(&path).expect("input");
        let begun = Instant::now();
        feed(&input);
        assert!(begun.elapsed() < SOON, "{} took {:?}", path.display(), begun.elapsed());
        number += 1;
    }
    assert!(number > 100, "{number} inputs of {reader}");
    println!("{reader}: {number} kept inputs read");
}

#[test]
fn no_kept_form_makes_the_reader_panic_or_hang() {
    replay("form", feed::form);
}

#[test]
fn no_kept_policy_makes_the_reader_panic_or_hang() {
    replay("policy", feed::policy);
}

#[test]
fn no_kept_roster_makes_the_reader_panic_or_hang() {
    replay("roster", feed::roster);
}

#[test]
fn no_kept_workbook_makes_the_writer_panic_or_hang() {
    replay("original", feed::original);
}
