//! Results: figures from counts, within reach, and the answers behind them.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common::{NOW, Statements, World, actor, places};
use crate::results_common::{answered, asks_the_same, crowd, grant, owed, previous_year, totals_only};
use domain::answer::Value::{self, Done, NotApplicable, NotDone, Partial};
use domain::rate::percent;
use domain::topic::Topic;
use sea_orm::EntityTrait;
use store::StoreError;
use store::results::answers::export::begin;
use store::results::answers::{AnswerRow, Behind};
use store::results::{Filter, answers, results};
use uuid::Uuid;

/// 12 実施, 2 一部実施, 1 未実施, 3 該当なし.
fn vector() -> Vec<Value> {
    [(Done, 12), (Partial, 2), (NotDone, 1), (NotApplicable, 3)]
        .into_iter()
        .flat_map(|(value, times)| vec![value; times])
        .collect()
}

#[tokio::test]
async fn the_worked_vector_of_the_field_comes_out_of_real_rows() {
    for place in places().await {
        let world = World::build(&place.db).await;
        // 市民課 holds one target already (髙梨); 19 more make 20, of whom 18 answer.
        let targets = crowd(&place.db, &world, world.shimin, 19).await;
        for (target, value) in targets.iter().zip(vector()) {
            answered(&place.db, &world, world.shimin, *target, &[value, NotApplicable]).await;
        }
        let shiina = actor(&place.db, world.shiina).await;
        let shown = results(&place.db, &shiina, world.inspection, Filter { department: Some(world.shimin) })
            .await
            .unwrap();
        let line = shown.chosen.as_ref().unwrap();
        assert_eq!((line.coverage.targets, line.coverage.submitted), (20, 18));
        assert_eq!(percent(line.coverage.rate()), "90.0");
        let first = &shown.questions[0];
        assert_eq!(percent(first.tally.done_rate()), "80.0");
        assert_eq!(percent(first.tally.score_rate(shown.scoring())), "86.7");
        assert_eq!(percent(first.tally.na_rate()), "16.7");
        assert_eq!(first.unanswered(), 2);
        assert_eq!(percent(shown.questions[1].tally.done_rate()), "―", "all 該当なし is no rate, never 0");
        // The first question is of chapter 5, the second of chapter 6.
        assert_eq!(percent(line.topics[4].rate()), "80.0");
        assert_eq!(percent(line.topics[5].rate()), "―");
        assert_eq!(shown.worst().len(), 1);
    }
}

#[tokio::test]
async fn divisions_are_sums_of_their_departments_and_the_city_of_all() {
    for place in places().await {
        let world = World::build(&place.db).await;
        answered(&place.db, &world, world.jinji, world.hirano_target, &[Done, Done]).await;
        answered(&place.db, &world, world.jinji, world.nishikawa_target, &[NotDone, Done]).await;
        answered(&place.db, &world, world.shimin, world.takanashi_target, &[Done, NotDone]).await;
        let shiina = actor(&place.db, world.shiina).await;
        let shown = results(&place.db, &shiina, world.inspection, Filter::default()).await.unwrap();
        let names: Vec<&str> = shown.divisions.iter().map(|line| line.name.as_str()).collect();
        assert_eq!(names, ["総務部", "市民部", "会計課"]);
        assert_eq!(percent(shown.divisions[0].all.rate()), "75.0");
        assert_eq!(percent(shown.city.all.rate()), "66.7");
        assert_eq!(percent(shown.city.coverage.rate()), "75.0");
        assert_eq!(shown.departments.len(), 4);
        assert_eq!(percent(shown.departments[3].coverage.rate()), "―", "nobody of 会計課 owes a sheet");
        assert!(matches!(
            results(&place.db, &shiina, Uuid::now_v7(), Filter::default()).await,
            Err(StoreError::NotFound)
        ));
    }
}

