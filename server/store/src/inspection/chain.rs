//! Who confirms an inspection, in order; written when it starts.

use crate::entity::inspection_confirmation_step as step;
use crate::error::StoreResult;
use crate::ledger::insert_in_portions;
use domain::inspection::chain::Chain;
use domain::role::Role;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use uuid::Uuid;

/// Keeps the chain inside the transaction of the start.
pub(super) async fn put<C: ConnectionTrait>(connection: &C, id: Uuid, chain: Chain) -> StoreResult<()> {
    let rows = (1..).zip(chain.roles()).map(|(number, role)| step::ActiveModel {
        id: Set(Uuid::now_v7()),
        inspection_id: Set(id),
        step: Set(number),
        role: Set(role.key().to_string()),
    });
    insert_in_portions::<step::Entity, _, _>(connection, rows.collect()).await
}

/// The chain of an inspection; one from before has the head alone.
///
/// # Errors
/// When the database fails.
pub async fn chain<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<Chain> {
    let rows = step::Entity::find()
        .filter(step::Column::InspectionId.eq(id))
        .order_by_asc(step::Column::Step)
        .all(connection)
        .await?;
    let roles: Vec<Role> = rows.iter().filter_map(|row| Role::from_key(&row.role)).collect();
    Ok(Chain::of_roles(&roles))
}
