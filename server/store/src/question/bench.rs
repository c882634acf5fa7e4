//! The workbench: one clause with its proposals, the tree beside it, and where to go on.

use super::act::{ActView, last, views};
use super::book::Book;
use super::coverage::Coverage;
use super::exempt::names;
use super::filter::Filter;
use super::matrix::MatrixLine;
use super::page::{ClausePage, ProposalView, proposal_view, sides};
use crate::Db;
use crate::access::require;
use crate::entity::proposal;
use crate::error::{StoreError, StoreResult};
use domain::actor::Actor;
use domain::permission::Action;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A clause in the tree of the workbench.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    pub id: Uuid,
    pub parent: Option<Uuid>,
    /// Label and heading, or the beginning of the text.
    pub name: String,
    /// Proposals of the clause itself that wait.
    pub open: usize,
    /// Proposals of the clause itself that pass the filter.
    pub shown: usize,
    pub proposals: usize,
    pub questions: usize,
    /// Questions of the clause itself that have to be looked at again (要見直し).
    pub waiting: usize,
}

/// How far the officer is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    pub total: usize,
    pub accepted: usize,
    pub rejected: usize,
    pub open: usize,
}

/// A proposal with the place to look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub clause: Uuid,
    pub proposal: Uuid,
}

/// The workbench.
#[derive(Debug, Clone)]
pub struct Bench {
    pub page: ClausePage,
    pub tree: Vec<Branch>,
    pub progress: Progress,
    pub coverage: Coverage,
    pub matrix: Vec<MatrixLine>,
    /// Questions in use that no clause of the revision stands behind.
    pub loose: usize,
    pub filter: Filter,
    /// The proposal under work.
    pub at: Option<Uuid>,
    pub previous: Option<Step>,
    pub next: Option<Step>,
    /// Proposals that pass the filter.
    pub shown: usize,
    /// Proposals to be merged, with their paths.
    pub marked: Vec<Line>,
    /// The reader's last act, which can be taken back.
    pub last: Option<ActView>,
}

/// A proposal in the list.
#[derive(Debug, Clone)]
pub struct Line {
    pub clause: Uuid,
    pub short_path: String,
    pub proposal: ProposalView,
}

/// The workbench at a clause; without one at the first proposal that passes the filter.
///
/// # Errors
/// `NotFound` when the revision has no such clause, or no clause at all.
pub async fn bench(
    db: &Db,
    actor: &Actor,
    revision: Uuid,
    clause: Option<Uuid>,
    at: Option<Uuid>,
    marked: &[Uuid],
    filter: Filter,
) -> StoreResult<Bench> {
    require(actor, Action::ReadPolicy)?;
    let book = Book::load(db.read(), revision).await?;
    let first = book.sequence(&filter).first().map(|proposal| proposal.clause_id);
    let clause = clause.or(first).or(book.clauses.first().map(|clause| clause.id));
    let clause = clause.ok_or(StoreError::NotFound)?;
    of_book(db, actor, &book, (clause, at), marked, filter).await
}

/// The workbench at the proposal after a place, as it is after an act; where none is left, at the place itself.
///
/// # Errors
/// As [`bench`].
pub async fn bench_after(
    db: &Db,
    actor: &Actor,
    revision: Uuid,
    here: (Uuid, Option<Uuid>),
    marked: &[Uuid],
    filter: Filter,
) -> StoreResult<Bench> {
    require(actor, Action::ReadPolicy)?;
    let book = Book::load(db.read(), revision).await?;
    let (clause, at) = here;
    // Without a proposal to stand on, what is left in the clause itself comes first.
    let left = book.proposals(clause).into_iter().find(|one| at.is_none() && book.shown(&filter, one));
    let next = left.or(book.around(&filter, clause, book.place(&filter, clause, at)).1);
    let place = next.map_or(here, |next| (next.clause_id, Some(next.id)));
    of_book(db, actor, &book, place, marked, filter).await
}

