//! Improvements: opened from an answer or a finding, planned, reported, verified, kept over the years.

mod list;
mod open;
mod show;
mod steps;

use crate::entity::{completion, department, improvement, person, plan, post, verification};
use crate::error::{StoreError, StoreResult};
use crate::outbox::Message;
use domain::improvement::{Source, Standing};
use domain::role::Role;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use time::Date;
use uuid::Uuid;

pub use list::{Counts, Filter, Listing, Row, Show, list};
pub use open::{Draft, Origin, from_answer, from_finding, origin_answer, origin_finding};
pub use show::{Course, Links, Step, StepKind, Turn, show};
pub use steps::{NewPlan, complete, plan, verify};

/// An improvement with all that was written about it, oldest first.
#[derive(Debug, Clone)]
pub(crate) struct Rows {
    pub improvement: improvement::Model,
    pub plans: Vec<plan::Model>,
    pub completions: Vec<completion::Model>,
    /// By completion.
    pub verifications: BTreeMap<Uuid, verification::Model>,
}

impl Rows {
    /// What the rules need to know.
    pub fn standing(&self) -> Standing {
        let verification = self.newest_verification();
        let plan = self.plans.last();
        let planned_again = plan
            .zip(verification)
            .is_some_and(|(plan, verification)| (plan.at, plan.id) > (verification.at, verification.id));
        let planners = self.plans.iter().map(|plan| plan.by_person_id);
        Standing {
            department: self.improvement.department_id,
            fiscal_year: self.improvement.fiscal_year,
            due_on: plan.map(|plan| plan.due_on),
            planned_again,
            completion: self.completions.last().map(|_| verification.map(|row| row.effective)),
            hands: planners.chain(self.completions.iter().map(|row| row.by_person_id)).collect(),
        }
    }

    fn newest_verification(&self) -> Option<&verification::Model> {
        self.verifications.get(&self.completions.last()?.id)
    }
}

/// Adds the steps to improvements, keeping their order.
pub(crate) async fn with_steps<C: ConnectionTrait>(
    connection: &C,
    improvements: Vec<improvement::Model>,
) -> StoreResult<Vec<Rows>> {
    let mut all: Vec<Rows> = Vec::new();
    for portion in improvements.chunks(1000) {
        all.extend(portion_with_steps(connection, portion).await?);
    }
    Ok(all)
}

async fn portion_with_steps<C: ConnectionTrait>(
    connection: &C,
    improvements: &[improvement::Model],
) -> StoreResult<Vec<Rows>> {
    let ids: Vec<Uuid> = improvements.iter().map(|row| row.id).collect();
    let plans = plan::Entity::find()
        .filter(plan::Column::ImprovementId.is_in(ids.clone()))
        .order_by_asc(plan::Column::At)
        .order_by_asc(plan::Column::Id)
        .all(connection)
        .await?;
    let completions = completion::Entity::find()
        .filter(completion::Column::ImprovementId.is_in(ids))
        .order_by_asc(completion::Column::At)
        .order_by_asc(completion::Column::Id)
        .all(connection)
        .await?;
    let verifications = verification::Entity::find()
        .filter(verification::Column::CompletionId.is_in(completions.iter().map(|row| row.id)))
        .all(connection)
        .await?;
    let mut plans_of: BTreeMap<Uuid, Vec<plan::Model>> = BTreeMap::new();
    plans.into_iter().for_each(|row| plans_of.entry(row.improvement_id).or_default().push(row));
    let mut completions_of: BTreeMap<Uuid, Vec<completion::Model>> = BTreeMap::new();
    completions.into_iter().for_each(|row| completions_of.entry(row.improvement_id).or_default().push(row));
    let verification_of: BTreeMap<Uuid, verification::Model> =
        verifications.into_iter().map(|row| (row.completion_id, row)).collect();
    let rows = improvements.iter().map(|improvement| {
        let completions = completions_of.remove(&improvement.id).unwrap_or_default();
        let verifications = completions
            .iter()
            .filter_map(|row| verification_of.get_key_value(&row.id))
            .map(|(id, row)| (*id, row.clone()))
            .collect();
        let plans = plans_of.remove(&improvement.id).unwrap_or_default();
        Rows { improvement: improvement.clone(), plans, completions, verifications }
    });
    Ok(rows.collect())
}

/// One improvement with its steps. The caller checks the reach.
pub(crate) async fn find<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<Rows> {
    let row = improvement::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
    with_steps(connection, vec![row]).await?.pop().ok_or(StoreError::NotFound)
}

/// Where it comes from.
pub(crate) fn source(row: &improvement::Model) -> Source {
    Source::from_key(&row.source).unwrap_or(Source::Inspection)
}

/// Names of departments.
pub(crate) async fn department_names<C: ConnectionTrait>(
    connection: &C,
    ids: impl IntoIterator<Item = Uuid>,
) -> StoreResult<BTreeMap<Uuid, (i32, String)>> {
    let rows = department::Entity::find().filter(department::Column::Id.is_in(ids)).all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.id, (row.position, row.name))).collect())
}

/// Names of people.
pub(crate) async fn person_names<C: ConnectionTrait>(
    connection: &C,
    ids: impl IntoIterator<Item = Uuid>,
) -> StoreResult<BTreeMap<Uuid, String>> {
    let rows = person::Entity::find().filter(person::Column::Id.is_in(ids)).all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// The same message to each head the department has today.
async fn to_heads<C: ConnectionTrait>(
    connection: &C,
    department: Uuid,
    today: Date,
    subject: &str,
    body: &str,
) -> StoreResult<Vec<Message>> {
    let posts = post::Entity::find()
        .filter(post::Column::DepartmentId.eq(department))
        .filter(post::Column::Role.eq(Role::Manager.key()))
        .filter(crate::access::post_holds(today))
        .all(connection)
        .await?;
    let heads = person::Entity::find()
        .filter(person::Column::Id.is_in(posts.into_iter().map(|post| post.person_id)))
        .all(connection)
        .await?;
    let message = |person: person::Model| Message {
        kind: "improvement",
        body: format!("{} 様\n\n{body}", person.name),
        person,
        subject: subject.to_string(),
    };
    Ok(heads.into_iter().map(message).collect())
}
