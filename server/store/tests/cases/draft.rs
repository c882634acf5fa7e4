//! An inspection as a draft: kept, changed, tried out with a few people, started or thrown away.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common::{NOW, TODAY, World, actor, places};
use domain::answer::{Value, Written};
use domain::inspection::{About, Start, Visibility};
use domain::rate::Scoring;
use domain::role::Role;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::audit::NewAudit;
use store::entity::{answer, closing, event, notice_rule, outbox, target};
use store::inspection::draft::{discard, draft, drafts, keep, start_draft};
use store::inspection::rehearsal::{NewRehearsal, draft_of, rehearse};
use store::inspection::{board, choices, newest, start};
use store::response::{Draft, Source, save_all, submit};
use store::results::{Filter, results};
use store::{Db, StoreError};
use time::Duration;
use uuid::Uuid;

fn planned(world: &World) -> Start {
    Start {
        levels: Vec::new(),
        fiscal_year: 2026,
        name: "令和8年度情報セキュリティ自己点検（冬）".into(),
        base_on: TODAY + Duration::days(7),
        opens_on: TODAY + Duration::days(10),
        due_on: TODAY + Duration::days(40),
        visibility: Visibility::Named,
        contact: "情報政策課（内線2341）".into(),
        editions: vec![(Role::Staff, world.staff_edition), (Role::Manager, world.manager_edition)],
        about: About {
            programme: "令和8年度実施計画".into(),
            covers: "令和8年4月から9月まで".into(),
            scoring: Scoring { partial: 25, threshold: 80 },
        },
    }
}

fn tried(draft: Uuid, staff_nos: &str) -> NewRehearsal {
    NewRehearsal { draft, staff_nos: staff_nos.into(), due_on: TODAY + Duration::days(7) }
}

async fn staff_no(db: &Db, person: Uuid) -> String {
    store::entity::person::Entity::find_by_id(person).one(db.read()).await.unwrap().unwrap().staff_no
}

/// Both questions of the staff's sheet answered and handed in.
async fn hand_in(db: &Db, world: &World, person: Uuid, target: Uuid, values: [Value; 2]) {
    let who = actor(db, person).await;
    let answered = |(item, value): (&Uuid, Value)| Draft {
        item: *item,
        written: Written::choice(value.key()),
        evidence: String::new(),
        comment: "設問の「端末」に、スマートフォンを含むか分かりにくい。".into(),
        planned_on: None,
        seen_version: None,
        source: Source::Web,
    };
    let drafts = world.items[..2].iter().zip(values).map(answered).collect();
    save_all(db, &who, target, drafts, NOW).await.unwrap();
    submit(db, &who, target, NOW).await.unwrap();
}

async fn targets(db: &Db, inspection: Uuid) -> Vec<target::Model> {
    let rows = target::Entity::find().filter(target::Column::InspectionId.eq(inspection));
    rows.all(db.read()).await.unwrap()
}

async fn recorded(db: &Db, kind: &str) -> u64 {
    event::Entity::find().filter(event::Column::Kind.eq(kind)).count(db.read()).await.unwrap()
}

#[tokio::test]
async fn a_draft_is_kept_changed_and_started_once() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        let shiina = actor(db, world.shiina).await;
        let id = keep(db, &shiina, None, planned(&world), NOW).await.unwrap();
        let changed = Start { contact: "総務課".into(), ..planned(&world) };
        assert_eq!(keep(db, &shiina, Some(id), changed.clone(), NOW).await.unwrap(), id);
        assert_eq!(draft(db, &shiina, id).await.unwrap().start, changed);
        assert_eq!(drafts(db, &shiina).await.unwrap().len(), 1);
        assert_eq!(newest(db, &shiina).await.unwrap(), Some(world.inspection), "a draft is no inspection");

        let wrong = Start { due_on: TODAY, ..changed.clone() };
        let refused = start_draft(db, &shiina, id, wrong, NOW).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))));
        let begun = start_draft(db, &shiina, id, changed.clone(), NOW).await.unwrap();
        let shown = draft(db, &shiina, id).await.unwrap();
        assert_eq!(shown.inspection, Some(begun));
        assert!(drafts(db, &shiina).await.unwrap().is_empty());
        for again in [
            start_draft(db, &shiina, id, changed.clone(), NOW).await.map(|_| ()),
            keep(db, &shiina, Some(id), changed.clone(), NOW).await.map(|_| ()),
            discard(db, &shiina, id, NOW).await,
            rehearse(db, &shiina, tried(id, "000101"), NOW).await.map(|_| ()),
        ] {
            assert!(matches!(again, Err(StoreError::Refused(_))), "{again:?}");
        }
        assert_eq!((recorded(db, "draft.saved").await, recorded(db, "inspection.started").await), (2, 1));
        let frozen = results(db, &shiina, begun, Filter::default()).await.unwrap();
        assert_eq!(frozen.heading.about, changed.about);
        let before = results(db, &shiina, world.inspection, Filter::default()).await.unwrap();
        assert_eq!(before.scoring(), Scoring::default(), "an inspection from before is scored as usual");
    }
}

