//! A roster is compared with the city and taken over once.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common::{NOW, Place, Statements, TODAY, World, actor, places};
use domain::post::{AbsenceReason, Kind as PostKind};
use domain::roster::choice::Choice;
use domain::roster::difference::Kind;
use domain::roster::layout::{Field, Layout, Seen, letter};
use domain::roster::{Roster, RosterProblem, RosterRow};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::StoreError;
use store::entity::{absence, department, event, information_system, person, post};
use store::roster::{
    Application, Command, Upload, apply, by_command, columns, import, organisation, preview, remembered,
    take_columns,
};
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
        absence: None,
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

fn on() -> Application {
    Application { since: TODAY, choice: Choice::all() }
}

fn upload(name: &str, roster: Roster) -> Upload {
    Upload { file_name: name.into(), roster, ..Upload::default() }
}

async fn read(place: &Place, world: &World) -> Uuid {
    let shiina = actor(&place.db, world.shiina).await;
    import(&place.db, &shiina, upload("名簿.xlsx", file()), NOW).await.unwrap()
}

#[tokio::test]
async fn the_preview_tells_what_would_happen_and_changes_nothing() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let id = read(&place, &world).await;
        let preview = preview(&place.db, &shiina, id, true, TODAY).await.unwrap();
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
        let applied = apply(&place.db, &shiina, id, on(), NOW).await.unwrap();
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

        let again = apply(&place.db, &shiina, id, on(), NOW).await;
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
        apply(&place.db, &shiina, read(&place, &world).await, on(), NOW).await.unwrap();
        let before = (
            department::Entity::find().all(place.db.read()).await.unwrap(),
            person::Entity::find().all(place.db.read()).await.unwrap(),
            post::Entity::find().all(place.db.read()).await.unwrap(),
        );
        let id = read(&place, &world).await;
        let applied = apply(&place.db, &shiina, id, on(), NOW + Duration::DAY).await.unwrap();
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
        let ending = {
            let mut ending = on();
            ending.choice.kinds.insert(Kind::Missing);
            ending
        };
        let mut faulty = file();
        faulty.problems.push(RosterProblem::rejected(9, "だめ"));
        let id = import(&place.db, &shiina, upload("名簿.xlsx", faulty), NOW).await.unwrap();
        assert!(matches!(
            apply(&place.db, &shiina, id, ending.clone(), NOW).await,
            Err(StoreError::Refused(_))
        ));
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
            assert!(matches!(import(db, &other, upload("x", file()), NOW).await, Err(StoreError::Forbidden)));
            assert!(matches!(preview(db, &other, id, true, TODAY).await, Err(StoreError::Forbidden)));
            assert!(matches!(apply(db, &other, id, on(), NOW).await, Err(StoreError::Forbidden)));
            assert!(matches!(organisation(db, &other, TODAY).await, Err(StoreError::Forbidden)));
        }
        let shiina = actor(&place.db, world.shiina).await;
        let unknown = apply(&place.db, &shiina, Uuid::now_v7(), on(), NOW).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
        let empty = import(&place.db, &shiina, upload("x", Roster::default()), NOW).await;
        assert!(matches!(empty, Err(StoreError::Refused(_))));
        let figures = organisation(&place.db, &shiina, TODAY).await.unwrap();
        assert_eq!((figures.divisions, figures.departments, figures.people, figures.heads), (3, 4, 7, 2));
        assert_eq!(figures.headless, ["情報政策課", "会計課"]);
    }
}

fn coded(code: &str, row: RosterRow) -> RosterRow {
    RosterRow { department_code: Some(code.into()), ..row }
}