#[tokio::test]
async fn only_questions_that_ask_the_same_are_compared_with_the_year_before() {
    for place in places().await {
        let world = World::build(&place.db).await;
        // Last year 人事課 answered the first question with 50 %, the second with 0 %.
        previous_year(&place.db, &world, world.jinji, [(1, 1), (0, 2)]).await;
        answered(&place.db, &world, world.jinji, world.hirano_target, &[Done, Done]).await;
        answered(&place.db, &world, world.jinji, world.nishikawa_target, &[Done, Done]).await;
        let shiina = actor(&place.db, world.shiina).await;
        let show = || results(&place.db, &shiina, world.inspection, Filter { department: Some(world.jinji) });
        let shown = show().await.unwrap();
        assert_eq!(shown.heading.previous.as_deref(), Some("令和7年度情報セキュリティ自己点検"));
        assert_eq!(shown.questions[0].change, None, "both questions are new");
        asks_the_same(&place.db, world.items[0]).await;
        let shown = show().await.unwrap();
        assert_eq!(shown.questions[0].change, Some(50.0));
        assert_eq!(shown.questions[1].change, None);
        assert_eq!(shown.chosen.unwrap().change, Some(50.0));
        assert_eq!(shown.city.change, Some(50.0), "the city is compared as a whole");
        let shimin = results(&place.db, &shiina, world.inspection, Filter { department: Some(world.shimin) });
        assert_eq!(shimin.await.unwrap().chosen.unwrap().change, None, "市民課 had no inspection last year");
    }
}

#[tokio::test]
async fn a_head_sees_the_own_department_and_the_city_only() {
    for place in places().await {
        let world = World::build(&place.db).await;
        answered(&place.db, &world, world.jinji, world.hirano_target, &[Done, Done]).await;
        let head = actor(&place.db, world.tachibana).await;
        let shown = results(&place.db, &head, world.inspection, Filter::default()).await.unwrap();
        assert!(shown.limited && shown.divisions.is_empty());
        assert_eq!(shown.departments.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["人事課"]);
        for other in [world.shimin, world.somu, Uuid::now_v7()] {
            let filter = Filter { department: Some(other) };
            let refused = results(&place.db, &head, world.inspection, filter).await;
            assert!(matches!(refused, Err(StoreError::NotFound)), "neither others nor what is above");
        }
        let employee = actor(&place.db, world.hirano).await;
        let refused = results(&place.db, &employee, world.inspection, Filter::default()).await;
        assert!(matches!(refused, Err(StoreError::Forbidden)));
    }
}

#[tokio::test]
async fn where_only_totals_are_shown_few_answers_are_hidden_from_heads() {
    for place in places().await {
        let world = World::build(&place.db).await;
        totals_only(&place.db).await;
        answered(&place.db, &world, world.jinji, world.hirano_target, &[NotDone, Done]).await;
        answered(&place.db, &world, world.jinji, world.nishikawa_target, &[Done, Done]).await;
        let head = actor(&place.db, world.tachibana).await;
        let filter = Filter { department: Some(world.jinji) };
        let shown = results(&place.db, &head, world.inspection, filter).await.unwrap();
        let line = shown.chosen.as_ref().unwrap();
        assert!(line.all.hidden && line.topics[4].hidden);
        assert_eq!(line.all.tally.answered(), 0, "hidden counts do not leave the store");
        assert_eq!(shown.hidden_questions, 2);
        let behind = Behind { department: Some(world.jinji), ..Behind::default() };
        let list = answers(&place.db, &head, world.inspection, behind, NOW).await.unwrap();
        assert!(list.counts.hidden && list.rows.is_empty() && list.withheld.is_some());
        let shiina = actor(&place.db, world.shiina).await;
        let shown = results(&place.db, &shiina, world.inspection, filter).await.unwrap();
        assert_eq!(percent(shown.chosen.unwrap().all.rate()), "75.0", "the 事務局 sees all");
    }
}

