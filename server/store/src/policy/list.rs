//! The policies that were imported, with their revisions.

use crate::Db;
use crate::access::require;
use crate::entity::{clause, person, policy, revision};
use crate::error::StoreResult;
use crate::lineage::left_by_revision;
use crate::question::{Tally, tallies};
use domain::actor::Actor;
use domain::permission::Action;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// A policy and its revisions, newest first.
#[derive(Debug, Clone)]
pub struct PolicyLine {
    pub id: Uuid,
    /// As the newest revision has it.
    pub title: String,
    pub revisions: Vec<RevisionLine>,
}

/// A revision in the list.
#[derive(Debug, Clone)]
pub struct RevisionLine {
    pub id: Uuid,
    pub number: i32,
    pub file_name: String,
    pub at: OffsetDateTime,
    pub by: String,
    pub clauses: i64,
    pub tally: Tally,
    /// Questions that have to be looked at again because their clause changed.
    pub to_reconsider: usize,
}

/// All policies.
///
/// # Errors
/// `Forbidden` without the permission to read policies.
pub async fn list(db: &Db, actor: &Actor) -> StoreResult<Vec<PolicyLine>> {
    require(actor, Action::ReadPolicy)?;
    let policies = policy::Entity::find().order_by_desc(policy::Column::At).all(db.read()).await?;
    let revisions = revision::Entity::find().order_by_desc(revision::Column::Number).all(db.read()).await?;
    let clauses: BTreeMap<Uuid, i64> = clause::Entity::find()
        .select_only()
        .column(clause::Column::RevisionId)
        .column_as(clause::Column::Id.count(), "clauses")
        .group_by(clause::Column::RevisionId)
        .into_tuple::<(Uuid, i64)>()
        .all(db.read())
        .await?
        .into_iter()
        .collect();
    let people: BTreeMap<Uuid, String> = person::Entity::find()
        .filter(person::Column::Id.is_in(revisions.iter().map(|revision| revision.by_person_id)))
        .all(db.read())
        .await?
        .into_iter()
        .map(|person| (person.id, person.name))
        .collect();
    let tallies = tallies(db.read()).await?;
    let again = left_by_revision(db.read()).await?;
    let line = |revision: &revision::Model| RevisionLine {
        id: revision.id,
        number: revision.number,
        file_name: revision.file_name.clone(),
        at: revision.at,
        by: people.get(&revision.by_person_id).cloned().unwrap_or_default(),
        clauses: clauses.get(&revision.id).copied().unwrap_or_default(),
        tally: tallies.get(&revision.id).copied().unwrap_or_default(),
        to_reconsider: again.get(&revision.id).copied().unwrap_or_default(),
    };
    Ok(policies
        .into_iter()
        .map(|policy| {
            let own = || revisions.iter().filter(|revision| revision.policy_id == policy.id);
            PolicyLine {
                id: policy.id,
                // A revision may rename its policy.
                title: own().next().map_or_else(|| policy.title.clone(), |newest| newest.title.clone()),
                revisions: own().map(line).collect(),
            }
        })
        .collect())
}
