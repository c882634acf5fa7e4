//! Two revisions with the links between their clauses as they hold now.

use crate::entity::{clause, lineage_correction, lineage_link, revision, succession};
use crate::error::{StoreError, StoreResult};
use domain::lineage::{Entry, Link, Passage, align, compose, entries};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A revision by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionName {
    pub id: Uuid,
    pub number: i32,
    pub title: String,
    /// When it was imported.
    pub at: OffsetDateTime,
    /// 施行日
    pub effective_on: Option<Date>,
}

/// Two revisions and what became of their clauses.
pub(crate) struct Pair {
    /// In document order.
    pub old: Vec<clause::Model>,
    /// In document order.
    pub new: Vec<clause::Model>,
    pub entries: Vec<Entry>,
    /// Links that hold, by the keys of their clauses.
    pub links: BTreeSet<(Uuid, Uuid)>,
    /// Links an officer made or took away.
    pub corrected: BTreeSet<(Uuid, Uuid)>,
}

impl Pair {
    /// The entry of a clause of either side.
    pub(crate) fn entry(&self, clause: Uuid) -> Option<&Entry> {
        self.entries.iter().find(|entry| {
            entry.old.iter().any(|at| self.old[*at].id == clause)
                || entry.new.iter().any(|at| self.new[*at].id == clause)
        })
    }

    /// The new clauses that come from an old one.
    pub(crate) fn successors(&self, old: Uuid) -> Vec<&clause::Model> {
        self.new.iter().filter(|new| self.links.contains(&(old, new.id))).collect()
    }
}

/// The clauses of a revision, for a condition.
pub(super) fn clauses_of(revision: Uuid) -> SelectStatement {
    Query::select()
        .column(clause::Column::Id)
        .from(clause::Entity)
        .and_where(clause::Column::RevisionId.eq(revision))
        .to_owned()
}

/// The clauses of a revision in document order.
pub(super) async fn clauses<C: ConnectionTrait>(
    connection: &C,
    revision: Uuid,
) -> StoreResult<Vec<clause::Model>> {
    Ok(clause::Entity::find()
        .filter(clause::Column::RevisionId.eq(revision))
        .order_by_asc(clause::Column::Position)
        .all(connection)
        .await?)
}

/// The clauses as the alignment sees them.
pub(super) fn passages(clauses: &[clause::Model]) -> StoreResult<Vec<Passage>> {
    let passage = |row: &clause::Model| {
        Ok(Passage {
            path: serde_json::from_str(&row.path)?,
            heading: row.heading.clone().unwrap_or_default(),
            text: row.text.clone(),
        })
    };
    clauses.iter().map(passage).collect()
}

/// The revision a revision follows.
pub(crate) async fn previous<C: ConnectionTrait>(
    connection: &C,
    revision: Uuid,
) -> StoreResult<Option<Uuid>> {
    let row = succession::Entity::find()
        .filter(succession::Column::RevisionId.eq(revision))
        .one(connection)
        .await?;
    Ok(row.and_then(|row| row.previous_id))
}

/// A revision that has to exist.
pub(super) async fn revision<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<revision::Model> {
    revision::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)
}

/// All revisions of a policy with their days of effect, oldest first.
pub(super) async fn names<C: ConnectionTrait>(
    connection: &C,
    policy: Uuid,
) -> StoreResult<Vec<RevisionName>> {
    let rows = revision::Entity::find()
        .filter(revision::Column::PolicyId.eq(policy))
        .order_by_asc(revision::Column::Number)
        .all(connection)
        .await?;
    let days: BTreeMap<Uuid, Option<Date>> = succession::Entity::find()
        .filter(succession::Column::RevisionId.is_in(rows.iter().map(|row| row.id)))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.revision_id, row.effective_on))
        .collect();
    let name = |row: revision::Model| RevisionName {
        effective_on: days.get(&row.id).copied().flatten(),
        id: row.id,
        number: row.number,
        title: row.title,
        at: row.at,
    };
    Ok(rows.into_iter().map(name).collect())
}

/// Links between two neighbouring revisions, with the officer's corrections.
pub(super) struct Stored {
    links: BTreeMap<(Uuid, Uuid), f64>,
    corrected: BTreeSet<(Uuid, Uuid)>,
}

impl Stored {
    pub(super) fn new(
        links: Vec<lineage_link::Model>,
        corrections: Vec<lineage_correction::Model>,
    ) -> Stored {
        let mut all: BTreeMap<(Uuid, Uuid), f64> = links
            .into_iter()
            .map(|link| ((link.old_clause_id, link.new_clause_id), link.confidence))
            .collect();
        let mut corrected = BTreeSet::new();
        for row in corrections {
            let pair = (row.old_clause_id, row.new_clause_id);
            corrected.insert(pair);
            if row.linked {
                all.insert(pair, 1.0);
            } else {
                all.remove(&pair);
            }
        }
        Stored { links: all, corrected }
    }

