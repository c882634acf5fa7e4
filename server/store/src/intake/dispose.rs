//! When answers are disposed of, so is what the files they came from say. Names and figures of the intake stay.

use crate::entity::{intake_choice, intake_file, intake_form, intake_owner, intake_row};
use crate::error::StoreResult;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Empties the files and rows of forms that belong to targets, proposed or settled. A file with forms of others goes
/// with the first of them: it can't be cut in two.
pub(crate) async fn dispose<C: ConnectionTrait>(connection: &C, targets: &[Uuid]) -> StoreResult<()> {
    let settled = Query::select()
        .column(intake_owner::Column::FormId)
        .from(intake_owner::Entity)
        .and_where(intake_owner::Column::TargetId.is_in(targets.iter().copied()))
        .to_owned();
    let owned = Condition::any()
        .add(intake_form::Column::TargetId.is_in(targets.iter().copied()))
        .add(intake_form::Column::Id.in_subquery(settled));
    let forms: Vec<(Uuid, Uuid)> = intake_form::Entity::find()
        .select_only()
        .columns([intake_form::Column::Id, intake_form::Column::FileId])
        .filter(owned)
        .into_tuple()
        .all(connection)
        .await?;
    let (ids, files): (Vec<Uuid>, Vec<Uuid>) = forms.into_iter().unzip();
    for portion in files.chunks(500) {
        intake_file::Entity::update_many()
            .col_expr(intake_file::Column::Content, Expr::value(None::<Vec<u8>>))
            .filter(intake_file::Column::Id.is_in(portion.iter().copied()))
            .exec(connection)
            .await?;
    }
    let ids: BTreeSet<Uuid> = ids.into_iter().chain(former(connection, &files).await?).collect();
    for portion in ids.into_iter().collect::<Vec<_>>().chunks(500) {
        rows(connection, portion).await?;
    }
    Ok(())
}

/// Forms of earlier turns: what they read is in no use any more, whoever they belong to.
async fn former<C: ConnectionTrait>(connection: &C, files: &[Uuid]) -> StoreResult<Vec<Uuid>> {
    let mut former = Vec::new();
    for portion in files.chunks(500) {
        let turns = super::turns(connection, portion).await?;
        let forms: Vec<(Uuid, Uuid, i32)> = intake_form::Entity::find()
            .select_only()
            .columns([intake_form::Column::Id, intake_form::Column::FileId, intake_form::Column::Turn])
            .filter(intake_form::Column::FileId.is_in(portion.iter().copied()))
            .into_tuple()
            .all(connection)
            .await?;
        let old = |(_, file, turn): &(Uuid, Uuid, i32)| turns.get(file).is_some_and(|newest| turn < newest);
        former.extend(forms.into_iter().filter(old).map(|(id, ..)| id));
    }
    Ok(former)
}

async fn rows<C: ConnectionTrait>(connection: &C, forms: &[Uuid]) -> StoreResult<()> {
    let rows = Query::select()
        .column(intake_row::Column::Id)
        .from(intake_row::Entity)
        .and_where(intake_row::Column::FormId.is_in(forms.iter().copied()))
        .to_owned();
    intake_choice::Entity::update_many()
        .col_expr(intake_choice::Column::Choice, Expr::value(""))
        .filter(intake_choice::Column::RowId.in_subquery(rows))
        .exec(connection)
        .await?;
    intake_row::Entity::update_many()
        .col_expr(intake_row::Column::Value, Expr::value(None::<String>))
        .col_expr(intake_row::Column::Fault, Expr::value(None::<String>))
        .col_expr(intake_row::Column::Raw, Expr::value(""))
        .col_expr(intake_row::Column::Word, Expr::value(""))
        .col_expr(intake_row::Column::Comment, Expr::value(""))
        .col_expr(intake_row::Column::Evidence, Expr::value(""))
        .filter(intake_row::Column::FormId.is_in(forms.iter().copied()))
        .exec(connection)
        .await?;
    Ok(())
}
