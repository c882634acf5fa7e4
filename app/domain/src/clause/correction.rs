//! What the officer corrected once, so that the next document is read that way. A list of rules, nothing is
//! guessed: which words, and what they mean in this city.

use super::classify::{context_of, marks_as};
use super::{Class, Sentence, fold, presumed_role, roles_of};
use crate::policy::PolicyText;
use crate::role::Role;

/// One thing that was learnt. All words are folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Correction {
    /// A subject of these words stands for this role.
    Subject { words: String, role: Role },
    /// A sentence that ends in these words is of this class.
    Ending { words: String, class: Class },
    /// Exactly this sentence is of this class and obliges this role.
    Sentence { words: String, class: Class, role: Option<Role> },
}

/// How far a correction reaches beyond its own sentence, as the officer ticked it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reach {
    /// Every sentence with the same subject.
    pub subject: bool,
    /// Every sentence with the same end.
    pub ending: bool,
}

/// A sentence that was read differently because of a correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Index of the clause in `PolicyText::clauses`.
    pub clause: usize,
    /// Index of the sentence in the clause.
    pub sentence: usize,
    /// Index in the list of corrections.
    pub correction: usize,
    /// What the rules had made of it.
    pub class: Class,
    pub role: Option<Role>,
}

impl Correction {
    /// The stable key of the kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Correction::Subject { .. } => "subject",
            Correction::Ending { .. } => "ending",
            Correction::Sentence { .. } => "sentence",
        }
    }

    /// The words it looks for.
    pub fn words(&self) -> &str {
        match self {
            Correction::Subject { words, .. }
            | Correction::Ending { words, .. }
            | Correction::Sentence { words, .. } => words,
        }
    }

    /// The class it gives.
    pub fn class(&self) -> Option<Class> {
        match self {
            Correction::Subject { .. } => None,
            Correction::Ending { class, .. } | Correction::Sentence { class, .. } => Some(*class),
        }
    }

    /// The role it gives.
    pub fn role(&self) -> Option<Role> {
        match self {
            Correction::Subject { role, .. } => Some(*role),
            Correction::Ending { .. } => None,
            Correction::Sentence { role, .. } => *role,
        }
    }

    /// The correction of a kind, if its parts fit.
    pub fn from_parts(
        kind: &str,
        words: String,
        class: Option<Class>,
        role: Option<Role>,
    ) -> Option<Correction> {
        match kind {
            "subject" => Some(Correction::Subject { words, role: role? }),
            "ending" => Some(Correction::Ending { words, class: class? }),
            "sentence" => Some(Correction::Sentence { words, class: class?, role }),
            _ => None,
        }
    }
}

/// Ends that say too little: a rule on them would turn half of the document over.
const PLAIN: [&str; 14] = [
    "する",
    "すること",
    "しなければならない",
    "なければならない",
    "ものとする",
    "するものとする",
    "こととする",
    "とする",
    "行う",
    "定める",
    "してはならない",
    "ことができる",
    "努める",
    "ならない",
];

/// The last predicate (「非公開とする」), if it is special enough to be learnt.
pub fn ending_of(text: &str) -> Option<String> {
    let folded = fold(text);
    let plain = folded.trim_end_matches(['。', '．', '.', ')']);
    let tail = plain.rsplit(['、', 'は', 'を', 'が']).next()?;
    let length = tail.chars().count();
    ((4..=20).contains(&length) && !PLAIN.contains(&tail) && length < plain.chars().count())
        .then(|| tail.to_string())
}

/// The subject's words, if one correction can speak for them: a joint subject names several roles.
pub fn subject_of(sentence: &Sentence) -> Option<String> {
    let subject = sentence.subject.as_deref()?;
    (roles_of(subject).len() <= 1).then(|| fold(subject)).filter(|words| !words.is_empty())
}

/// Whether a new role should speak for every sentence with this subject unless the officer says otherwise:
/// only where the dictionary does not know the words.
pub fn subject_is_new(sentence: &Sentence) -> bool {
    sentence.subject.as_deref().is_some_and(|subject| roles_of(subject).is_empty())
}

