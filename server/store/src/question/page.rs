//! One clause under work: its sentences, what was proposed, what was decided, the questions in use.

pub(super) mod sides;

use super::book::{Book, QuestionNow};
use super::exempt::ExemptView;
use super::settle::next_in;
use crate::Db;
use crate::access::require;
use crate::clause::spoken;
use crate::entity::{clause as clause_table, proposal, sentence, settlement};
use crate::error::{StoreError, StoreResult};
use domain::actor::Actor;
use domain::clause::correction::{Correction, ending_of, subject_is_new, subject_of};
use domain::clause::{Class, Mark};
use domain::permission::{Action, allows};
use domain::role::Role;
use domain::topic::Topic;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// A clause under work.
#[derive(Debug, Clone)]
pub struct ClausePage {
    pub revision: Uuid,
    pub revision_title: String,
    pub id: Uuid,
    pub short_path: String,
    pub label: String,
    pub heading: Option<String>,
    pub text: String,
    /// The clauses above, outermost first: key and name.
    pub above: Vec<(Uuid, String)>,
    /// Label and text of the nearest clause above that has a text: the lead-in of a list.
    pub lead: Option<(String, String)>,
    pub sentences: Vec<SentenceView>,
    /// Questions in use that ask about the clause.
    pub questions: Vec<QuestionView>,
    /// The chapter a new question belongs to unless said otherwise.
    pub topic: Topic,
    /// The neighbours in document order.
    pub previous: Option<Uuid>,
    pub following: Option<Uuid>,
    /// The next clause with an open proposal, this one left out.
    pub next_open: Option<Uuid>,
    /// Open proposals of the revision.
    pub left: usize,
    pub may_edit: bool,
}

/// A sentence with what the rules made of it.
#[derive(Debug, Clone)]
pub struct SentenceView {
    pub id: Uuid,
    pub text: String,
    pub class: Class,
    pub subject: Option<String>,
    pub role: Option<Role>,
    /// True if the role is the chapter's default.
    pub role_presumed: bool,
    pub marks: Vec<Mark>,
    pub proposals: Vec<ProposalView>,
    /// Corrections of earlier documents by which it was read.
    pub used: Vec<UsedView>,
    /// The officer's own correction of this sentence: who and when.
    pub corrected: Option<(String, OffsetDateTime)>,
    /// Why nobody is asked, if that was recorded.
    pub exempt: Option<ExemptView>,
    /// The last predicate, if a correction could speak for all sentences with it.
    pub ending: Option<String>,
    /// The subject, if a correction could speak for all sentences with it; true if it should.
    pub common_subject: Option<(String, bool)>,
}

/// A correction of an earlier document by which a sentence was read.
#[derive(Debug, Clone)]
pub struct UsedView {
    pub correction: Correction,
    pub class_before: Option<Class>,
    pub role_before: Option<Role>,
}

/// A proposal and what was decided about it.
#[derive(Debug, Clone)]
pub struct ProposalView {
    pub id: Uuid,
    pub role: Role,
    pub role_presumed: bool,
    pub topic: Topic,
    pub text: String,
    pub not_applicable: Option<String>,
    /// 記入の手引 it would bring along; empty for most.
    pub guidance: String,
    pub rule: String,
    /// 0..=1
    pub confidence: f64,
    pub weight: f64,
    /// Paths of other clauses with the same proposal; they are settled together.
    pub same: Vec<String>,
    pub settled: Option<SettledView>,
}

/// A decision about a proposal.
#[derive(Debug, Clone)]
pub struct SettledView {
    pub accepted: bool,
    pub reason: Option<String>,
    /// The question it became, if that is still in use.
    pub question: Option<QuestionNow>,
    /// The further questions, if it was split.
    pub further: Vec<QuestionNow>,
    pub at: OffsetDateTime,
    pub by: String,
}

/// A question in use.
#[derive(Debug, Clone)]
pub struct QuestionView {
    pub question: QuestionNow,
    /// Written by hand and not proposed by a rule.
    pub by_hand: bool,
    /// Paths of all clauses of this revision it asks about.
    pub paths: Vec<String>,
}

/// A clause with everything on its page.
///
/// # Errors
/// `NotFound` when the revision has no such clause.
pub async fn clause(db: &Db, actor: &Actor, revision: Uuid, id: Uuid) -> StoreResult<ClausePage> {
    require(actor, Action::ReadPolicy)?;
    let book = Book::load(db.read(), revision).await?;
    of_book(db, actor, &book, id).await
}

