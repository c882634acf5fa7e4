//! What stands beside the sentences of a clause: names, corrections, reasons.

use super::UsedView;
use crate::Db;
use crate::correction;
use crate::entity::{clause, correction as correction_table, correction_use, correction_withdrawal};
use crate::error::StoreResult;
use crate::question::book::Book;
use crate::question::exempt::{ExemptView, names};
use domain::clause::Class;
use domain::role::Role;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// What stands beside the sentences of a clause.
pub(crate) struct Sides {
    pub people: BTreeMap<Uuid, String>,
    /// Corrections of earlier documents, by sentence.
    pub used: BTreeMap<Uuid, Vec<UsedView>>,
    /// The officer's own correction, by sentence.
    pub corrected: BTreeMap<Uuid, (String, OffsetDateTime)>,
}

impl Sides {
    pub async fn load(db: &Db, book: &Book, clause: Uuid) -> StoreResult<Sides> {
        let sentences: Vec<Uuid> = book.sentences_of(clause).map(|sentence| sentence.id).collect();
        let uses = correction_use::Entity::find()
            .filter(correction_use::Column::SentenceId.is_in(sentences.iter().copied()))
            .all(db.read())
            .await?;
        let ended = Query::select()
            .column(correction_withdrawal::Column::CorrectionId)
            .from(correction_withdrawal::Entity)
            .to_owned();
        // In ascending order the last one stays: the newest correction.
        let own = correction_table::Entity::find()
            .filter(correction_table::Column::SentenceId.is_in(sentences.iter().copied()))
            .filter(correction_table::Column::Id.not_in_subquery(ended))
            .order_by_asc(correction_table::Column::At)
            .all(db.read())
            .await?;
        let learnt = correction_table::Entity::find()
            .filter(correction_table::Column::Id.is_in(uses.iter().map(|one| one.correction_id)))
            .all(db.read())
            .await?;
        let settled = book.proposals(clause).into_iter().filter_map(|p| book.settlements.get(&p.id));
        let ids = settled
            .map(|settlement| settlement.by_person_id)
            .chain(own.iter().map(|one| one.by_person_id))
            .chain(sentences.iter().filter_map(|id| Some(book.exemptions.get(id)?.by_person_id)));
        let people = names(db.read(), ids).await?;
        let name = |id: &Uuid| people.get(id).cloned().unwrap_or_default();
        let corrected = own.iter().map(|one| (one.sentence_id, (name(&one.by_person_id), one.at))).collect();
        Ok(Sides { used: used(&uses, &learnt), corrected, people })
    }

    pub fn exempt(&self, book: &Book, sentence: Uuid) -> Option<ExemptView> {
        let found = book.exemptions.get(&sentence)?;
        Some(ExemptView {
            id: found.id,
            reason: found.reason.clone(),
            at: found.at,
            by: self.people.get(&found.by_person_id).cloned().unwrap_or_default(),
        })
    }
}

fn used(uses: &[correction_use::Model], learnt: &[correction_table::Model]) -> BTreeMap<Uuid, Vec<UsedView>> {
    let mut found: BTreeMap<Uuid, Vec<UsedView>> = BTreeMap::new();
    for one in uses {
        let row = learnt.iter().find(|row| row.id == one.correction_id);
        let Some(correction) = row.and_then(correction::spoken) else { continue };
        found.entry(one.sentence_id).or_default().push(UsedView {
            correction,
            class_before: Class::from_key(&one.class_before),
            role_before: one.role_before.as_deref().and_then(Role::from_key),
        });
    }
    found
}

/// Label and heading of a clause.
pub(crate) fn heading(clause: &clause::Model) -> String {
    format!("{} {}", clause.label, clause.heading.as_deref().unwrap_or_default()).trim().to_string()
}

/// Label and heading, or the beginning of the text.
pub(crate) fn name(clause: &clause::Model) -> String {
    let start = || -> String {
        let start: String = clause.text.chars().take(24).collect();
        if start.chars().count() < clause.text.chars().count() { format!("{start}…") } else { start }
    };
    let text = clause.heading.clone().unwrap_or_else(start);
    format!("{} {text}", clause.label).trim().to_string()
}
