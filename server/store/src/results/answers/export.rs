//! The answers behind a figure as a whole, for a file: read sheet by sheet in the order of the page, so that memory
//! does not grow with the inspection, and all of them from one state of the database.

use super::super::load::{self, Year};
use super::{AnswerRow, Behind, Scope, asked, scope, told};
use crate::Db;
use crate::db::Snapshot;
use crate::entity::{answer, target};
use crate::error::{StoreError, StoreResult};
use crate::results::submitted_targets;
use domain::actor::Actor;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use uuid::Uuid;

/// Sheets read at once; each has some dozens of answers.
const SHEETS: usize = 100;

/// An export that is being read.
pub struct Export {
    snapshot: Snapshot,
    year: Year,
    scope: String,
    items: BTreeSet<Uuid>,
    behind: Behind,
    /// Departments still to be read, in 組織順.
    departments: VecDeque<Uuid>,
    /// The sheets of the present department that are still to be read.
    sheets: VecDeque<Uuid>,
}

/// Begins an export; nothing individual is read yet.
///
/// # Errors
/// As [`super::answers`]; refused with the reason where the page shows no list.
pub async fn begin(db: &Db, actor: &Actor, inspection: Uuid, behind: Behind) -> StoreResult<Export> {
    let snapshot = db.snapshot().await?;
    let scope = scope(snapshot.read(), actor, inspection, behind).await?;
    let Scope { year, unit, of, items, withheld, .. } = scope;
    if let Some(why) = withheld {
        return Err(StoreError::refused(why));
    }
    let departments =
        year.departments.iter().map(|row| row.department_id).filter(|id| of.contains(id)).collect();
    let scope = unit.map_or_else(|| "全庁".to_string(), |unit| unit.name);
    Ok(Export { snapshot, year, scope, items, behind, departments, sheets: VecDeque::new() })
}

impl Export {
    /// The inspection.
    pub fn inspection_name(&self) -> &str {
        &self.year.inspection.name
    }

    /// 全庁, or the 部 or 課.
    pub fn scope(&self) -> &str {
        &self.scope
    }

    /// The next answers; none at the end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next(&mut self) -> StoreResult<Vec<AnswerRow>> {
        loop {
            while self.sheets.is_empty() {
                let Some(department) = self.departments.pop_front() else { return Ok(Vec::new()) };
                self.sheets = self.of_department(department).await?;
            }
            let portion: Vec<Uuid> = self.sheets.drain(..self.sheets.len().min(SHEETS)).collect();
            let rows = self.of_sheets(&portion).await?;
            if !rows.is_empty() {
                return Ok(rows);
            }
        }
    }

    /// The sheets of a department that were handed in, in the order of names.
    async fn of_department(&self, department: Uuid) -> StoreResult<VecDeque<Uuid>> {
        let ids: Vec<Uuid> = target::Entity::find()
            .select_only()
            .column(target::Column::Id)
            .filter(target::Column::InspectionId.eq(self.year.inspection.id))
            .filter(target::Column::DepartmentId.eq(department))
            .filter(target::Column::Id.in_subquery(submitted_targets()))
            .order_by_asc(target::Column::PersonKana)
            .order_by_asc(target::Column::Id)
            .into_tuple()
            .all(self.snapshot.read())
            .await?;
        Ok(ids.into())
    }

    async fn of_sheets(&self, sheets: &[Uuid]) -> StoreResult<Vec<AnswerRow>> {
        let mut rows = asked(answer::Entity::find(), &self.items, self.behind.value)
            .filter(answer::Column::TargetId.is_in(sheets.iter().copied()))
            .all(self.snapshot.read())
            .await?;
        let place: BTreeMap<Uuid, usize> = sheets.iter().copied().zip(0..).collect();
        let no: BTreeMap<Uuid, i32> = self.year.items.iter().map(numbered).collect();
        rows.sort_by_key(|row| (place.get(&row.target_id).copied(), no.get(&row.item_id).copied()));
        told(self.snapshot.read(), &self.year, rows).await
    }
}

fn numbered(item: &load::Item) -> (Uuid, i32) {
    (item.row.id, item.row.no)
}
