//! Accepting proposals: a question comes into being, or one that asks the same is linked to one more clause.

use super::act::{self, Detail, Done, NewAct};
use super::book::{Book, Key};
use crate::Db;
use crate::access::require_city;
use crate::entity::{proposal, question, question_clause, settlement, wording};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, Author, NewEvent, insert_in_portions};
use crate::sheet::setting_text;
use domain::actor::Actor;
use domain::clause::fold;
use domain::permission::Action;
use domain::question::Draft;
use domain::question::setting::{LONGEST_GUIDANCE, Setting};
use domain::role::Role;
use domain::sheet::Change;
use domain::topic::Topic;
use sea_orm::{ConnectionTrait, EntityTrait, Set};
use serde_json::json;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// Accepts a proposal as it stands, together with those that ask the same.
///
/// # Errors
/// Refused when it is settled already or its role receives no sheet.
pub async fn accept(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<Done> {
    accepted(db, actor, id, None, now).await
}

/// Accepts a proposal with the officer's words.
///
/// # Errors
/// As [`accept`]; and when the words are missing or too long.
pub async fn accept_edited(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    draft: Draft,
    now: OffsetDateTime,
) -> StoreResult<Done> {
    accepted(db, actor, id, Some(draft), now).await
}

async fn accepted(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    draft: Option<Draft>,
    now: OffsetDateTime,
) -> StoreResult<Done> {
    require_city(actor, Action::EditPolicy)?;
    let txn = db.begin().await?;
    let found = proposal::Entity::find_by_id(id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let book = Book::load(&txn, found.revision_id).await?;
    book.refuse_settled(id)?;
    let kind = if draft.is_some() { "edited" } else { "accepted" };
    let draft = draft.or_else(|| as_proposed(&found)).ok_or(StoreError::NotFound)?.checked()?;
    let text = draft.text.clone();
    let accepted = vec![Accepted { draft, proposals: open_group(&book, &found) }];
    let settled = put(&txn, actor, &book, accepted, now).await?;
    let new = NewAct { revision: found.revision_id, clause: found.clause_id, kind, text: &text };
    let done = act::record(&txn, actor, new, &Detail::Settled(settled), now).await?;
    txn.commit().await?;
    Ok(done)
}

/// Accepts every open proposal of the roles with a sheet. Gives the number of proposals.
///
/// # Errors
/// Refused when nothing is open.
pub async fn accept_all(db: &Db, actor: &Actor, revision: Uuid, now: OffsetDateTime) -> StoreResult<usize> {
    require_city(actor, Action::EditPolicy)?;
    let txn = db.begin().await?;
    let book = Book::load(&txn, revision).await?;
    let mut groups: BTreeMap<Uuid, Accepted> = BTreeMap::new();
    let mut order = Vec::new();
    for proposal in book.proposals.iter().filter(|proposal| book.is_open(proposal)) {
        let root = proposal.same_as.unwrap_or(proposal.id);
        if let Some(group) = groups.get_mut(&root) {
            group.proposals.push(proposal);
        } else if let Some(draft) = as_proposed(proposal) {
            groups.insert(root, Accepted { draft, proposals: vec![proposal] });
            order.push(root);
        }
    }
    let taken: usize = groups.values().map(|group| group.proposals.len()).sum();
    if taken == 0 {
        return Err(StoreError::refused(
            "採用を待っている案はありません。条項ごとの画面で確かめてください。",
        ));
    }
    let first = order.first().and_then(|root| groups.get(root)?.proposals.first()).map(|p| p.clause_id);
    let clause = first.ok_or(StoreError::NotFound)?;
    let accepted = order.iter().filter_map(|root| groups.remove(root)).collect();
    let settled = put(&txn, actor, &book, accepted, now).await?;
    let text = format!("案{taken}件");
    let new = NewAct { revision, clause, kind: "bulk", text: &text };
    act::record(&txn, actor, new, &Detail::Settled(settled), now).await?;
    txn.commit().await?;
    Ok(taken)
}

/// A question and the proposals it settles.
pub(super) struct Accepted<'a> {
    pub draft: Draft,
    pub proposals: Vec<&'a proposal::Model>,
}

pub(super) fn as_proposed(proposal: &proposal::Model) -> Option<Draft> {
    Some(Draft {
        role: Role::from_key(&proposal.role)?,
        topic: Topic::from_number(proposal.topic)?,
        text: proposal.text.clone(),
        not_applicable: proposal.not_applicable.clone(),
        weight: proposal.weight,
    })
}

/// The proposal and those that ask the same and are still unsettled.
fn open_group<'a>(book: &'a Book, found: &proposal::Model) -> Vec<&'a proposal::Model> {
    book.group(found).into_iter().filter(|other| !book.settlements.contains_key(&other.id)).collect()
}

/// The question another proposal of the group became; other words make another question.
fn sibling(book: &Book, draft: &Draft, proposals: &[&proposal::Model]) -> Option<Uuid> {
    let first = proposals.first().filter(|first| fold(&first.text) == fold(&draft.text))?;
    book.group(first)
        .into_iter()
        .filter_map(|other| book.settlements.get(&other.id)?.question_id)
        .find(|question| book.questions.contains_key(question))
}

/// Whether a question is linked to a clause already.
pub(super) fn linked(book: &Book, clause: Uuid, question: Uuid) -> bool {
    book.links.get(&clause).is_some_and(|questions| questions.contains(&question))
}

