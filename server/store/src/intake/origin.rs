//! Where an answer came from: file, sheet, cell, what stood there, and the rule that read it.

use super::departed::Departures;
use crate::entity::{answer, answer_origin, intake_choice, intake_file, intake_form, intake_row};
use crate::error::StoreResult;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The origin of an answer from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    pub file: String,
    pub sha256: String,
    pub sheet: String,
    pub cell: String,
    /// As written there.
    pub raw: String,
    pub rule: String,
    /// Name of the 様式 it was read by; empty if by none.
    pub layout: String,
}

/// The origins of a target's answers, by question; only of those that hold and came from files.
///
/// # Errors
/// When the database fails.
pub async fn origins<C: ConnectionTrait>(
    connection: &C,
    target: Uuid,
) -> StoreResult<BTreeMap<Uuid, Origin>> {
    let rows = answer_origin::Entity::find()
        .filter(answer_origin::Column::TargetId.eq(target))
        .all(connection)
        .await?;
    if rows.is_empty() {
        return Ok(BTreeMap::new());
    }
    let holds: BTreeMap<Uuid, i32> = answer::Entity::find()
        .filter(answer::Column::TargetId.eq(target))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.item_id, row.version))
        .collect();
    let held = |row: &answer_origin::Model| holds.get(&row.item_id) == Some(&row.version);
    let rows: Vec<answer_origin::Model> = rows.into_iter().filter(held).collect();
    let read = intake_row::Entity::find()
        .filter(intake_row::Column::Id.is_in(rows.iter().map(|row| row.row_id)))
        .all(connection)
        .await?;
    let forms = intake_form::Entity::find()
        .filter(intake_form::Column::Id.is_in(read.iter().map(|row| row.form_id)))
        .all(connection)
        .await?;
    let departures = Departures::load(connection, &forms).await?;
    let told: BTreeSet<Uuid> = intake_choice::Entity::find()
        .select_only()
        .column(intake_choice::Column::RowId)
        .filter(intake_choice::Column::RowId.is_in(read.iter().map(|row| row.id)))
        .filter(intake_choice::Column::WordId.is_not_null())
        .into_tuple::<Uuid>()
        .all(connection)
        .await?
        .into_iter()
        .collect();
    let files: BTreeMap<Uuid, (String, String)> = {
        let rows: Vec<(Uuid, String, String)> = intake_file::Entity::find()
            .select_only()
            .columns([intake_file::Column::Id, intake_file::Column::Name, intake_file::Column::Sha256])
            .filter(intake_file::Column::Id.is_in(forms.iter().map(|form| form.file_id)))
            .into_tuple()
            .all(connection)
            .await?;
        rows.into_iter().map(|(id, name, sha256)| (id, (name, sha256))).collect()
    };
    let forms: BTreeMap<Uuid, intake_form::Model> = forms.into_iter().map(|form| (form.id, form)).collect();
    let read: BTreeMap<Uuid, intake_row::Model> = read.into_iter().map(|row| (row.id, row)).collect();
    let origin = |row: answer_origin::Model| {
        let read = read.get(&row.row_id)?;
        let form = forms.get(&read.form_id)?;
        let (file, sha256) = files.get(&form.file_id)?.clone();
        let (cell, raw) = (read.cell.clone(), read.raw.clone());
        let rule = if told.contains(&read.id) { "told".to_string() } else { read.rule.clone() };
        let layout = departures.layout(form).map(|(_, name)| name).unwrap_or_default();
        Some((row.item_id, Origin { file, sha256, sheet: form.sheet.clone(), cell, raw, rule, layout }))
    };
    Ok(rows.into_iter().filter_map(origin).collect())
}
