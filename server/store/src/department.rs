//! A department in an inspection: who is missing, giving sheets back, confirming.

pub mod act;
pub mod answers;
pub mod attribute;
pub mod deputy;
mod lead;
pub mod progress;
pub mod reorganise;
pub mod succession;
pub mod tree;

pub use act::{Word, confirm, return_sheet, return_sheets, withdraw_confirmation};
pub use answers::Answers;
pub use deputy::{Deputy, NewDeputy, name_deputy, withdraw_deputy};

use crate::Db;
use crate::access::require_department;
use crate::approval;
use crate::approval::history::{Step, history};
use crate::entity::{closing, confirmation, inspection, inspection_department, proxy, target};
use crate::error::{StoreError, StoreResult};
use crate::inspection::target::withdrawn_targets;
use crate::reminder::{self, Preview};
use crate::response::standing::{Facts, names, standings};
use act::own_sheets;
use answers::Held;
use domain::actor::Actor;
use domain::calendar::day;
use domain::department::Gathering;
use domain::permission::{Action, reach, sees_answers};
use domain::post::Kind;
use domain::role::Role;
use progress::{Progress, progress};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// The page of a department in an inspection.
#[derive(Debug, Clone)]
pub struct DepartmentPage {
    pub inspection: inspection::Model,
    pub department: Uuid,
    pub name: String,
    pub division_name: String,
    pub gathering: Gathering,
    pub confirmation: Option<Confirmation>,
    pub rows: Vec<Row>,
    /// The actor is the head: may return, confirm, withdraw.
    pub may_act: bool,
    /// The actor may open individual answers.
    pub may_read: bool,
    /// The actor may enter answers for others of the department (代理入力).
    pub may_enter: bool,
    /// Sheets that the actor handed in: confirming them needs a reason.
    pub own_sheets: usize,
    /// What was answered, as far as the actor may see it.
    pub answers: Option<Answers>,
    /// Sheets that were handed in after the confirmation.
    pub late: usize,
    /// 代理 that hold or will; only for the head.
    pub deputies: Vec<Deputy>,
    /// Whom the head may name; empty for a 代理 and for readers.
    pub candidates: Vec<(Uuid, String)>,
    /// What happened to the sheets and the confirmation, oldest first.
    pub history: Vec<Step>,
    /// Whom a reminder of the head's would reach, while one may be sent.
    pub reminder: Option<Preview>,
    /// Who else may confirm today, and as what; looked for only where the actor would confirm the own sheets.
    pub others: Vec<(String, Kind)>,
}

/// The head's word.
#[derive(Debug, Clone)]
pub struct Confirmation {
    pub at: OffsetDateTime,
    pub by: String,
    pub note: String,
    /// 事務取扱 or 代理, where the head was stood in for.
    pub capacity: Option<Kind>,
}

/// One sheet the department owes.
#[derive(Debug, Clone)]
pub struct Row {
    pub target: Uuid,
    pub name: String,
    pub title: String,
    pub role: Role,
    pub system: Option<String>,
    pub facts: Facts,
    pub progress: Progress,
    /// The actor's own sheet.
    pub own: bool,
    /// Who began to enter it in the person's place (代理入力); the latest.
    pub by_proxy: Option<String>,
}

impl Row {
    /// Handed in after the department was confirmed: the confirmation does not speak of it.
    pub fn is_late(&self) -> bool {
        let at = self.facts.submission.map(|(_, at)| at);
        at.zip(self.facts.confirmed_at).is_some_and(|(at, confirmed)| at > confirmed)
    }
}

/// The department as its head, or (read only) the 事務局 and auditors see it.
///
/// # Errors
/// `Forbidden` without any of the roles, `NotFound` for a department out of reach or not in the inspection.
pub async fn page(
    db: &Db,
    actor: &Actor,
    inspection: Uuid,
    department: Uuid,
    now: OffsetDateTime,
) -> StoreResult<DepartmentPage> {
    let may_act = may_see(actor, department)?;
    let connection = db.read();
    let frozen = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(inspection))
        .filter(inspection_department::Column::DepartmentId.eq(department))
        .one(connection)
        .await?
        .ok_or(StoreError::NotFound)?;
    let mut inspection =
        inspection::Entity::find_by_id(inspection).one(connection).await?.ok_or(StoreError::NotFound)?;
    inspection.due_on = crate::extension::due_days(connection, &inspection).await?.of_department(department);
    let targets = targets(connection, inspection.id, department).await?;
    let confirmation = confirmation_of(connection, inspection.id, department).await?;
    let closed = is_closed(connection, inspection.id).await?;
    let rows = rows(connection, actor, &targets).await?;
    let handed_in: BTreeSet<Uuid> =
        rows.iter().filter(|row| row.facts.standing.submitted).map(|row| row.target).collect();
    let held = held(&targets, &rows);
    let answers = answers::answers(db, actor, &inspection, department, &held, now).await?;
    let of = (Some(department), Some(frozen.division_id));
    let history = history(connection, inspection.id, of, &targets).await?;
    let approved = approval::above_department(connection, &frozen).await?;
    let (deputies, candidates) = deputies(db, actor, department, may_act, now).await?;
    let may_read = sees_answers(actor, inspection.visible(), department);
    let own_sheets =
        if may_act { own_sheets(connection, actor, inspection.id, department).await? } else { 0 };
    let others = match own_sheets > 0 && confirmation.is_none() && !closed {
        true => lead::others(connection, actor, department, day(now)).await?,
        false => Vec::new(),
    };
    let reminds = reach(actor, Action::RemindDepartment).is_some_and(|reach| reach.covers(department));
    let reminder = match reminds && !closed && day(now) >= inspection.opens_on {
        true => {
            let missing =
                targets.iter().filter(|one| !handed_in.contains(&one.id) && one.person_id != actor.person_id);
            Some(reminder::of_department(connection, &inspection, missing, now).await?)
        }
        false => None,
    };
    Ok(DepartmentPage {
        gathering: Gathering {
            approved,
            ..gathering(rows.iter().map(|row| &row.facts), confirmation.is_some(), closed)
        },
        late: rows.iter().filter(|row| row.is_late()).count(),
        answers,
        deputies,
        candidates,
        history,
        reminder,
        others,
        may_enter: reach(actor, Action::EnterForOthers).is_some_and(|reach| reach.covers(department)),
        may_read,
        own_sheets,
        inspection,
        department,
        name: frozen.name,
        division_name: frozen.division_name,
        confirmation,
        rows,
        may_act,
    })
}

