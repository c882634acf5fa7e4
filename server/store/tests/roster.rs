//! A roster is compared with the city and taken over once.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use common::{NOW, Place, TODAY, World, actor, places};
use domain::roster::difference::Kind;
use domain::roster::{Roster, RosterProblem, RosterRow};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::StoreError;
use store::entity::{department, event, person, post};
use store::roster::{Application, apply, import, organisation, preview};
use time::Duration;
use uuid::Uuid;

fn row(division: &str, department: &str, staff_no: &str, name: &str, title: &str) -> RosterRow {
    RosterRow {
        row: 2,
        division: division.into(),
        department: department.into(),
        department_code: None,
        staff_no: staff_no.into(),
        name: name.into(),
        kana: None,
        title: title.into(),
        employment: None,
        email: None,
        head: title.ends_with('長'),
        system: None,
        concurrent: false,
    }
}

/// 平野 moves, 西川 stays, 髙梨 becomes 課長, 新田 is new in a new department; all others are missing.
fn file() -> Roster {
    let rows = vec![
        row("総務部", "人事課", "000103", "西川 拓也", "主事"),
        row("市民部", "市民課", "000102", "平野 智子", "主事"),
        row("市民部", "市民課", "000302", "髙梨 直美", "課長"),
        row("教育部", "学校教育課", "000901", "新田 𠮷子", "課長"),
    ];
    Roster { rows, problems: vec![RosterProblem::remark(0, "注意")] }
}

const ON: Application = Application { since: TODAY, end_missing: false };

async fn read(place: &Place, world: &World) -> Uuid {
    let shiina = actor(&place.db, world.shiina).await;
    import(&place.db, &shiina, "名簿.xlsx", file(), NOW).await.unwrap()
}

#[tokio::test]
async fn the_preview_tells_what_would_happen_and_changes_nothing() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let id = read(&place, &world).await;
        let preview = preview(&place.db, &shiina, id, TODAY).await.unwrap();
        let count = |kind| preview.difference.count(kind);
        assert_eq!((count(Kind::Hired), count(Kind::Moved), count(Kind::Changed)), (1, 1, 1));
        assert_eq!((preview.difference.same, count(Kind::Missing)), (1, 4));
        assert_eq!(preview.difference.new_departments, ["教育部　学校教育課"]);
        assert!(preview.applied.is_none());
        assert_eq!(preview.since, time::macros::date!(2026 - 04 - 01), "the first roster holds from April");
        assert_eq!(person::Entity::find().count(place.db.read()).await.unwrap(), 7);
    }
}

#[tokio::test]
async fn applying_makes_departments_people_and_posts_once() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let id = read(&place, &world).await;
        let applied = apply(&place.db, &shiina, id, ON, NOW).await.unwrap();
        assert_eq!((applied.hired, applied.moved, applied.changed, applied.same), (1, 1, 1, 1));
        assert_eq!((applied.ended, applied.left, applied.departments), (0, 4, 1));
        let hirano = actor(&place.db, world.hirano).await;
        assert!(hirano.belongs_to(world.shimin) && !hirano.belongs_to(world.jinji));
        assert!(actor(&place.db, world.takanashi).await.heads(world.shimin));
        assert!(actor(&place.db, world.tachibana).await.heads(world.jinji), "missing people are left alone");
        let new = person::Entity::find()
            .filter(person::Column::StaffNo.eq("000901"))
            .one(place.db.read())
            .await
            .unwrap()
            .expect("新田 was hired");
        assert_eq!(new.name, "新田 𠮷子");
        let head = actor(&place.db, new.id).await;
        assert_eq!(head.posts.len(), 2, "staff and head");
        let school = department::Entity::find_by_id(head.posts[0].department_id);
        let school = school.one(place.db.read()).await.unwrap().unwrap();
        assert!(school.parent_id.is_some());

        let again = apply(&place.db, &shiina, id, ON, NOW).await;
        assert!(matches!(again, Err(StoreError::Refused(_))), "{again:?}");
        assert_eq!(events(&place, "roster.applied").await, 1);
        assert_eq!(events(&place, "roster.imported").await, 1);
    }
}

async fn events(place: &Place, kind: &str) -> u64 {
    event::Entity::find().filter(event::Column::Kind.eq(kind)).count(place.db.read()).await.unwrap()
}

#[tokio::test]
async fn the_same_file_again_changes_nothing() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        apply(&place.db, &shiina, read(&place, &world).await, ON, NOW).await.unwrap();
        let before = (
            department::Entity::find().all(place.db.read()).await.unwrap(),
            person::Entity::find().all(place.db.read()).await.unwrap(),
            post::Entity::find().all(place.db.read()).await.unwrap(),
        );
        let id = read(&place, &world).await;
        let applied = apply(&place.db, &shiina, id, ON, NOW + Duration::DAY).await.unwrap();
        assert_eq!((applied.hired, applied.moved, applied.changed, applied.same), (0, 0, 0, 4));
        let after = (
            department::Entity::find().all(place.db.read()).await.unwrap(),
            person::Entity::find().all(place.db.read()).await.unwrap(),
            post::Entity::find().all(place.db.read()).await.unwrap(),
        );
        assert_eq!(before, after);
    }
}

#[tokio::test]
async fn the_missing_end_only_when_asked_and_never_while_rows_are_left_out() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let ending = Application { end_missing: true, ..ON };
        let mut faulty = file();
        faulty.problems.push(RosterProblem::rejected(9, "だめ"));
        let id = import(&place.db, &shiina, "名簿.xlsx", faulty, NOW).await.unwrap();
        assert!(matches!(apply(&place.db, &shiina, id, ending, NOW).await, Err(StoreError::Refused(_))));
        assert_eq!(events(&place, "roster.applied").await, 0, "nothing half done");

        let applied = apply(&place.db, &shiina, read(&place, &world).await, ending, NOW).await.unwrap();
        assert_eq!((applied.ended, applied.left), (4, 0));
        assert!(actor(&place.db, world.tachibana).await.posts.is_empty());
    }
}

#[tokio::test]
async fn only_the_secretariat_handles_rosters() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let id = read(&place, &world).await;
        for person in [world.hirano, world.tachibana, world.kubota] {
            let other = actor(&place.db, person).await;
            let db = &place.db;
            assert!(matches!(import(db, &other, "x", file(), NOW).await, Err(StoreError::Forbidden)));
            assert!(matches!(preview(db, &other, id, TODAY).await, Err(StoreError::Forbidden)));
            assert!(matches!(apply(db, &other, id, ON, NOW).await, Err(StoreError::Forbidden)));
            assert!(matches!(organisation(db, &other, TODAY).await, Err(StoreError::Forbidden)));
        }
        let shiina = actor(&place.db, world.shiina).await;
        let unknown = apply(&place.db, &shiina, Uuid::now_v7(), ON, NOW).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
        let empty = import(&place.db, &shiina, "x", Roster::default(), NOW).await;
        assert!(matches!(empty, Err(StoreError::Refused(_))));
        let figures = organisation(&place.db, &shiina, TODAY).await.unwrap();
        assert_eq!((figures.divisions, figures.departments, figures.people, figures.heads), (3, 4, 7, 2));
        assert_eq!(figures.headless, ["情報政策課", "会計課"]);
    }
}
