//! Whether anything on the board changed: two small statements instead of the board's ten, because an open board asks
//! every few seconds.

use super::targets_of;
use crate::Db;
use crate::access::require_city;
use crate::entity::{
    closing, confirmation, extension, extension_withdrawal, handing_out_end, inspection, reminder,
    sheet_return, submission, target, target_restoration, target_transfer, target_withdrawal,
};
use crate::error::{StoreError, StoreResult};
use crate::ledger::hex;
use domain::actor::Actor;
use domain::calendar::day;
use domain::permission::Action;
use sea_orm::sea_query::{Alias, Expr, Func, IntoCondition, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use uuid::Uuid;

/// A short text that differs whenever the board of the inspection does. Rows are only ever added, except for
/// confirmations, which therefore go in with their keys; the day is part of it because deadlines pass at midnight.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown inspection.
pub async fn pulse(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<String> {
    require_city(actor, Action::RunInspection)?;
    stamp(db.read(), id, now).await?.ok_or(StoreError::NotFound)
}

/// The same for a job; none for an unknown inspection.
pub(crate) async fn stamp<C: ConnectionTrait>(
    connection: &C,
    id: Uuid,
    now: OffsetDateTime,
) -> StoreResult<Option<String>> {
    let counts: Vec<i64> = counts(connection, id).await?;
    let known = counts.first().copied().unwrap_or_default();
    if known == 0 {
        return Ok(None);
    }
    let confirmed: Vec<Uuid> = confirmation::Entity::find()
        .select_only()
        .column(confirmation::Column::Id)
        .filter(confirmation::Column::InspectionId.eq(id))
        .order_by_asc(confirmation::Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    let whole = format!("{} {counts:?} {confirmed:?}", day(now));
    Ok(Some(hex(&Sha256::digest(whole.as_bytes())).chars().take(16).collect()))
}

/// How many rows there are of everything the board is made of, in one statement.
async fn counts<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<Vec<i64>> {
    let targets = || targets_of(id);
    let withdrawals = || {
        below(
            target_withdrawal::Entity,
            target_withdrawal::Column::Id,
            target_withdrawal::Column::TargetId.in_subquery(targets()),
        )
    };
    let submissions = || {
        below(submission::Entity, submission::Column::Id, submission::Column::TargetId.in_subquery(targets()))
    };
    let extensions =
        || below(extension::Entity, extension::Column::Id, extension::Column::InspectionId.eq(id));
    let parts = [
        count(inspection::Entity, inspection::Column::Id.eq(id)),
        count(target::Entity, target::Column::InspectionId.eq(id)),
        count(submission::Entity, submission::Column::TargetId.in_subquery(targets())),
        count(sheet_return::Entity, sheet_return::Column::SubmissionId.in_subquery(submissions())),
        count(target_withdrawal::Entity, target_withdrawal::Column::TargetId.in_subquery(targets())),
        count(
            target_restoration::Entity,
            target_restoration::Column::WithdrawalId.in_subquery(withdrawals()),
        ),
        count(target_transfer::Entity, target_transfer::Column::TargetId.in_subquery(targets())),
        count(reminder::Entity, reminder::Column::InspectionId.eq(id)),
        count(extension::Entity, extension::Column::InspectionId.eq(id)),
        count(
            extension_withdrawal::Entity,
            extension_withdrawal::Column::ExtensionId.in_subquery(extensions()),
        ),
        count(closing::Entity, closing::Column::InspectionId.eq(id)),
        count(handing_out_end::Entity, handing_out_end::Column::InspectionId.eq(id)),
    ];
    let mut whole = Query::select();
    for (number, mut part) in parts.into_iter().enumerate() {
        part.expr_as(Expr::val(i32::try_from(number).unwrap_or_default()), "place");
        if number == 0 {
            whole = part;
        } else {
            whole.union(UnionType::All, part);
        }
    }
    let rows = connection.query_all(&whole).await?;
    let mut found = rows
        .iter()
        .map(|row| Ok((row.try_get::<i32>("", "place")?, row.try_get::<i64>("", "number")?)))
        .collect::<Result<Vec<_>, sea_orm::DbErr>>()?;
    found.sort_unstable();
    Ok(found.into_iter().map(|(_, number)| number).collect())
}

fn count<E: EntityTrait>(entity: E, condition: impl IntoCondition) -> SelectStatement {
    Query::select()
        .expr_as(Func::count(Expr::col(sea_orm::sea_query::Asterisk)), Alias::new("number"))
        .from(entity)
        .cond_where(condition)
        .to_owned()
}

/// The keys of rows, for rows that hang below them.
fn below<E: EntityTrait>(entity: E, key: E::Column, condition: impl IntoCondition) -> SelectStatement {
    Query::select().column(key).from(entity).cond_where(condition).to_owned()
}
