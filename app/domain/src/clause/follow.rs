//! Sentences that go on about the subject of what stands before them.

use super::classify::is_paragraph;
use super::organisation::Organisation;
use super::{Class, ClauseText, Sentence};
use crate::role::Role;

/// Whom the 項 before this one binds, if both belong to one article: a 項 without a subject goes on about them.
pub(super) fn paragraph_before(
    clauses: &[ClauseText],
    index: usize,
    organisation: &Organisation,
) -> Option<Sentence> {
    let clause = clauses.get(index).filter(|clause| is_paragraph(clause))?;
    let article = &clause.path[..clause.path.len() - 1];
    let within = clauses[..index].iter().rev().take_while(|other| other.path.starts_with(article));
    // 第1項 may have no number and be the article itself.
    let before = within.into_iter().find(|other| is_paragraph(other) || other.path == article)?;
    let binds = |sentence: &&Sentence| {
        (sentence.class.obliges() || matches!(sentence.class, Class::Umbrella | Class::Permission))
            && sentence.subject.as_deref().is_some_and(|name| !organisation.roles_of(name).is_empty())
    };
    before.sentences.iter().find(binds).cloned()
}

pub(super) fn take_subject(sentence: &mut Sentence, before: &Sentence) {
    // What staff may not decide: rooms and what is done with a leave that was given.
    let beyond =
        ["設け", "設置", "前項の許可は", "前項の承認は"].iter().any(|word| sentence.text.contains(word))
            || sentence.text.starts_with("前項") && sentence.text.contains("の許可は");
    if before.role == Some(Role::Staff) && beyond {
        return;
    }
    if sentence.role_presumed && (sentence.class.obliges() || sentence.class == Class::Umbrella) {
        sentence.subject.clone_from(&before.subject);
        sentence.role = before.role;
    }
}

/// 「また、〜」 goes on about the subject of the sentence before it.
pub(super) fn follow(sentence: &mut Sentence, before: &Sentence) {
    if sentence.role_presumed
        && sentence.class.obliges()
        && before.subject.is_some()
        && before.class.obliges()
    {
        sentence.subject.clone_from(&before.subject);
        sentence.role = before.role;
        sentence.role_presumed = before.role_presumed;
    }
}