#[tokio::test]
async fn the_list_behind_a_figure_has_as_many_answers_as_the_figure_says_and_reading_it_is_recorded() {
    for place in places().await {
        let world = World::build(&place.db).await;
        let targets = crowd(&place.db, &world, world.shimin, 60).await;
        for target in &targets {
            answered(&place.db, &world, world.shimin, *target, &[NotDone, Done]).await;
        }
        let shiina = actor(&place.db, world.shiina).await;
        let behind = Behind {
            department: Some(world.shimin),
            question: Some(world.questions[0]),
            value: Some(NotDone),
            page: 2,
            topic: None,
        };
        let list = answers(&place.db, &shiina, world.inspection, behind, NOW).await.unwrap();
        assert_eq!((list.counts.tally.not_done, list.total, list.rows.len()), (60, 60, 10));
        assert_eq!(list.rows[0].comment, "理由");
        let events = store::entity::event::Entity::find().all(place.db.read()).await.unwrap();
        assert_eq!(events.iter().filter(|event| event.kind == "answers.read").count(), 1);
        let topic = Behind { topic: Topic::from_number(6), ..Behind::default() };
        let list = answers(&place.db, &shiina, world.inspection, topic, NOW).await.unwrap();
        assert_eq!((list.counts.tally.done, list.total), (60, 60));
        let unknown = Behind { question: Some(Uuid::now_v7()), ..Behind::default() };
        let refused = answers(&place.db, &shiina, world.inspection, unknown, NOW).await;
        assert!(matches!(refused, Err(StoreError::NotFound)));
    }
}

#[tokio::test]
async fn individual_answers_are_for_those_who_may_see_them() {
    for place in places().await {
        let world = World::build(&place.db).await;
        answered(&place.db, &world, world.jinji, world.hirano_target, &[Done, Done]).await;
        grant(&place.db, world.nishikawa, "ciso").await;
        let head = actor(&place.db, world.tachibana).await;
        let own = Behind { department: Some(world.jinji), ..Behind::default() };
        let list = answers(&place.db, &head, world.inspection, own, NOW).await.unwrap();
        assert_eq!((list.rows.len(), list.rows[0].person.as_str()), (2, "平野 智子"));
        let city = answers(&place.db, &head, world.inspection, Behind::default(), NOW).await.unwrap();
        assert!(city.rows.is_empty() && city.withheld.is_some() && city.counts.tally.done == 2);
        let other = Behind { department: Some(world.shimin), ..Behind::default() };
        let refused = answers(&place.db, &head, world.inspection, other, NOW).await;
        assert!(matches!(refused, Err(StoreError::NotFound)));
        let ciso = actor(&place.db, world.nishikawa).await;
        let list = answers(&place.db, &ciso, world.inspection, own, NOW).await.unwrap();
        assert!(list.rows.is_empty() && list.withheld.is_some());
        let employee = actor(&place.db, world.takanashi).await;
        let refused = answers(&place.db, &employee, world.inspection, own, NOW).await;
        assert!(matches!(refused, Err(StoreError::Forbidden)));
    }
}

#[tokio::test]
async fn returned_and_unfinished_sheets_count_as_owed_but_not_as_answered() {
    for place in places().await {
        let world = World::build(&place.db).await;
        answered(&place.db, &world, world.jinji, world.hirano_target, &[Done, Done]).await;
        owed::returned(&place.db, &world, world.jinji, world.nishikawa_target).await;
        let shiina = actor(&place.db, world.shiina).await;
        let filter = Filter { department: Some(world.jinji) };
        let shown = results(&place.db, &shiina, world.inspection, filter).await.unwrap();
        let coverage = shown.chosen.unwrap().coverage;
        assert_eq!((coverage.targets, coverage.submitted), (3, 1));
    }
}

#[tokio::test]
async fn the_number_of_statements_does_not_grow_with_the_city() {
    for mut place in places().await {
        let world = World::build(&place.db).await;
        previous_year(&place.db, &world, world.jinji, [(1, 1), (0, 2)]).await;
        let shiina = actor(&place.db, world.shiina).await;
        let counter = Statements::of(place.db.read_mut());
        results(&place.db, &shiina, world.inspection, Filter::default()).await.unwrap();
        let small = counter.taken();
        for department in [world.shimin, world.kaikei, world.joho] {
            for target in crowd(&place.db, &world, department, 40).await {
                answered(&place.db, &world, department, target, &[Done, Partial]).await;
            }
        }
        counter.taken();
        results(&place.db, &shiina, world.inspection, Filter::default()).await.unwrap();
        let large = counter.taken();
        assert_eq!(small, large);
        assert!((1..=21).contains(&large), "{large} statements");
    }
}

