//! Documents with their truth: the clauses as they should be read, and what each of them obliges to.

use domain::clause::{Class, ClauseKind, ClauseText, classify_all, delegates, introduces_terms};
use domain::policy::PolicyText;
use serde_json::Value;
use std::path::Path;

/// One document.
pub struct Truth {
    pub name: String,
    pub rows: Vec<Row>,
}

/// One clause of the truth.
pub struct Row {
    pub obligation: String,
    pub also: Vec<String>,
    pub subject: Option<String>,
    pub inherited: bool,
    clause: ClauseText,
}

impl Row {
    pub fn obliges(&self) -> bool {
        ["must", "must_not", "effort"].contains(&self.obligation.as_str())
    }

    /// Whether a later sentence of the clause obliges to something.
    pub fn binds(&self) -> bool {
        self.also.iter().any(|class| ["must", "must_not", "effort"].contains(&class.as_str()))
    }

    pub fn allows(&self, read: &str) -> bool {
        self.obligation == read || self.also.iter().any(|class| class == read)
    }
}

impl Truth {
    /// The document with its sentences classified.
    pub fn policy(&self) -> PolicyText {
        let mut clauses: Vec<ClauseText> = self.rows.iter().map(|row| row.clause.clone()).collect();
        classify_all(&mut clauses);
        PolicyText { clauses, ..PolicyText::default() }
    }
}

/// All documents of the material that give their text. More of them stand in the folders that
/// `MINAOSHI_POLICIES` names, parted by colons.
pub fn all() -> Vec<Truth> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/material/policies");
    let more = std::env::var("MINAOSHI_POLICIES").unwrap_or_default();
    let folders = std::iter::once(own).chain(more.split(':').filter(|name| !name.is_empty()).map(Into::into));
    let mut files: Vec<_> = folders
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flat_map(|entries| entries.filter_map(Result::ok).map(|entry| entry.path()))
        .filter(|file| file.to_string_lossy().ends_with(".truth.json"))
        .collect();
    files.sort();
    files.iter().map(|file| load(file)).filter(|truth| !truth.rows.is_empty()).collect()
}

fn load(file: &Path) -> Truth {
    let value: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let rows = value["clauses"].as_array().unwrap();
    let whole = rows.iter().all(|row| row["text"].is_string());
    let name = file.file_name().unwrap().to_string_lossy().replace(".truth.json", "");
    Truth { name, rows: if whole { rows.iter().map(row).collect() } else { Vec::new() } }
}

fn row(row: &Value) -> Row {
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_string();
    let list = |key: &str| -> Vec<String> {
        row[key]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.as_str().map(str::to_string))
            .collect()
    };
    let obligation = text("obligation");
    let asks = ["must", "must_not", "effort", "may"].contains(&obligation.as_str());
    Row {
        also: list("also"),
        subject: row["subject"].as_str().filter(|_| asks).map(str::to_string),
        inherited: row["subject_inherited"].as_bool().unwrap_or(false) || row["subject_note"].is_string(),
        clause: ClauseText {
            path: list("path"),
            label: text("label"),
            heading: row["heading"].as_str().map(str::to_string),
            text: text("text"),
            kind: kind(&text("kind")),
            line: 1,
            sentences: Vec::new(),
        },
        obligation,
    }
}

fn kind(name: &str) -> ClauseKind {
    match name {
        "chapter" => ClauseKind::Chapter,
        "paragraph" => ClauseKind::Paragraph,
        "item" => ClauseKind::Item,
        "subitem" => ClauseKind::Subitem,
        _ => ClauseKind::Article,
    }
}

/// The obligation of a clause as it was read.
pub fn obligation(clause: &ClauseText) -> &'static str {
    let Some(sentence) = clause.sentences.first() else { return "none" };
    match sentence.class {
        Class::Duty | Class::Umbrella | Class::Declaration => "must",
        Class::Prohibition => "must_not",
        Class::Effort => "effort",
        Class::Permission => "may",
        Class::Exception if sentence.text.contains("できる") => "may",
        // The sentence that introduces the terms defines none of them.
        Class::Definition if introduces_terms(&sentence.text) => "none",
        Class::Definition => "definition",
        // Whoever is named shall set it; nobody is asked about it.
        Class::Stipulation if delegates(&sentence.text) => "must",
        _ => "none",
    }
}

/// The comparison key of a name.
pub fn fold(text: &str) -> String {
    domain::clause::fold(text)
}
