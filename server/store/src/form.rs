//! 様式: sheets of an inspection as workbooks, empty and filled, and answers written into a department's own workbook.
//!
//! Invariant: who may see that somebody owes a sheet may take it out empty; answers stand in it only where the actor
//! may read them on the screen, and only when they were handed in.

mod list;
pub mod original;
mod sheets;

pub use list::{Chosen, Division, FormsPage, Listing, OwedSheet, Unit, page};

pub use sheets::{Filled, FilledAnswer, FilledQuestion, Order, VOLUME, Which, order};

use crate::Db;
use crate::access::require;
use crate::entity::{inspection, inspection_department};
use crate::error::{StoreError, StoreResult};
use domain::actor::Actor;
use domain::inspection::Visibility;
use domain::permission::{Action, Reach, allows, sees_answers};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

const ANONYMOUS: &str = "この点検は無記名式です。個々の回答は、どなたも閲覧できません。";
const TOTALS: &str =
    "この点検では、所属長は個々の回答を閲覧しません。空の点検票を受け取るか、事務局に連絡してください。";

/// An inspection and those of its departments the actor sees who is missing in, in 組織順.
struct Ground {
    inspection: inspection::Model,
    places: Vec<inspection_department::Model>,
}

async fn ground(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<Ground> {
    let reach = require(actor, Action::SeeMissing)?;
    let inspection = inspection::Entity::find_by_id(id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let mut places = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(id))
        .order_by_asc(inspection_department::Column::Position)
        .all(db.read())
        .await?;
    places.retain(|place| reach == Reach::City || reach.covers(place.department_id));
    Ok(Ground { inspection, places })
}

/// Whether the actor may read the answers of all these departments, one by one.
///
/// # Errors
/// `Forbidden` without the role; a refusal where the inspection's mode keeps them; `NotFound` out of reach.
fn may_read(
    actor: &Actor,
    inspection: &inspection::Model,
    departments: impl IntoIterator<Item = Uuid>,
) -> StoreResult<()> {
    if !allows(actor, Action::SeeAnswers) {
        return Err(StoreError::Forbidden);
    }
    let visibility = inspection.visible();
    if departments.into_iter().all(|department| sees_answers(actor, visibility, department)) {
        return Ok(());
    }
    match visibility {
        Visibility::Anonymous => Err(StoreError::refused(ANONYMOUS)),
        Visibility::Totals => Err(StoreError::refused(TOTALS)),
        Visibility::Named => Err(StoreError::NotFound),
    }
}
