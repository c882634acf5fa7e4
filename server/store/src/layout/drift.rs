//! A form departs from its 様式: taking its shape over as the next version.

use super::keep::{newest, next};
use super::untaken_beside;
use crate::Db;
use crate::access::require_city;
use crate::entity::{intake_acceptance, intake_file, intake_form, layout_version};
use crate::error::{StoreError, StoreResult, on_double};
use crate::intake::turns;
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::layout::Layout;
use domain::permission::Action;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, Set};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

/// A form that departs from its 様式, for looking at its sheet again.
#[derive(Debug, Clone)]
pub struct Departed {
    pub intake: Uuid,
    pub file_name: String,
    pub content: Vec<u8>,
    /// Name of the sheet; empty for CSV.
    pub sheet: String,
}

/// What a form's sheet is, for whoever reads it.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown form, or a file that was disposed of.
pub async fn departed(db: &Db, actor: &Actor, form: Uuid) -> StoreResult<Departed> {
    require_city(actor, Action::RunInspection)?;
    let row = intake_form::Entity::find_by_id(form).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let file = intake_file::Entity::find_by_id(row.file_id).one(db.read()).await?;
    let file = file.ok_or(StoreError::NotFound)?;
    let content = file.content.ok_or(StoreError::NotFound)?;
    Ok(Departed { intake: file.intake_id, file_name: file.name, content, sheet: row.sheet })
}

/// Takes over the shape a form was read in as the next version of its 様式: for this form, and for all others of the
/// inspection that depart in the same way.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown form; a refusal if it does not depart, was taken, or is not
/// in this shape any more.
pub async fn accept(
    db: &Db,
    actor: &Actor,
    form: Uuid,
    shape: &Layout,
    now: OffsetDateTime,
) -> StoreResult<usize> {
    require_city(actor, Action::RunInspection)?;
    let txn = db.begin().await?;
    let row = intake_form::Entity::find_by_id(form).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let version = match row.version_id.filter(|_| !row.drifts.is_empty()) {
        Some(version) => layout_version::Entity::find_by_id(version).one(&txn).await?,
        None => {
            return Err(StoreError::refused("この点検票は、様式のとおりです。受け入れるものはありません。"));
        }
    };
    let version = version.ok_or(StoreError::NotFound)?;
    if shape.fingerprint != row.fingerprint {
        return Err(StoreError::refused(
            "様式が変わりました。このファイルを読み直してから、もう一度確かめてください。",
        ));
    }
    let forms = alike(&txn, &row, version.layout_id).await?;
    if !forms.iter().any(|alike| alike.id == form) {
        return Err(StoreError::refused(
            "この点検票の違いは、もう受け入れられたか、ファイルが取り込み済みです。",
        ));
    }
    let before = newest(&txn, version.layout_id).await?;
    let id = next(&txn, actor, &before, (&before.name, shape), now).await?;
    let accepted = |form: &intake_form::Model| intake_acceptance::ActiveModel {
        id: Set(Uuid::now_v7()),
        form_id: Set(form.id),
        version_id: Set(id),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let rows: Vec<_> = forms.iter().map(accepted).collect();
    for portion in rows.chunks(500) {
        let inserted = intake_acceptance::Entity::insert_many(portion.to_vec()).exec_without_returning(&txn);
        on_double(inserted.await, "この点検票の違いは、もう受け入れられています。")?;
    }
    let file = intake_file::Entity::find_by_id(row.file_id)
        .select_only()
        .columns([intake_file::Column::IntakeId])
        .into_tuple::<Uuid>()
        .one(&txn)
        .await?
        .ok_or(StoreError::NotFound)?;
    let after = json!({ "name": before.name, "version": before.no + 1, "count": rows.len() });
    let event =
        NewEvent::created("intake", file, "intake.departure_accepted", after).beside(json!({ "form": form }));
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(rows.len())
}

/// Forms of the same inspection that were read by the same 様式, depart from it into the same shape, and wait.
async fn alike(
    txn: &DatabaseTransaction,
    row: &intake_form::Model,
    layout: Uuid,
) -> StoreResult<Vec<intake_form::Model>> {
    let files = untaken_beside(row.file_id);
    let versions = Query::select()
        .column(layout_version::Column::Id)
        .from(layout_version::Entity)
        .and_where(layout_version::Column::LayoutId.eq(layout))
        .to_owned();
    let accepted =
        Query::select().column(intake_acceptance::Column::FormId).from(intake_acceptance::Entity).to_owned();
    let forms = intake_form::Entity::find()
        .filter(intake_form::Column::FileId.in_subquery(files))
        .filter(intake_form::Column::VersionId.in_subquery(versions))
        .filter(intake_form::Column::Fingerprint.eq(row.fingerprint.as_str()))
        .filter(intake_form::Column::Drifts.ne(""))
        .filter(intake_form::Column::Id.not_in_subquery(accepted))
        .all(txn)
        .await?;
    let ids: Vec<Uuid> = forms.iter().map(|form| form.file_id).collect();
    let turns = turns(txn, &ids).await?;
    Ok(forms.into_iter().filter(|form| turns.get(&form.file_id) == Some(&form.turn)).collect())
}