/// New rows, collected first and written at once.
#[derive(Default)]
pub(crate) struct Rows {
    questions: Vec<question::ActiveModel>,
    wordings: Vec<wording::ActiveModel>,
    links: Vec<question_clause::ActiveModel>,
    settlements: Vec<settlement::ActiveModel>,
    events: Vec<NewEvent>,
}

impl Rows {
    pub(crate) fn question(&mut self, actor: &Actor, draft: &Draft, now: OffsetDateTime) -> Uuid {
        let id = Uuid::now_v7();
        self.questions.push(question::ActiveModel {
            id: Set(id),
            role: Set(draft.role.key().to_string()),
            topic: Set(draft.topic.number()),
            at: Set(now),
            by_person_id: Set(Some(actor.person_id)),
        });
        self.wordings.push(wording::ActiveModel {
            id: Set(Uuid::now_v7()),
            question_id: Set(id),
            number: Set(1),
            text: Set(draft.text.clone()),
            not_applicable: Set(draft.not_applicable.clone()),
            weight: Set(draft.weight),
            setting: Set(String::new()),
            change: Set(Change::New.key().to_string()),
            at: Set(now),
            by_person_id: Set(Some(actor.person_id)),
        });
        id
    }

    /// 記入の手引 of a question that was begun here.
    pub(crate) fn guide(&mut self, question: Uuid, guidance: &str) -> StoreResult<()> {
        if guidance.is_empty() {
            return Ok(());
        }
        let setting = Setting { guidance: guidance.to_string(), ..Setting::default() };
        for wording in self.wordings.iter_mut().filter(|wording| wording.question_id == Set(question)) {
            wording.setting = Set(setting_text(&setting)?);
        }
        Ok(())
    }

    pub(crate) fn link(&mut self, question: Uuid, clause: Uuid) {
        self.links.push(question_clause::ActiveModel {
            id: Set(Uuid::now_v7()),
            question_id: Set(question),
            clause_id: Set(clause),
        });
    }

    /// Settles a proposal as accepted. Gives the settlement.
    pub(super) fn settle(
        &mut self,
        proposal: &proposal::Model,
        question: Uuid,
        actor: &Actor,
        now: OffsetDateTime,
    ) -> Uuid {
        let id = Uuid::now_v7();
        self.settlements.push(settlement::ActiveModel {
            id: Set(id),
            proposal_id: Set(proposal.id),
            outcome: Set("accepted".to_string()),
            reason: Set(None),
            question_id: Set(Some(question)),
            at: Set(now),
            by_person_id: Set(actor.person_id),
        });
        id
    }

    pub(crate) fn event(&mut self, event: NewEvent) {
        self.events.push(event);
    }

    pub(crate) async fn write<C: ConnectionTrait>(
        self,
        connection: &C,
        actor: &Actor,
        now: OffsetDateTime,
    ) -> StoreResult<()> {
        insert_in_portions::<question::Entity, _, _>(connection, self.questions).await?;
        insert_in_portions::<wording::Entity, _, _>(connection, self.wordings).await?;
        insert_in_portions::<question_clause::Entity, _, _>(connection, self.links).await?;
        insert_in_portions::<settlement::Entity, _, _>(connection, self.settlements).await?;
        ledger::append(connection, &Author::from(actor), now, self.events).await
    }
}

/// Writes what was accepted. Gives the settlements.
pub(super) async fn put<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    book: &Book,
    accepted: Vec<Accepted<'_>>,
    now: OffsetDateTime,
) -> StoreResult<Vec<Uuid>> {
    let mut known: BTreeMap<Key, Uuid> = book.questions.values().map(|q| (q.key(), q.id)).collect();
    let mut links = book.links.clone();
    let mut rows = Rows::default();
    let mut settled = Vec::new();
    for Accepted { draft, proposals } in accepted {
        let key = (draft.role, fold(&draft.text));
        let asked = sibling(book, &draft, &proposals).or_else(|| known.get(&key).copied());
        let question = asked.unwrap_or_else(|| rows.question(actor, &draft, now));
        if asked.is_none() {
            rows.guide(question, &guidance(&proposals))?;
        }
        known.insert(key, question);
        for proposal in &proposals {
            if links.entry(proposal.clause_id).or_default().insert(question) {
                rows.link(question, proposal.clause_id);
            }
            settled.push(rows.settle(proposal, question, actor, now));
        }
        rows.event(event(question, asked.is_none(), &draft, &proposals));
    }
    rows.write(connection, actor, now).await?;
    Ok(settled)
}

/// What the clauses of one question except or list, each once, as far as it fits.
fn guidance(proposals: &[&proposal::Model]) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in proposals.iter().flat_map(|proposal| proposal.guidance.lines()) {
        let length: usize = lines.iter().map(|line| line.chars().count() + 1).sum();
        if !lines.contains(&line) && length + line.chars().count() <= LONGEST_GUIDANCE {
            lines.push(line);
        }
    }
    lines.join("\n")
}

fn event(question: Uuid, new: bool, draft: &Draft, proposals: &[&proposal::Model]) -> NewEvent {
    let after = json!({
        "role": draft.role.key(), "topic": draft.topic.number(), "text": draft.text,
        "not_applicable": draft.not_applicable, "weight": draft.weight,
    });
    NewEvent::created("question", question, "question.accepted", after).beside(json!({
        "new": new, "proposed": proposals.first().map(|proposal| &proposal.text),
        "rule": proposals.first().map(|proposal| &proposal.rule),
        "proposals": proposals.iter().map(|proposal| proposal.id).collect::<Vec<_>>(),
        "clauses": proposals.iter().map(|proposal| proposal.clause_id).collect::<Vec<_>>(),
    }))
}
