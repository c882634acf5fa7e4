use super::*;
use crate::clause::fold;
use std::collections::BTreeSet;

#[test]
fn the_bank_holds_about_eighty_questions_for_three_roles_over_nine_chapters() {
    let bank = all();
    assert!((75..=95).contains(&bank.len()), "{} questions", bank.len());
    for role in Role::WITH_SHEET {
        for topic in Topic::ALL {
            assert!(bank.iter().any(|q| q.role == role && q.topic == topic), "{role:?} {topic:?}");
        }
    }
}

#[test]
fn no_line_is_lost_and_every_key_finds_its_question() {
    let lines = staff::LINES.len() + manager::LINES.len() + system_manager::LINES.len();
    let bank = all();
    assert_eq!(bank.len(), lines);
    for question in &bank {
        assert_eq!(find(&question.key).as_ref(), Some(question));
    }
    assert_eq!(find("staff-2-1").map(|q| q.topic), Some(Topic::Assets));
    assert_eq!(find("nobody-1-1"), None);
}

#[test]
fn every_text_is_one_short_question_where_yes_means_compliant() {
    let mut seen = BTreeSet::new();
    for question in all() {
        let text = question.text;
        assert!(text.chars().count() <= 80, "{text}");
        assert!(text.ends_with("か。") && text.matches('。').count() == 1, "{text}");
        for negative in ["ませんか", "ていないか。", "いませんでしたか"] {
            assert!(!text.contains(negative), "{text}");
        }
        assert!(question.guidance.ends_with('。'), "{}", question.guidance);
        assert!(seen.insert((question.role, fold(text))), "twice: {text}");
    }
}

#[test]
fn a_condition_is_named_as_what_did_not_occur() {
    for condition in all().into_iter().filter_map(|question| question.not_applicable) {
        assert!(condition.ends_with("なし") && condition.chars().count() <= 20, "{condition}");
    }
}
