//! The policy as the 事務局 imported it, with the proposals of the rules.

use super::city::City;
use super::days::{Days, weekday_after};
use super::rows::{By, Rows};
use super::source::{POLICY, POLICY_FILE};
use anyhow::{Context, Result};
use domain::clause::{ClauseText, Sentence};
use domain::policy::PolicyText;
use domain::question::{duplicates, propose};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use store::entity::{clause, policy, proposal, revision, sentence};
use store::ledger::{digest, hex};
use time::Duration;
use uuid::Uuid;

/// The imported policy.
pub struct Policy {
    pub revision: Uuid,
    /// Clauses by their short path, `2-5-(1)-ア`.
    pub clauses: BTreeMap<String, clause::Model>,
}

impl Policy {
    /// A clause by its short path.
    ///
    /// # Errors
    /// When there is none.
    pub fn clause(&self, path: &str) -> Result<&clause::Model> {
        self.clauses.get(path).with_context(|| format!("no clause {path}"))
    }
}

/// Reads the policy and makes its rows; it was imported in the first days of the fiscal year.
///
/// # Errors
/// When the policy can't be read.
pub fn build(city: &City, days: &Days, rows: &mut Rows) -> Result<Policy> {
    let text = documents::policy::read(POLICY_FILE, POLICY.as_bytes())
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    let officer = &city.named("椎名 航平")?.person;
    let at = days.at(weekday_after(days.april + Duration::days(2)), 9, 40);
    let (policy_id, revision) = (Uuid::now_v7(), Uuid::now_v7());
    rows.policy.push(policy::Model { id: policy_id, title: text.title.clone(), at });
    let sha256 = hex(&Sha256::digest(POLICY.as_bytes()));
    rows.revision.push(revision::Model {
        id: revision,
        policy_id,
        number: 1,
        title: text.title.clone(),
        file_name: POLICY_FILE.to_string(),
        file_sha256: sha256.clone(),
        history: serde_json::to_string(&text.history)?,
        remarks: serde_json::to_string(&text.remarks)?,
        signature: text.signature.clone(),
        at,
        by_person_id: officer.id,
    });
    let clauses = clauses(&text, revision)?;
    let sentences = sentences(&text, &clauses)?;
    let proposals = proposals(&text, &clauses, &sentences);
    let payload = json!({
        "after": { "number": 1, "title": text.title, "file_name": POLICY_FILE, "sha256": sha256 },
        "policy": policy_id, "clauses": clauses.len(), "sentences": sentences.iter().map(Vec::len).sum::<usize>(),
        "proposals": proposals.len(),
    });
    rows.note(&By { person: officer, at }, "revision", revision, "policy.imported", payload);
    rows.sentence.extend(sentences.into_iter().flatten());
    rows.proposal.extend(proposals);
    rows.clause.extend(clauses.iter().cloned());
    let clauses = clauses.into_iter().map(|clause| (clause.short_path.clone(), clause)).collect();
    Ok(Policy { revision, clauses })
}

fn clauses(text: &PolicyText, revision: Uuid) -> Result<Vec<clause::Model>> {
    let mut known: BTreeMap<&[String], Uuid> = BTreeMap::new();
    let mut rows = Vec::new();
    for (clause, position) in text.clauses.iter().zip(0..) {
        let parent =
            (1..clause.path.len()).rev().find_map(|length| known.get(&clause.path[..length]).copied());
        let row = clause_row(clause, revision, parent, position)?;
        known.insert(&clause.path, row.id);
        rows.push(row);
    }
    Ok(rows)
}

fn clause_row(
    clause: &ClauseText,
    revision: Uuid,
    parent: Option<Uuid>,
    position: i32,
) -> Result<clause::Model> {
    let kind = serde_json::to_value(clause.kind)?;
    Ok(clause::Model {
        id: Uuid::now_v7(),
        revision_id: revision,
        parent_id: parent,
        position,
        path: serde_json::to_string(&clause.path)?,
        short_path: clause.short_path(),
        label: clause.label.clone(),
        heading: clause.heading.clone(),
        text: clause.text.clone(),
        kind: kind.as_str().unwrap_or_default().to_string(),
        line: i32::try_from(clause.line)?,
        digest: digest(&[&clause.text]),
    })
}

fn sentences(text: &PolicyText, clauses: &[clause::Model]) -> Result<Vec<Vec<sentence::Model>>> {
    let of = |(clause, row): (&ClauseText, &clause::Model)| {
        clause.sentences.iter().zip(0..).map(|(s, position)| sentence_row(s, row.id, position)).collect()
    };
    text.clauses.iter().zip(clauses).map(of).collect()
}

fn sentence_row(sentence: &Sentence, clause: Uuid, position: i32) -> Result<sentence::Model> {
    Ok(sentence::Model {
        id: Uuid::now_v7(),
        clause_id: clause,
        position,
        text: sentence.text.clone(),
        class: sentence.class.key().to_string(),
        subject: sentence.subject.clone(),
        role: sentence.role.map(|role| role.key().to_string()),
        role_presumed: sentence.role_presumed,
        marks: serde_json::to_string(&sentence.marks)?,
    })
}

fn proposals(
    text: &PolicyText,
    clauses: &[clause::Model],
    sentences: &[Vec<sentence::Model>],
) -> Vec<proposal::Model> {
    let proposed = propose(text);
    let ids: Vec<Uuid> = proposed.iter().map(|_| Uuid::now_v7()).collect();
    let first: BTreeMap<usize, usize> =
        duplicates(&proposed).into_iter().map(|(first, again)| (again, first)).collect();
    proposed
        .into_iter()
        .enumerate()
        .zip(0..)
        .map(|((index, proposal), position)| proposal::Model {
            id: ids[index],
            revision_id: clauses[proposal.clause].revision_id,
            clause_id: clauses[proposal.clause].id,
            sentence_id: sentences[proposal.clause][proposal.sentence].id,
            position,
            role: proposal.role.key().to_string(),
            role_presumed: proposal.role_presumed,
            topic: proposal.topic.number(),
            guidance: proposal.guide(),
            text: proposal.text,
            not_applicable: proposal.not_applicable,
            weight: proposal.weight,
            rule: proposal.rule,
            confidence: proposal.confidence,
            same_as: first.get(&index).map(|first| ids[*first]),
        })
        .collect()
}