#[tokio::test]
async fn a_discarded_draft_is_gone_for_good_and_others_may_not_touch_any() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        let shiina = actor(db, world.shiina).await;
        let id = keep(db, &shiina, None, planned(&world), NOW).await.unwrap();
        let head = actor(db, world.tachibana).await;
        for refused in [
            keep(db, &head, None, planned(&world), NOW).await.map(|_| ()),
            discard(db, &head, id, NOW).await,
            start_draft(db, &head, id, planned(&world), NOW).await.map(|_| ()),
            rehearse(db, &head, tried(id, "1"), NOW).await.map(|_| ()),
            draft(db, &head, id).await.map(|_| ()),
        ] {
            assert!(matches!(refused, Err(StoreError::Forbidden)), "{refused:?}");
        }
        let number = staff_no(db, world.hirano).await;
        let rehearsal = rehearse(db, &shiina, tried(id, &number), NOW).await.unwrap();
        discard(db, &shiina, id, NOW).await.unwrap();
        let refused = start_draft(db, &shiina, id, planned(&world), NOW).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))));
        let closed = closing::Entity::find().filter(closing::Column::InspectionId.eq(rehearsal));
        assert_eq!(closed.count(db.read()).await.unwrap(), 1, "its rehearsal ends with it");
        assert_eq!(recorded(db, "draft.discarded").await, 1);
        let unknown = draft(db, &shiina, Uuid::now_v7()).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
    }
}

