//! Responses (回答票): opening, saving, handing in one's own sheet, and reading somebody else's.

mod asked;
mod carry;
mod editions;
pub mod load;
pub mod save;
pub mod standing;
pub mod submit;

pub(crate) use asked::{Asked, Said, asked, given, given_as, is_omitted, omitted, omitted_answers, raw_of};
pub use editions::Editions;
pub(crate) use editions::Frozen;
pub use load::{Answer, Chapter, Item, Sheet};
pub use save::{Clash, Draft, Lane, Outcome, Saved, SavedAll, Source, save, save_all};
pub use standing::{Facts, standings};
pub use submit::{Submitted, submit};

use crate::Db;
use crate::access::require;
use crate::approval::history::{Step, history};
use crate::entity::{inspection_department, target};
use crate::error::{StoreError, StoreResult};
use crate::inspection::target::is_withdrawn;
use crate::intake::{Origin, origins};
use crate::ledger::NewEvent;
use crate::ledger::look::look;
use crate::proxy;
use crate::retention::is_gone;
use domain::actor::Actor;
use domain::inspection::Visibility;
use domain::permission::{Action, sees_answers};
use domain::retention::Kind;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

/// The actor's own sheet.
///
/// # Errors
/// `Forbidden` for those who owe no sheets; `NotFound` for anybody else's sheet.
pub async fn open(db: &Db, actor: &Actor, target: Uuid, _now: OffsetDateTime) -> StoreResult<Sheet> {
    require(actor, Action::AnswerSheet)?;
    let target = own(db.read(), actor, target, false).await?;
    load::sheet(db, target).await
}

/// The target whose answers the actor enters: the own one, or by 代理入力; `lock` keeps other writers away until the
/// transaction ends. Who came in by the number of a sheet has this one only.
pub(crate) async fn own<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    id: Uuid,
    lock: bool,
) -> StoreResult<target::Model> {
    let query = target::Entity::find_by_id(id);
    let query = if lock { query.lock_exclusive() } else { query };
    let target = query.one(connection).await?.ok_or(StoreError::NotFound)?;
    let withdrawn = is_withdrawn(connection, target.id).await?;
    may_enter(connection, actor, &target, withdrawn).await?;
    Ok(target)
}

/// May the actor enter answers on this sheet: is it the own one, the one opened by its number, or begun as 代理入力?
async fn may_enter<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    target: &target::Model,
    withdrawn: bool,
) -> StoreResult<()> {
    let other = actor.sheet.is_some_and(|sheet| sheet != target.id);
    if other || target.person_id != actor.person_id && !proxy::enters(connection, actor, target).await? {
        return Err(StoreError::NotFound);
    }
    match withdrawn {
        false => Ok(()),
        true => Err(StoreError::refused(
            "この点検票は、点検の対象から外れました。回答する必要はありません。心当たりのないときは、事務局に連絡してください。",
        )),
    }
}

/// Somebody's sheet as others may see it.
#[derive(Debug, Clone)]
pub struct Reading {
    pub sheet: Sheet,
    /// The answers are shown. A sheet that was not handed in is its owner's alone.
    pub shown: bool,
    /// When the answers were disposed of; they are not there any more.
    pub gone: Option<OffsetDateTime>,
    /// From handing in to approval, oldest first.
    pub history: Vec<Step>,
    /// Number of the question and where its answer came from, for those from workbooks.
    pub origins: Vec<(i32, Origin)>,
}

/// What happened to the actor's own sheet, from handing in to approval.
///
/// # Errors
/// As [`open`].
pub async fn course(db: &Db, actor: &Actor, target: Uuid) -> StoreResult<Vec<Step>> {
    require(actor, Action::AnswerSheet)?;
    let target = own(db.read(), actor, target, false).await?;
    history_of(db.read(), &target).await
}

async fn history_of<C: ConnectionTrait>(connection: &C, target: &target::Model) -> StoreResult<Vec<Step>> {
    let place = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(target.inspection_id))
        .filter(inspection_department::Column::DepartmentId.eq(target.department_id))
        .one(connection)
        .await?;
    let of = (Some(target.department_id), place.map(|place| place.division_id));
    history(connection, target.inspection_id, of, std::slice::from_ref(target)).await
}

/// Somebody's handed-in answers, for the head (if the inspection is a named one), the 事務局 and auditors.
/// Looking at individual answers is an event.
///
/// # Errors
/// `Forbidden` without the role, `NotFound` outside the actor's reach, a refusal where heads see totals only.
pub async fn read(db: &Db, actor: &Actor, target: Uuid, now: OffsetDateTime) -> StoreResult<Reading> {
    let reach = require(actor, Action::SeeAnswers)?;
    let target = target::Entity::find_by_id(target).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    if !reach.covers(target.department_id) {
        return Err(StoreError::NotFound);
    }
    let (id, department) = (target.id, target.department_id);
    let history = history_of(db.read(), &target).await?;
    let mut sheet = load::sheet(db, target).await?;
    if !sees_answers(actor, sheet.visibility, department) {
        return Err(StoreError::refused(match sheet.visibility {
            Visibility::Anonymous => "この点検は無記名式です。個々の回答は、どなたも閲覧できません。",
            _ => "この点検では、所属長は個々の回答を閲覧しません。提出の状況は所属の画面で確かめてください。",
        }));
    }
    let shown = sheet.facts.standing.submitted;
    if !shown {
        sheet.chapters.iter_mut().flat_map(|chapter| &mut chapter.items).for_each(|item| {
            (item.answer, item.hidden) = (None, false);
            item.files.clear();
        });
        return Ok(Reading { sheet, shown, gone: None, history, origins: Vec::new() });
    }
    let payload = json!({ "person": sheet.person_name, "inspection": sheet.inspection_name });
    look(db, actor, now, NewEvent::new("target", id, "response.read", payload)).await?;
    let gone = is_gone(db.read(), Kind::Answers, id).await?;
    let mut origins = origins(db.read(), id).await?;
    let origins = sheet.items().filter_map(|item| Some((item.no, origins.remove(&item.id)?))).collect();
    Ok(Reading { sheet, shown, gone, history, origins })
}
