//! The head names a 代理 of the own department for a time, sees it and withdraws it.
//!
//! A 代理 holds a head's post of the kind 代理 for that time, as one the 事務局 writes by hand: so everything that is
//! allowed to a head is allowed to the 代理, and what is confirmed says that it was by a 代理.

use super::succession::end_post;
use crate::Db;
use crate::access::{post_holds, require_department};
use crate::approval::message::tell_people;
use crate::entity::{department, deputation, deputation_withdrawal, person, post};
use crate::error::{StoreError, StoreResult, on_double};
use crate::ledger::{self, NewEvent};
use crate::person::spans;
use crate::response::standing::names;
use domain::actor::Actor;
use domain::calendar::{day, wareki};
use domain::department::may_name_deputy;
use domain::permission::Action;
use domain::post::Kind;
use domain::post::hand::{Period, Span, may_begin};
use domain::refusal::Refusal;
use domain::role::Role;
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A 代理 that holds now or will.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deputy {
    pub deputation: Uuid,
    pub name: String,
    pub from: Date,
    /// The last day.
    pub until: Option<Date>,
    /// Who named the 代理.
    pub by: String,
}

/// What the form says.
#[derive(Debug, Clone)]
pub struct NewDeputy {
    pub department: Uuid,
    pub person: Uuid,
    pub from: Date,
    /// The last day.
    pub until: Option<Date>,
}

/// The actor leads the department only in the place of its head: a 代理 names no further one.
pub(super) fn is_deputy(actor: &Actor, department: Uuid) -> bool {
    actor.head_post(department).is_some_and(|post| post.kind == Kind::Deputy)
}

/// 代理 named by the head, the next to end first.
pub(super) async fn deputies<C: ConnectionTrait>(
    connection: &C,
    department: Uuid,
    today: Date,
) -> StoreResult<Vec<Deputy>> {
    let gone = Query::select()
        .column(deputation_withdrawal::Column::DeputationId)
        .from(deputation_withdrawal::Entity)
        .to_owned();
    let rows = deputation::Entity::find()
        .filter(deputation::Column::DepartmentId.eq(department))
        .filter(deputation::Column::Id.not_in_subquery(gone))
        .all(connection)
        .await?;
    let posts: BTreeMap<Uuid, post::Model> = post::Entity::find()
        .filter(post::Column::Id.is_in(rows.iter().map(|row| row.post_id)))
        .filter(Condition::any().add(post::Column::ValidTo.is_null()).add(post::Column::ValidTo.gt(today)))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let people = posts.values().map(|row| row.person_id).chain(rows.iter().map(|row| row.by_person_id));
    let names = names(connection, people).await?;
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let mut deputies: Vec<Deputy> = rows
        .iter()
        .filter_map(|row| {
            let post = posts.get(&row.post_id)?;
            Some(Deputy {
                deputation: row.id,
                name: name(post.person_id),
                from: post.valid_from,
                until: post.valid_to.and_then(Date::previous_day),
                by: name(row.by_person_id),
            })
        })
        .collect();
    deputies.sort_by_key(|one| (one.until, one.from));
    Ok(deputies)
}

/// People of the department who may be named: everybody with a post there but its heads.
pub(super) async fn candidates<C: ConnectionTrait>(
    connection: &C,
    department: Uuid,
    today: Date,
) -> StoreResult<Vec<(Uuid, String)>> {
    let posts = post::Entity::find()
        .filter(post::Column::DepartmentId.eq(department))
        .filter(post_holds(today))
        .all(connection)
        .await?;
    let leads = |row: &&post::Model| row.role == Role::Manager.key() && row.kind != Kind::Deputy.key();
    let heads: BTreeSet<Uuid> = posts.iter().filter(leads).map(|row| row.person_id).collect();
    let titles: BTreeMap<Uuid, &str> = posts.iter().map(|row| (row.person_id, row.title.as_str())).collect();
    let people = person::Entity::find()
        .filter(person::Column::Id.is_in(titles.keys().copied().filter(|id| !heads.contains(id))))
        .order_by_asc(person::Column::Kana)
        .order_by_asc(person::Column::Name)
        .all(connection)
        .await?;
    let text = |row: &person::Model| match titles.get(&row.id) {
        Some(title) if !title.is_empty() => format!("{}（{title}）", row.name),
        _ => row.name.clone(),
    };
    Ok(people.iter().map(|row| (row.id, text(row))).collect())
}