#[tokio::test]
async fn pilots_answer_for_real_and_nothing_of_it_counts() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        let shiina = actor(db, world.shiina).await;
        let id = keep(db, &shiina, None, planned(&world), NOW).await.unwrap();
        let unknown = rehearse(db, &shiina, tried(id, "999999"), NOW).await;
        assert!(matches!(unknown, Err(StoreError::Refused(refusal)) if refusal.text.contains("999999")));
        let numbers =
            format!("{}\n{}", staff_no(db, world.hirano).await, staff_no(db, world.tachibana).await);
        let rehearsal = rehearse(db, &shiina, tried(id, &numbers), NOW).await.unwrap();
        let second = rehearse(db, &shiina, tried(id, &numbers), NOW).await;
        assert!(matches!(second, Err(StoreError::Refused(_))), "one at a time");
        let owed = targets(db, rehearsal).await;
        let people: std::collections::BTreeSet<Uuid> = owed.iter().map(|target| target.person_id).collect();
        assert_eq!(people, [world.hirano, world.tachibana].into());
        let told =
            outbox::Entity::find().filter(outbox::Column::Kind.eq("rehearsal")).all(db.read()).await.unwrap();
        assert_eq!(told.len(), 2);
        assert!(told.iter().all(|message| message.subject.starts_with("【試行】")));
        let rules = notice_rule::Entity::find().filter(notice_rule::Column::InspectionId.eq(rehearsal));
        assert_eq!(rules.count(db.read()).await.unwrap(), 0, "no notice goes out by itself");

        // 平野 answers and hands in; 立花 does not.
        let sheet = owed.iter().find(|one| one.person_id == world.hirano && one.role == "staff").unwrap();
        hand_in(db, &world, world.hirano, sheet.id, [Value::Done, Value::Done]).await;
        let shown = draft(db, &shiina, id).await.unwrap();
        assert_eq!((shown.rehearsals[0].sheets, shown.rehearsals[0].submitted), (owed.len(), 1));
        assert_eq!(draft_of(db, &shiina, rehearsal).await.unwrap(), Some(id));
        assert_eq!(draft_of(db, &shiina, world.inspection).await.unwrap(), None);
        assert_eq!(board(db, &shiina, rehearsal, NOW).await.unwrap().coverage.submitted, 1);

        // It is neither the newest inspection, nor one to compare with, nor has results; nobody audits it.
        assert_eq!(newest(db, &shiina).await.unwrap(), Some(world.inspection));
        assert_eq!(store::results::newest(db, &shiina).await.unwrap(), Some(world.inspection));
        let none = results(db, &shiina, rehearsal, Filter::default()).await;
        assert!(matches!(none, Err(StoreError::NotFound)));
        let offered = choices(db, &shiina, TODAY).await.unwrap();
        assert!(offered.earlier.iter().all(|name| !name.contains("試行")));
        let kubota = actor(db, world.kubota).await;
        let audit = NewAudit {
            inspection: rehearsal,
            department: world.jinji,
            auditor: world.kubota,
            purpose: "確認".into(),
            held_on: TODAY,
            reason: String::new(),
        };
        let refused = store::audit::open(db, &kubota, audit, NOW).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
        let tachibana = actor(db, world.tachibana).await;
        let duties = store::landing::landing(db, &tachibana, NOW).await.unwrap();
        assert!(duties.sheets.iter().any(|sheet| sheet.inspection_name.starts_with("【試行】")));
        assert!(duties.departments.iter().all(|duty| duty.inspection != rehearsal));

        // The start ends it; the new sheets are empty, and what is begun later is compared with what counted.
        let begun = start_draft(db, &shiina, id, planned(&world), NOW).await.unwrap();
        let other = owed.iter().find(|one| one.person_id == world.tachibana).unwrap();
        let tachibana = actor(db, world.tachibana).await;
        let late = submit(db, &tachibana, other.id, NOW).await;
        assert!(matches!(late, Err(StoreError::Refused(_))), "nothing is handed in after the end");
        let new: Vec<Uuid> = targets(db, begun).await.into_iter().map(|target| target.id).collect();
        let carried = answer::Entity::find().filter(answer::Column::TargetId.is_in(new));
        assert_eq!(carried.count(db.read()).await.unwrap(), 0);
        let shown = results(db, &shiina, begun, Filter::default()).await.unwrap();
        assert_eq!(shown.heading.previous.as_deref(), Some("令和8年度情報セキュリティ自己点検"));
        assert_eq!(shown.city.coverage.submitted, 0);
    }
}

#[tokio::test]
async fn the_frozen_rule_makes_the_figures_of_its_inspection() {
    for place in places().await {
        let (db, world) = (&place.db, World::build(&place.db).await);
        let shiina = actor(db, world.shiina).await;
        let scores = |scoring: Scoring, name: &str| Start {
            name: name.into(),
            base_on: TODAY,
            opens_on: TODAY,
            about: About { scoring, ..About::default() },
            ..planned(&world)
        };
        let mut found = Vec::new();
        for (scoring, name) in
            [(Scoring::default(), "普通の点検"), (Scoring { partial: 0, threshold: 40 }, "厳しい点検")]
        {
            let id = start(db, &shiina, scores(scoring, name), NOW).await.unwrap();
            let sheet = targets(db, id).await.into_iter().find(|one| one.person_id == world.hirano).unwrap();
            hand_in(db, &world, world.hirano, sheet.id, [Value::Done, Value::Partial]).await;
            let shown = results(db, &shiina, id, Filter::default()).await.unwrap();
            let score = shown.city.all.tally.score_rate(shown.scoring());
            found.push((domain::rate::percent(score), domain::rate::percent(shown.weighted_score())));
            assert_eq!(domain::rate::percent(shown.city.all.rate()), "50.0", "実施率 knows no weight");
        }
        assert_eq!(found[0].0, "75.0");
        assert_eq!(found[1], ("50.0".to_string(), "50.0".to_string()));
    }
}
