//! 組織改正: a department follows another, and what belonged to the old one is found under the new one's head.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common::{NOW, Place, TODAY, World, actor, places};
use domain::department::Change;
use domain::department::reorganise::Target;
use domain::role::Role;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::StoreError;
use store::department::reorganise::{Addition, Merger, Split, abolish, add, merge, relocate, rename, split};
use store::department::tree::{show, tree};
use store::entity::{department, department_succession, event, post};
use time::Date;
use time::macros::date;
use uuid::Uuid;

const BEFORE: Date = date!(2026 - 11 - 22);

async fn names(place: &Place, world: &World, day: Date) -> Vec<String> {
    let shiina = actor(&place.db, world.shiina).await;
    let lines = tree(&place.db, &shiina, day).await.unwrap();
    lines
        .into_iter()
        .map(|line| format!("{}{} {}", "　".repeat(line.depth), line.name, line.people))
        .collect()
}

#[tokio::test]
async fn the_tree_of_a_day_shows_the_organisation_of_that_day() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let before = ["総務部 0", "　人事課 3", "　情報政策課 1", "市民部 0", "　市民課 2", "会計課 1"];
        assert_eq!(names(&place, &world, TODAY).await, before);
        let new = rename(&place.db, &shiina, world.somu, "総務企画部", TODAY, NOW).await.unwrap();
        let after = ["総務企画部 0", "　人事課 3", "　情報政策課 1", "市民部 0", "　市民課 2", "会計課 1"];
        assert_eq!(names(&place, &world, TODAY).await, after);
        assert_eq!(names(&place, &world, BEFORE).await, before, "the past stays as it was");
        let page = show(&place.db, &shiina, new, TODAY).await.unwrap();
        assert_eq!(
            (page.links.before[0].name.as_str(), page.links.before[0].change),
            ("総務部", Change::Renamed)
        );
        let head = actor(&place.db, world.tachibana).await;
        assert!(head.heads(world.jinji), "the 課 under a renamed 部 goes along with its head");
    }
}

#[tokio::test]
async fn merged_departments_are_one_and_the_head_answers_for_all() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let into = Target::New { parent: Some(world.somu), name: "人事情報課".into() };
        let ids = vec![world.jinji, world.joho];
        let merger = Merger { ids, into, head: None };
        let new = merge(&place.db, &shiina, merger.clone(), TODAY, NOW).await.unwrap();
        assert_eq!(names(&place, &world, TODAY).await[1], "　人事情報課 4");
        let head = actor(&place.db, world.tachibana).await;
        assert!(head.heads(new) && head.heads(world.jinji) && head.heads(world.joho));
        let again = merge(&place.db, &shiina, merger, TODAY, NOW).await;
        assert!(matches!(again, Err(StoreError::Refused(_))), "{again:?}");
        let links = department_succession::Entity::find().count(place.db.read()).await.unwrap();
        assert_eq!(links, 2);
        let ended = event::Entity::find().filter(event::Column::Kind.eq("department.ended"));
        assert_eq!(ended.count(place.db.read()).await.unwrap(), 2);
    }
}

/// The posts of a person that hold on a day, as 所属 and role.
async fn posts_on(place: &Place, person: Uuid, day: Date) -> Vec<(Uuid, Role)> {
    let actor = store::access::actor(place.db.read(), person, day).await.unwrap();
    actor.posts.into_iter().map(|post| (post.department_id, post.role)).collect()
}

#[tokio::test]
async fn one_of_the_former_heads_leads_and_the_others_stay_as_staff() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, shiina) = (&place.db, actor(&place.db, world.shiina).await);
        let into = Target::New { parent: Some(world.somu), name: "人事市民課".into() };
        let merger = |head| Merger { ids: vec![world.jinji, world.shimin], into: into.clone(), head };
        let refused = merge(db, &shiina, merger(Some(world.hirano)), TODAY, NOW).await.unwrap_err();
        assert!(refused.to_string().contains("所属長である者を選んで"), "平野 heads nothing: {refused}");
        let new = merge(db, &shiina, merger(Some(world.sawamura)), TODAY, NOW).await.unwrap();
        assert!(actor(db, world.sawamura).await.heads(new));
        assert!(posts_on(&place, world.tachibana, BEFORE).await.contains(&(world.jinji, Role::Manager)));
        assert_eq!(posts_on(&place, world.tachibana, TODAY).await, [(new, Role::Staff)]);
        let ended = event::Entity::find().filter(event::Column::Kind.eq("post.ended"));
        assert_eq!(ended.count(db.read()).await.unwrap(), 1, "the person's history says so");
        assert_eq!(store::ledger::verify::verify(db).await.unwrap().broken, None);
    }
}

