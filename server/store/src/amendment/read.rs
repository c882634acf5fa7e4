//! Reading amendments: one, those of a revision, and the 新旧対照表.

use crate::Db;
use crate::access::require_city;
use crate::entity::{amendment, amendment_ground, clause, decision, finding, improvement};
use crate::error::{StoreError, StoreResult};
use crate::improvement::person_names;
use domain::actor::Actor;
use domain::finding::Grade;
use domain::permission::Action;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Something an amendment rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// Key, label, grade, title.
    Finding(Uuid, String, String, String),
    /// Key, label, title.
    Improvement(Uuid, String, String),
    /// A figure or a fact in words.
    Note(String),
}

/// The committee's word.
#[derive(Debug, Clone)]
pub struct Decision {
    pub adopted: bool,
    pub decided_on: Date,
    pub meeting: String,
    pub note: String,
    pub at: OffsetDateTime,
    pub by: String,
}

/// One amendment with everything around it.
#[derive(Debug, Clone)]
pub struct Amendment {
    pub id: Uuid,
    pub revision: Uuid,
    pub clause: Uuid,
    /// For people: 2-6-(2)-イ.
    pub path: String,
    /// The heading of the clause or, without one, of the nearest clause above.
    pub heading: String,
    pub old_text: String,
    pub new_text: String,
    pub reason: String,
    pub grounds: Vec<Ground>,
    pub decision: Option<Decision>,
    pub at: OffsetDateTime,
    pub by: String,
    position: i32,
}

/// The 新旧対照表 of a revision.
#[derive(Debug, Clone)]
pub struct Table {
    pub revision: Uuid,
    pub title: String,
    /// In the order of the document, without rejected ones.
    pub amendments: Vec<Amendment>,
}

/// One amendment.
///
/// # Errors
/// `Forbidden` without the permission, `NotFound` for an unknown one.
pub async fn show(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<Amendment> {
    require_city(actor, Action::DraftAmendment)?;
    let row = amendment::Entity::find_by_id(id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    with_everything(db.read(), vec![row]).await?.pop().ok_or(StoreError::NotFound)
}

/// All amendments of a revision in the order of the document.
///
/// # Errors
/// `Forbidden` without the permission.
pub async fn list(db: &Db, actor: &Actor, revision: Uuid) -> StoreResult<Vec<Amendment>> {
    require_city(actor, Action::DraftAmendment)?;
    let rows = amendment::Entity::find()
        .filter(amendment::Column::RevisionId.eq(revision))
        .order_by_asc(amendment::Column::At)
        .all(db.read())
        .await?;
    let mut all = with_everything(db.read(), rows).await?;
    all.sort_by_key(|amendment| (amendment.position, amendment.at, amendment.id));
    Ok(all)
}

/// The 新旧対照表: what the committee adopted or has still to decide. Without a revision: the newest one.
///
/// # Errors
/// `Forbidden` without the permission, `NotFound` without a policy.
pub async fn table(db: &Db, actor: &Actor, revision: Option<Uuid>) -> StoreResult<Table> {
    require_city(actor, Action::DraftAmendment)?;
    let revision = crate::review::revision(db.read(), revision).await?.ok_or(StoreError::NotFound)?;
    let mut amendments = list(db, actor, revision.id).await?;
    amendments.retain(|amendment| amendment.decision.as_ref().is_none_or(|decision| decision.adopted));
    Ok(Table { revision: revision.id, title: revision.title, amendments })
}

async fn with_everything<C: ConnectionTrait>(
    connection: &C,
    rows: Vec<amendment::Model>,
) -> StoreResult<Vec<Amendment>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut grounds = grounds(connection, &ids).await?;
    let mut decisions: BTreeMap<Uuid, decision::Model> = decision::Entity::find()
        .filter(decision::Column::AmendmentId.is_in(ids))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.amendment_id, row))
        .collect();
    let people = rows.iter().map(|row| row.by_person_id);
    let people: Vec<Uuid> = people.chain(decisions.values().map(|row| row.by_person_id)).collect();
    let names = person_names(connection, people).await?;
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let places = places(connection, &rows).await?;
    let amendments = rows.into_iter().map(|row| {
        let (position, path, heading) = places.get(&row.clause_id).cloned().unwrap_or_default();
        let decision = decisions.remove(&row.id).map(|decision| Decision {
            by: name(decision.by_person_id),
            adopted: decision.adopted,
            decided_on: decision.decided_on,
            meeting: decision.meeting,
            note: decision.note,
            at: decision.at,
        });
        Amendment {
            id: row.id,
            revision: row.revision_id,
            clause: row.clause_id,
            path,
            heading,
            grounds: grounds.remove(&row.id).unwrap_or_default(),
            decision,
            by: name(row.by_person_id),
            old_text: row.old_text,
            new_text: row.new_text,
            reason: row.reason,
            at: row.at,
            position,
        }
    });
    Ok(amendments.collect())
}

