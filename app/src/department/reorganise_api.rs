//! Server functions of 組織改正.

use crate::context::ask;
use crate::error::AppError;
use domain::calendar::day_field;
use domain::department::Kind;
use domain::department::reorganise::Target;
use leptos::prelude::*;
use leptos_axum::redirect;
use std::collections::BTreeMap;
use store::department::reorganise::{self, Addition, Merger, Split};
use uuid::Uuid;

/// A key that may be left blank; anything else that is no key is blank, too.
fn key(text: &str) -> Option<Uuid> {
    text.parse().ok()
}

/// Keys of a form, each with a letter before it so that it is never taken for a place in a list.
pub(super) fn keyed(fields: &BTreeMap<String, String>) -> impl Iterator<Item = (Uuid, &str)> {
    fields.iter().filter_map(|(name, value)| Some((name.get(1..)?.parse().ok()?, value.as_str())))
}

fn go(department: Uuid) {
    redirect(&format!("/departments/{department}"));
}

/// Sets a department up.
#[server(endpoint = "department/add")]
pub async fn add_department(
    name: String,
    on: String,
    #[server(default)] kind: String,
    #[server(default)] code: String,
    #[server(default)] parent: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let on = day_field("on", &on)?;
    let new = Addition { name, kind: Kind::from_key(&kind), code, parent: key(&parent), on };
    go(reorganise::add(&ask.db, &ask.actor, new, ask.now).await?);
    Ok(())
}

/// 改称.
#[server(endpoint = "department/rename")]
pub async fn rename_department(department: Uuid, name: String, on: String) -> Result<(), AppError> {
    let ask = ask()?;
    let on = day_field("on", &on)?;
    go(reorganise::rename(&ask.db, &ask.actor, department, &name, on, ask.now).await?);
    Ok(())
}

/// 移管.
#[server(endpoint = "department/move")]
pub async fn move_department(
    department: Uuid,
    on: String,
    #[server(default)] parent: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let on = day_field("on", &on)?;
    go(reorganise::relocate(&ask.db, &ask.actor, department, key(&parent), on, ask.now).await?);
    Ok(())
}

/// 統合.
#[server(endpoint = "department/merge")]
pub async fn merge_departments(
    on: String,
    #[server(default)] ids: BTreeMap<String, String>,
    #[server(default)] into: String,
    #[server(default)] name: String,
    #[server(default)] parent: String,
    #[server(default)] head: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let on = day_field("on", &on)?;
    let ids = keyed(&ids).map(|(id, _)| id).collect();
    let into = key(&into).map_or(Target::New { parent: key(&parent), name }, Target::Existing);
    let merger = Merger { ids, into, head: key(&head) };
    go(reorganise::merge(&ask.db, &ask.actor, merger, on, ask.now).await?);
    Ok(())
}

/// 分割. Goes to the organisation, where the new departments stand.
#[server(endpoint = "department/split")]
pub async fn split_department(
    department: Uuid,
    on: String,
    #[server(default)] names: BTreeMap<String, String>,
    #[server(default)] people: BTreeMap<String, String>,
    #[server(default)] systems: BTreeMap<String, String>,
) -> Result<(), AppError> {
    let ask = ask()?;
    let on = day_field("on", &on)?;
    let placed = |fields: &BTreeMap<String, String>| {
        keyed(fields).filter_map(|(id, at)| Some((id, at.parse().ok()?))).collect()
    };
    let (people, systems) = (placed(&people), placed(&systems));
    let split = Split { names: names.into_values().collect(), people, systems };
    reorganise::split(&ask.db, &ask.actor, department, split, on, ask.now).await?;
    redirect("/departments");
    Ok(())
}

/// 廃止. Goes to the organisation.
#[server(endpoint = "department/abolish")]
pub async fn abolish_department(
    department: Uuid,
    on: String,
    #[server(default)] to: String,
) -> Result<(), AppError> {
    let ask = ask()?;
    let on = day_field("on", &on)?;
    reorganise::abolish(&ask.db, &ask.actor, department, key(&to), on, ask.now).await?;
    redirect("/departments");
    Ok(())
}