/// All rows of an export, portion by portion.
async fn exported(
    db: &store::Db,
    actor: &domain::actor::Actor,
    inspection: Uuid,
    behind: Behind,
) -> Vec<AnswerRow> {
    let mut export = begin(db, actor, inspection, behind).await.unwrap();
    let mut rows = Vec::new();
    loop {
        let portion = export.next().await.unwrap();
        if portion.is_empty() {
            return rows;
        }
        rows.extend(portion);
    }
}

#[tokio::test]
async fn the_file_of_answers_holds_the_rows_of_all_pages_in_their_order() {
    for place in places().await {
        let world = World::build(&place.db).await;
        for department in [world.shimin, world.jinji] {
            for target in crowd(&place.db, &world, department, 70).await {
                answered(&place.db, &world, department, target, &[NotDone, Done]).await;
            }
        }
        owed::returned(&place.db, &world, world.jinji, world.nishikawa_target).await;
        let shiina = actor(&place.db, world.shiina).await;
        for behind in [
            Behind::default(),
            Behind { value: Some(NotDone), ..Behind::default() },
            Behind { department: Some(world.shimin), topic: Topic::from_number(6), ..Behind::default() },
        ] {
            let mut pages = Vec::new();
            for page in 1..=6 {
                let behind = Behind { page, ..behind };
                pages.extend(answers(&place.db, &shiina, world.inspection, behind, NOW).await.unwrap().rows);
            }
            let file = exported(&place.db, &shiina, world.inspection, behind).await;
            assert!(file.len() >= 70, "{}", file.len());
            assert_eq!(file, pages);
        }
        let head = actor(&place.db, world.tachibana).await;
        let own = Behind { department: Some(world.jinji), ..Behind::default() };
        let rows = exported(&place.db, &head, world.inspection, own).await;
        assert!(rows.len() == 140 && rows.iter().all(|row| row.department == "人事課"));
        let city = begin(&place.db, &head, world.inspection, Behind::default()).await;
        assert!(matches!(city, Err(StoreError::Refused(_))), "the page shows no list either");
        let other = Behind { department: Some(world.shimin), ..Behind::default() };
        let hidden = begin(&place.db, &head, world.inspection, other).await;
        assert!(matches!(hidden, Err(StoreError::NotFound)));
    }
}

#[tokio::test]
async fn the_file_of_answers_is_one_state_and_holds_up_no_writer() {
    for place in places().await {
        let world = World::build(&place.db).await;
        for target in crowd(&place.db, &world, world.shimin, 120).await {
            answered(&place.db, &world, world.shimin, target, &[NotDone, Done]).await;
        }
        let shiina = actor(&place.db, world.shiina).await;
        let before = exported(&place.db, &shiina, world.inspection, Behind::default()).await;
        let mut export = begin(&place.db, &shiina, world.inspection, Behind::default()).await.unwrap();
        let mut rows = export.next().await.unwrap();
        assert!(rows.len() < before.len(), "there is more to come");
        // Handed in while the file is written: in a department still to be read, too.
        for department in [world.shimin, world.jinji] {
            for target in crowd(&place.db, &world, department, 20).await {
                answered(&place.db, &world, department, target, &[Done, Done]).await;
            }
        }
        loop {
            let portion = export.next().await.unwrap();
            if portion.is_empty() {
                break;
            }
            rows.extend(portion);
        }
        assert_eq!(rows, before);
        drop(export);
        let after = exported(&place.db, &shiina, world.inspection, Behind::default()).await;
        assert!(after.len() > before.len());
    }
}

#[tokio::test]
async fn the_file_of_answers_takes_a_fixed_number_of_statements_for_a_hundred_sheets() {
    for mut place in places().await {
        let world = World::build(&place.db).await;
        let shiina = actor(&place.db, world.shiina).await;
        let counter = Statements::of(place.db.read_mut());
        let mut counts = Vec::new();
        for more in [10, 80] {
            for target in crowd(&place.db, &world, world.shimin, more).await {
                answered(&place.db, &world, world.shimin, target, &[NotDone, Done]).await;
            }
            counter.taken();
            exported(&place.db, &shiina, world.inspection, Behind::default()).await;
            counts.push(counter.taken());
        }
        assert_eq!(counts[0], counts[1], "{counts:?}");
    }
}
