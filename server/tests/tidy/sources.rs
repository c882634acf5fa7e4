//! Reads the repository: its files, and what of them is not a test and not a comment.

use std::path::{Path, PathBuf};

/// A file of the repository.
pub struct Source {
    /// From the top, with `/`.
    pub path: String,
    pub text: String,
}

/// Where a rule is broken.
#[derive(Debug, PartialEq, Eq)]
pub struct Breach {
    pub path: String,
    pub line: usize,
    pub text: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Source {
        Source { path: path.into(), text: text.into() }
    }

    /// Whether the whole file is a test.
    pub fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.path.ends_with("/tests.rs")
    }

    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Code lines with their numbers: no tests, no comments.
    pub fn code(&self) -> Vec<(usize, &str)> {
        if self.is_test() {
            return Vec::new();
        }
        let lines: Vec<&str> = self.text.lines().collect();
        let mut code = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            if lines[at].trim() == "#[cfg(test)]" {
                at = end_of_item(&lines, at + 1);
                continue;
            }
            code.push((at + 1, without_comment(lines[at])));
            at += 1;
        }
        code
    }

    /// Lines of code in which something occurs that must not.
    pub fn lines_with(&self, wrong: impl Fn(&str) -> bool) -> Vec<Breach> {
        let code = self.code().into_iter();
        code.filter(|(_, text)| wrong(text)).map(|(line, text)| self.breach(line, text)).collect()
    }

    pub fn breach(&self, line: usize, text: &str) -> Breach {
        Breach { path: self.path.clone(), line, text: text.trim().into() }
    }
}

/// The line after an item that starts at `at`: after its `;`, or after its last brace.
fn end_of_item(lines: &[&str], mut at: usize) -> usize {
    let mut depth = 0i32;
    while at < lines.len() {
        let line = lines[at];
        depth += line.matches('{').count() as i32 - line.matches('}').count() as i32;
        at += 1;
        let over = line.trim_end().ends_with([';', '}']) || line.contains('}');
        if depth <= 0 && over {
            break;
        }
    }
    at
}

/// The line up to a comment; `http://` is no comment.
fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with("//") {
        return "";
    }
    line.find(" //").map_or(line, |at| &line[..at])
}

/// The folder with the workspace in it.
pub fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Every file that people write, in a stable order.
pub fn all() -> Vec<Source> {
    let top = top();
    let mut files = Vec::new();
    for folder in ["app", "bin", "end2end", "frontend", "migrations", "public", "server", "style"] {
        walk(&top.join(folder), &mut files);
    }
    files.sort();
    files
        .iter()
        .filter_map(|file| {
            let path = file.strip_prefix(&top).ok()?.to_string_lossy().replace('\\', "/");
            Some(Source { path, text: std::fs::read_to_string(file).ok()? })
        })
        .collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let made = ["target", "node_modules", "test-results", "playwright-report", "shots"];
        if made.iter().any(|made| name == *made) {
            continue;
        }
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}
