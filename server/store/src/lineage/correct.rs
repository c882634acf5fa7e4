//! The officer's word about where a clause comes from.

use super::carry::recompute;
use super::load::{Pair, neighbours, previous};
use crate::Db;
use crate::access::require_city;
use crate::entity::{lineage_correction, reconsideration, reconsideration_settlement};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{self, NewEvent, insert_in_portions};
use domain::actor::Actor;
use domain::permission::Action;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use serde_json::json;
use std::collections::BTreeSet;
use time::OffsetDateTime;
use uuid::Uuid;

/// What the officer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// The new clause comes from this old one and from no other.
    ComesFrom { old: Uuid, new: Uuid },
    /// The new clause comes from this old one as well: a part of a split, or of a merger.
    ComesAlsoFrom { old: Uuid, new: Uuid },
    /// The new clause does not come from this old one.
    DoesNotComeFrom { old: Uuid, new: Uuid },
    /// The clause has no predecessor.
    IsNew { new: Uuid },
    /// The clause has no successor.
    IsRepealed { old: Uuid },
}

impl Correction {
    /// Pairs of clauses and whether they are linked afterwards; only what changes.
    fn changes(self, pair: &Pair) -> Vec<(Uuid, Uuid, bool)> {
        let cut = |of: &dyn Fn(&(Uuid, Uuid)) -> bool| {
            pair.links
                .iter()
                .filter(|link| of(link))
                .map(|(old, new)| (*old, *new, false))
                .collect::<Vec<_>>()
        };
        let made = |old, new| {
            (!pair.links.contains(&(old, new))).then_some((old, new, true)).into_iter().collect::<Vec<_>>()
        };
        match self {
            Correction::ComesFrom { old, new } => {
                let mut changes = cut(&|link| link.1 == new && link.0 != old);
                changes.extend(made(old, new));
                changes
            }
            Correction::ComesAlsoFrom { old, new } => made(old, new),
            Correction::DoesNotComeFrom { old, new } => cut(&|link| *link == (old, new)),
            Correction::IsNew { new } => cut(&|link| link.1 == new),
            Correction::IsRepealed { old } => cut(&|link| link.0 == old),
        }
    }

    fn clauses(self) -> (Option<Uuid>, Option<Uuid>) {
        match self {
            Correction::ComesFrom { old, new }
            | Correction::ComesAlsoFrom { old, new }
            | Correction::DoesNotComeFrom { old, new } => (Some(old), Some(new)),
            Correction::IsNew { new } => (None, Some(new)),
            Correction::IsRepealed { old } => (Some(old), None),
        }
    }
}

/// Corrects the lineage of a clause; everything that follows from it is brought up to date.
///
/// # Errors
/// Refused when nothing changes, or a question about one of the clauses was settled already; `NotFound` for a
/// clause of another revision.
pub async fn correct(
    db: &Db,
    actor: &Actor,
    revision: Uuid,
    correction: Correction,
    now: OffsetDateTime,
) -> StoreResult<()> {
    require_city(actor, Action::EditPolicy)?;
    let txn = db.begin().await?;
    let previous = previous(&txn, revision).await?.ok_or(StoreError::NotFound)?;
    let pair = neighbours(&txn, previous, revision).await?;
    let (old, new) = correction.clauses();
    let known = old.is_none_or(|id| pair.old.iter().any(|row| row.id == id))
        && new.is_none_or(|id| pair.new.iter().any(|row| row.id == id));
    if !known {
        return Err(StoreError::NotFound);
    }
    let changes = correction.changes(&pair);
    if changes.is_empty() {
        return Err(StoreError::refused("対応は変わりません。対応させる条項を選び直してください。"));
    }
    refuse_settled(&txn, revision, &pair, &changes).await?;
    let row = |(old, new, linked): &(Uuid, Uuid, bool)| lineage_correction::ActiveModel {
        id: Set(Uuid::now_v7()),
        revision_id: Set(revision),
        old_clause_id: Set(*old),
        new_clause_id: Set(*new),
        linked: Set(*linked),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let rows = changes.iter().map(row).collect();
    insert_in_portions::<lineage_correction::Entity, _, _>(&txn, rows).await?;
    let carried = recompute(&txn, actor, previous, revision, now).await?;
    let links = |wanted: bool| -> Vec<String> {
        let of = changes.iter().filter(|(_, _, linked)| *linked == wanted);
        of.map(|(old, new, _)| format!("{}→{}", path(&pair.old, *old), path(&pair.new, *new))).collect()
    };
    // What is linked now was not, and what is not linked was.
    let (before, after) = (json!({ "links": links(false) }), json!({ "links": links(true) }));
    let event = NewEvent::changed("revision", revision, "lineage.corrected", before, after).beside(json!({
        "carried": { "links": carried.links, "settlements": carried.settlements,
            "reconsiderations": carried.reconsiderations },
    }));
    ledger::record(&txn, actor, now, event).await?;
    Ok(txn.commit().await?)
}

fn path(clauses: &[crate::entity::clause::Model], id: Uuid) -> String {
    clauses.iter().find(|row| row.id == id).map(|row| row.short_path.clone()).unwrap_or_default()
}

/// A question that was settled rests on the links as they were.
async fn refuse_settled<C: ConnectionTrait>(
    connection: &C,
    revision: Uuid,
    pair: &Pair,
    changes: &[(Uuid, Uuid, bool)],
) -> StoreResult<()> {
    let mut olds: BTreeSet<Uuid> = BTreeSet::new();
    for (old, new, _) in changes {
        for entry in [*old, *new].iter().filter_map(|id| pair.entry(*id)) {
            olds.extend(entry.old.iter().map(|at| pair.old[*at].id));
        }
    }
    let touched: Vec<Uuid> = reconsideration::Entity::find()
        .filter(reconsideration::Column::RevisionId.eq(revision))
        .filter(reconsideration::Column::OldClauseId.is_in(olds))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    let settled = reconsideration_settlement::Entity::find()
        .filter(reconsideration_settlement::Column::ReconsiderationId.is_in(touched))
        .count(connection)
        .await?;
    if settled == 0 {
        return Ok(());
    }
    Err(StoreError::refused(
        "この条項の設問は見直し済みです。対応を改めるときは、先に「見直しが必要な設問」の画面で処理を取り消してください。",
    ))
}