#[tokio::test]
async fn a_renamed_department_keeps_its_people_systems_and_things() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        // 人事課 has the code 000002 in this city; the file calls it 職員課 and names one of its three people.
        let rows = vec![coded("000002", row("総務部", "職員課", "000103", "西川 拓也", "主事"))];
        let roster = Roster { rows, problems: vec![] };
        let id = import(&place.db, &shiina, upload("a.xlsx", roster.clone()), NOW).await.unwrap();
        let before = preview(&place.db, &shiina, id, true, TODAY).await.unwrap();
        assert_eq!(before.difference.renamed[0].after, "総務部　職員課");
        assert_eq!((before.difference.new_departments.len(), before.difference.same), (0, 1));
        let applied = apply(&place.db, &shiina, id, on(), NOW).await.unwrap();
        assert_eq!((applied.renamed, applied.departments, applied.moved), (1, 0, 0));
        let head = actor(&place.db, world.tachibana).await;
        assert!(head.posts.iter().all(|post| post.department == "職員課"), "{head:?}");
        assert!(head.heads(world.jinji), "what belonged to the old department belongs to its head now");
        let id = import(&place.db, &shiina, upload("a.xlsx", roster), NOW).await.unwrap();
        let again = apply(&place.db, &shiina, id, on(), NOW).await.unwrap();
        assert_eq!((again.renamed, again.same), (0, 1));
    }
}

#[tokio::test]
async fn posts_for_another_absences_and_systems_come_with_the_file_and_only_once() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let acting = RosterRow {
            head: true,
            ..row("総務部", "情報政策課", "000101", "立花 由美子", "課長事務取扱")
        };
        let away = RosterRow {
            absence: Some(AbsenceReason::Childcare),
            ..row("総務部", "人事課", "000102", "平野 智子", "主事")
        };
        let system = RosterRow {
            system: Some("庶務事務".into()),
            ..row("総務部", "人事課", "000101", "立花 由美子", "課長")
        };
        let roster = Roster { rows: vec![system, acting, away], problems: vec![] };
        for first in [true, false] {
            let id = import(&place.db, &shiina, upload("a.xlsx", roster.clone()), NOW).await.unwrap();
            let applied = apply(&place.db, &shiina, id, on(), NOW).await.unwrap();
            let expected = if first { (1, 1, 0) } else { (0, 0, 2) };
            assert_eq!((applied.concurrent, applied.away, applied.same), expected, "{applied:?}");
        }
        let head = actor(&place.db, world.tachibana).await;
        let post = head.head_post(world.joho).expect("an acting head is a head");
        assert_eq!(post.kind, PostKind::Acting);
        assert_eq!(head.head_post(world.jinji).unwrap().kind, PostKind::Main);
        let systems = information_system::Entity::find().all(place.db.read()).await.unwrap();
        assert_eq!((systems.len(), systems[0].department_id), (1, world.jinji));
        assert_eq!(absence::Entity::find().count(place.db.read()).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn only_the_kinds_and_people_that_were_chosen_change() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let mut application = on();
        application.choice.kinds.remove(&Kind::Hired);
        application.choice.left_out.insert("000302".into());
        let applied = apply(&place.db, &shiina, read(&place, &world).await, application, NOW).await.unwrap();
        assert_eq!((applied.hired, applied.moved, applied.changed, applied.declined), (0, 1, 0, 2));
        assert!(actor(&place.db, world.hirano).await.belongs_to(world.shimin));
        assert!(!actor(&place.db, world.takanashi).await.heads(world.shimin), "left out by number");
        assert_eq!(person::Entity::find().count(place.db.read()).await.unwrap(), 7, "nobody was hired");
        let school = department::Entity::find().filter(department::Column::Name.eq("学校教育課"));
        assert_eq!(school.count(place.db.read()).await.unwrap(), 0, "nor a department made for them");
    }
}

fn nightly(dry_run: bool, max_changes: usize) -> Command {
    let file_name = "nightly.csv".to_string();
    Command { file_name, since: TODAY, keep_missing: false, max_changes, dry_run }
}

