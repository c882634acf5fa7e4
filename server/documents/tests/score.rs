//! How much of the sample policies is read rightly: per file and in total, against the truth beside each file.
//!
//! `MINAOSHI_MATERIAL=folder` scores the files of another folder too; `FAULTS=50` shows more of what is wrong.

use documents::policy::{read, to_json};
use domain::clause::fold;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

const MATERIAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/material/policies");

/// Right and possible.
#[derive(Debug, Clone, Copy, Default)]
struct Rate {
    right: usize,
    of: usize,
}

impl Rate {
    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    fn percent(self) -> f64 {
        if self.of == 0 { 100.0 } else { 100.0 * self.right as f64 / self.of as f64 }
    }
}

#[derive(Debug, Clone, Default)]
struct Score {
    /// F1: twice the clauses found, of those that are there and those that were read.
    paths: Rate,
    text: Rate,
    duty: Rate,
    subject: Rate,
    history: Rate,
    faults: Vec<String>,
}

impl Score {
    fn line(&self) -> String {
        let [paths, text, duty, subject] =
            [self.paths, self.text, self.duty, self.subject].map(|rate| format!("{:.1} %", rate.percent()));
        format!(
            "paths {paths}, text {text}, duty {duty}, subject {subject}, histories {}/{}",
            self.history.right, self.history.of
        )
    }

    fn take(&mut self, other: &Score) {
        for (sum, more) in [
            (&mut self.paths, other.paths),
            (&mut self.text, other.text),
            (&mut self.duty, other.duty),
            (&mut self.subject, other.subject),
            (&mut self.history, other.history),
        ] {
            sum.right += more.right;
            sum.of += more.of;
        }
    }
}

fn folded(value: &Value) -> Option<String> {
    value.as_str().map(fold).filter(|text| !text.is_empty())
}

fn path(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(folded).collect()
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value[key].as_array().into_iter().flatten()
}

fn score(truth: &Value, got: &Value) -> Score {
    let mut score = Score::default();
    let clauses: BTreeMap<Vec<String>, &Value> =
        list(got, "clauses").map(|c| (path(&c["path"]), c)).collect();
    let mut used: HashSet<Vec<String>> = HashSet::new();
    for want in list(truth, "clauses") {
        let mut options = vec![path(&want["path"])];
        options.extend(list(want, "alt_paths").map(path));
        score.paths.of += 1;
        let found = options.iter().find(|option| clauses.contains_key(*option) && !used.contains(*option));
        let name = options[0].join("/");
        match found {
            None => {
                score.faults.push(format!("{name}: no such clause read"));
                for rate in [&mut score.text, &mut score.duty] {
                    rate.of += 1;
                }
                if has_subject(want) {
                    score.subject.of += 1;
                }
            }
            Some(found) => {
                used.insert(found.clone());
                score.paths.right += 2;
                compare(&mut score, &name, want, clauses[found]);
            }
        }
    }
    score.paths.of += clauses.len();
    for extra in clauses.keys().filter(|key| !used.contains(*key)) {
        score.faults.push(format!("{}: read as a clause, is none", extra.join("/")));
    }
    let history = |value: &Value| -> Vec<(Option<String>, Option<String>)> {
        list(value, "revisions").map(|entry| (folded(&entry["date_iso"]), folded(&entry["action"]))).collect()
    };
    let same = history(truth) == history(got);
    score.history.add(same);
    if !same {
        score.faults.push(format!("history read {:?}", history(got)));
    }
    score
}

fn has_subject(want: &Value) -> bool {
    let binds = ["must", "must_not", "effort", "may"].iter().any(|duty| want["obligation"] == *duty);
    binds && folded(&want["subject"]).is_some()
}

fn compare(score: &mut Score, name: &str, want: &Value, have: &Value) {
    let text = folded(&have["text"]).unwrap_or_default();
    let same = match want.get("text") {
        Some(whole) => text == folded(whole).unwrap_or_default(),
        None => {
            let head = folded(&want["text_head"]).unwrap_or_default();
            let length = usize::try_from(want["text_len"].as_u64().unwrap_or(0)).unwrap_or(0);
            text.starts_with(&head) && text.chars().count().abs_diff(length) <= (length / 20).max(3)
        }
    };
    score.text.add(same);
    if !same {
        score.faults.push(format!("{name}: text differs: {:?}", have["text"]));
    }
    let duty = have["obligation"] == want["obligation"]
        || list(want, "also").any(|also| *also == have["obligation"]);
    score.duty.add(duty);
    if !duty {
        let (wanted, read) = (&want["obligation"], &have["obligation"]);
        score.faults.push(format!("{name}: {wanted}, read {read}: {}", have["text"]));
    }
    if has_subject(want) {
        let free = want["subject_inherited"] == true || !want["subject_note"].is_null();
        let (wanted, read) = (folded(&want["subject"]), folded(&have["subject"]));
        let right = wanted == read || (free && read.is_none());
        score.subject.add(right);
        if !right {
            score.faults.push(format!("{name}: subject {wanted:?}, read {read:?}"));
        }
    }
}

fn truths(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".truth.json"))
        .collect();
    found.sort();
    found
}

/// The document beside a truth file.
fn document(truth: &Path) -> PathBuf {
    let stem = truth.to_string_lossy().replace(".truth.json", "");
    let kinds = ["md", "txt", "docx", "html", "htm", "docm"];
    let found = kinds.iter().map(|kind| PathBuf::from(format!("{stem}.{kind}"))).find(|path| path.exists());
    found.unwrap_or_else(|| panic!("no document beside {}", truth.display()))
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn score_folder(folder: &Path) -> Score {
    let shown = std::env::var("FAULTS").ok().and_then(|most| most.parse().ok()).unwrap_or(8);
    let mut total = Score::default();
    for truth in truths(folder) {
        let file = document(&truth);
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let truth: Value =
            serde_json::from_slice(&bytes(&truth)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let got = match read(&name, &bytes(&file)) {
            Ok(policy) => to_json(&policy),
            Err(refused) => panic!("{name}: {refused}"),
        };
        let one = score(&truth, &got);
        println!("{name}: {}", one.line());
        for fault in one.faults.iter().take(shown) {
            println!("    {fault}");
        }
        total.take(&one);
    }
    println!("total: {}", total.line());
    total
}

#[test]
fn the_sample_policies_are_read_above_the_bars() {
    if let Some(other) = std::env::var_os("MINAOSHI_MATERIAL") {
        score_folder(Path::new(&other));
    }
    let total = score_folder(Path::new(MATERIAL));
    let bars = [(total.paths, 99.0), (total.text, 98.0), (total.duty, 97.0), (total.subject, 95.0)];
    assert!(bars.iter().all(|(rate, bar)| rate.percent() >= *bar), "{}", total.line());
    assert_eq!(total.history.right, total.history.of, "every table of revisions");
}
