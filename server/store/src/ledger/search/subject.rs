//! The names of what entries are about; one query for each noun of a page.

use crate::entity::{audit, department, event, finding, improvement, inspection, person, target};
use crate::error::StoreResult;
use crate::ledger::stream;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The name for each stream that has one.
pub(super) async fn names<C: ConnectionTrait>(
    connection: &C,
    rows: &[event::Model],
) -> StoreResult<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    add(connection, rows, "person", person::Column::Id, person::Column::Name, &mut names).await?;
    add(connection, rows, "target", target::Column::Id, target::Column::PersonName, &mut names).await?;
    add(connection, rows, "department", department::Column::Id, department::Column::Name, &mut names).await?;
    add(connection, rows, "inspection", inspection::Column::Id, inspection::Column::Name, &mut names).await?;
    add(connection, rows, "audit", audit::Column::Id, audit::Column::Label, &mut names).await?;
    add(connection, rows, "finding", finding::Column::Id, finding::Column::Label, &mut names).await?;
    add(connection, rows, "improvement", improvement::Column::Id, improvement::Column::Label, &mut names)
        .await?;
    Ok(names)
}

async fn add<C, K>(
    connection: &C,
    rows: &[event::Model],
    noun: &str,
    key: K,
    name: K,
    names: &mut BTreeMap<String, String>,
) -> StoreResult<()>
where
    C: ConnectionTrait,
    K: ColumnTrait,
    K::EntityName: EntityTrait<Column = K>,
{
    let mut ids: Vec<Uuid> = rows
        .iter()
        .filter_map(|row| row.stream.strip_prefix(noun)?.strip_prefix(':')?.parse().ok())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(());
    }
    let found: Vec<(Uuid, String)> = K::EntityName::find()
        .select_only()
        .columns([key, name])
        .filter(key.is_in(ids))
        .into_tuple()
        .all(connection)
        .await?;
    names.extend(found.into_iter().map(|(id, name)| (stream(noun, id), name)));
    Ok(())
}
