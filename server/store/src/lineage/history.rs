//! 改定履歴: what the document says about itself, and what was imported here.

use super::load::{RevisionName, Stored, names, passages, revision};
use crate::Db;
use crate::access::require;
use crate::entity::{clause, lineage_correction, lineage_link, revision as revisions, succession};
use crate::error::StoreResult;
use crate::improvement::person_names;
use domain::actor::Actor;
use domain::lineage::{Kind, entries};
use domain::permission::Action;
use domain::policy::HistoryEntry;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The history of a policy.
#[derive(Debug, Clone)]
pub struct History {
    pub title: String,
    pub newest: Uuid,
    /// The table printed in the newest document, oldest first.
    pub printed: Vec<HistoryEntry>,
    /// The revisions that were imported, newest first.
    pub imports: Vec<Import>,
}

/// A revision that was imported.
#[derive(Debug, Clone)]
pub struct Import {
    pub revision: RevisionName,
    pub file_name: String,
    pub by: String,
    /// The revision it follows.
    pub previous: Option<RevisionName>,
    /// What it changed; empty without a predecessor.
    pub counts: BTreeMap<Kind, usize>,
}

/// The history of the policy a revision belongs to.
///
/// # Errors
/// `Forbidden` without the permission to read policies; `NotFound` for an unknown revision.
pub async fn history(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<History> {
    require(actor, Action::ReadPolicy)?;
    let connection = db.read();
    let policy = revision(connection, id).await?.policy_id;
    let rows = revisions::Entity::find()
        .filter(revisions::Column::PolicyId.eq(policy))
        .order_by_desc(revisions::Column::Number)
        .all(connection)
        .await?;
    let newest = rows.first().ok_or(crate::StoreError::NotFound)?;
    let names = names(connection, policy).await?;
    let people = person_names(connection, rows.iter().map(|row| row.by_person_id)).await?;
    let before = befores(connection, &rows).await?;
    let mut counts = counts(connection, &before).await?;
    let name = |id: Uuid| names.iter().find(|name| name.id == id).cloned();
    let import = |row: &revisions::Model| {
        Some(Import {
            revision: name(row.id)?,
            file_name: row.file_name.clone(),
            by: people.get(&row.by_person_id).cloned().unwrap_or_default(),
            previous: before.get(&row.id).and_then(|id| name(*id)),
            counts: counts.remove(&row.id).unwrap_or_default(),
        })
    };
    Ok(History {
        title: newest.title.clone(),
        newest: newest.id,
        printed: serde_json::from_str(&newest.history)?,
        imports: rows.iter().filter_map(import).collect(),
    })
}

async fn befores<C: ConnectionTrait>(
    connection: &C,
    rows: &[revisions::Model],
) -> StoreResult<BTreeMap<Uuid, Uuid>> {
    let rows = succession::Entity::find()
        .filter(succession::Column::RevisionId.is_in(rows.iter().map(|row| row.id)))
        .all(connection)
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.revision_id, row.previous_id?))).collect())
}

/// What each revision changed, with three statements for all of them.
async fn counts<C: ConnectionTrait>(
    connection: &C,
    before: &BTreeMap<Uuid, Uuid>,
) -> StoreResult<BTreeMap<Uuid, BTreeMap<Kind, usize>>> {
    let mut clauses: BTreeMap<Uuid, Vec<clause::Model>> = BTreeMap::new();
    let wanted = before.iter().flat_map(|(later, earlier)| [*later, *earlier]);
    for row in clause::Entity::find()
        .filter(clause::Column::RevisionId.is_in(wanted))
        .order_by_asc(clause::Column::Position)
        .all(connection)
        .await?
    {
        clauses.entry(row.revision_id).or_default().push(row);
    }
    let mut links: BTreeMap<Uuid, Vec<lineage_link::Model>> = BTreeMap::new();
    for row in lineage_link::Entity::find()
        .filter(lineage_link::Column::RevisionId.is_in(before.keys().copied()))
        .all(connection)
        .await?
    {
        links.entry(row.revision_id).or_default().push(row);
    }
    let mut corrections: BTreeMap<Uuid, Vec<lineage_correction::Model>> = BTreeMap::new();
    for row in lineage_correction::Entity::find()
        .filter(lineage_correction::Column::RevisionId.is_in(before.keys().copied()))
        .order_by_asc(lineage_correction::Column::At)
        .order_by_asc(lineage_correction::Column::Id)
        .all(connection)
        .await?
    {
        corrections.entry(row.revision_id).or_default().push(row);
    }
    let mut counts = BTreeMap::new();
    for (later, earlier) in before {
        let of = |id: &Uuid| clauses.get(id).map(Vec::as_slice).unwrap_or_default();
        let stored = Stored::new(
            links.remove(later).unwrap_or_default(),
            corrections.remove(later).unwrap_or_default(),
        );
        let (old, new) = (of(earlier), of(later));
        let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
        for entry in entries(&passages(old)?, &passages(new)?, &stored.positions(old, new)) {
            *kinds.entry(entry.kind).or_default() += 1;
        }
        counts.insert(*later, kinds);
    }
    Ok(counts)
}