#[tokio::test]
async fn without_a_name_the_department_that_stays_keeps_its_head_and_a_new_one_has_none() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let (db, shiina) = (&place.db, actor(&place.db, world.shiina).await);
        // 立花 is nothing but the head: her staff's post would hide that she could be lost.
        let staff = post::Entity::delete_many()
            .filter(post::Column::PersonId.eq(world.tachibana))
            .filter(post::Column::Role.eq("staff"));
        let txn = db.begin().await.unwrap();
        staff.exec(&txn).await.unwrap();
        txn.commit().await.unwrap();
        let merger = Merger { ids: vec![world.jinji], into: Target::Existing(world.shimin), head: None };
        merge(db, &shiina, merger, TODAY, NOW).await.unwrap();
        assert!(actor(db, world.sawamura).await.heads(world.shimin));
        assert_eq!(posts_on(&place, world.tachibana, TODAY).await, [(world.shimin, Role::Staff)]);
        let into = Target::New { parent: None, name: "窓口局".into() };
        let merger = Merger { ids: vec![world.shimin, world.kaikei], into, head: None };
        let only = merge(db, &shiina, merger, TODAY, NOW).await.unwrap();
        assert!(actor(db, world.sawamura).await.heads(only), "the only head needs no naming");
    }
}

#[tokio::test]
async fn nobody_is_left_behind_when_a_department_is_split_or_abolished() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let mut parts = Split {
            names: vec!["人事課".into(), "研修課".into(), String::new()],
            people: [(world.tachibana, 0), (world.hirano, 1)].into(),
            ..Split::default()
        };
        let refused = split(&place.db, &shiina, world.jinji, parts.clone(), TODAY, NOW).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "西川 has no place yet");
        parts.people.insert(world.nishikawa, 1);
        let new = split(&place.db, &shiina, world.jinji, parts, TODAY, NOW).await.unwrap();
        assert!(actor(&place.db, world.hirano).await.belongs_to(new[1]));
        assert!(actor(&place.db, world.tachibana).await.heads(new[0]));
        assert!(!actor(&place.db, world.tachibana).await.heads(new[1]));

        let refused = abolish(&place.db, &shiina, world.kaikei, None, TODAY, NOW).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))));
        abolish(&place.db, &shiina, world.kaikei, Some(new[0]), TODAY, NOW).await.unwrap();
        assert!(actor(&place.db, world.kubota).await.belongs_to(new[0]));
        let open = post::Entity::find()
            .filter(post::Column::DepartmentId.is_in([world.kaikei, world.jinji]))
            .filter(post::Column::ValidTo.is_null());
        assert_eq!(open.count(place.db.read()).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn an_act_in_the_future_changes_nothing_today() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let april = date!(2027 - 04 - 01);
        let parent = Some(names_id(&place, "市民部").await);
        relocate(&place.db, &shiina, world.joho, parent, april, NOW).await.unwrap();
        assert_eq!(names(&place, &world, TODAY).await[2], "　情報政策課 1");
        let later = names(&place, &world, april).await;
        assert!(later.iter().position(|line| line.contains("情報政策課")) > Some(2), "{later:?}");
        assert!(actor(&place.db, world.shiina).await.belongs_to(world.joho));
        let then = store::access::actor(place.db.read(), world.shiina, april).await.unwrap();
        assert!(then.posts[0].before == [world.joho] && then.belongs_to(world.joho));
    }
}

async fn names_id(place: &Place, name: &str) -> Uuid {
    let found =
        department::Entity::find().filter(department::Column::Name.eq(name)).one(place.db.read()).await;
    found.unwrap().unwrap().id
}

#[tokio::test]
async fn only_those_who_handle_the_roster_reorganise() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let head = actor(&place.db, world.tachibana).await;
        let new =
            Addition { name: "新課".into(), kind: None, code: String::new(), parent: None, on: TODAY };
        let db = &place.db;
        assert!(matches!(add(db, &head, new.clone(), NOW).await, Err(StoreError::Forbidden)));
        assert!(matches!(rename(db, &head, world.jinji, "甲", TODAY, NOW).await, Err(StoreError::Forbidden)));
        assert!(matches!(
            abolish(db, &head, world.jinji, None, TODAY, NOW).await,
            Err(StoreError::Forbidden)
        ));
        assert!(matches!(tree(db, &head, TODAY).await, Err(StoreError::Forbidden)));
        let shiina = actor(db, world.shiina).await;
        let id = add(db, &shiina, new, NOW).await.unwrap();
        assert_eq!(show(db, &shiina, id, TODAY).await.unwrap().name, "新課");
        let unknown = rename(db, &shiina, Uuid::now_v7(), "甲", TODAY, NOW).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
    }
}
