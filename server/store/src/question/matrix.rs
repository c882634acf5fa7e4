//! How many duties are asked about: per role and chapter; and questions no clause of the revision stands behind.

use super::book::{Book, QuestionNow};
use super::coverage::Coverage;
use crate::Db;
use crate::access::require;
use crate::clause::clause_text;
use crate::entity::{question_clause, revision};
use crate::error::{StoreError, StoreResult};
use domain::actor::Actor;
use domain::clause::topic_of;
use domain::permission::{Action, allows};
use domain::role::Role;
use domain::topic::Topic;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Duties of one role in one chapter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    pub duties: usize,
    /// Of these, asked about by a question in use.
    pub asked: usize,
    /// Of these, not asked on purpose.
    pub exempt: usize,
}

/// One chapter; the roles with a sheet in their order, then all other roles together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixLine {
    pub topic: Topic,
    pub shares: Vec<Share>,
}

/// A question in use that no clause of the revision stands behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loose {
    pub question: Uuid,
    pub role: Role,
    pub text: String,
    /// A clause of another revision stands behind it.
    pub elsewhere: bool,
}

/// What is asked of a revision and what is not.
#[derive(Debug, Clone)]
pub struct Matrix {
    pub revision: Uuid,
    pub title: String,
    pub lines: Vec<MatrixLine>,
    pub total: Vec<Share>,
    pub coverage: Coverage,
    pub loose: Vec<Loose>,
    pub may_edit: bool,
}

impl Matrix {
    /// The coverage of a revision in full.
    ///
    /// # Errors
    /// `NotFound` for an unknown revision.
    pub async fn load(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<Matrix> {
        require(actor, Action::ReadPolicy)?;
        let found = revision::Entity::find_by_id(id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
        let book = Book::load(db.read(), id).await?;
        let lines = book.matrix()?;
        let columns = lines.first().map_or(0, |line| line.shares.len());
        let total =
            (0..columns).map(|at| lines.iter().map(|line| line.shares[at]).fold(Share::default(), sum));
        Ok(Matrix {
            revision: id,
            title: format!("{} 第{}版", found.title, found.number),
            total: total.collect(),
            lines,
            coverage: book.coverage(),
            loose: loose(db, &book).await?,
            may_edit: allows(actor, Action::EditPolicy),
        })
    }
}

fn sum(a: Share, b: Share) -> Share {
    Share { duties: a.duties + b.duties, asked: a.asked + b.asked, exempt: a.exempt + b.exempt }
}

impl Book {
    /// Duties per chapter and role; every chapter has its line.
    pub(super) fn matrix(&self) -> StoreResult<Vec<MatrixLine>> {
        let topics = self.topics_of_clauses()?;
        let mut shares: BTreeMap<(Topic, usize), Share> = BTreeMap::new();
        for duty in self.duties() {
            let role = duty.role.as_deref().and_then(Role::from_key);
            let column = Role::WITH_SHEET.iter().position(|listed| Some(*listed) == role);
            let topic = topics.get(&duty.clause_id).copied().unwrap_or(Topic::Operation);
            let share = shares.entry((topic, column.unwrap_or(Role::WITH_SHEET.len()))).or_default();
            share.duties += 1;
            if self.is_asked(duty) {
                share.asked += 1;
            } else if self.why_not(duty).is_some() {
                share.exempt += 1;
            }
        }
        let share = |topic, column| shares.get(&(topic, column)).copied().unwrap_or_default();
        Ok(Topic::ALL
            .into_iter()
            .map(|topic| MatrixLine {
                topic,
                shares: (0..=Role::WITH_SHEET.len()).map(|column| share(topic, column)).collect(),
            })
            .collect())
    }

    /// Questions in use that neither a clause of the revision nor one of another policy stands behind.
    pub(super) fn loose(&self) -> Vec<&QuestionNow> {
        let linked: BTreeSet<&Uuid> = self.links.values().flatten().chain(&self.of_others).collect();
        self.questions.values().filter(|question| !linked.contains(&question.id)).collect()
    }

    /// The chapter of the guideline each clause belongs to.
    fn topics_of_clauses(&self) -> StoreResult<BTreeMap<Uuid, Topic>> {
        let texts = self
            .clauses
            .iter()
            .map(|clause| clause_text(clause, Vec::new()))
            .collect::<StoreResult<Vec<_>>>()?;
        Ok(self.clauses.iter().enumerate().map(|(at, clause)| (clause.id, topic_of(&texts, at))).collect())
    }
}

async fn loose(db: &Db, book: &Book) -> StoreResult<Vec<Loose>> {
    let questions = book.loose();
    let elsewhere: BTreeSet<Uuid> = question_clause::Entity::find()
        .filter(question_clause::Column::QuestionId.is_in(questions.iter().map(|question| question.id)))
        .all(db.read())
        .await?
        .into_iter()
        .map(|link| link.question_id)
        .collect();
    Ok(questions
        .into_iter()
        .map(|question| Loose {
            question: question.id,
            role: question.role,
            text: question.text.clone(),
            elsewhere: elsewhere.contains(&question.id),
        })
        .collect())
}
