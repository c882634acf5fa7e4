//! An inspection that has not started.

use crate::small_city::{NOW, TODAY, World};
use domain::actor::Actor;
use domain::inspection::{About, Start, Visibility};
use domain::role::Role;
use store::Db;
use store::inspection::draft::keep;
use time::Duration;
use uuid::Uuid;

/// A draft of the officer.
pub async fn draft(db: &Db, officer: &Actor, world: &World) -> Uuid {
    let planned = Start {
        levels: Vec::new(),
        fiscal_year: 2026,
        name: "冬の点検".into(),
        base_on: TODAY,
        opens_on: TODAY,
        due_on: TODAY + Duration::days(30),
        visibility: Visibility::Named,
        contact: "情報政策課".into(),
        editions: vec![(Role::Staff, world.staff_edition)],
        about: About::default(),
    };
    keep(db, officer, None, planned, NOW).await.unwrap()
}