#[tokio::test]
async fn the_nightly_file_is_taken_over_by_command_and_never_when_too_many_would_go() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let refused = by_command(&place.db, file(), nightly(false, 3), NOW).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "four people are missing: {refused:?}");
        let dry = by_command(&place.db, file(), nightly(true, 4), NOW).await.unwrap();
        assert_eq!((dry.difference.count(Kind::Hired), dry.applied.ended, dry.changed), (1, 4, false));
        assert!(actor(&place.db, world.tachibana).await.heads(world.jinji), "a dry run changes nothing");
        assert_eq!(events(&place, "roster.applied").await, 0);
        let done = by_command(&place.db, file(), nightly(false, 4), NOW).await.unwrap();
        assert!(done.changed && actor(&place.db, world.tachibana).await.posts.is_empty());
        let event = event::Entity::find().filter(event::Column::Kind.eq("roster.applied"));
        assert_eq!(event.one(place.db.read()).await.unwrap().unwrap().actor_name, "コマンド操作");
        let again = by_command(&place.db, file(), nightly(false, 0), NOW + Duration::DAY).await.unwrap();
        assert!(!again.changed && again.difference.changes.is_empty(), "{again:?}");
        assert_eq!(events(&place, "roster.applied").await, 1, "a file that changes nothing leaves no trace");
    }
}

#[tokio::test]
async fn columns_that_were_put_right_are_remembered_for_the_same_headings() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let seen = |index: usize, heading: &str, field| Seen {
            index,
            letter: letter(index),
            heading: heading.into(),
            samples: vec![],
            field,
        };
        let unknown = Layout {
            columns: vec![seen(0, "番", None), seen(1, "名", None)],
            missing: vec!["職員番号".into()],
            ..Layout::default()
        };
        let kept = Upload {
            file_name: "a.csv".into(),
            layout: unknown.clone(),
            content: Some(b"x".to_vec()),
            ..Upload::default()
        };
        let id = import(&place.db, &shiina, kept, NOW).await.expect("its columns can be put right");
        assert_eq!(columns(&place.db, &shiina, id).await.unwrap().layout, unknown);
        assert!(remembered(&place.db, &unknown.headings()).await.unwrap().is_none());
        let refused = apply(&place.db, &shiina, id, on(), NOW).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "there is nothing to take over yet");
        let told = Layout {
            columns: vec![seen(0, "番", Some(Field::StaffNo)), seen(1, "名", Some(Field::Name))],
            ..Layout::default()
        };
        take_columns(&place.db, &shiina, id, file(), told.clone(), NOW).await.unwrap();
        assert_eq!(remembered(&place.db, &unknown.headings()).await.unwrap(), Some(told.mapping()));
        apply(&place.db, &shiina, id, on(), NOW).await.unwrap();
        let late = take_columns(&place.db, &shiina, id, file(), told, NOW).await;
        assert!(matches!(late, Err(StoreError::Refused(_))), "it was taken over: {late:?}");
        let head = actor(&place.db, world.tachibana).await;
        assert!(matches!(columns(&place.db, &head, id).await, Err(StoreError::Forbidden)));
    }
}

#[tokio::test]
async fn ten_thousand_rows_with_one_bad_one_take_seconds() {
    for mut place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let rows: Vec<RosterRow> = (0..10_000)
            .map(|at| row("大部", &format!("第{}課", at / 50), &format!("5{at:05}"), "森 一", "主事"))
            .collect();
        let bad = RosterProblem::rejected(4711, "4711行目：氏名がないため取り込みません。");
        let roster = Roster { rows, problems: vec![bad] };
        let statements = Statements::of(place.db.write_mut());
        let begun = std::time::Instant::now();
        let id = import(&place.db, &shiina, upload("big.xlsx", roster.clone()), NOW).await.unwrap();
        let applied = apply(&place.db, &shiina, id, on(), NOW).await.unwrap();
        assert_eq!((applied.hired, applied.departments), (10_000, 200));
        let (took, count) = (begun.elapsed(), statements.taken());
        println!("10,000 rows: {took:?}, {count} statements");
        assert!(took < std::time::Duration::from_secs(60), "{took:?}");
        assert!(count < 400, "200 departments one by one, everything else in portions: {count}");
        assert_eq!(events(&place, "person.hired").await, 10_000);
        let again = import(&place.db, &shiina, upload("big.xlsx", roster), NOW).await.unwrap();
        apply(&place.db, &shiina, again, on(), NOW).await.unwrap();
        assert_eq!(events(&place, "person.hired").await, 10_000, "the same file is no event of a person");
        assert_eq!(events(&place, "person.changed").await, 0);
        println!("again: {:?}, {} statements", begun.elapsed() - took, statements.taken());
    }
}
