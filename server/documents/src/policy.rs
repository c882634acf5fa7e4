//! Policy documents: from a file to the tree of its clauses.
//!
//! The level of a clause comes from its token (第1章, (1), ア) and from the continuity of the numbers, never
//! from typography: documents that went through PDF have lost or mixed their heading marks.

mod caption;
mod decode;
mod era;
mod front;
mod join;
mod json;
mod label;
mod lines;
mod node;
mod outline;

use crate::Unreadable;
use domain::clause::classify_all;
use domain::policy::PolicyText;

pub use json::{questions_json, to_json};

/// Reads a policy from a Markdown or plain text file and classifies its sentences.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<PolicyText, Unreadable> {
    let text = decode::decode(file_name, bytes)?;
    if text.lines().count() > MOST_LINES {
        return Err(Unreadable::new(TOO_LONG));
    }
    let policy = read_text(&text);
    if policy.clauses.iter().all(|clause| clause.label.is_empty() && clause.heading.is_none()) {
        return Err(Unreadable::new(NO_CLAUSE));
    }
    Ok(policy)
}

/// The longest policies have about 3,000 lines.
const MOST_LINES: usize = 20_000;

const TOO_LONG: &str =
    "行数が多すぎます（上限は2万行です）。ポリシーの本文だけのファイルを指定してください。";

const NO_CLAUSE: &str = "条項が見つかりません。「第1章」「第1条」「1 目的」「(1)」のような番号の付いたポリシーの本文を指定してください。";

/// Reads a text that may hold no clause at all.
fn read_text(text: &str) -> PolicyText {
    let lines = lines::lines(text);
    let (front, rest) = front::split(lines);
    let mut policy = PolicyText { title: front.title, history: front.history, ..PolicyText::default() };
    let (rest, signature) = front::signature(rest);
    policy.signature = signature;
    let built = outline::build(&rest);
    policy.clauses = built.clauses;
    policy.remarks = built.remarks;
    classify_all(&mut policy.clauses);
    policy
}
