//! Corrections of classes and roles: remembered for the city, applied to the next document, taken back.

use crate::Db;
use crate::access::{require, require_city};
use crate::entity::{clause, correction, correction_use, correction_withdrawal, person, revision, sentence};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent, insert_in_portions};
use domain::actor::Actor;
use domain::clause::Class;
use domain::clause::correction::{Applied, Correction, apply};
use domain::permission::Action;
use domain::policy::PolicyText;
use domain::role::Role;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde_json::json;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// A correction in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionLine {
    pub id: Uuid,
    pub correction: Correction,
    /// Where it was learnt.
    pub revision: Uuid,
    pub clause: Uuid,
    pub short_path: String,
    pub title: String,
    pub at: OffsetDateTime,
    pub by: String,
    /// Sentences of later documents that were read by it.
    pub uses: usize,
    /// Who took it back, and when.
    pub withdrawn: Option<(OffsetDateTime, String)>,
}

/// The corrections that stand, oldest first: the later one counts.
pub(crate) async fn standing<C: ConnectionTrait>(connection: &C) -> StoreResult<Vec<(Uuid, Correction)>> {
    let ended = Query::select()
        .column(correction_withdrawal::Column::CorrectionId)
        .from(correction_withdrawal::Entity)
        .to_owned();
    let rows = correction::Entity::find()
        .filter(correction::Column::Id.not_in_subquery(ended))
        .order_by_asc(correction::Column::At)
        .order_by_asc(correction::Column::Id)
        .all(connection)
        .await?;
    Ok(rows.iter().filter_map(|row| Some((row.id, spoken(row)?))).collect())
}

/// The correction a row tells of.
pub(crate) fn spoken(row: &correction::Model) -> Option<Correction> {
    let class = row.class.as_deref().and_then(Class::from_key);
    let role = row.role.as_deref().and_then(Role::from_key);
    Correction::from_parts(&row.kind, row.words.clone(), class, role)
}

/// Writes what was learnt. Gives the keys.
pub(crate) async fn remember<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    sentence: Uuid,
    learnt: Vec<Correction>,
    now: OffsetDateTime,
) -> StoreResult<Vec<Uuid>> {
    let ids: Vec<Uuid> = learnt.iter().map(|_| Uuid::now_v7()).collect();
    let rows = learnt.iter().zip(&ids).map(|(learnt, id)| correction::ActiveModel {
        id: Set(*id),
        kind: Set(learnt.kind().to_string()),
        words: Set(learnt.words().to_string()),
        class: Set(learnt.class().map(|class| class.key().to_string())),
        role: Set(learnt.role().map(|role| role.key().to_string())),
        sentence_id: Set(sentence),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    });
    insert_in_portions::<correction::Entity, _, _>(connection, rows.collect()).await?;
    Ok(ids)
}

/// A document read with the corrections that stand, and what they changed.
pub(crate) struct Corrected {
    pub text: PolicyText,
    applied: Vec<Applied>,
    ids: Vec<Uuid>,
}

/// Reads a document as it was corrected before.
pub(crate) async fn corrected<C: ConnectionTrait>(
    connection: &C,
    text: &PolicyText,
) -> StoreResult<Corrected> {
    let (ids, corrections): (Vec<Uuid>, Vec<Correction>) = standing(connection).await?.into_iter().unzip();
    let mut text = text.clone();
    let applied = apply(&mut text, &corrections);
    Ok(Corrected { text, applied, ids })
}

impl Corrected {
    /// How many sentences were read differently.
    pub fn count(&self) -> usize {
        self.applied.len()
    }

    /// Records the uses; `sentences` are the keys in document order.
    pub async fn record<C: ConnectionTrait>(
        &self,
        connection: &C,
        sentences: &[Uuid],
        now: OffsetDateTime,
    ) -> StoreResult<()> {
        let mut starts = Vec::new();
        let mut sum = 0;
        for clause in &self.text.clauses {
            starts.push(sum);
            sum += clause.sentences.len();
        }
        let rows = self.applied.iter().filter_map(|applied| {
            let sentence = sentences.get(starts.get(applied.clause)? + applied.sentence)?;
            Some(correction_use::ActiveModel {
                id: Set(Uuid::now_v7()),
                correction_id: Set(*self.ids.get(applied.correction)?),
                sentence_id: Set(*sentence),
                class_before: Set(applied.class.key().to_string()),
                role_before: Set(applied.role.map(|role| role.key().to_string())),
                at: Set(now),
            })
        });
        insert_in_portions::<correction_use::Entity, _, _>(connection, rows.collect()).await
    }
}

