//! Sentences in the manner of several cities: their class, whether 該当なし is offered, and how their questions read.

use super::{asked, lint};
use domain::clause::{Class, classify, marks_as};
use domain::question::Proposal;

/// One line of the corpus.
pub struct Line {
    pub class: Class,
    pub conditional: bool,
    pub heading: &'static str,
    pub text: &'static str,
}

/// All lines of `corpus.txt`.
pub fn lines() -> Vec<Line> {
    let lines = include_str!("corpus.txt").lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).filter_map(line).collect()
}

fn line(line: &'static str) -> Option<Line> {
    let mut words = line.splitn(4, ' ');
    let label = words.next()?;
    let class = Class::ALL
        .into_iter()
        .find(|class| class.label() == label || label == "範囲" && *class == Class::Scope)?;
    let conditional = words.next()? == "条";
    Some(Line { class, conditional, heading: words.next()?, text: words.next()? })
}

#[test]
fn the_corpus_is_classified_and_asked_about() {
    let lines = lines();
    assert!(lines.len() >= 150, "{}", lines.len());
    let mut faults = Vec::new();
    for line in &lines {
        let (policy, proposals) = asked(line.heading, line.text);
        let class = policy.clauses[0].sentences[0].class;
        if class != line.class {
            faults.push(format!("class {} read as {}: {}", line.class.label(), class.label(), line.text));
        }
        if line.class.obliges() == proposals.is_empty() {
            faults.push(format!("{} questions: {}", proposals.len(), line.text));
        }
        if line.class.obliges() && line.conditional != proposals.iter().any(|p| p.not_applicable.is_some()) {
            faults.push(format!("該当なし: {}", line.text));
        }
        faults.extend(proposals.iter().flat_map(wrong));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn wrong(proposal: &Proposal) -> Vec<String> {
    lint::faults(&proposal.text).into_iter().map(|fault| format!("{fault}: {}", proposal.text)).collect()
}

#[test]
fn a_class_the_officer_chooses_is_marked_like_one_the_rules_found() {
    for line in lines() {
        let found = classify(line.text, &domain::clause::Context::default());
        assert_eq!(marks_as(line.text, found.class), found.marks, "{}", line.text);
    }
}
