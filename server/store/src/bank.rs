//! The bank of supplementary questions: what it offers, what is in use, and taking a question over.

mod neighbours;
mod take;

pub use neighbours::Neighbour;
pub use take::{Chosen, take, take_nearest};

use crate::Db;
use crate::access::require_city;
use crate::entity::bank_question;
use crate::error::{StoreError, StoreResult};
use crate::question::{QuestionNow, active};
use domain::actor::Actor;
use domain::bank::{self, BankQuestion};
use domain::clause::fold;
use domain::permission::Action;
use domain::role::Role;
use neighbours::Neighbours;
use sea_orm::{ConnectionTrait, EntityTrait};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A question of the bank as the officer sees it.
#[derive(Debug, Clone)]
pub struct BankLine {
    pub question: BankQuestion,
    pub standing: Standing,
    /// The clause it would be linked to.
    pub nearest: Option<Neighbour>,
}

/// Whether a question of the bank can be taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It can.
    Free,
    /// It was, and is in use.
    Taken,
    /// The same role is already asked the same words, from elsewhere.
    Asked,
}

/// The bank's questions for a role.
///
/// # Errors
/// `Forbidden` without the permission to edit policies.
pub async fn of_role(db: &Db, actor: &Actor, role: Role) -> StoreResult<Vec<BankLine>> {
    require_city(actor, Action::EditPolicy)?;
    let in_use = InUse::load(db.read()).await?;
    let neighbours = Neighbours::load(db.read()).await?;
    let own = bank::all().into_iter().filter(|question| question.role == role);
    Ok(own
        .map(|question| BankLine {
            standing: in_use.standing(&question),
            nearest: neighbours.nearest(&question).cloned(),
            question,
        })
        .collect())
}

/// One question of the bank with all clauses it may be linked to.
///
/// # Errors
/// `NotFound` for an unknown key.
pub async fn show(db: &Db, actor: &Actor, key: &str) -> StoreResult<(BankLine, Vec<Neighbour>)> {
    require_city(actor, Action::EditPolicy)?;
    let question = bank::find(key).ok_or(StoreError::NotFound)?;
    let in_use = InUse::load(db.read()).await?;
    let neighbours = Neighbours::load(db.read()).await?;
    let line = BankLine {
        standing: in_use.standing(&question),
        nearest: neighbours.nearest(&question).cloned(),
        question,
    };
    Ok((line, neighbours.into_all()))
}

/// The questions in use, and which of them came from the bank.
struct InUse {
    questions: BTreeMap<Uuid, QuestionNow>,
    taken: Vec<String>,
}

impl InUse {
    async fn load<C: ConnectionTrait>(connection: &C) -> StoreResult<InUse> {
        let questions = active(connection).await?;
        let taken = keys(connection).await?;
        let taken =
            taken.into_iter().filter(|(id, _)| questions.contains_key(id)).map(|(_, key)| key).collect();
        Ok(InUse { questions, taken })
    }

    fn standing(&self, question: &BankQuestion) -> Standing {
        if self.taken.contains(&question.key) {
            return Standing::Taken;
        }
        let words = fold(question.text);
        let asked = |other: &QuestionNow| other.role == question.role && fold(&other.text) == words;
        if self.questions.values().any(asked) { Standing::Asked } else { Standing::Free }
    }
}

/// The questions that came from the bank, with their keys there. What is not in here a policy asks for, or the
/// officer.
///
/// # Errors
/// When the database fails.
pub async fn keys<C: ConnectionTrait>(connection: &C) -> StoreResult<BTreeMap<Uuid, String>> {
    let rows = bank_question::Entity::find().all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.question_id, row.bank_key)).collect())
}
