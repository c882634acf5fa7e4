//! Questions: what is asked because a clause says so.

use crate::role::Role;
use crate::topic::Topic;
use serde::{Deserialize, Serialize};

/// A question proposed by a rule from one sentence. The officer decides about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Index of the clause in `PolicyText::clauses`.
    pub clause: usize,
    /// Index of the sentence in the clause.
    pub sentence: usize,
    /// Who would be asked.
    pub role: Role,
    /// True if the role was not written in the sentence.
    pub role_presumed: bool,
    /// The chapter of the guideline it belongs to.
    pub topic: Topic,
    /// At most 80 characters, です・ます; ○ always means compliant.
    pub text: String,
    /// The condition that allows 該当なし (「持出しなし」); `None` where 該当なし is not offered.
    pub not_applicable: Option<String>,
    /// 1 for a duty, 0.5 for an effort.
    pub weight: f64,
    /// The name of the rule that proposed it, in Japanese.
    pub rule: String,
    /// 0..=1: how sure the rule is.
    pub confidence: f64,
}
