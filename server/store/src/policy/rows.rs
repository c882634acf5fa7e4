//! A document that was read, as rows.

use crate::entity::{clause, proposal, sentence};
use crate::error::StoreResult;
use crate::ledger::digest;
use domain::clause::{ClauseKind, ClauseText, Sentence};
use domain::policy::PolicyText;
use domain::question::{Proposal, duplicates, propose};
use sea_orm::Set;
use std::collections::HashMap;
use uuid::Uuid;

/// The rows of a revision.
pub(super) struct Rows {
    pub clauses: Vec<clause::ActiveModel>,
    pub sentences: Vec<sentence::ActiveModel>,
    /// The keys of the sentences in document order.
    pub sentence_ids: Vec<Uuid>,
    pub proposals: Vec<proposal::ActiveModel>,
}

/// All rows of a revision, with their keys.
pub(super) fn rows(text: &PolicyText, revision: Uuid) -> StoreResult<Rows> {
    let clause_ids: Vec<Uuid> = text.clauses.iter().map(|_| Uuid::now_v7()).collect();
    let sentence_ids: Vec<Vec<Uuid>> =
        text.clauses.iter().map(|clause| clause.sentences.iter().map(|_| Uuid::now_v7()).collect()).collect();
    let mut known: HashMap<&[String], Uuid> = HashMap::new();
    let mut rows = Rows {
        clauses: Vec::new(),
        sentences: Vec::new(),
        sentence_ids: sentence_ids.iter().flatten().copied().collect(),
        proposals: Vec::new(),
    };
    for (position, ((clause, id), sentences)) in
        (0..).zip(text.clauses.iter().zip(&clause_ids).zip(&sentence_ids))
    {
        let parent =
            (1..clause.path.len()).rev().find_map(|length| known.get(&clause.path[..length]).copied());
        rows.clauses.push(clause_row(clause, revision, *id, parent, position)?);
        known.insert(&clause.path, *id);
        for (position, (sentence, key)) in (0..).zip(clause.sentences.iter().zip(sentences)) {
            rows.sentences.push(sentence_row(sentence, *id, *key, position)?);
        }
    }
    let proposals = propose(text);
    let ids: Vec<Uuid> = proposals.iter().map(|_| Uuid::now_v7()).collect();
    let first: HashMap<usize, usize> =
        duplicates(&proposals).into_iter().map(|(first, again)| (again, first)).collect();
    rows.proposals = (0..)
        .zip(proposals.iter().enumerate())
        .map(|(position, (index, proposal))| {
            let at = At {
                revision,
                clause: clause_ids[proposal.clause],
                sentence: sentence_ids[proposal.clause][proposal.sentence],
                position,
            };
            let same_as = first.get(&index).map(|first| ids[*first]);
            proposal_row(proposal, &at, ids[index], same_as)
        })
        .collect();
    Ok(rows)
}

fn clause_row(
    clause: &ClauseText,
    revision: Uuid,
    id: Uuid,
    parent: Option<Uuid>,
    position: i32,
) -> StoreResult<clause::ActiveModel> {
    Ok(clause::ActiveModel {
        id: Set(id),
        revision_id: Set(revision),
        parent_id: Set(parent),
        position: Set(position),
        path: Set(serde_json::to_string(&clause.path)?),
        short_path: Set(clause.short_path()),
        label: Set(clause.label.clone()),
        heading: Set(clause.heading.clone()),
        text: Set(clause.text.clone()),
        kind: Set(kind(clause.kind).to_string()),
        line: Set(i32::try_from(clause.line).unwrap_or(i32::MAX)),
        digest: Set(digest(&[&clause.text])),
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

fn sentence_row(
    sentence: &Sentence,
    clause: Uuid,
    id: Uuid,
    position: i32,
) -> StoreResult<sentence::ActiveModel> {
    Ok(sentence::ActiveModel {
        id: Set(id),
        clause_id: Set(clause),
        position: Set(position),
        text: Set(sentence.text.clone()),
        class: Set(sentence.class.key().to_string()),
        subject: Set(sentence.subject.clone()),
        role: Set(sentence.role.map(|role| role.key().to_string())),
        role_presumed: Set(sentence.role_presumed),
        marks: Set(serde_json::to_string(&sentence.marks)?),
    })
}

/// Where a proposal belongs.
pub(crate) struct At {
    pub revision: Uuid,
    pub clause: Uuid,
    pub sentence: Uuid,
    pub position: i32,
}

/// A proposal as a row.
pub(crate) fn proposal_row(
    proposal: &Proposal,
    at: &At,
    id: Uuid,
    same_as: Option<Uuid>,
) -> proposal::ActiveModel {
    proposal::ActiveModel {
        id: Set(id),
        revision_id: Set(at.revision),
        clause_id: Set(at.clause),
        sentence_id: Set(at.sentence),
        position: Set(at.position),
        role: Set(proposal.role.key().to_string()),
        role_presumed: Set(proposal.role_presumed),
        topic: Set(proposal.topic.number()),
        text: Set(proposal.text.clone()),
        not_applicable: Set(proposal.not_applicable.clone()),
        guidance: Set(proposal.guide()),
        weight: Set(proposal.weight),
        rule: Set(proposal.rule.clone()),
        confidence: Set(proposal.confidence),
        same_as: Set(same_as),
    }
}
