//! Last year's answers: shown beside each question, and taken over by 「前年と同じ」, one question at a time.

use super::asked::{Asked, raw_of};
use super::editions::Editions;
use super::load::answers;
use crate::entity::{inspection, target};
use crate::error::StoreResult;
use crate::inspection::counting;
use crate::inspection::target::withdrawn_targets;
use domain::answer::Raw;
use domain::carry::{Last, carried, may_carry};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The source of an answer that was taken over.
pub(super) const CARRIED: &str = "carried";

/// A question as it was asked and answered in the last fiscal year.
pub(super) struct Then {
    pub words: Option<String>,
    pub text: String,
    pub last: Last,
}

/// Last year by the question's identity.
pub(super) type LastYear = BTreeMap<Uuid, Then>;

/// The same person's sheet of the same role in the last fiscal year before this one.
pub(super) async fn last_year<C: ConnectionTrait>(
    connection: &C,
    editions: &Editions,
    target: &target::Model,
    year: i32,
) -> StoreResult<LastYear> {
    let earlier = target::Entity::find()
        .filter(target::Column::PersonId.eq(target.person_id))
        .filter(target::Column::Role.eq(&target.role))
        .filter(target::Column::Id.ne(target.id))
        .filter(target::Column::Id.not_in_subquery(withdrawn_targets()))
        .all(connection)
        .await?;
    let earlier: Vec<_> = earlier.into_iter().filter(|other| other.system == target.system).collect();
    if earlier.is_empty() {
        return Ok(LastYear::new());
    }
    let ids: BTreeSet<Uuid> = earlier.iter().map(|other| other.inspection_id).collect();
    let last = counting()
        .filter(inspection::Column::Id.is_in(ids))
        .filter(inspection::Column::FiscalYear.lt(year))
        .order_by_desc(inspection::Column::FiscalYear)
        .order_by_desc(inspection::Column::At)
        .one(connection)
        .await?;
    let Some(last) = last.and_then(|last| earlier.iter().find(|other| other.inspection_id == last.id)) else {
        return Ok(LastYear::new());
    };
    let answers = answers(connection, last.id).await?;
    let then = |one: &Asked| {
        let raw = answers.get(&one.row.id).and_then(raw_of);
        let words = raw.as_ref().map(|raw| one.setting.words(raw));
        let last = Last { raw, scale: one.setting.scale.clone() };
        (one.row.question_id, Then { words, text: one.row.text.clone(), last })
    };
    Ok(editions.get(connection, last.edition_id).await?.asked.iter().map(then).collect())
}

/// May this answer be marked as taken over?
pub(super) fn check(last: &LastYear, asked: &Asked, raw: Option<&Raw>, by_proxy: bool) -> StoreResult<()> {
    let (row, scale) = (&asked.row, &asked.setting.scale);
    let then = last.get(&row.question_id).map(|then| &then.last);
    let carried = carried(&row.change, scale, row.not_applicable.is_some(), then);
    Ok(may_carry(row.no, raw, carried.as_ref(), by_proxy)?)
}
