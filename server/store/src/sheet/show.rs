//! The sheets of a year, and one sheet that is being put together.

use super::arrange::in_order;
use super::freeze::{changes, grounds, on_sheet, unchanged};
use crate::Db;
use crate::access::require_city;
use crate::entity::{edition, sheet, sheet_item};
use crate::error::{StoreError, StoreResult};
use crate::lineage::waiting_questions;
use crate::question::{QuestionNow, active};
use domain::actor::Actor;
use domain::permission::{Action, allows};
use domain::role::Role;
use domain::sheet::Change;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::cmp::Ordering;
use std::collections::BTreeSet;
use time::OffsetDateTime;
use uuid::Uuid;

/// A role with its sheet for a year.
#[derive(Debug, Clone)]
pub struct RoleLine {
    pub role: Role,
    /// Questions in use.
    pub questions: usize,
    /// The sheet and how many questions are on it.
    pub sheet: Option<(Uuid, usize)>,
    /// The editions of the year, newest first.
    pub editions: Vec<EditionLine>,
    /// Editions of the years before, newest first.
    pub earlier: Vec<EditionLine>,
}

/// An edition in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionLine {
    pub id: Uuid,
    pub label: String,
    pub at: OffsetDateTime,
}

/// The roles with their sheets for a year.
///
/// # Errors
/// `Forbidden` without the permission to read policies.
pub async fn list(db: &Db, actor: &Actor, fiscal_year: i32) -> StoreResult<Vec<RoleLine>> {
    require_city(actor, Action::EditPolicy)?;
    let questions = active(db.read()).await?;
    let sheets =
        sheet::Entity::find().filter(sheet::Column::FiscalYear.eq(fiscal_year)).all(db.read()).await?;
    let items = sheet_item::Entity::find()
        .filter(sheet_item::Column::SheetId.is_in(sheets.iter().map(|sheet| sheet.id)))
        .all(db.read())
        .await?;
    let editions = edition::Entity::find().order_by_desc(edition::Column::At).all(db.read()).await?;
    let count = |sheet: Uuid| {
        items.iter().filter(|i| i.sheet_id == sheet && questions.contains_key(&i.question_id)).count()
    };
    let line = |role: Role| {
        let own = |place: Ordering| {
            editions
                .iter()
                .filter(|e| e.role == role.key() && e.fiscal_year.cmp(&fiscal_year) == place)
                .map(edition_line)
                .collect()
        };
        let sheet = sheets.iter().find(|sheet| sheet.role == role.key());
        RoleLine {
            role,
            questions: questions.values().filter(|question| question.role == role).count(),
            sheet: sheet.map(|sheet| (sheet.id, count(sheet.id))),
            editions: own(Ordering::Equal),
            earlier: own(Ordering::Less),
        }
    };
    Ok(Role::WITH_SHEET.into_iter().map(line).collect())
}

fn edition_line(edition: &edition::Model) -> EditionLine {
    EditionLine { id: edition.id, label: edition.label.clone(), at: edition.at }
}

/// A sheet that is being put together.
#[derive(Debug, Clone)]
pub struct SheetView {
    pub id: Uuid,
    pub role: Role,
    pub fiscal_year: i32,
    pub title: String,
    pub items: Vec<ItemView>,
    /// Questions of the role that are in use and not on the sheet.
    pub left_out: Vec<QuestionNow>,
    /// Newest first.
    pub editions: Vec<EditionLine>,
    /// Nothing changed since the newest edition.
    pub unchanged: bool,
    pub may_edit: bool,
}

/// A question on the sheet.
#[derive(Debug, Clone)]
pub struct ItemView {
    pub question: QuestionNow,
    /// Since the newest edition of the role.
    pub change: Change,
    /// The paths of its clauses.
    pub path: String,
    /// 要見直し: the revision that changed its clause, while nobody has looked at it again.
    pub waits: Option<Uuid>,
}

impl SheetView {
    /// The questions whose clause changed and which nobody has looked at again.
    pub fn waiting(&self) -> usize {
        self.items.iter().filter(|item| item.waits.is_some()).count()
    }
}

/// One sheet.
///
/// # Errors
/// `NotFound` for an unknown sheet.
pub async fn show(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<SheetView> {
    require_city(actor, Action::EditPolicy)?;
    let found = sheet::Entity::find_by_id(id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let role = Role::from_key(&found.role).ok_or(StoreError::NotFound)?;
    let questions = on_sheet(db.read(), id).await?;
    let on: BTreeSet<Uuid> = questions.iter().map(|question| question.id).collect();
    let mut left_out = in_order(db.read(), role).await?;
    left_out.retain(|question| !on.contains(&question.id));
    let editions = edition::Entity::find()
        .filter(edition::Column::SheetId.eq(id))
        .order_by_desc(edition::Column::At)
        .all(db.read())
        .await?;
    let changes = changes(db.read(), role, found.fiscal_year, &questions).await?;
    let grounds = grounds(db.read(), &questions).await?;
    let unchanged = unchanged(db.read(), id, &questions).await?;
    let waiting = waiting_questions(db.read()).await?;
    let item = |question: QuestionNow| ItemView {
        waits: waiting.get(&question.id).copied(),
        change: changes.get(&question.id).copied().unwrap_or(Change::New),
        path: grounds.get(&question.id).map(|ground| ground.path.clone()).unwrap_or_default(),
        question,
    };
    Ok(SheetView {
        id,
        role,
        fiscal_year: found.fiscal_year,
        title: found.title,
        items: questions.into_iter().map(item).collect(),
        left_out,
        editions: editions.iter().map(edition_line).collect(),
        unchanged,
        may_edit: allows(actor, Action::EditPolicy),
    })
}
