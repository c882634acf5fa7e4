//! A revision that follows another one: which policy it belongs to, and what it takes over.

use super::carry::{Carried, recompute};
use super::load::{clauses, passages};
use crate::entity::{clause, lineage_link, policy, revision, succession};
use crate::error::{StoreError, StoreResult};
use crate::ledger::insert_in_portions;
use domain::Refusal;
use domain::actor::Actor;
use domain::clause::fold;
use domain::lineage::align;
use domain::policy::PolicyText;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use std::collections::BTreeSet;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// What the officer says about the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// The next revision of the policy with this title; a new policy if there is none and none is like it.
    #[default]
    ByTitle,
    /// The next revision of this policy, whatever its title.
    Next(Uuid),
    /// A policy of its own.
    New,
}

/// A document on its way to become a revision.
#[derive(Debug, Clone, Copy)]
pub struct NewRevision<'a> {
    pub text: &'a PolicyText,
    pub file_name: &'a str,
    pub sha256: &'a str,
    pub origin: Origin,
    /// 施行日
    pub effective_on: Option<Date>,
}

/// Where a document belongs.
pub(crate) struct Place {
    pub policy: Uuid,
    /// Of the revision, from 1.
    pub number: i32,
    /// The revision it follows.
    pub previous: Option<Uuid>,
}

/// So much of the text in common makes a document look like the next revision of a policy.
const LIKE: f64 = 0.5;

/// Finds the policy of a document, or makes one.
pub(crate) async fn place<C: ConnectionTrait>(
    connection: &C,
    new: &NewRevision<'_>,
    title: &str,
    now: OffsetDateTime,
) -> StoreResult<Place> {
    let titled = titled(connection, title).await?;
    match (new.origin, titled) {
        (Origin::Next(policy), _) => {
            policy::Entity::find_by_id(policy).one(connection).await?.ok_or(StoreError::NotFound)?;
            after_the_last(connection, policy).await
        }
        (Origin::ByTitle, Some(policy)) => after_the_last(connection, policy).await,
        (Origin::ByTitle, None) => {
            refuse_alike(connection, new.text).await?;
            first(connection, title, now).await
        }
        (Origin::New, None) => first(connection, title, now).await,
        (Origin::New, Some(_)) => Err(Refusal::field(
            "policy",
            "同じ表題のポリシーが既にあります。その改定版として取り込むか、文書の表題を改めてください。",
        )
        .into()),
    }
}

/// The policy that has, or once had, this title.
async fn titled<C: ConnectionTrait>(connection: &C, title: &str) -> StoreResult<Option<Uuid>> {
    let revision = revision::Entity::find()
        .filter(revision::Column::Title.eq(title))
        .order_by_desc(revision::Column::At)
        .one(connection)
        .await?;
    if let Some(revision) = revision {
        return Ok(Some(revision.policy_id));
    }
    let policy = policy::Entity::find().filter(policy::Column::Title.eq(title)).one(connection).await?;
    Ok(policy.map(|policy| policy.id))
}

async fn first<C: ConnectionTrait>(connection: &C, title: &str, now: OffsetDateTime) -> StoreResult<Place> {
    let id = Uuid::now_v7();
    let row = policy::ActiveModel { id: Set(id), title: Set(title.to_string()), at: Set(now) };
    policy::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(Place { policy: id, number: 1, previous: None })
}

async fn after_the_last<C: ConnectionTrait>(connection: &C, policy: Uuid) -> StoreResult<Place> {
    let last = revision::Entity::find()
        .filter(revision::Column::PolicyId.eq(policy))
        .order_by_desc(revision::Column::Number)
        .one(connection)
        .await?;
    Ok(Place {
        policy,
        number: last.as_ref().map_or(1, |last| last.number + 1),
        previous: last.map(|last| last.id),
    })
}

/// Another title over mostly the same words is likely a revision; only the officer knows.
async fn refuse_alike<C: ConnectionTrait>(connection: &C, text: &PolicyText) -> StoreResult<()> {
    let revisions = revision::Entity::find().order_by_desc(revision::Column::Number).all(connection).await?;
    let mut looked_at = BTreeSet::new();
    let mut most: Option<(f64, String)> = None;
    for revision in revisions {
        if !looked_at.insert(revision.policy_id) {
            continue;
        }
        let share = share(text, &clauses(connection, revision.id).await?);
        if share >= LIKE && most.as_ref().is_none_or(|(before, _)| share > *before) {
            most = Some((share, revision.title));
        }
    }
    match most {
        None => Ok(()),
        Some((share, title)) => Err(Refusal::field(
            "policy",
            format!(
                "表題は異なりますが、本文の{:.0}%が「{title}」と同じです。改定版か別のポリシーかを選び、もう一度ファイルを選んでください。",
                share * 100.0
            ),
        )
        .into()),
    }
}

/// How many of the clauses with a text stand in the other document word for word.
fn share(text: &PolicyText, other: &[clause::Model]) -> f64 {
    let known: BTreeSet<String> = other.iter().map(|row| fold(&row.text)).collect();
    let texts: Vec<String> =
        text.clauses.iter().map(|clause| fold(&clause.text)).filter(|text| !text.is_empty()).collect();
    let same = texts.iter().filter(|text| known.contains(*text)).count();
    if texts.is_empty() { 0.0 } else { same as f64 / texts.len() as f64 }
}

/// Writes where a stored revision comes from: its predecessor, the links of its clauses, and what follows.
pub(crate) async fn follow<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    revision: Uuid,
    place: &Place,
    effective_on: Option<Date>,
    now: OffsetDateTime,
) -> StoreResult<Carried> {
    let row = succession::ActiveModel {
        id: Set(Uuid::now_v7()),
        revision_id: Set(revision),
        previous_id: Set(place.previous),
        effective_on: Set(effective_on),
    };
    succession::Entity::insert(row).exec_without_returning(connection).await?;
    let Some(previous) = place.previous else { return Ok(Carried::default()) };
    let (old, new) = (clauses(connection, previous).await?, clauses(connection, revision).await?);
    let links = align(&passages(&old)?, &passages(&new)?);
    let row = |link: &domain::lineage::Link| lineage_link::ActiveModel {
        id: Set(Uuid::now_v7()),
        revision_id: Set(revision),
        old_clause_id: Set(old[link.old].id),
        new_clause_id: Set(new[link.new].id),
        confidence: Set(link.confidence),
    };
    let rows = links.iter().map(row).collect();
    insert_in_portions::<lineage_link::Entity, _, _>(connection, rows).await?;
    recompute(connection, actor, previous, revision, now).await
}
