//! What the command line prints: clauses and questions as JSON.

use domain::clause::{Class, ClauseKind, ClauseText, Sentence, delegates, introduces_terms};
use domain::policy::{PolicyText, aliases, references, term_variants};
use domain::question::{Proposal, duplicates};
use serde_json::{Value, json};

/// A policy as `minaoshi policy read` prints it.
pub fn to_json(policy: &PolicyText) -> Value {
    let path = |index: usize| policy.clauses.get(index).map(|clause| clause.path.clone());
    let references: Vec<Value> = references(policy)
        .into_iter()
        .map(|one| {
            let to: Vec<_> = one.to.into_iter().filter_map(path).collect();
            json!({ "from": path(one.from), "sentence": one.sentence, "words": one.words, "to": to })
        })
        .collect();
    let aliases: Vec<Value> = aliases(policy)
        .into_iter()
        .map(
            |alias| json!({ "path": path(alias.clause), "name": alias.name, "stands_for": alias.stands_for }),
        )
        .collect();
    let terms: Vec<Value> = term_variants(policy)
        .into_iter()
        .map(|variants| {
            let spellings = variants.spellings.into_iter();
            spellings
                .map(|one| json!({ "words": one.words, "clauses": one.clauses.len() }))
                .collect::<Value>()
        })
        .collect();
    let revisions: Vec<Value> = policy
        .history
        .iter()
        .map(|entry| json!({ "date_iso": entry.date.map(|date| date.to_string()), "printed": entry.printed, "action": entry.action }))
        .collect();
    json!({
        "title": policy.title,
        "revisions": revisions,
        "signature": policy.signature,
        "clauses": policy.clauses.iter().map(clause).collect::<Vec<_>>(),
        "references": references,
        "aliases": aliases,
        "terms": terms,
        "remarks": policy.remarks.iter().map(|remark| json!({ "line": remark.line, "text": remark.text })).collect::<Vec<_>>(),
    })
}

fn clause(clause: &ClauseText) -> Value {
    let first = clause.sentences.first();
    json!({
        "path": clause.path,
        "label": clause.label,
        "heading": clause.heading,
        "text": clause.text,
        "kind": kind(clause.kind),
        "obligation": first.map_or("none", obligation),
        "subject": first.and_then(|sentence| sentence.subject.clone()),
        "line": clause.line,
        "sentences": clause.sentences.iter().map(|s| json!({ "text": s.text, "class": s.class.key() })).collect::<Vec<_>>(),
    })
}

fn kind(kind: ClauseKind) -> &'static str {
    match kind {
        ClauseKind::Chapter => "chapter",
        ClauseKind::Article => "article",
        ClauseKind::Paragraph => "paragraph",
        ClauseKind::Item => "item",
        ClauseKind::Subitem => "subitem",
    }
}

/// A declaration and a lead-in bind the city although nobody is asked about them.
fn obligation(sentence: &Sentence) -> &'static str {
    match sentence.class {
        Class::Duty | Class::Umbrella | Class::Declaration => "must",
        Class::Prohibition => "must_not",
        Class::Effort => "effort",
        Class::Permission => "may",
        Class::Exception if sentence.text.contains("できる") => "may",
        // The sentence that introduces the terms defines none of them.
        Class::Definition if introduces_terms(&sentence.text) => "none",
        Class::Definition => "definition",
        // Whoever is named shall set it; nobody is asked about it.
        Class::Stipulation if delegates(&sentence.text) => "must",
        _ => "none",
    }
}

/// The proposed questions as `minaoshi policy questions` prints them: one entry per sentence and role;
/// a sentence that says the same as an earlier one adds its path to that entry.
pub fn questions_json(policy: &PolicyText, proposals: &[Proposal]) -> Value {
    let doubles = duplicates(proposals);
    let mut entries: Vec<Entry> = Vec::new();
    for (index, proposal) in proposals.iter().enumerate() {
        let path = policy.clauses.get(proposal.clause).map(|clause| clause.path.clone()).unwrap_or_default();
        if let Some((first, _)) = doubles.iter().find(|(_, second)| *second == index) {
            let original = &proposals[*first];
            if let Some(entry) = entries
                .iter_mut()
                .find(|entry| entry.of(original))
                .filter(|entry| !entry.paths.contains(&path))
            {
                entry.paths.push(path);
            }
        } else if let Some(entry) = entries.iter_mut().find(|entry| entry.of(proposal)) {
            entry.questions.push(question(proposal));
        } else {
            entries.push(Entry { first: proposal, paths: vec![path], questions: vec![question(proposal)] });
        }
    }
    json!({ "proposals": entries.iter().map(|entry| entry.json(policy)).collect::<Vec<_>>() })
}

struct Entry<'a> {
    first: &'a Proposal,
    paths: Vec<Vec<String>>,
    questions: Vec<Value>,
}

impl Entry<'_> {
    fn of(&self, other: &Proposal) -> bool {
        (self.first.clause, self.first.sentence, self.first.role)
            == (other.clause, other.sentence, other.role)
    }

    fn json(&self, policy: &PolicyText) -> Value {
        let clause = policy.clauses.get(self.first.clause);
        let sentence = clause.and_then(|clause| clause.sentences.get(self.first.sentence));
        json!({
            "paths": self.paths,
            "sentence": sentence.map(|sentence| sentence.text.clone()),
            "obligation": sentence.map_or("none", obligation),
            "role": self.first.role.key(),
            "role_presumed": self.first.role_presumed,
            "topic": self.first.topic.number(),
            "questions": self.questions,
        })
    }
}

fn question(proposal: &Proposal) -> Value {
    json!({
        "text": proposal.text,
        "not_applicable": proposal.not_applicable.is_some(),
        "not_applicable_text": proposal.not_applicable,
        "items": proposal.items,
        "guidance": proposal.guidance,
        "weight": proposal.weight,
        "rule": proposal.rule,
        "confidence": (proposal.confidence * 100.0).round() / 100.0,
    })
}
