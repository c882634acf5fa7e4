//! The bank: questions of our own that no policy sentence asks for. Always shown as 「ポリシー外の補助設問」.
//!
//! A founding policy often obliges nobody but the city as a whole, so that sheets would stay nearly empty
//! (field glossary §5.2, golden outline in numbers). The officer may then add questions from here, each linked
//! to the clause it is nearest to.

mod manager;
mod nearest;
mod staff;
mod system_manager;

use crate::role::Role;
use crate::topic::Topic;

pub use nearest::{Nearest, Nearness};

/// How such a question is marked on every screen and document.
pub const MARK: &str = "ポリシー外の補助設問";

/// One question of a table.
struct Line {
    topic: usize,
    text: &'static str,
    not_applicable: Option<&'static str>,
    guidance: &'static str,
}

/// A question everybody of the role can answer.
const fn ask(topic: usize, text: &'static str, guidance: &'static str) -> Line {
    Line { topic, text, not_applicable: None, guidance }
}

/// A question that arises under a condition only; the third part is the answer 該当なし.
const fn ask_if(
    topic: usize,
    text: &'static str,
    not_applicable: &'static str,
    guidance: &'static str,
) -> Line {
    Line { topic, text, not_applicable: Some(not_applicable), guidance }
}

/// A question of the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankQuestion {
    /// Keeps its meaning for ever: role, chapter, number (`staff-2-3`). New questions are put behind the others
    /// of their chapter.
    pub key: String,
    pub role: Role,
    pub topic: Topic,
    /// At most 80 characters; ○ means compliant.
    pub text: &'static str,
    /// The condition that allows 該当なし.
    pub not_applicable: Option<&'static str>,
    /// What is meant, for the one who answers.
    pub guidance: &'static str,
}

/// The whole bank, by role and chapter.
pub fn all() -> Vec<BankQuestion> {
    [
        (Role::Staff, staff::LINES),
        (Role::Manager, manager::LINES),
        (Role::SystemManager, system_manager::LINES),
    ]
    .into_iter()
    .flat_map(|(role, lines)| of_role(role, lines))
    .collect()
}

fn of_role(role: Role, lines: &'static [Line]) -> Vec<BankQuestion> {
    let mut numbers = [0_usize; 10];
    let mut questions = Vec::new();
    for line in lines {
        let (Some(topic), Some(number)) =
            (Topic::ALL.get(line.topic - 1).copied(), numbers.get_mut(line.topic))
        else {
            continue;
        };
        *number += 1;
        questions.push(BankQuestion {
            key: format!("{}-{}-{number}", role.key(), line.topic),
            role,
            topic,
            text: line.text,
            not_applicable: line.not_applicable,
            guidance: line.guidance,
        });
    }
    questions
}

/// The question of a key, if there is one.
pub fn find(key: &str) -> Option<BankQuestion> {
    all().into_iter().find(|question| question.key == key)
}

#[cfg(test)]
mod tests;