async fn of_book(
    db: &Db,
    actor: &Actor,
    book: &Book,
    (clause, at): (Uuid, Option<Uuid>),
    marked: &[Uuid],
    filter: Filter,
) -> StoreResult<Bench> {
    let at = book.place(&filter, clause, at);
    let (previous, next) = book.around(&filter, clause, at);
    let step = |one: &proposal::Model| Step { clause: one.clause_id, proposal: one.id };
    let (previous, next) = (previous.map(step), next.map(step));
    let revision = book.revision;
    let own = last(db.read(), actor, revision).await?;
    let last = match own {
        Some(own) => views(db.read(), actor, vec![own]).await?.pop(),
        None => None,
    };
    Ok(Bench {
        page: super::page::of_book(db, actor, book, clause).await?,
        tree: book.tree(&filter),
        progress: book.progress(),
        coverage: book.coverage(),
        matrix: book.matrix()?,
        loose: book.loose().len(),
        filter,
        at,
        previous,
        next,
        shown: book.sequence(&filter).len(),
        marked: marked_lines(book, marked),
        last,
    })
}

fn marked_lines(book: &Book, marked: &[Uuid]) -> Vec<Line> {
    let found = book.proposals.iter().filter(|proposal| marked.contains(&proposal.id));
    found
        .filter(|proposal| !book.settlements.contains_key(&proposal.id))
        .filter_map(|proposal| line(book, proposal, &BTreeMap::new()))
        .collect()
}

fn line(book: &Book, proposal: &proposal::Model, people: &BTreeMap<Uuid, String>) -> Option<Line> {
    let clause = book.clause(proposal.clause_id)?;
    let proposal = proposal_view(book, proposal, people)?;
    Some(Line { clause: clause.id, short_path: clause.short_path.clone(), proposal })
}

/// The proposals that pass a filter, in its order.
///
/// # Errors
/// `NotFound` for an unknown revision.
pub async fn lines(
    db: &Db,
    actor: &Actor,
    revision: Uuid,
    filter: Filter,
) -> StoreResult<(String, Vec<Line>)> {
    require(actor, Action::ReadPolicy)?;
    let book = Book::load(db.read(), revision).await?;
    let people = names(db.read(), book.settlements.values().map(|settled| settled.by_person_id)).await?;
    let lines = book.sequence(&filter).into_iter().filter_map(|one| line(&book, one, &people)).collect();
    Ok((book.title.clone(), lines))
}

impl Book {
    pub(super) fn progress(&self) -> Progress {
        let outcome = |outcome: &str| self.settlements.values().filter(|s| s.outcome == outcome).count();
        let (accepted, rejected, open) = (outcome("accepted"), outcome("rejected"), self.left());
        Progress { total: accepted + rejected + open, accepted, rejected, open }
    }

    /// The proposal under work in a clause: the one asked for, else the first that passes the filter, else the first.
    fn place(&self, filter: &Filter, clause: Uuid, at: Option<Uuid>) -> Option<Uuid> {
        let here = self.proposals(clause);
        let asked = here.iter().find(|one| Some(one.id) == at);
        asked.or(here.iter().find(|one| self.shown(filter, one))).or(here.first()).map(|one| one.id)
    }

    fn tree(&self, filter: &Filter) -> Vec<Branch> {
        self.clauses
            .iter()
            .map(|clause| {
                let proposals = self.proposals(clause.id);
                Branch {
                    id: clause.id,
                    parent: clause.parent_id,
                    name: sides::name(clause),
                    open: proposals.iter().filter(|one| self.is_open(one)).count(),
                    shown: proposals.iter().filter(|one| self.shown(filter, one)).count(),
                    proposals: proposals.len(),
                    questions: self.questions_of(clause.id).len(),
                    waiting: self.waiting(clause.id),
                }
            })
            .collect()
    }
}
