//! Clauses of a policy and the classes of their sentences.

mod announce;
mod classify;
pub mod correction;
mod end;
mod fold;
mod follow;
mod marked;
mod organisation;
mod pattern;
mod roles;
mod scope;
mod split;
mod subject;
mod topic;

use crate::role::Role;
use serde::{Deserialize, Serialize};

pub(crate) use announce::{announces_categories, announces_contents};
pub use classify::{Context, Lead, classify, classify_all, marks_as};
pub(crate) use classify::{is_noun, is_paragraph};
pub use end::{delegates, introduces_terms};
pub use fold::fold;
pub use marked::marked;
pub use organisation::Organisation;
pub(crate) use pattern::without_brackets;
pub use roles::{presumed_role, roles_of};
pub use scope::{Scope, ScopeOf, scopes};
pub(crate) use split::segments;
pub use split::sentences;
pub use topic::{topic_of, topic_of_words};

/// One clause as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseText {
    /// Canonical labels from the root, e.g. `["第1章", "6", "(3)", "ア"]`. The path is the clause's key within a revision.
    pub path: Vec<String>,
    /// The last label as printed.
    pub label: String,
    /// The heading, if it has one.
    pub heading: Option<String>,
    /// The whole text without label and heading; paragraphs are joined by a line break.
    pub text: String,
    /// The level in the document.
    pub kind: ClauseKind,
    /// The line of the file where it begins, from 1.
    pub line: usize,
    /// The sentences of `text` with their classes.
    pub sentences: Vec<Sentence>,
}

impl ClauseText {
    /// The path as one string for people: `1-6-(3)-ア` (第1章 is written 1).
    pub fn short_path(&self) -> String {
        short_path(&self.path)
    }
}

/// Writes a path for people: `["第1章", "6", "(3)"]` becomes `1-6-(3)`.
///
/// The first unnumbered heading of a chapter is left out before its items: `["第2章", "#1", "7"]` is `2-7`,
/// as the declaration is quoted in practice.
pub fn short_path(path: &[String]) -> String {
    let last = path.len().saturating_sub(1);
    let shown = path.iter().enumerate().filter(|(index, label)| *index == last || *label != "#1");
    shown.map(|(_, label)| short_label(label)).collect::<Vec<_>>().join("-")
}

fn short_label(label: &str) -> &str {
    label.strip_prefix('第').and_then(|rest| rest.strip_suffix(['章', '節', '編'])).unwrap_or(label)
}

/// A clause and what it stands below, nearest first; parents come before their children.
///
/// Looks at paths only where their length can be an ancestor's: long documents are read often.
pub(crate) fn line_of(clauses: &[ClauseText], index: usize) -> Vec<&ClauseText> {
    let mut line: Vec<&ClauseText> = clauses.get(index).into_iter().collect();
    let Some(path) = line.first().map(|clause| &clause.path) else { return line };
    let mut depth = path.len();
    for other in clauses[..index].iter().rev() {
        if depth <= 1 {
            break;
        }
        if other.path.len() < depth && path.starts_with(&other.path) {
            depth = other.path.len();
            line.push(other);
        }
    }
    line
}

/// The level of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClauseKind {
    /// 編・章・節
    Chapter,
    /// 条, or `1 目的` below a chapter
    Article,
    /// 項, or an unnumbered paragraph of its own
    Paragraph,
    /// 号: (1), ①
    Item,
    /// ア, (ア), a
    Subitem,
}

/// One sentence of a clause with what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// The sentence with its final 。
    pub text: String,
    /// Its class.
    pub class: Class,
    /// The words that decided.
    pub marks: Vec<Mark>,
    /// The subject as written (「情報システム管理者」), if there is one.
    pub subject: Option<String>,
    /// The role the subject stands for, or the default of the chapter.
    pub role: Option<Role>,
    /// True if the role is the chapter's default and not written in the sentence.
    pub role_presumed: bool,
}

/// Part of a sentence that decided about its class: characters `from..to` of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What the words are.
    pub part: Part,
    /// First character, counted in `char`s.
    pub from: usize,
    /// Character after the last, counted in `char`s.
    pub to: usize,
}

/// Kind of deciding words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// 主語
    Subject,
    /// 条件
    Condition,
    /// 述語
    Verb,
}

/// Class of a sentence. Source: patterns of sentence ends in municipal policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// 〜しなければならない。〜するものとする。〜する。
    Duty,
    /// 〜してはならない。
    Prohibition,
    /// 〜に努める。
    Effort,
    /// 〜をいう。
    Definition,
    /// 〜を目的とする。
    Purpose,
    /// 対象・範囲は〜とする。
    Scope,
    /// A threat, a noun without a predicate.
    Threat,
    /// 次の対策を講じる。 Its children carry the duty.
    Umbrella,
    /// 〜することができる。
    Permission,
    /// ただし、〜この限りでない。
    Exception,
    /// A promise to the public (宣言書).
    Declaration,
    /// 〜とする。 A stipulation such as 非公開とする。
    Stipulation,
    /// Background, categories, everything that asks nothing of anybody.
    Background,
}

impl Class {
    /// All classes, in the order of the choice on the screen.
    pub const ALL: [Class; 13] = [
        Class::Duty,
        Class::Prohibition,
        Class::Effort,
        Class::Definition,
        Class::Purpose,
        Class::Scope,
        Class::Threat,
        Class::Umbrella,
        Class::Permission,
        Class::Exception,
        Class::Declaration,
        Class::Stipulation,
        Class::Background,
    ];

    /// Whether a sentence of this class can become a question.
    pub fn obliges(self) -> bool {
        matches!(self, Class::Duty | Class::Prohibition | Class::Effort)
    }

    /// The stable key used in the database.
    pub fn key(self) -> &'static str {
        match self {
            Class::Duty => "duty",
            Class::Prohibition => "prohibition",
            Class::Effort => "effort",
            Class::Definition => "definition",
            Class::Purpose => "purpose",
            Class::Scope => "scope",
            Class::Threat => "threat",
            Class::Umbrella => "umbrella",
            Class::Permission => "permission",
            Class::Exception => "exception",
            Class::Declaration => "declaration",
            Class::Stipulation => "stipulation",
            Class::Background => "background",
        }
    }

    /// The class of a key.
    pub fn from_key(key: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|class| class.key() == key)
    }

    /// The name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Class::Duty => "義務",
            Class::Prohibition => "禁止",
            Class::Effort => "努力義務",
            Class::Definition => "定義",
            Class::Purpose => "目的",
            Class::Scope => "適用範囲",
            Class::Threat => "脅威",
            Class::Umbrella => "柱書き",
            Class::Permission => "許容",
            Class::Exception => "例外",
            Class::Declaration => "宣言",
            Class::Stipulation => "定め",
            Class::Background => "背景",
        }
    }
}