/// The same from a book that is loaded already.
pub(super) async fn of_book(db: &Db, actor: &Actor, book: &Book, id: Uuid) -> StoreResult<ClausePage> {
    let at = book.place_of(id).ok_or(StoreError::NotFound)?;
    let found = &book.clauses[at];
    let sides = sides::Sides::load(db, book, id).await?;
    let neighbour = |index: Option<usize>| index.and_then(|i| book.clauses.get(i)).map(|clause| clause.id);
    Ok(ClausePage {
        revision: book.revision,
        revision_title: book.title.clone(),
        id,
        short_path: found.short_path.clone(),
        label: found.label.clone(),
        heading: found.heading.clone(),
        text: found.text.clone(),
        above: ancestors(book, found)
            .into_iter()
            .rev()
            .map(|clause| (clause.id, sides::heading(clause)))
            .collect(),
        lead: ancestors(book, found)
            .into_iter()
            .find(|clause| !clause.text.is_empty())
            .map(|clause| (clause.label.clone(), clause.text.clone())),
        sentences: book
            .sentences_of(id)
            .map(|s| sentence_view(book, s, &sides))
            .collect::<StoreResult<_>>()?,
        questions: book.questions_of(id).into_iter().map(|q| question_view(book, q, id)).collect(),
        topic: topic(book, id),
        previous: neighbour(at.checked_sub(1)),
        following: neighbour(Some(at + 1)),
        next_open: next_open(book, at),
        left: book.left(),
        may_edit: allows(actor, Action::EditPolicy),
    })
}

/// The next clause with an open proposal after this one, from the top again at the end.
fn next_open(book: &Book, at: usize) -> Option<Uuid> {
    let following = book.clauses.get(at + 1).or(book.clauses.first())?;
    next_in(book, following.id).next.filter(|found| *found != book.clauses[at].id)
}

fn topic(book: &Book, clause: Uuid) -> Topic {
    let number = book.proposals(clause).first().map(|proposal| proposal.topic);
    number.and_then(Topic::from_number).unwrap_or(Topic::Operation)
}

/// The clauses above, nearest first.
fn ancestors<'a>(book: &'a Book, found: &clause_table::Model) -> Vec<&'a clause_table::Model> {
    let mut way = Vec::new();
    let mut parent = found.parent_id;
    while let Some(clause) = parent.and_then(|id| book.clause(id)) {
        way.push(clause);
        parent = clause.parent_id;
    }
    way
}

fn sentence_view(book: &Book, found: &sentence::Model, sides: &sides::Sides) -> StoreResult<SentenceView> {
    let read = spoken(found, false)?;
    Ok(SentenceView {
        used: sides.used.get(&found.id).cloned().unwrap_or_default(),
        corrected: sides.corrected.get(&found.id).cloned(),
        exempt: sides.exempt(book, found.id),
        ending: ending_of(&found.text),
        common_subject: subject_of(&read).map(|words| (words, subject_is_new(&read))),
        id: found.id,
        text: found.text.clone(),
        class: Class::from_key(&found.class).unwrap_or(Class::Background),
        subject: found.subject.clone(),
        role: found.role.as_deref().and_then(Role::from_key),
        role_presumed: found.role_presumed,
        marks: serde_json::from_str(&found.marks)?,
        proposals: book
            .proposals(found.clause_id)
            .into_iter()
            .filter(|proposal| proposal.sentence_id == found.id)
            .filter_map(|proposal| proposal_view(book, proposal, &sides.people))
            .collect(),
    })
}

pub(super) fn proposal_view(
    book: &Book,
    found: &proposal::Model,
    people: &BTreeMap<Uuid, String>,
) -> Option<ProposalView> {
    let others = book.group(found).into_iter().filter(|other| other.id != found.id);
    Some(ProposalView {
        id: found.id,
        role: Role::from_key(&found.role)?,
        role_presumed: found.role_presumed,
        topic: Topic::from_number(found.topic)?,
        text: found.text.clone(),
        not_applicable: found.not_applicable.clone(),
        guidance: found.guidance.clone(),
        rule: found.rule.clone(),
        confidence: found.confidence,
        weight: found.weight,
        same: others.filter_map(|other| path(book, other.clause_id)).collect(),
        settled: book.settlements.get(&found.id).map(|settled| settled_view(book, settled, people)),
    })
}

fn path(book: &Book, clause: Uuid) -> Option<String> {
    book.clause(clause).map(|other| other.short_path.clone())
}

fn settled_view(book: &Book, found: &settlement::Model, people: &BTreeMap<Uuid, String>) -> SettledView {
    SettledView {
        accepted: found.outcome == "accepted",
        reason: found.reason.clone(),
        question: found.question_id.and_then(|question| book.questions.get(&question)).cloned(),
        further: book
            .parts
            .get(&found.id)
            .into_iter()
            .flatten()
            .filter_map(|question| book.questions.get(question))
            .cloned()
            .collect(),
        at: found.at,
        by: people.get(&found.by_person_id).cloned().unwrap_or_default(),
    }
}

fn question_view(book: &Book, question: &QuestionNow, clause: Uuid) -> QuestionView {
    let proposed = book
        .proposals(clause)
        .into_iter()
        .flat_map(|proposal| book.became(proposal.id))
        .any(|became| became == question.id);
    let linked = book.clauses.iter().filter(|clause| {
        book.links.get(&clause.id).is_some_and(|questions| questions.contains(&question.id))
    });
    QuestionView {
        question: question.clone(),
        by_hand: !proposed,
        paths: linked.map(|clause| clause.short_path.clone()).collect(),
    }
}
