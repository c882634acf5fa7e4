//! What a reminder would do, looked at before it is sent: who gets it and in which words.

use super::{Missing, messages, missing, names_of, reminded_today};
use crate::Db;
use crate::access::require_city;
use crate::entity::{inspection, inspection_department, target};
use crate::error::{StoreError, StoreResult};
use crate::extension::due_days;
use crate::inspection::board;
use domain::actor::Actor;
use domain::calendar::day;
use domain::permission::Action;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// Somebody who would get a reminder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    pub name: String,
    /// The department of the first sheet that is missing, as it was frozen.
    pub department: String,
    /// How many sheets are missing.
    pub sheets: usize,
    /// There is an address for mail.
    pub by_mail: bool,
    /// Reminded by hand today.
    pub today: bool,
}

/// A reminder before it is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// In 組織順, within a department by name.
    pub to: Vec<Addressee>,
    /// Name, subject and text of the first.
    pub example: Option<(String, String, String)>,
}

impl Preview {
    /// How many have no address for mail.
    pub fn without_address(&self) -> usize {
        self.to.iter().filter(|one| !one.by_mail).count()
    }

    /// How many were reminded today.
    pub fn today(&self) -> usize {
        self.to.iter().filter(|one| one.today).count()
    }
}

/// Whom a reminder of the office would reach: all who are missing, or those of some departments.
///
/// # Errors
/// `Forbidden`; `NotFound` for an unknown inspection, or a department that is not part of it.
pub async fn preview(
    db: &Db,
    actor: &Actor,
    inspection_id: Uuid,
    departments: Option<&[Uuid]>,
    now: OffsetDateTime,
) -> StoreResult<Preview> {
    require_city(actor, Action::RunInspection)?;
    let connection = db.read();
    let inspection =
        inspection::Entity::find_by_id(inspection_id).one(connection).await?.ok_or(StoreError::NotFound)?;
    if let Some(departments) = departments {
        names_of(connection, inspection_id, departments).await?;
    }
    let sheets = board::sheets(connection, inspection_id).await?;
    of(connection, &inspection, &missing(&sheets, departments), now).await
}

/// Whom the head's own reminder would reach, of sheets that are known to be missing; who was reminded today is among
/// them.
pub(crate) async fn of_department<C: ConnectionTrait>(
    connection: &C,
    inspection: &inspection::Model,
    sheets: impl Iterator<Item = &target::Model>,
    now: OffsetDateTime,
) -> StoreResult<Preview> {
    let mut missing = Missing::new();
    for target in sheets {
        missing.entry(target.person_id).or_default().push(target);
    }
    if missing.is_empty() {
        return Ok(Preview::default());
    }
    of(connection, inspection, &missing, now).await
}

async fn of<C: ConnectionTrait>(
    connection: &C,
    inspection: &inspection::Model,
    missing: &Missing<'_>,
    now: OffsetDateTime,
) -> StoreResult<Preview> {
    let due = due_days(connection, inspection).await?;
    let told = reminded_today(connection, missing.keys().copied(), now).await?;
    let messages = messages(connection, inspection, &due, missing, day(now)).await?;
    let places: BTreeMap<Uuid, (usize, String)> = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(inspection.id))
        .order_by_asc(inspection_department::Column::Position)
        .all(connection)
        .await?
        .into_iter()
        .enumerate()
        .map(|(place, row)| (row.department_id, (place, row.name)))
        .collect();
    let mut found: Vec<((usize, String), Addressee, &super::Message)> = messages
        .iter()
        .filter_map(|message| {
            let sheets = missing.get(&message.person.id)?;
            let (place, department) = places.get(&sheets.first()?.department_id)?.clone();
            let one = Addressee {
                name: message.person.name.clone(),
                department,
                sheets: sheets.len(),
                by_mail: message.person.email.is_some(),
                today: told.contains(&message.person.id),
            };
            Some(((place, message.person.kana.clone()), one, message))
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let example = found.iter().find(|(_, one, _)| !one.today).or(found.first());
    let example =
        example.map(|(_, one, message)| (one.name.clone(), message.subject.clone(), message.body.clone()));
    Ok(Preview { to: found.into_iter().map(|(_, one, _)| one).collect(), example })
}
