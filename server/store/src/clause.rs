//! Clauses: the officer's word about the class of a sentence and about who it obliges.

use crate::Db;
use crate::access::require_city;
use crate::correction::remember;
use crate::entity::{clause, proposal, sentence, settlement};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent, insert_in_portions};
use crate::policy::rows::{At, proposal_row};
use crate::question::Done;
use crate::question::act::{self, Before, Detail, NewAct};
use domain::actor::Actor;
use domain::clause::correction::{Reach, learn};
use domain::clause::{Class, ClauseKind, ClauseText, Sentence, fold, marks_as};
use domain::permission::Action;
use domain::policy::PolicyText;
use domain::question::{Proposal, propose};
use domain::role::Role;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

/// Sets the class of a sentence and the role it obliges. The proposals of the sentence are made anew, unless
/// one of them is settled: then all stay as they are. What is learnt from it is applied to the next document.
/// Gives what was done and whether the proposals were made anew.
///
/// # Errors
/// Refused when a sentence that obliges has no role, or nothing changes.
pub async fn reclassify(
    db: &Db,
    actor: &Actor,
    sentence_id: Uuid,
    class: Class,
    role: Option<Role>,
    reach: Reach,
    now: OffsetDateTime,
) -> StoreResult<(Done, bool)> {
    require_city(actor, Action::EditPolicy)?;
    if class.obliges() && role.is_none() {
        return Err(domain::Refusal::field(
            "role",
            "義務、禁止及び努力義務の文では、答える人を選んでください。",
        )
        .into());
    }
    let txn = db.begin().await?;
    let before = sentence::Entity::find_by_id(sentence_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let key = role.map(|role| role.key().to_string());
    if before.class == class.key() && before.role == key && !before.role_presumed {
        return Err(StoreError::refused("種類も答える人も変わっていません。改めてから保存してください。"));
    }
    let mut row: sentence::ActiveModel = before.clone().into();
    row.class = Set(class.key().to_string());
    row.role = Set(key.clone());
    row.role_presumed = Set(false);
    if before.class != class.key() {
        row.marks = Set(serde_json::to_string(&marks_as(&before.text, class))?);
    }
    sentence::Entity::update(row).exec(&txn).await?;
    let clause = clause::Entity::find_by_id(before.clause_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let anew = rebuild(&txn, &clause, sentence_id, true).await?;
    let learnt = learn(&spoken(&before, false)?, class, role, reach);
    let corrections = remember(&txn, actor, sentence_id, learnt, now).await?;
    let was = json!({ "class": before.class, "role": before.role });
    let is = json!({ "class": class.key(), "role": key });
    let event = NewEvent::changed("sentence", sentence_id, "sentence.reclassified", was, is).beside(json!({
        "text": before.text, "proposals_made_anew": anew, "corrections": corrections.len(),
    }));
    ledger::record(&txn, actor, now, event).await?;
    let new =
        NewAct { revision: clause.revision_id, clause: clause.id, kind: "reclassified", text: &before.text };
    let done =
        act::record(&txn, actor, new, &Detail::Reclassified(as_it_was(&before, corrections)), now).await?;
    txn.commit().await?;
    Ok((done, anew))
}

fn as_it_was(row: &sentence::Model, corrections: Vec<Uuid>) -> Before {
    Before {
        sentence: row.id,
        class: row.class.clone(),
        role: row.role.clone(),
        role_presumed: row.role_presumed,
        subject: row.subject.clone(),
        marks: row.marks.clone(),
        corrections,
    }
}

/// Makes a sentence what it was before it was reclassified.
pub(crate) async fn restore<C: ConnectionTrait>(
    connection: &C,
    found: sentence::Model,
    before: &Before,
) -> StoreResult<()> {
    let clause =
        clause::Entity::find_by_id(found.clause_id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let id = found.id;
    let mut row: sentence::ActiveModel = found.into();
    row.class = Set(before.class.clone());
    row.role = Set(before.role.clone());
    row.role_presumed = Set(before.role_presumed);
    row.subject = Set(before.subject.clone());
    row.marks = Set(before.marks.clone());
    sentence::Entity::update(row).exec(connection).await?;
    rebuild(connection, &clause, id, false).await?;
    Ok(())
}

/// Makes the proposals of a sentence anew if none of them is settled.
async fn rebuild<C: ConnectionTrait>(
    connection: &C,
    clause: &clause::Model,
    sentence: Uuid,
    by_officer: bool,
) -> StoreResult<bool> {
    let all = proposal::Entity::find()
        .filter(proposal::Column::RevisionId.eq(clause.revision_id))
        .order_by_asc(proposal::Column::Position)
        .all(connection)
        .await?;
    let (old, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|p| p.sentence_id == sentence);
    let ids: Vec<Uuid> = old.iter().map(|proposal| proposal.id).collect();
    let settled = settlement::Entity::find()
        .filter(settlement::Column::ProposalId.is_in(ids.iter().copied()))
        .count(connection)
        .await?;
    if settled > 0 {
        return Ok(false);
    }
    proposal::Entity::update_many()
        .col_expr(proposal::Column::SameAs, Expr::value(None::<Uuid>))
        .filter(proposal::Column::SameAs.is_in(ids.iter().copied()))
        .exec(connection)
        .await?;
    proposal::Entity::delete_many().filter(proposal::Column::Id.is_in(ids)).exec(connection).await?;
    let fresh = proposals(connection, clause, sentence, by_officer).await?;
    insert_in_portions::<proposal::Entity, _, _>(connection, rows(fresh, clause, sentence, &others)).await?;
    Ok(true)
}

/// Rows in the place of the old ones: behind everything that stands before the sentence.
fn rows(
    fresh: Vec<Proposal>,
    clause: &clause::Model,
    sentence: Uuid,
    others: &[proposal::Model],
) -> Vec<proposal::ActiveModel> {
    let position = others.iter().filter(|p| p.clause_id == clause.id).map(|p| p.position).max().unwrap_or(0);
    fresh
        .into_iter()
        .map(|proposal| {
            let at = At { revision: clause.revision_id, clause: clause.id, sentence, position };
            let same = others
                .iter()
                .find(|p| p.role == proposal.role.key() && fold(&p.text) == fold(&proposal.text))
                .map(|p| p.same_as.unwrap_or(p.id));
            proposal_row(&proposal, &at, Uuid::now_v7(), same)
        })
        .collect()
}

/// What the rules propose for a sentence as it is classified now.
async fn proposals<C: ConnectionTrait>(
    connection: &C,
    clause: &clause::Model,
    sentence: Uuid,
    by_officer: bool,
) -> StoreResult<Vec<Proposal>> {
    let clauses = clause::Entity::find()
        .filter(clause::Column::RevisionId.eq(clause.revision_id))
        .order_by_asc(clause::Column::Position)
        .all(connection)
        .await?;
    let sentence =
        sentence::Entity::find_by_id(sentence).one(connection).await?.ok_or(StoreError::NotFound)?;
    let mut text = PolicyText::default();
    for other in &clauses {
        let sentences = if other.id == clause.id { vec![spoken(&sentence, by_officer)?] } else { Vec::new() };
        text.clauses.push(clause_text(other, sentences)?);
    }
    Ok(propose(&text))
}

/// The sentence for the rules. A role the officer chose counts, not the one the subject names.
pub(crate) fn spoken(row: &sentence::Model, by_officer: bool) -> StoreResult<Sentence> {
    Ok(Sentence {
        text: row.text.clone(),
        class: Class::from_key(&row.class).unwrap_or(Class::Background),
        marks: serde_json::from_str(&row.marks)?,
        subject: row.subject.clone().filter(|_| !by_officer),
        role: row.role.as_deref().and_then(Role::from_key),
        role_presumed: row.role_presumed,
    })
}

/// A clause of the database for the rules.
pub(crate) fn clause_text(row: &clause::Model, sentences: Vec<Sentence>) -> StoreResult<ClauseText> {
    Ok(ClauseText {
        path: serde_json::from_str(&row.path)?,
        label: row.label.clone(),
        heading: row.heading.clone(),
        text: row.text.clone(),
        kind: ClauseKind::Paragraph,
        line: 0,
        sentences,
    })
}
