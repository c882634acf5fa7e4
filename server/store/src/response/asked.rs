//! The questions of an edition with their settings, and what answers to them are worth.

use crate::entity::{answer, edition_item, inspection, omission, sheet_return, submission, target};
use crate::error::{StoreError, StoreResult};
use crate::sheet::setting_of;
use domain::answer::Raw;
use domain::question::setting::{Attribute, Place, Setting, hidden};
use domain::response::Given;
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A question of an edition.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub row: edition_item::Model,
    pub setting: Setting,
}

/// The questions of editions, in the order of their sheets.
pub(crate) async fn asked<C: ConnectionTrait>(
    connection: &C,
    editions: impl IntoIterator<Item = Uuid>,
) -> StoreResult<Vec<Asked>> {
    let rows = edition_item::Entity::find()
        .filter(edition_item::Column::EditionId.is_in(editions))
        .order_by_asc(edition_item::Column::No)
        .all(connection)
        .await?;
    rows.into_iter().map(|row| Ok(Asked { setting: setting_of(&row.setting)?, row })).collect()
}

/// The answer of a row in the terms of its scale. ○△× is kept in `value` alone.
pub(crate) fn raw_of(row: &answer::Model) -> Option<Raw> {
    row.raw.as_deref().or(row.value.as_deref()).and_then(Raw::from_key)
}

/// The questions of one sheet as the rules see them; `asked` in the order of the sheet.
pub(crate) fn given<'a>(
    asked: impl IntoIterator<Item = &'a Asked>,
    answers: &BTreeMap<Uuid, answer::Model>,
    files: &BTreeMap<Uuid, usize>,
    attributes: &[Attribute],
    year: i32,
) -> Vec<(Uuid, Given)> {
    let said = |item| {
        let row = answers.get(&item)?;
        Some(Said { raw: raw_of(row), comment: row.comment.clone(), evidence: row.evidence.clone() })
    };
    given_as(asked, said, files, attributes, year)
}

/// An answer as the rules see it, wherever it comes from.
#[derive(Default)]
pub(crate) struct Said {
    pub raw: Option<Raw>,
    pub comment: String,
    pub evidence: String,
}

/// As [`given`], with the answers as `said` has them.
pub(crate) fn given_as<'a>(
    asked: impl IntoIterator<Item = &'a Asked>,
    said: impl Fn(Uuid) -> Option<Said>,
    files: &BTreeMap<Uuid, usize>,
    attributes: &[Attribute],
    year: i32,
) -> Vec<(Uuid, Given)> {
    let mut all: Vec<(&Asked, Given)> = asked
        .into_iter()
        .map(|asked| {
            let said = said(asked.row.id).unwrap_or_default();
            let given = Given {
                no: asked.row.no,
                may_be_na: asked.row.not_applicable.is_some(),
                setting: asked.setting.clone(),
                year,
                raw: said.raw,
                comment: said.comment,
                evidence: said.evidence,
                files: files.get(&asked.row.id).copied().unwrap_or_default(),
                hidden: false,
            };
            (asked, given)
        })
        .collect();
    let places: Vec<Place> = all
        .iter()
        .map(|(asked, given)| Place {
            question: asked.row.question_id,
            shown: &asked.setting.shown,
            raw: given.raw.as_ref(),
        })
        .collect();
    let hidden = hidden(&places, attributes);
    for (asked, given) in &mut all {
        given.hidden = hidden.contains(&asked.row.question_id);
    }
    all.into_iter().map(|(asked, given)| (asked.row.id, given)).collect()
}

/// The fiscal year a target's answers are judged by.
pub(crate) async fn year_of<C: ConnectionTrait>(connection: &C, target: &target::Model) -> StoreResult<i32> {
    let inspection = inspection::Entity::find_by_id(target.inspection_id).one(connection).await?;
    Ok(inspection.ok_or(StoreError::NotFound)?.fiscal_year)
}

/// The questions that were hidden when a sheet was handed in.
pub(crate) async fn omitted<C: ConnectionTrait>(connection: &C, submission: Uuid) -> StoreResult<Vec<Uuid>> {
    let rows = omission::Entity::find()
        .filter(omission::Column::SubmissionId.eq(submission))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.item_id).collect())
}

/// Keys of kept answers to questions that were hidden when their sheets were handed in: they count nowhere.
pub(crate) fn omitted_answers() -> SelectStatement {
    let returned =
        Query::select().column(sheet_return::Column::SubmissionId).from(sheet_return::Entity).to_owned();
    Query::select()
        .column((answer::Entity, answer::Column::Id))
        .from(omission::Entity)
        .inner_join(
            submission::Entity,
            Expr::col((submission::Entity, submission::Column::Id))
                .equals((omission::Entity, omission::Column::SubmissionId)),
        )
        .inner_join(
            answer::Entity,
            Expr::col((answer::Entity, answer::Column::TargetId))
                .equals((submission::Entity, submission::Column::TargetId))
                .and(
                    Expr::col((answer::Entity, answer::Column::ItemId))
                        .equals((omission::Entity, omission::Column::ItemId)),
                ),
        )
        .and_where(Expr::col((submission::Entity, submission::Column::Id)).not_in_subquery(returned))
        .to_owned()
}

/// Whether an answer belongs to a question that was hidden when the sheet was handed in.
pub(crate) async fn is_omitted<C: ConnectionTrait>(connection: &C, answer: Uuid) -> StoreResult<bool> {
    let found = answer::Entity::find_by_id(answer)
        .filter(answer::Column::Id.in_subquery(omitted_answers()))
        .one(connection)
        .await?;
    Ok(found.is_some())
}
