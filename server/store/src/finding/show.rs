//! Reading findings.

use crate::Db;
use crate::audit::show::{AuditHead, readable};
use crate::entity::{clause, edition, edition_item, finding, improvement, person};
use crate::error::{StoreError, StoreResult};
use crate::results::role_name;
use domain::actor::Actor;
use domain::finding::{Grade, Words};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// A finding in full.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingText {
    pub id: Uuid,
    pub label: String,
    pub words: Words,
    pub rule_change: bool,
    /// Key, revision, path and text of the clause.
    pub clause: Option<(Uuid, Uuid, String, String)>,
    /// Item, role, number and text of the question.
    pub question: Option<(Uuid, String, i32, String)>,
    pub at: OffsetDateTime,
    pub author: String,
}

/// A finding's page.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingPage {
    pub audit: AuditHead,
    pub finding: FindingText,
    /// Key and label of the improvement it led to.
    pub improvement: Option<(Uuid, String)>,
}

/// A finding: for auditors at once, for others after the report was issued.
///
/// # Errors
/// `Forbidden` without permission; `NotFound` out of reach or before the report was issued.
pub async fn show(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<FindingPage> {
    crate::access::require(actor, domain::permission::Action::SeeFindings)?;
    let connection = db.read();
    let row = finding::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let (_, audit) = readable(connection, actor, row.audit_id).await?;
    let improvement =
        improvement::Entity::find().filter(improvement::Column::FindingId.eq(id)).one(connection).await?;
    let finding = texts(connection, vec![row]).await?.pop().ok_or(StoreError::NotFound)?;
    Ok(FindingPage { audit, finding, improvement: improvement.map(|row| (row.id, row.label)) })
}

/// The findings of an audit in full, by their numbers.
pub(crate) async fn of_audit<C: ConnectionTrait>(
    connection: &C,
    audit: Uuid,
) -> StoreResult<Vec<FindingText>> {
    let rows = finding::Entity::find()
        .filter(finding::Column::AuditId.eq(audit))
        .order_by_asc(finding::Column::Label)
        .all(connection)
        .await?;
    texts(connection, rows).await
}

async fn texts<C: ConnectionTrait>(
    connection: &C,
    rows: Vec<finding::Model>,
) -> StoreResult<Vec<FindingText>> {
    let clauses: BTreeMap<Uuid, clause::Model> = clause::Entity::find()
        .filter(clause::Column::Id.is_in(rows.iter().filter_map(|row| row.clause_id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|clause| (clause.id, clause))
        .collect();
    let items: BTreeMap<Uuid, edition_item::Model> = edition_item::Entity::find()
        .filter(edition_item::Column::Id.is_in(rows.iter().filter_map(|row| row.item_id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|item| (item.id, item))
        .collect();
    let editions: BTreeMap<Uuid, edition::Model> = edition::Entity::find()
        .filter(edition::Column::Id.is_in(items.values().map(|item| item.edition_id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|edition| (edition.id, edition))
        .collect();
    let people: BTreeMap<Uuid, String> = person::Entity::find()
        .filter(person::Column::Id.is_in(rows.iter().map(|row| row.by_person_id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|person| (person.id, person.name))
        .collect();
    let text = |row: finding::Model| {
        Some(FindingText {
            words: Words {
                grade: Grade::from_key(&row.grade)?,
                title: row.title,
                fact: row.fact,
                criterion: row.criterion,
                effect: row.effect,
                recommendation: row.recommendation,
            },
            clause: row.clause_id.and_then(|id| clauses.get(&id)).map(|clause| {
                (clause.id, clause.revision_id, clause.short_path.clone(), clause.text.clone())
            }),
            question: row.item_id.and_then(|id| items.get(&id)).map(|item| {
                let edition = editions.get(&item.edition_id);
                let role = edition.map(|edition| role_name(&edition.role)).unwrap_or_default();
                (item.id, role, item.no, item.text.clone())
            }),
            author: people.get(&row.by_person_id).cloned().unwrap_or_default(),
            id: row.id,
            label: row.label,
            rule_change: row.rule_change,
            at: row.at,
        })
    };
    Ok(rows.into_iter().filter_map(text).collect())
}
