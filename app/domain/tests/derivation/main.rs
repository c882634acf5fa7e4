//! From a sentence to its class, its role and its questions: the pairs of the field glossary §5.5 and more.

mod corpus;
mod kept;
mod lint;
mod pairs;

use domain::clause::Class::{self, Background, Prohibition};
use domain::clause::{ClauseKind, ClauseText, classify_all};
use domain::policy::PolicyText;
use domain::question::{Proposal, duplicates, propose};
use domain::role::Role::{Manager, Staff, SystemManager};
use pairs::{GLOSSARY, OWN, Pair};

fn clause(path: &[&str], heading: &str, text: &str) -> ClauseText {
    ClauseText {
        path: path.iter().map(|label| label.to_string()).collect(),
        label: path.last().map(|label| label.to_string()).unwrap_or_default(),
        heading: (!heading.is_empty()).then(|| heading.to_string()),
        text: text.to_string(),
        kind: ClauseKind::Article,
        line: 1,
        sentences: Vec::new(),
    }
}

fn policy(mut clauses: Vec<ClauseText>) -> PolicyText {
    classify_all(&mut clauses);
    PolicyText { clauses, ..PolicyText::default() }
}

fn asked(heading: &str, text: &str) -> (PolicyText, Vec<Proposal>) {
    let policy = policy(vec![clause(&["1"], heading, text)]);
    let proposals = propose(&policy);
    (policy, proposals)
}

#[test]
fn sentences_become_the_questions_of_the_glossary() {
    for pair in GLOSSARY.iter().chain(&OWN) {
        check(pair);
    }
}

fn check((heading, text, class, role, count, absent): &Pair) {
    let (policy, proposals) = asked(heading, text);
    let sentence = &policy.clauses[0].sentences[0];
    let texts: Vec<&str> = proposals.iter().map(|proposal| proposal.text.as_str()).collect();
    assert_eq!(sentence.class, *class, "{text}");
    if role.is_some() {
        assert_eq!(sentence.role, *role, "{text}");
    }
    assert_eq!(proposals.len(), *count, "{text}\n{texts:#?}");
    let offered = proposals.last().and_then(|proposal| proposal.not_applicable.as_deref());
    assert_eq!(offered, *absent, "{text}");
}

#[test]
fn every_question_is_short_polite_and_without_double_negation() {
    for (heading, text, ..) in GLOSSARY.iter().chain(&OWN) {
        for proposal in asked(heading, text).1 {
            assert_eq!(lint::faults(&proposal.text), Vec::<&str>::new(), "{}", proposal.text);
        }
    }
}

#[test]
fn an_effort_weighs_half() {
    let (_, proposals) = asked("研修", "職員等は、知識の習得に努めるものとする。");
    assert_eq!(proposals[0].weight, 0.5);
    assert_eq!(proposals[0].text, "知識の習得に努めていますか。");
}

#[test]
fn a_head_of_department_is_asked_about_the_department() {
    let (_, proposals) = asked("端末", "所属長は、端末の所在を確認しなければならない。");
    assert_eq!(proposals[0].text, "所属では、端末の所在を確認していますか。");
}

#[test]
fn a_joint_subject_is_asked_role_by_role() {
    let (_, proposals) =
        asked("自己点検", "所属管理者及び職員等は、毎年度、自己点検を行わなければならない。");
    assert_eq!(proposals.iter().map(|p| p.role).collect::<Vec<_>>(), [Manager, Staff]);
}

#[test]
fn the_items_of_a_prohibition_are_prohibitions() {
    let policy = policy(vec![
        clause(&["1"], "", "職員等は、次に掲げる行為をしてはならない。"),
        clause(&["1", "(1)"], "", "電子メールにより送信すること。"),
        clause(&["1", "(2)"], "", "自宅への携行"),
    ]);
    let classes: Vec<Class> = policy.clauses.iter().map(|clause| clause.sentences[0].class).collect();
    assert_eq!(classes, [Prohibition; 3]);
    let texts: Vec<String> = propose(&policy).into_iter().map(|proposal| proposal.text).collect();
    let taken = "自宅への携行をしないようにしていますか。";
    assert_eq!(
        texts,
        [taken, "電子メールにより送信しないようにしていますか。", taken],
        "a noun is asked about by its lead-in"
    );
}

#[test]
fn categories_and_threats_inherit_no_duty() {
    let policy = policy(vec![
        clause(&["1"], "分類", "所属長は、その情報を次の三種に分類しなければならない。"),
        clause(&["1", "(1)"], "", "甲種情報"),
        clause(&["2"], "脅威", "次の脅威を想定し、対策を行う。"),
        clause(&["2", "(1)"], "", "災害による業務の停止"),
    ]);
    assert_eq!(policy.clauses[1].sentences[0].class, Background);
    assert_eq!(policy.clauses[3].sentences[0].class, Class::Threat);
}

#[test]
fn a_declaration_asks_nothing() {
    let policy = policy(vec![
        clause(&["第2章"], "情報セキュリティ宣言書", ""),
        clause(&["第2章", "1"], "", "本市が保有する情報資産を適切に管理する。"),
    ]);
    assert_eq!(policy.clauses[1].sentences[0].class, Class::Declaration);
    assert!(propose(&policy).is_empty());
}

#[test]
fn the_same_question_from_two_clauses_is_a_duplicate() {
    let policy = policy(vec![
        clause(&["1"], "監査", "定期的に監査を実施し、運用の改善を行う。"),
        clause(&["2"], "監査", "定期的に監査を実施する。"),
    ]);
    let proposals = propose(&policy);
    assert_eq!(duplicates(&proposals), [(0, 2)]);
}

#[test]
fn the_clauses_of_a_list_are_asked_one_by_one_and_their_lead_in_is_not() {
    let policy = policy(vec![
        clause(&["1"], "運用", "情報システム管理者は、次に掲げる措置を講じなければならない。"),
        clause(&["1", "ア"], "", "定期にバックアップを取得すること。"),
        clause(&["1", "イ"], "", "復旧の手順を確認すること。"),
    ]);
    assert_eq!(policy.clauses[0].sentences[0].class, Class::Umbrella);
    let proposals = propose(&policy);
    assert_eq!(
        proposals.iter().map(|p| (p.clause, p.role)).collect::<Vec<_>>(),
        [(1, SystemManager), (2, SystemManager)]
    );
    assert_eq!(proposals[1].text, "所管する情報システムでは、復旧の手順を確認していますか。");
}
