//! An edition as it was frozen.

use super::freeze::items_of;
use super::row::setting_of;
use super::supplement::{Supplement, supplements};
use crate::Db;
use crate::access::require;
use crate::entity::{edition as table, edition_item};
use crate::error::{StoreError, StoreResult};
use domain::actor::Actor;
use domain::permission::Action;
use domain::question::setting::Setting;
use domain::role::Role;
use domain::sheet::Change;
use domain::topic::Topic;
use sea_orm::EntityTrait;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// A frozen sheet.
#[derive(Debug, Clone)]
pub struct EditionView {
    pub id: Uuid,
    pub sheet: Uuid,
    pub role: Role,
    pub fiscal_year: i32,
    pub label: String,
    pub title: String,
    pub at: OffsetDateTime,
    pub items: Vec<EditionItemView>,
}

/// A question of a frozen sheet.
#[derive(Debug, Clone)]
pub struct EditionItemView {
    pub id: Uuid,
    /// Its identity over the years.
    pub question: Uuid,
    pub no: i32,
    pub topic: Topic,
    pub text: String,
    pub not_applicable: Option<String>,
    pub weight: f64,
    pub change: Change,
    pub clause_path: String,
    pub clause_text: String,
    pub setting: Setting,
    /// 補足説明, oldest first.
    pub supplements: Vec<Supplement>,
}

/// One edition.
///
/// # Errors
/// `NotFound` for an unknown edition.
pub async fn edition(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<EditionView> {
    require(actor, Action::ReadPolicy)?;
    let found = table::Entity::find_by_id(id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let items = items_of(db.read(), id).await?;
    let mut added = supplements(db.read(), items.iter().map(|item| item.id)).await?;
    let items = items.into_iter().map(|item| view(item, &mut added)).collect::<StoreResult<_>>()?;
    Ok(EditionView {
        id,
        sheet: found.sheet_id,
        role: Role::from_key(&found.role).ok_or(StoreError::NotFound)?,
        fiscal_year: found.fiscal_year,
        label: found.label,
        title: found.title,
        at: found.at,
        items,
    })
}

fn view(
    item: edition_item::Model,
    added: &mut BTreeMap<Uuid, Vec<Supplement>>,
) -> StoreResult<EditionItemView> {
    Ok(EditionItemView {
        supplements: added.remove(&item.id).unwrap_or_default(),
        setting: setting_of(&item.setting)?,
        id: item.id,
        question: item.question_id,
        no: item.no,
        topic: Topic::from_number(item.topic).unwrap_or(Topic::Operation),
        text: item.text,
        not_applicable: item.not_applicable,
        weight: item.weight,
        change: Change::from_key(&item.change).unwrap_or(Change::New),
        clause_path: item.clause_path,
        clause_text: item.clause_text,
    })
}