/// The sheets whose answers may be looked at.
fn held<'a>(targets: &'a [target::Model], rows: &[Row]) -> Vec<Held<'a>> {
    let of = |target: &'a target::Model| {
        let facts = &rows.iter().find(|row| row.target == target.id)?.facts;
        let returned_at = facts.returned.as_ref().map(|back| back.at);
        (facts.standing.submitted || returned_at.is_some()).then_some(Held { target, returned_at })
    };
    targets.iter().filter_map(of).collect()
}

/// For the head: who stands in, and who may be named.
async fn deputies(
    db: &Db,
    actor: &Actor,
    department: Uuid,
    may_act: bool,
    now: OffsetDateTime,
) -> StoreResult<(Vec<Deputy>, Vec<(Uuid, String)>)> {
    if !may_act {
        return Ok((Vec::new(), Vec::new()));
    }
    let deputies = deputy::deputies(db.read(), department, day(now)).await?;
    let candidates = match deputy::is_deputy(actor, department) {
        true => Vec::new(),
        false => deputy::candidates(db.read(), department, day(now)).await?,
    };
    Ok((deputies, candidates))
}

/// Whether the actor acts (the head) or only looks.
fn may_see(actor: &Actor, department: Uuid) -> StoreResult<bool> {
    require_department(actor, Action::SeeMissing, department)?;
    Ok(reach(actor, Action::ConfirmDepartment).is_some_and(|reach| reach.covers(department)))
}

fn gathering<'a>(facts: impl Iterator<Item = &'a Facts>, confirmed: bool, closed: bool) -> Gathering {
    let submitted: Vec<bool> = facts.map(|facts| facts.standing.submitted).collect();
    let missing = submitted.iter().filter(|submitted| !**submitted).count();
    Gathering { total: submitted.len(), missing, confirmed, closed, approved: None }
}

pub(crate) async fn targets<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    department: Uuid,
) -> StoreResult<Vec<target::Model>> {
    Ok(target::Entity::find()
        .filter(target::Column::InspectionId.eq(inspection))
        .filter(target::Column::DepartmentId.eq(department))
        .filter(target::Column::Id.not_in_subquery(withdrawn_targets()))
        .order_by_asc(target::Column::PersonKana)
        .order_by_asc(target::Column::PersonName)
        .order_by_asc(target::Column::Id)
        .all(connection)
        .await?)
}

async fn rows<C: ConnectionTrait>(
    connection: &C,
    actor: &Actor,
    targets: &[target::Model],
) -> StoreResult<Vec<Row>> {
    let mut facts = standings(connection, targets).await?;
    let progress = progress(connection, targets).await?;
    let mut proxies = proxies(connection, targets).await?;
    Ok(targets
        .iter()
        .filter_map(|target| {
            Some(Row {
                target: target.id,
                facts: facts.remove(&target.id)?,
                progress: progress.get(&target.id).copied().unwrap_or_default(),
                role: Role::from_key(&target.role)?,
                own: target.person_id == actor.person_id,
                by_proxy: proxies.remove(&target.id),
                name: target.person_name.clone(),
                title: target.title.clone(),
                system: target.system.clone(),
            })
        })
        .collect())
}

/// Who entered answers in the place of others, by target; the latest.
async fn proxies<C: ConnectionTrait>(
    connection: &C,
    targets: &[target::Model],
) -> StoreResult<BTreeMap<Uuid, String>> {
    let rows = proxy::Entity::find()
        .filter(proxy::Column::TargetId.is_in(targets.iter().map(|target| target.id)))
        .order_by_asc(proxy::Column::At)
        .all(connection)
        .await?;
    let names = names(connection, rows.iter().map(|row| row.by_person_id)).await?;
    let name = |row: proxy::Model| Some((row.target_id, names.get(&row.by_person_id)?.clone()));
    Ok(rows.into_iter().filter_map(name).collect())
}

async fn confirmation_of<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    department: Uuid,
) -> StoreResult<Option<Confirmation>> {
    let row = confirmation::Entity::find()
        .filter(confirmation::Column::InspectionId.eq(inspection))
        .filter(confirmation::Column::DepartmentId.eq(department))
        .one(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let by = names(connection, [row.by_person_id]).await?.remove(&row.by_person_id).unwrap_or_default();
    Ok(Some(Confirmation { at: row.at, by, note: row.note, capacity: Kind::from_key(&row.capacity) }))
}

async fn is_closed<C: ConnectionTrait>(connection: &C, inspection: Uuid) -> StoreResult<bool> {
    let row =
        closing::Entity::find().filter(closing::Column::InspectionId.eq(inspection)).one(connection).await?;
    Ok(row.is_some())
}
