//! Taking questions of the bank over: from then on they are questions like others, but keep their mark.

use super::neighbours::Neighbours;
use super::{InUse, Standing};
use crate::Db;
use crate::access::require_city;
use crate::entity::bank_question;
use crate::error::{StoreError, StoreResult};
use crate::ledger::{NewEvent, insert_in_portions};
use crate::question::Rows;
use domain::Refusal;
use domain::actor::Actor;
use domain::bank::{self, BankQuestion};
use domain::permission::Action;
use domain::question::Draft;
use sea_orm::{ConnectionTrait, Set};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

/// A question of the bank and the clause it is linked to.
#[derive(Debug, Clone)]
pub struct Chosen {
    pub key: String,
    /// `None`: it stands beside the policy without any clause.
    pub clause: Option<Uuid>,
}

/// Takes questions over, each linked to the clause it is nearest to. Gives how many there are.
///
/// # Errors
/// Refused when nothing was chosen or one of them is in use already; `NotFound` for an unknown key.
pub async fn take_nearest(
    db: &Db,
    actor: &Actor,
    keys: &[String],
    now: OffsetDateTime,
) -> StoreResult<usize> {
    require_city(actor, Action::EditPolicy)?;
    if keys.is_empty() {
        return Err(Refusal::field("keys", "使う設問を選んでください。").into());
    }
    let txn = db.begin().await?;
    let neighbours = Neighbours::load(&txn).await?;
    let mut chosen = Vec::new();
    for key in keys {
        let question = bank::find(key).ok_or(StoreError::NotFound)?;
        let clause = neighbours.nearest(&question).map(|neighbour| neighbour.clause);
        chosen.push(Chosen { key: key.clone(), clause });
    }
    put(&txn, actor, &chosen, now).await?;
    txn.commit().await?;
    Ok(chosen.len())
}

/// Takes one question over, linked to the clause the officer chose.
///
/// # Errors
/// Refused when it is in use already; `NotFound` for an unknown key, or a clause that is not in a newest
/// revision.
pub async fn take(db: &Db, actor: &Actor, chosen: Chosen, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::EditPolicy)?;
    let txn = db.begin().await?;
    if let Some(clause) = chosen.clause
        && !Neighbours::load(&txn).await?.has(clause)
    {
        return Err(StoreError::NotFound);
    }
    put(&txn, actor, &[chosen], now).await?;
    Ok(txn.commit().await?)
}

async fn put<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    chosen: &[Chosen],
    now: OffsetDateTime,
) -> StoreResult<()> {
    let mut in_use = InUse::load(connection).await?;
    let mut rows = Rows::default();
    let mut origins = Vec::new();
    for Chosen { key, clause } in chosen {
        let question = bank::find(key).ok_or(StoreError::NotFound)?;
        if in_use.standing(&question) != Standing::Free {
            return Err(StoreError::refused(format!(
                "「{}」は既に使われています。画面を開き直して、選び直してください。",
                question.text
            )));
        }
        let id = rows.question(actor, &draft(&question).checked()?, now);
        rows.guide(id, question.guidance)?;
        if let Some(clause) = clause {
            rows.link(id, *clause);
        }
        let after = json!({ "role": question.role.key(), "text": question.text });
        let event = NewEvent::created("question", id, "question.taken_from_bank", after);
        rows.event(event.beside(json!({ "bank_key": key, "clause": clause })));
        // The same key twice in one act is one too many.
        in_use.taken.push(key.clone());
        origins.push(bank_question::ActiveModel {
            id: Set(Uuid::now_v7()),
            question_id: Set(id),
            bank_key: Set(key.clone()),
        });
    }
    rows.write(connection, actor, now).await?;
    insert_in_portions::<bank_question::Entity, _, _>(connection, origins).await
}

fn draft(question: &BankQuestion) -> Draft {
    Draft {
        role: question.role,
        topic: question.topic,
        text: question.text.to_string(),
        not_applicable: question.not_applicable.map(str::to_string),
        weight: 1.0,
    }
}
