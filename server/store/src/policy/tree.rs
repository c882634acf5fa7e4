//! One revision: its clause tree with classes, proposals and questions, and what the reader had to guess.

use crate::Db;
use crate::access::require;
use crate::entity::{clause, revision};
use crate::error::{StoreError, StoreResult};
use crate::lineage::{left_by_revision, previous};
use crate::question::{Book, Coverage};
use domain::actor::Actor;
use domain::clause::Class;
use domain::permission::{Action, allows};
use domain::policy::{HistoryEntry, Remark};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// A revision as the officer works on it.
#[derive(Debug, Clone)]
pub struct RevisionView {
    pub id: Uuid,
    pub number: i32,
    pub title: String,
    pub file_name: String,
    pub at: OffsetDateTime,
    pub signature: Option<String>,
    pub history: Vec<HistoryEntry>,
    pub remarks: Vec<Remark>,
    /// All clauses in document order.
    pub clauses: Vec<ClauseLine>,
    pub coverage: Coverage,
    /// Whether it is the next revision of another one.
    pub follows: bool,
    /// Questions that have to be looked at again because their clause changed.
    pub to_reconsider: usize,
    /// Whether the actor may settle proposals.
    pub may_edit: bool,
}

/// A clause in the tree.
#[derive(Debug, Clone)]
pub struct ClauseLine {
    pub id: Uuid,
    pub parent: Option<Uuid>,
    /// 0 for a chapter.
    pub depth: usize,
    pub short_path: String,
    pub label: String,
    pub heading: Option<String>,
    pub text: String,
    /// The classes of its sentences, each once, in the order of [`Class::ALL`].
    pub classes: Vec<Class>,
    /// Proposals of roles with a sheet that nobody settled yet.
    pub open: usize,
    /// All proposals.
    pub proposals: usize,
    /// Questions in use that ask about it.
    pub questions: usize,
}

/// A revision with everything on its page.
///
/// # Errors
/// `NotFound` for an unknown revision.
pub async fn revision(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<RevisionView> {
    require(actor, Action::ReadPolicy)?;
    let found = revision::Entity::find_by_id(id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let clauses = clause::Entity::find()
        .filter(clause::Column::RevisionId.eq(id))
        .order_by_asc(clause::Column::Position)
        .all(db.read())
        .await?;
    let book = Book::load(db.read(), id).await?;
    Ok(RevisionView {
        id,
        number: found.number,
        title: found.title,
        file_name: found.file_name,
        at: found.at,
        signature: found.signature,
        history: serde_json::from_str(&found.history)?,
        remarks: serde_json::from_str(&found.remarks)?,
        clauses: lines(clauses, &book),
        coverage: book.coverage(),
        follows: previous(db.read(), id).await?.is_some(),
        to_reconsider: left_by_revision(db.read()).await?.get(&id).copied().unwrap_or_default(),
        may_edit: allows(actor, Action::EditPolicy),
    })
}

fn lines(clauses: Vec<clause::Model>, book: &Book) -> Vec<ClauseLine> {
    let mut depths: BTreeMap<Uuid, usize> = BTreeMap::new();
    clauses
        .into_iter()
        .map(|clause| {
            let parent = clause.parent_id.and_then(|parent| depths.get(&parent).copied());
            let depth = parent.map_or(0, |depth| depth + 1);
            depths.insert(clause.id, depth);
            let classes = book.classes(clause.id);
            ClauseLine {
                depth,
                classes: Class::ALL.into_iter().filter(|class| classes.contains(class)).collect(),
                open: book.open(clause.id),
                proposals: book.proposals(clause.id).len(),
                questions: book.questions_of(clause.id).len(),
                id: clause.id,
                parent: clause.parent_id,
                short_path: clause.short_path,
                label: clause.label,
                heading: clause.heading,
                text: clause.text,
            }
        })
        .collect()
}