/// Names a 代理; the person is told.
///
/// # Errors
/// `Forbidden` for those who head nothing, `NotFound` for another department; a refusal for a person of another
/// department, by a 代理, or for a period that is none.
pub async fn name_deputy(db: &Db, actor: &Actor, new: NewDeputy, now: OffsetDateTime) -> StoreResult<()> {
    require_department(actor, Action::ConfirmDepartment, new.department)?;
    let (own, deputy) = (new.person == actor.person_id, is_deputy(actor, new.department));
    may_name_deputy(deputy, own, new.until, day(now))?;
    let txn = db.begin().await?;
    let chosen = person::Entity::find_by_id(new.person).lock_exclusive().one(&txn).await?;
    let known = candidates(&txn, new.department, day(now)).await?;
    let chosen = chosen.filter(|person| known.iter().any(|(id, _)| *id == person.id));
    let other = || Refusal::field("person", "代理に定める職員を、所属の職員から選んでください。");
    let chosen = chosen.ok_or_else(other)?;
    let place = department::Entity::find_by_id(new.department).one(&txn).await?;
    let place = place.ok_or(StoreError::NotFound)?;
    let row = begin(&txn, &place, &chosen, &new).await?;
    let named = deputation::ActiveModel {
        id: Set(Uuid::now_v7()),
        department_id: Set(place.id),
        post_id: Set(row),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    deputation::Entity::insert(named).exec_without_returning(&txn).await?;
    let after = json!({
        "department": place.name, "from": new.from.to_string(), "to": new.until.map(|day| day.to_string()),
    });
    let event = NewEvent::created("person", chosen.id, "deputy.named", after)
        .beside(json!({ "department": place.id }));
    ledger::record(&txn, actor, now, event).await?;
    let until = new.until.map(wareki).unwrap_or_default();
    let body = format!(
        "{}の所属長の代理に定められました。\n期間：{}から{until}まで\n定めた人：{}\n\n\
         この期間、所属の点検票の確認、差戻しなどを所属長に代わって行えます。サインインすると、最初の画面に表示されます。\n",
        place.name,
        wareki(new.from),
        actor.name
    );
    let subject = format!("【情報セキュリティ】{}の所属長の代理", place.name);
    tell_people(&txn, vec![chosen], "deputy", (subject, body), now).await?;
    Ok(txn.commit().await?)
}

/// The post itself.
async fn begin<C: ConnectionTrait>(
    connection: &C,
    place: &department::Model,
    person: &person::Model,
    new: &NewDeputy,
) -> StoreResult<Uuid> {
    let period = Period { from: new.from, to: new.until.and_then(Date::next_day) };
    let span = Span { department: place.id, role: Role::Manager, kind: Kind::Deputy, system: None, period };
    let exists = Period { from: place.valid_from, to: place.valid_to };
    may_begin(&spans(connection, person.id).await?, &span, exists).map_err(|refusal| {
        match refusal.field.as_deref() {
            Some("department") => Refusal::field("from", refusal.text),
            _ => refusal,
        }
    })?;
    let id = Uuid::now_v7();
    let row = post::ActiveModel {
        id: Set(id),
        person_id: Set(person.id),
        department_id: Set(place.id),
        role: Set(Role::Manager.key().to_string()),
        kind: Set(Kind::Deputy.key().to_string()),
        title: Set(String::new()),
        system: Set(None),
        valid_from: Set(period.from),
        valid_to: Set(period.to),
    };
    post::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(id)
}

/// Ends a 代理 today, or before it begins. Gives the department.
///
/// # Errors
/// As [`name_deputy`]; refused when it was withdrawn before.
pub async fn withdraw_deputy(db: &Db, actor: &Actor, id: Uuid, now: OffsetDateTime) -> StoreResult<Uuid> {
    crate::access::require(actor, Action::ConfirmDepartment)?;
    let txn = db.begin().await?;
    let row = deputation::Entity::find_by_id(id).lock_exclusive().one(&txn).await?;
    let row = row.ok_or(StoreError::NotFound)?;
    require_department(actor, Action::ConfirmDepartment, row.department_id)?;
    if is_deputy(actor, row.department_id) {
        return Err(StoreError::refused(
            "代理は、代理を取り消せません。所属長又は事務局に依頼してください。",
        ));
    }
    let held = post::Entity::find_by_id(row.post_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    let gone = deputation_withdrawal::ActiveModel {
        id: Set(Uuid::now_v7()),
        deputation_id: Set(id),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    let inserted = deputation_withdrawal::Entity::insert(gone).exec_without_returning(&txn).await;
    on_double(inserted, "この代理は、既に取り消されています。")?;
    if held.valid_to.is_none_or(|to| to > day(now)) {
        end_post(&txn, &held, day(now)).await?;
    }
    let until = held.valid_to.and_then(Date::previous_day);
    let before = json!({ "from": held.valid_from.to_string(), "to": until.map(|day| day.to_string()) });
    let event = NewEvent::removed("person", held.person_id, "deputy.withdrawn", before)
        .beside(json!({ "department": row.department_id }));
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(row.department_id)
}
