//! Policy documents: from a file to the tree of its clauses.
//!
//! The level of a clause comes from its token (第1章, (1), ア) and from the continuity of the numbers, never
//! from typography: documents that went through PDF have lost or mixed their heading marks.

mod annex;
mod caption;
mod contents;
mod decode;
mod docx;
mod era;
mod front;
mod history;
mod html;
mod join;
mod json;
mod label;
mod lines;
mod node;
mod outline;
mod pages;
mod source;

use crate::Unreadable;
use domain::clause::classify_all;
use domain::policy::PolicyText;

pub use json::{questions_json, to_json};

/// Reads a policy from a Word document, an HTML page, a Markdown or plain text file and classifies its sentences.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<PolicyText, Unreadable> {
    let lines = source::lines(file_name, bytes)?;
    if lines.len() > MOST_LINES || lines.iter().map(|line| line.text.len()).sum::<usize>() > MOST_TEXT {
        return Err(too_long());
    }
    let policy = arranged(lines);
    if policy.clauses.iter().all(|clause| clause.label.is_empty() && clause.heading.is_none()) {
        return Err(Unreadable::new(NO_CLAUSE));
    }
    Ok(policy)
}

/// The longest policies have about 3,000 lines.
const MOST_LINES: usize = 20_000;

/// In bytes: some two million characters, ten times a policy of 200 pages.
const MOST_TEXT: usize = 6 * 1024 * 1024;

fn too_long() -> Unreadable {
    Unreadable::new(
        "文書が長すぎます（上限は2万行、約200万字です）。ポリシーの本文だけのファイルを指定してください。",
    )
}

const NO_CLAUSE: &str = "条項が見つかりません。「第1章」「第1条」「1 目的」「(1)」のような番号の付いたポリシーの本文を指定してください。";

/// Arranges lines that may hold no clause at all.
fn arranged(lines: Vec<lines::Line>) -> PolicyText {
    let (front, rest) = front::split(contents::without(lines));
    let (rest, annexes) = annex::without(rest);
    let mut policy = PolicyText { title: front.title, history: front.history, ..PolicyText::default() };
    let (rest, signature) = front::signature(rest);
    policy.signature = signature;
    let built = outline::build(&rest);
    policy.clauses = built.clauses;
    policy.remarks = built.remarks;
    policy.remarks.extend(annexes);
    classify_all(&mut policy.clauses);
    policy
}