async fn grounds<C: ConnectionTrait>(
    connection: &C,
    amendments: &[Uuid],
) -> StoreResult<BTreeMap<Uuid, Vec<Ground>>> {
    let rows = amendment_ground::Entity::find()
        .filter(amendment_ground::Column::AmendmentId.is_in(amendments.iter().copied()))
        .order_by_asc(amendment_ground::Column::Id)
        .all(connection)
        .await?;
    let findings: BTreeMap<Uuid, finding::Model> = finding::Entity::find()
        .filter(finding::Column::Id.is_in(rows.iter().filter_map(|row| row.finding_id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let improvements: BTreeMap<Uuid, improvement::Model> = improvement::Entity::find()
        .filter(improvement::Column::Id.is_in(rows.iter().filter_map(|row| row.improvement_id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let mut all: BTreeMap<Uuid, Vec<Ground>> = BTreeMap::new();
    for row in rows {
        let finding = row.finding_id.and_then(|id| findings.get(&id)).map(of_finding);
        let improvement = row
            .improvement_id
            .and_then(|id| improvements.get(&id))
            .map(|row| Ground::Improvement(row.id, row.label.clone(), row.title.clone()));
        let ground = finding.or(improvement).unwrap_or(Ground::Note(row.note));
        all.entry(row.amendment_id).or_default().push(ground);
    }
    Ok(all)
}

fn of_finding(row: &finding::Model) -> Ground {
    let grade = Grade::from_key(&row.grade).map_or("", Grade::label);
    Ground::Finding(row.id, row.label.clone(), grade.to_string(), row.title.clone())
}

/// Position, path and heading of the clauses.
async fn places<C: ConnectionTrait>(
    connection: &C,
    rows: &[amendment::Model],
) -> StoreResult<BTreeMap<Uuid, (i32, String, String)>> {
    let revisions: std::collections::BTreeSet<Uuid> = rows.iter().map(|row| row.revision_id).collect();
    let clauses =
        clause::Entity::find().filter(clause::Column::RevisionId.is_in(revisions)).all(connection).await?;
    let by_id: BTreeMap<Uuid, &clause::Model> = clauses.iter().map(|row| (row.id, row)).collect();
    let wanted = rows.iter().filter_map(|row| by_id.get(&row.clause_id));
    Ok(wanted
        .map(|row| (row.id, (row.position, row.short_path.clone(), heading_above(row, &by_id))))
        .collect())
}

/// The heading of a clause or of the nearest one above that has a heading.
pub(crate) fn heading_above(row: &clause::Model, by_id: &BTreeMap<Uuid, &clause::Model>) -> String {
    let mut at = Some(row);
    while let Some(clause) = at {
        if let Some(heading) = clause.heading.as_ref().filter(|heading| !heading.is_empty()) {
            return heading.clone();
        }
        at = clause.parent_id.and_then(|id| by_id.get(&id)).copied();
    }
    String::new()
}