/// Ends a correction: it is not applied to later documents. What was read by it stays as it is.
///
/// # Errors
/// `NotFound` for an unknown one; refused when it is ended already.
pub async fn withdraw(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<()> {
    require_city(actor, Action::EditPolicy)?;
    let txn = db.begin().await?;
    let found = correction::Entity::find_by_id(id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let row = correction_withdrawal::ActiveModel {
        id: Set(Uuid::now_v7()),
        correction_id: Set(id),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = correction_withdrawal::Entity::insert(row).exec_without_returning(&txn).await;
    on_double(inserted, "この修正は既に取り消されています。")?;
    let before =
        json!({ "kind": found.kind, "words": found.words, "class": found.class, "role": found.role });
    let event = NewEvent::removed("sentence", found.sentence_id, "correction.withdrawn", before);
    ledger::record(&txn, actor, now, event.beside(json!({ "correction": id }))).await?;
    Ok(txn.commit().await?)
}

/// All corrections, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, actor: &Actor) -> StoreResult<Vec<CorrectionLine>> {
    require(actor, Action::EditPolicy)?;
    let rows = correction::Entity::find()
        .order_by_desc(correction::Column::At)
        .order_by_desc(correction::Column::Id)
        .all(db.read())
        .await?;
    let uses = uses(db).await?;
    let ends: BTreeMap<Uuid, correction_withdrawal::Model> = correction_withdrawal::Entity::find()
        .all(db.read())
        .await?
        .into_iter()
        .map(|end| (end.correction_id, end))
        .collect();
    let people: BTreeMap<Uuid, String> =
        person::Entity::find()
            .filter(person::Column::Id.is_in(
                rows.iter().map(|row| row.by_person_id).chain(ends.values().map(|end| end.by_person_id)),
            ))
            .all(db.read())
            .await?
            .into_iter()
            .map(|person| (person.id, person.name))
            .collect();
    let places = places(db, &rows).await?;
    let name = |id: Uuid| people.get(&id).cloned().unwrap_or_default();
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let (clause, title) = places.get(&row.sentence_id)?;
            Some(CorrectionLine {
                id: row.id,
                correction: spoken(&row)?,
                revision: clause.revision_id,
                clause: clause.id,
                short_path: clause.short_path.clone(),
                title: title.clone(),
                at: row.at,
                by: name(row.by_person_id),
                uses: uses.get(&row.id).copied().unwrap_or_default(),
                withdrawn: ends.get(&row.id).map(|end| (end.at, name(end.by_person_id))),
            })
        })
        .collect())
}

async fn uses(db: &Db) -> StoreResult<BTreeMap<Uuid, usize>> {
    let rows: Vec<(Uuid, i64)> = correction_use::Entity::find()
        .select_only()
        .column(correction_use::Column::CorrectionId)
        .column_as(correction_use::Column::Id.count(), "uses")
        .group_by(correction_use::Column::CorrectionId)
        .into_tuple()
        .all(db.read())
        .await?;
    Ok(rows.into_iter().map(|(id, uses)| (id, usize::try_from(uses).unwrap_or(0))).collect())
}

/// The clause and the revision's title of each sentence something was learnt from.
async fn places(db: &Db, rows: &[correction::Model]) -> StoreResult<BTreeMap<Uuid, (clause::Model, String)>> {
    let sentences = sentence::Entity::find()
        .filter(sentence::Column::Id.is_in(rows.iter().map(|row| row.sentence_id)))
        .all(db.read())
        .await?;
    let clauses: BTreeMap<Uuid, clause::Model> = clause::Entity::find()
        .filter(clause::Column::Id.is_in(sentences.iter().map(|sentence| sentence.clause_id)))
        .all(db.read())
        .await?
        .into_iter()
        .map(|clause| (clause.id, clause))
        .collect();
    let titles: BTreeMap<Uuid, String> = revision::Entity::find()
        .filter(revision::Column::Id.is_in(clauses.values().map(|clause| clause.revision_id)))
        .all(db.read())
        .await?
        .into_iter()
        .map(|revision| (revision.id, format!("{} 第{}版", revision.title, revision.number)))
        .collect();
    Ok(sentences
        .into_iter()
        .filter_map(|sentence| {
            let clause = clauses.get(&sentence.clause_id)?.clone();
            let title = titles.get(&clause.revision_id)?.clone();
            Some((sentence.id, (clause, title)))
        })
        .collect())
}