/// What a reclassification teaches. The sentence itself is always remembered.
pub fn learn(before: &Sentence, class: Class, role: Option<Role>, reach: Reach) -> Vec<Correction> {
    let mut learnt = vec![Correction::Sentence { words: fold(&before.text), class, role }];
    if let (true, Some(words), Some(role)) = (reach.subject, subject_of(before), role) {
        learnt.push(Correction::Subject { words, role });
    }
    if let (true, Some(words)) = (reach.ending, ending_of(&before.text)) {
        learnt.push(Correction::Ending { words, class });
    }
    learnt
}

/// Reads a document as it was corrected before. Of two corrections about the same words the later one counts;
/// one about the very sentence counts before those about its words. Gives what was read differently.
pub fn apply(policy: &mut PolicyText, corrections: &[Correction]) -> Vec<Applied> {
    let mut all = Vec::new();
    for clause in 0..policy.clauses.len() {
        for at in 0..policy.clauses[clause].sentences.len() {
            let before = policy.clauses[clause].sentences[at].clone();
            let Some((after, used)) = corrected(policy, clause, &before, corrections) else { continue };
            if after != before {
                let (class, role) = (before.class, before.role);
                all.extend(used.into_iter().map(|correction| Applied {
                    clause,
                    sentence: at,
                    correction,
                    class,
                    role,
                }));
                policy.clauses[clause].sentences[at] = after;
            }
        }
    }
    all
}

/// The sentence as corrected, and by which corrections.
fn corrected(
    policy: &PolicyText,
    clause: usize,
    before: &Sentence,
    corrections: &[Correction],
) -> Option<(Sentence, Vec<usize>)> {
    let text = fold(&before.text);
    let last = |fits: &dyn Fn(&Correction) -> bool| corrections.iter().rposition(fits);
    let mut after = before.clone();
    let exact = last(&|c| matches!(c, Correction::Sentence { words, .. } if *words == text));
    let used = match exact {
        Some(found) => {
            set_class(&mut after, corrections[found].class()?);
            set_role(&mut after, corrections[found].role());
            vec![found]
        }
        None => by_words(&mut after, &text, corrections),
    };
    if used.is_empty() {
        return None;
    }
    // A sentence that obliges is somebody's.
    if after.class.obliges() && after.role.is_none() {
        let context = context_of(&policy.clauses, clause);
        after.role = Some(presumed_role(context.topic, &context.headings, &after.text));
        after.role_presumed = true;
    }
    Some((after, used))
}

fn by_words(after: &mut Sentence, text: &str, corrections: &[Correction]) -> Vec<usize> {
    let mut used = Vec::new();
    let plain = text.trim_end_matches(['。', '．', '.', ')']);
    let ending = corrections
        .iter()
        .rposition(|c| matches!(c, Correction::Ending { words, .. } if plain.ends_with(words.as_str())));
    if let Some((found, class)) = ending.and_then(|at| Some((at, corrections[at].class()?))) {
        set_class(after, class);
        used.push(found);
    }
    let subject = subject_of(after);
    let found = subject.and_then(|subject| {
        corrections.iter().rposition(|c| matches!(c, Correction::Subject { words, .. } if *words == subject))
    });
    if let Some(found) = found {
        set_role(after, corrections[found].role());
        used.push(found);
    }
    used
}

fn set_class(sentence: &mut Sentence, class: Class) {
    if sentence.class != class {
        sentence.class = class;
        sentence.marks = marks_as(&sentence.text, class);
    }
}

fn set_role(sentence: &mut Sentence, role: Option<Role>) {
    // A joint subject would be asked in all its roles; the officer's word is one.
    if sentence.subject.as_deref().is_some_and(|subject| roles_of(subject).len() > 1) {
        sentence.subject = None;
    }
    sentence.role = role;
    sentence.role_presumed = false;
}

#[cfg(test)]
mod tests;
