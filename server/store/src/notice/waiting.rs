//! What waits for somebody's confirmation or approval, and for whom.

use super::fill::Recipient;
use crate::access::{open_grants, post_holds};
use crate::approval::course::Course;
use crate::approval::withdrawn;
use crate::entity::{approval, inspection, post, role_grant};
use crate::error::StoreResult;
use crate::inspection::target::holders;
use domain::inspection::Holder;
use domain::role::Role;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use time::Date;
use uuid::Uuid;

/// One thing that waits: for the holders of a role somewhere, or of a granted one.
struct Wait {
    role: Role,
    /// The department or 部 in which the role is held; none for the city.
    department: Option<Uuid>,
    place: String,
    line: String,
}

/// Whoever has to confirm or approve something now, with what it is. A head where everything is handed in, a 部長
/// where all is confirmed, the 統括 where all 部 are through.
pub(super) async fn recipients<C: ConnectionTrait>(
    connection: &C,
    inspection: &inspection::Model,
    due_on: Date,
    today: Date,
) -> StoreResult<Vec<Recipient>> {
    let course = Course::load(connection, inspection.id).await?;
    let waits = waits(&course, inspection.id);
    if waits.is_empty() {
        return Ok(Vec::new());
    }
    let posts = holders(connection, today).await?;
    let chiefs: Vec<Uuid> = open_grants(today)
        .filter(role_grant::Column::Role.eq(Role::Chief.key()))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| row.person_id)
        .collect();
    let holds = |wait: &Wait, post: &Holder| {
        post.role == wait.role
            && Some(post.department_id) == wait.department
            && !post.leaves_it_to_the_head(&posts)
    };
    let mut found: Vec<Recipient> = Vec::new();
    for wait in &waits {
        let of_posts = posts.iter().filter(|post| holds(wait, post)).map(|post| post.person_id);
        let of_grant = chiefs.iter().copied().filter(|_| wait.department.is_none());
        for person in of_posts.chain(of_grant) {
            found.push(Recipient {
                person,
                name: String::new(),
                place: wait.place.clone(),
                due_on,
                missing: Vec::new(),
                waiting: vec![wait.line.clone()],
            });
        }
    }
    let people = crate::person::people(connection, found.iter().map(|one| one.person).collect()).await?;
    let names: BTreeMap<Uuid, String> = people.into_iter().map(|row| (row.id, row.name)).collect();
    for one in &mut found {
        one.name = names.get(&one.person).cloned().unwrap_or_default();
    }
    Ok(found)
}

fn waits(course: &Course, id: Uuid) -> Vec<Wait> {
    let mut waits = Vec::new();
    for place in course.departments(None) {
        let coverage = course.coverage.get(&place.department_id).copied().unwrap_or_default();
        if coverage.missing() == 0 && !course.confirmations.contains_key(&place.department_id) {
            waits.push(Wait {
                role: Role::Manager,
                department: Some(place.department_id),
                place: place.name.clone(),
                line: format!(
                    "・{}：全員が提出しました。所属長の確認を待っています。\n　確認画面：/inspections/{id}/departments/{}",
                    place.name, place.department_id
                ),
            });
        }
    }
    let ready = |division: Option<Uuid>| {
        let stand = course.stand(division);
        stand.asked && !stand.approved && !stand.closed && stand.units > 0 && stand.open == 0
    };
    for (division, name) in course.divisions() {
        if ready(Some(division)) {
            waits.push(Wait {
                role: Role::Responsible,
                department: Some(division),
                line: format!(
                    "・{name}：全ての所属の確認が済みました。部長の承認を待っています。\n　承認画面：/inspections/{id}/divisions/{division}"
                ),
                place: name,
            });
        }
    }
    if ready(None) {
        waits.push(Wait {
            role: Role::Chief,
            department: None,
            place: "全庁".into(),
            line: format!("・全庁：統括情報セキュリティ責任者の承認を待っています。\n　承認画面：/inspections/{id}/approval"),
        });
    }
    waits
}

/// Who leads today, and which approvals hold: with these change the recipients of the lists, though no sheet does.
pub(super) async fn leading<C: ConnectionTrait>(
    connection: &C,
    id: Uuid,
    today: Date,
) -> StoreResult<(Vec<Uuid>, Vec<Uuid>, Vec<Uuid>)> {
    let posts = post::Entity::find()
        .select_only()
        .column(post::Column::Id)
        .filter(post::Column::Role.is_in([Role::Manager.key(), Role::Responsible.key()]))
        .filter(post_holds(today))
        .order_by_asc(post::Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    let grants = open_grants(today)
        .select_only()
        .column(role_grant::Column::Id)
        .filter(role_grant::Column::Role.eq(Role::Chief.key()))
        .order_by_asc(role_grant::Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    let approvals = approval::Entity::find()
        .select_only()
        .column(approval::Column::Id)
        .filter(approval::Column::InspectionId.eq(id))
        .filter(approval::Column::Id.not_in_subquery(withdrawn()))
        .order_by_asc(approval::Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    Ok((posts, grants, approvals))
}
