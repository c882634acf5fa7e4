use super::*;
use crate::clause::{ClauseKind, ClauseText, Part, classify_all};

fn policy(texts: &[&str]) -> PolicyText {
    let clause = |(number, text): (usize, &&str)| ClauseText {
        path: vec![number.to_string()],
        label: number.to_string(),
        heading: Some("端末の管理".into()),
        text: (*text).to_string(),
        kind: ClauseKind::Article,
        line: number,
        sentences: Vec::new(),
    };
    let mut clauses: Vec<ClauseText> = texts.iter().enumerate().map(clause).collect();
    classify_all(&mut clauses);
    PolicyText { clauses, ..PolicyText::default() }
}

fn only(policy: &PolicyText, clause: usize) -> &Sentence {
    &policy.clauses[clause].sentences[0]
}

const ALL: Reach = Reach { subject: true, ending: true };

#[test]
fn ends_that_say_something_are_learnt_and_plain_ones_are_not() {
    for (text, ending) in [
        ("監査の結果は、非公開とする。", Some("非公開とする")),
        ("その取扱いは、別に市長が認めるところによる。", Some("認めるところによる")),
        ("職員等は、端末を施錠しなければならない。", Some("施錠しなければならない")),
        ("職員等は、これをしなければならない。", None),
        ("必要な措置を行う。", None),
        ("非公開とする。", None),
        ("", None),
    ] {
        assert_eq!(ending_of(text).as_deref(), ending, "{text}");
    }
}

#[test]
fn a_subject_the_dictionary_does_not_know_speaks_for_all_its_sentences() {
    for (text, known, new) in [
        ("文書主任は、台帳を整えなければならない。", Some("文書主任"), true),
        ("職員等は、端末を施錠しなければならない。", Some("職員等"), false),
        ("所属長及び職員等は、端末を施錠しなければならない。", None, false),
        ("端末を施錠しなければならない。", None, false),
    ] {
        let policy = policy(&[text]);
        let sentence = only(&policy, 0);
        assert_eq!((subject_of(sentence).as_deref(), subject_is_new(sentence)), (known, new), "{text}");
    }
}

#[test]
fn what_is_learnt_follows_the_ticks() {
    let policy = policy(&["文書主任は、台帳を公表しないものとする。"]);
    let before = only(&policy, 0);
    let kinds = |reach| -> Vec<&str> {
        learn(before, Class::Duty, Some(Role::Manager), reach).iter().map(Correction::kind).collect()
    };
    assert_eq!(kinds(Reach::default()), ["sentence"]);
    assert_eq!(kinds(Reach { subject: true, ending: false }), ["sentence", "subject"]);
    assert_eq!(kinds(ALL), ["sentence", "subject", "ending"]);
}

#[test]
fn a_role_is_taken_over_by_every_sentence_with_the_same_subject() {
    let first = policy(&["文書主任は、台帳を整えなければならない。"]);
    let learnt = learn(only(&first, 0), Class::Duty, Some(Role::Manager), ALL);
    let mut next = policy(&[
        "文書主任は、鍵を保管しなければならない。",
        "職員等は、鍵を返却しなければならない。",
        "文書 主任は、台帳を整えなければならない。",
    ]);
    let applied = apply(&mut next, &learnt);
    assert_eq!(applied.iter().map(|a| (a.clause, a.correction)).collect::<Vec<_>>(), [(0, 1), (2, 0)]);
    assert_eq!((only(&next, 0).role, only(&next, 0).role_presumed), (Some(Role::Manager), false));
    assert_eq!(only(&next, 1).role, Some(Role::Staff));
    assert!(applied[0].role != Some(Role::Manager), "what the rules had made of it is kept");
}

#[test]
fn a_class_is_taken_over_by_the_same_end_and_the_marks_follow() {
    let first = policy(&["監査の結果は、非公開とする。"]);
    assert_eq!(only(&first, 0).class, Class::Stipulation);
    let learnt =
        learn(only(&first, 0), Class::Duty, Some(Role::Manager), Reach { subject: false, ending: true });
    let mut next = policy(&["点検の結果は、非公開とする。", "点検の結果は、公開とする。"]);
    assert_eq!(apply(&mut next, &learnt).len(), 1);
    let changed = only(&next, 0);
    assert_eq!(changed.class, Class::Duty);
    assert!(
        changed.role.is_some() && changed.role_presumed,
        "somebody is obliged, presumed from the chapter"
    );
    assert!(changed.marks.iter().any(|mark| mark.part == Part::Verb));
    assert_eq!(only(&next, 1).class, Class::Stipulation);
}

#[test]
fn the_sentence_itself_comes_before_its_words_and_the_later_word_before_the_earlier() {
    let text = "文書主任は、台帳を非公開とする。";
    let words = |class| Correction::Ending { words: "非公開とする".into(), class };
    let exact = |class, role| Correction::Sentence { words: fold(text), class, role };
    for (corrections, class) in [
        (vec![words(Class::Duty), words(Class::Effort)], Class::Effort),
        (vec![exact(Class::Definition, None), words(Class::Duty)], Class::Definition),
        (vec![exact(Class::Duty, Some(Role::Staff)), exact(Class::Purpose, None)], Class::Purpose),
    ] {
        let mut next = policy(&[text]);
        apply(&mut next, &corrections);
        assert_eq!(only(&next, 0).class, class);
    }
}

#[test]
fn what_changes_nothing_is_no_use() {
    let text = "職員等は、端末を施錠しなければならない。";
    let mut next = policy(&[text]);
    let known = Correction::Sentence { words: fold(text), class: Class::Duty, role: Some(Role::Staff) };
    assert!(apply(&mut next, &[known]).is_empty());
}

#[test]
fn a_joint_subject_gives_way_to_the_officers_role() {
    let text = "所属長及び職員等は、端末を施錠しなければならない。";
    let mut next = policy(&[text]);
    let one = Correction::Sentence { words: fold(text), class: Class::Duty, role: Some(Role::Staff) };
    assert_eq!(apply(&mut next, &[one]).len(), 1);
    assert_eq!((only(&next, 0).role, only(&next, 0).subject.clone()), (Some(Role::Staff), None));
    assert_eq!(crate::question::propose(&next).iter().map(|p| p.role).collect::<Vec<_>>(), [Role::Staff]);
}

#[test]
fn corrections_are_stored_in_parts_and_found_again() {
    for correction in [
        Correction::Subject { words: "文書主任".into(), role: Role::Manager },
        Correction::Ending { words: "非公開とする".into(), class: Class::Duty },
        Correction::Sentence { words: "台帳。".into(), class: Class::Background, role: None },
    ] {
        let parts =
            (correction.kind(), correction.words().to_string(), correction.class(), correction.role());
        assert_eq!(Correction::from_parts(parts.0, parts.1, parts.2, parts.3), Some(correction));
    }
    assert_eq!(Correction::from_parts("subject", "長".into(), None, None), None);
}
