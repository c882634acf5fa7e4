//! Questions over whole documents: how many duties are asked about, what is asked without a duty, and whether
//! every text reads as a question should.

#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

#[path = "questions/conditions.rs"]
mod conditions;
#[path = "../../../app/domain/tests/derivation/lint.rs"]
mod lint;
#[path = "questions/truth.rs"]
mod truth;

use domain::clause::{ClauseText, delegates};
use domain::policy::PolicyText;
use domain::question::{Proposal, duplicates, propose};
use std::collections::HashSet;
use truth::Truth;

/// What a document comes to.
#[derive(Default)]
struct Score {
    duties: usize,
    asked: usize,
    others: usize,
    false_questions: usize,
    classes: usize,
    clauses: usize,
    conditional: usize,
    agreed: usize,
    subjects: usize,
    subjects_right: usize,
}

impl Score {
    fn add(&mut self, other: &Score) {
        self.duties += other.duties;
        self.asked += other.asked;
        self.others += other.others;
        self.false_questions += other.false_questions;
        self.classes += other.classes;
        self.clauses += other.clauses;
        self.conditional += other.conditional;
        self.agreed += other.agreed;
        self.subjects += other.subjects;
        self.subjects_right += other.subjects_right;
    }

    fn line(&self) -> String {
        format!(
            "covered {:.1} % of {}, false {:.1} % of {}, class {:.1} % of {}, subject {:.1} % of {}, 該当なし {:.1} % of {}",
            percent(self.asked, self.duties),
            self.duties,
            percent(self.false_questions, self.others),
            self.others,
            percent(self.classes, self.clauses),
            self.clauses,
            percent(self.subjects_right, self.subjects),
            self.subjects,
            percent(self.agreed, self.conditional),
            self.conditional,
        )
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 100.0 } else { 100.0 * part as f64 / whole as f64 }
}

#[test]
fn duties_are_asked_about_and_nothing_else_is() {
    let mut total = Score::default();
    for truth in truth::all() {
        let policy = truth.policy();
        let proposals = propose(&policy);
        let score = score(&truth, &policy, &proposals);
        println!("{}: {}", truth.name, score.line());
        total.add(&score);
    }
    println!("all: {}", total.line());
    if total.clauses == 0 {
        println!("skipped: no material is there");
        return;
    }
    assert!(percent(total.asked, total.duties) >= 97.0, "{}", total.line());
    assert!(percent(total.false_questions, total.others) <= 2.0, "{}", total.line());
    assert!(percent(total.agreed, total.conditional) >= 97.0, "{}", total.line());
    assert!(percent(total.classes, total.clauses) >= 97.0, "{}", total.line());
}

fn score(truth: &Truth, policy: &PolicyText, proposals: &[Proposal]) -> Score {
    let asked: HashSet<usize> = proposals.iter().map(|proposal| proposal.clause).collect();
    let mut score = Score::default();
    for (index, clause) in policy.clauses.iter().enumerate() {
        let wanted = &truth.rows[index];
        let read = truth::obligation(clause);
        score.clauses += 1;
        let right = wanted.allows(read);
        score.classes += usize::from(right);
        if !right {
            println!(
                "    class {} wanted {} read {read}: {}",
                clause.short_path(),
                wanted.obligation,
                clause.text
            );
        }
        if let Some(subject) = &wanted.subject {
            let written = clause.sentences.first().and_then(|sentence| sentence.subject.clone());
            let right =
                written.as_deref().is_some_and(|written| truth::fold(written) == truth::fold(subject))
                    || written.is_none() && wanted.inherited;
            score.subjects += 1;
            score.subjects_right += usize::from(right);
            if !right {
                println!("    subject {} wanted {subject} read {written:?}", clause.short_path());
            }
        }
        // Who sets the rest is a link to another document and no question.
        if clause.sentences.iter().all(|sentence| delegates(&sentence.text)) && !clause.sentences.is_empty() {
            assert!(!asked.contains(&index), "{}", clause.text);
            continue;
        }
        if wanted.obliges() && (asked.contains(&index) || !leads(policy, index)) {
            score.duties += 1;
            score.asked += usize::from(asked.contains(&index));
            if !asked.contains(&index) {
                println!("    not asked {}: {}", clause.short_path(), clause.text);
            }
        } else if !wanted.obliges() && !wanted.binds() {
            score.others += 1;
            score.false_questions += usize::from(asked.contains(&index));
            if asked.contains(&index) {
                println!("    asked without a duty {}: {}", clause.short_path(), clause.text);
            }
        }
    }
    agreement(policy, proposals, &mut score);
    score
}

/// A lead-in whose items carry the duty.
fn leads(policy: &PolicyText, index: usize) -> bool {
    let clause = &policy.clauses[index];
    let below =
        |other: &ClauseText| other.path.len() > clause.path.len() && other.path.starts_with(&clause.path);
    let announces =
        ["次の", "次に", "以下の", "次により", "下記"].iter().any(|word| clause.text.contains(word));
    announces && policy.clauses.iter().any(below)
}

/// 該当なし is offered where the sentence or its lead-in sets a condition, and only there.
fn agreement(policy: &PolicyText, proposals: &[Proposal], score: &mut Score) {
    for proposal in proposals {
        let clause = &policy.clauses[proposal.clause];
        let sentence = &clause.sentences[proposal.sentence];
        let mut words = sentence.text.clone();
        for other in &policy.clauses[..proposal.clause] {
            if clause.path.starts_with(&other.path) {
                words.push_str(&other.text);
            }
        }
        // 「前項の契約」 stands under the condition of the clause it names.
        if sentence.text.contains("前項の") {
            let before = &policy.clauses[..proposal.clause];
            let sibling = before.iter().rev().find(|other| other.path.len() == clause.path.len());
            words.push_str(sibling.map_or("", |other| &other.text));
        }
        let offered = proposal.not_applicable.is_some();
        let agreed = if offered {
            conditions::conditional(&words)
        } else {
            !conditions::surely_conditional(&sentence.text, &proposal.text)
        };
        score.conditional += 1;
        score.agreed += usize::from(agreed);
        if !agreed {
            println!(
                "    該当なし {offered} {}: {}\n        {}",
                clause.short_path(),
                sentence.text.trim(),
                proposal.text
            );
        }
    }
}

#[test]
fn every_text_reads_as_a_question_and_stands_alone() {
    for truth in truth::all() {
        let proposals = propose(&truth.policy());
        let second: HashSet<usize> = duplicates(&proposals).into_iter().map(|(_, second)| second).collect();
        let mut known = HashSet::new();
        for (index, proposal) in proposals.iter().enumerate() {
            assert_eq!(lint::faults(&proposal.text), Vec::<&str>::new(), "{}: {}", truth.name, proposal.text);
            if !second.contains(&index) {
                let fresh = known.insert((proposal.role, proposal.text.clone()));
                assert!(fresh, "{}: asked twice: {}", truth.name, proposal.text);
            }
        }
    }
}