    pub(super) async fn load<C: ConnectionTrait>(connection: &C, revision: Uuid) -> StoreResult<Stored> {
        let links = lineage_link::Entity::find()
            .filter(lineage_link::Column::RevisionId.eq(revision))
            .all(connection)
            .await?;
        // In ascending order the newest word about a pair stays. Keys are made in their order.
        let corrections = lineage_correction::Entity::find()
            .filter(lineage_correction::Column::RevisionId.eq(revision))
            .order_by_asc(lineage_correction::Column::At)
            .order_by_asc(lineage_correction::Column::Id)
            .all(connection)
            .await?;
        Ok(Stored::new(links, corrections))
    }

    /// The links by position.
    pub(super) fn positions(&self, old: &[clause::Model], new: &[clause::Model]) -> Vec<Link> {
        let place = |of: &[clause::Model]| -> BTreeMap<Uuid, usize> {
            of.iter().enumerate().map(|(at, row)| (row.id, at)).collect()
        };
        let (olds, news) = (place(old), place(new));
        let link = |((old, new), confidence): (&(Uuid, Uuid), &f64)| {
            Some(Link { old: *olds.get(old)?, new: *news.get(new)?, confidence: *confidence })
        };
        self.links.iter().filter_map(link).collect()
    }
}

/// Two neighbouring revisions as they are linked now.
pub(super) async fn neighbours<C: ConnectionTrait>(
    connection: &C,
    previous: Uuid,
    revision: Uuid,
) -> StoreResult<Pair> {
    let (old, new) = (clauses(connection, previous).await?, clauses(connection, revision).await?);
    let stored = Stored::load(connection, revision).await?;
    let links = stored.positions(&old, &new);
    pair(old, new, &links, stored.corrected)
}

fn pair(
    old: Vec<clause::Model>,
    new: Vec<clause::Model>,
    links: &[Link],
    corrected: BTreeSet<(Uuid, Uuid)>,
) -> StoreResult<Pair> {
    let entries = entries(&passages(&old)?, &passages(&new)?, links);
    let links = links.iter().map(|link| (old[link.old].id, new[link.new].id)).collect();
    Ok(Pair { old, new, entries, links, corrected })
}

/// Any two revisions of a policy: over the links of all revisions in between, or aligned on the spot where no
/// lineage leads from one to the other.
pub(super) async fn between<C: ConnectionTrait>(
    connection: &C,
    older: Uuid,
    newer: Uuid,
) -> StoreResult<Pair> {
    let mut way = vec![newer];
    while let Some(before) = previous(connection, way[way.len() - 1]).await? {
        way.push(before);
        if before == older {
            break;
        }
    }
    if way.len() == 2 && way[1] == older {
        return neighbours(connection, older, newer).await;
    }
    let (old, new) = (clauses(connection, older).await?, clauses(connection, newer).await?);
    if way[way.len() - 1] != older || way.len() == 1 {
        let links = align(&passages(&old)?, &passages(&new)?);
        return pair(old, new, &links, BTreeSet::new());
    }
    let mut links: Option<Vec<Link>> = None;
    for step in way.windows(2).rev() {
        let [later, earlier] = step else { continue };
        let (from, to) = (clauses(connection, *earlier).await?, clauses(connection, *later).await?);
        let next = Stored::load(connection, *later).await?.positions(&from, &to);
        links = Some(links.map_or(next.clone(), |before| compose(&before, &next)));
    }
    pair(old, new, &links.unwrap_or_default(), BTreeSet::new())
}

/// Where the words of earlier clauses live on: every clause of the revisions before with the clause of this
/// revision that has the same words, in the same place or another.
///
/// # Errors
/// When the database fails.
pub async fn settled_before<C: ConnectionTrait>(
    connection: &C,
    revision: Uuid,
) -> StoreResult<BTreeMap<Uuid, Uuid>> {
    let mut now: BTreeMap<Uuid, Uuid> = BTreeMap::new();
    let mut at = revision;
    while let Some(before) = previous(connection, at).await? {
        let pair = neighbours(connection, before, at).await?;
        for entry in pair.entries.iter().filter(|entry| entry.kind.keeps_words()) {
            if let ([old], [new]) = (entry.old.as_slice(), entry.new.as_slice()) {
                let new = pair.new[*new].id;
                let here = if at == revision { Some(new) } else { now.get(&new).copied() };
                if let Some(here) = here {
                    now.insert(pair.old[*old].id, here);
                }
            }
        }
        at = before;
    }
    Ok(now)
}
