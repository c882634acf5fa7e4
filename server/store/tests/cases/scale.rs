//! Other scales than ○△×: saved, enforced, counted, hidden and counted out again.

#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

use crate::common::{NOW, World, actor, places};
use domain::answer::Written;
use domain::question::setting::{Attribute, Scale, Setting, Shown, Threshold};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use store::entity::{answer, edition_item, omission};
use store::response::{Draft, Source, open, save_all, submit};
use store::results::{Filter, results};
use store::{Db, StoreError, department, sheet, tally};
use uuid::Uuid;

/// Gives a question of a frozen sheet a setting, as if it had been frozen so.
async fn set(db: &Db, item: Uuid, setting: &Setting) {
    let txn = db.begin().await.unwrap();
    let row = edition_item::ActiveModel {
        id: Set(item),
        setting: Set(serde_json::to_string(setting).unwrap()),
        ..Default::default()
    };
    edition_item::Entity::update(row).exec(&txn).await.unwrap();
    txn.commit().await.unwrap();
}

fn typed(text: &str) -> Written {
    Written { typed: text.into(), ..Written::default() }
}

fn draft(item: Uuid, written: Written, comment: &str, evidence: &str) -> Draft {
    let (comment, evidence) = (comment.into(), evidence.into());
    Draft { item, written, comment, evidence, planned_on: None, seen_version: None, source: Source::Web }
}

async fn stored(db: &Db, item: Uuid) -> answer::Model {
    let found = answer::Entity::find().filter(answer::Column::ItemId.eq(item)).one(db.read()).await;
    found.unwrap().unwrap()
}

fn refused<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    match result {
        Err(StoreError::Refused(refusal)) => refusal.text,
        other => panic!("a refusal was expected: {other:?}"),
    }
}

fn percent(limit: Option<&str>) -> Setting {
    let threshold = limit
        .map(|limit| Threshold { limit: domain::answer::Amount::parse(limit, "").unwrap(), at_most: false });
    let scale = Scale::Number { unit: String::new(), percent: true, threshold };
    Setting { scale, ..Setting::default() }
}

#[tokio::test]
async fn a_number_is_kept_as_it_is_and_counts_by_its_threshold() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let hirano = actor(db, world.hirano).await;
        let [first, second, _] = world.items;
        set(db, first, &Setting { evidence: true, ..percent(Some("90")) }).await;
        set(db, second, &percent(None)).await;
        let save = |drafts| save_all(db, &hirano, world.hirano_target, drafts, NOW);
        let all = save(vec![draft(first, typed("１２０％"), "", "")]).await.unwrap();
        assert!(all.refused[0].1.contains("100％を超えています"), "{:?}", all.refused);
        let all = save(vec![draft(first, typed("92.5"), "", ""), draft(second, typed("40%"), "", "")]).await;
        assert_eq!(all.unwrap().changed, 2);
        let row = stored(db, first).await;
        assert_eq!((row.value.as_deref(), row.raw.as_deref()), (Some("done"), Some("number:92.5")));
        let row = stored(db, second).await;
        assert_eq!((row.value.as_deref(), row.raw.as_deref()), (None, Some("number:40")), "only to know");
        assert!(refused(submit(db, &hirano, world.hirano_target, NOW).await).contains("問1の証跡"));
        save(vec![draft(first, typed("92.5"), "", "受講記録（共有フォルダー）")]).await.unwrap();
        submit(db, &hirano, world.hirano_target, NOW).await.unwrap();
        assert_eq!(tally::verify(db).await.unwrap().first, None);

        let officer = actor(db, world.shiina).await;
        let found = results(db, &officer, world.inspection, Filter::default()).await.unwrap();
        let line = |item: Uuid| found.questions.iter().find(|line| line.item == item).unwrap();
        assert_eq!((line(first).tally.done, line(first).told), (1, 0));
        assert_eq!(line(first).summary, ["92.5％（1件の回答）"]);
        assert_eq!((line(second).tally.answered(), line(second).told), (0, 1));
        assert_eq!(line(second).tally.done_rate(), None, "it is in no rate");
        let owed = line(second).targets;
        assert_eq!(line(second).unanswered(), owed - 1);
    }
}

#[tokio::test]
async fn a_hidden_question_is_not_owed_and_its_kept_answer_does_not_count() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let hirano = actor(db, world.hirano).await;
        let (target, [first, second, _]) = (world.hirano_target, world.items);
        let filter = Setting { scale: Scale::YesNo, informative: true, ..Setting::default() };
        set(db, first, &filter).await;
        let shown = Shown::After { question: world.questions[0], answers: vec!["yes".into()] };
        set(db, second, &Setting { shown, ..Setting::default() }).await;
        let choose = |item, key: &str| draft(item, Written::choice(key), "理由", "");
        let save = |drafts| save_all(db, &hirano, target, drafts, NOW);
        save(vec![choose(first, "yes"), choose(second, "not_done")]).await.unwrap();
        assert_eq!(open(db, &hirano, target, NOW).await.unwrap().total(), 2);
        save(vec![choose(first, "no")]).await.unwrap();
        let seen = open(db, &hirano, target, NOW).await.unwrap();
        assert_eq!((seen.answered(), seen.total()), (1, 1), "the second one is not owed any more");
        submit(db, &hirano, target, NOW).await.unwrap();
        assert_eq!(stored(db, second).await.value.as_deref(), Some("not_done"), "kept");
        assert_eq!(omission::Entity::find().all(db.read()).await.unwrap().len(), 1);
        assert_eq!(tally::verify(db).await.unwrap().first, None);
        let officer = actor(db, world.shiina).await;
        let found = results(db, &officer, world.inspection, Filter::default()).await.unwrap();
        let line = found.questions.iter().find(|line| line.item == second).unwrap();
        assert_eq!((line.tally.answered(), line.omitted), (0, 1));
        assert_eq!(line.unanswered(), line.targets - 1);
        // Given back, it leaves the counts as it came.
        let head = actor(db, world.tachibana).await;
        department::return_sheet(db, &head, target, "理由", NOW).await.unwrap();
        assert_eq!(tally::verify(db).await.unwrap().first, None);
        save(vec![choose(first, "yes")]).await.unwrap();
        submit(db, &hirano, target, NOW).await.unwrap();
        assert_eq!(tally::verify(db).await.unwrap().first, None);
        let found = results(db, &officer, world.inspection, Filter::default()).await.unwrap();
        let line = found.questions.iter().find(|line| line.item == second).unwrap();
        assert_eq!((line.tally.not_done, line.omitted), (1, 0), "shown again, it counts again");
    }
}

#[tokio::test]
async fn the_attributes_of_a_department_show_its_questions() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        let today = domain::calendar::day(NOW);
        let lines = department::attribute::list(db, &officer, today).await.unwrap();
        let id = lines[0].id;
        let wanted = |attributes: &[Attribute]| [(id, attributes.iter().copied().collect())].into();
        let set = |attributes| department::attribute::set(db, &officer, attributes, NOW);
        let sns = &[Attribute::OfficialSns, Attribute::Counter];
        assert_eq!(set(wanted(sns)).await.unwrap(), 1);
        assert_eq!(set(wanted(sns)).await.unwrap(), 0, "nothing changed");
        assert_eq!(set(wanted(&[Attribute::Counter])).await.unwrap(), 1);
        let lines = department::attribute::list(db, &officer, today).await.unwrap();
        assert_eq!(lines[0].attributes, [Attribute::Counter].into());
        let head = actor(db, world.tachibana).await;
        let tried = department::attribute::set(db, &head, wanted(&[]), NOW).await;
        assert!(matches!(tried, Err(StoreError::Forbidden)));
        let unknown = [(Uuid::now_v7(), Default::default())].into();
        assert!(matches!(set(unknown).await, Err(StoreError::NotFound)));
    }
}

#[tokio::test]
async fn a_frozen_question_takes_explanations_and_nothing_else() {
    for place in places().await {
        let db = &place.db;
        let world = World::build(db).await;
        let officer = actor(db, world.shiina).await;
        let item = world.items[0];
        let edition = sheet::add_supplement(db, &officer, item, " 執務室の端末に限る。 ", NOW).await.unwrap();
        assert_eq!(edition, world.staff_edition);
        assert!(refused(sheet::add_supplement(db, &officer, item, " ", NOW).await).contains("補足説明"));
        let head = actor(db, world.tachibana).await;
        let tried = sheet::add_supplement(db, &head, item, "x", NOW).await;
        assert!(matches!(tried, Err(StoreError::Forbidden)));
        let hirano = actor(db, world.hirano).await;
        let seen = open(db, &hirano, world.hirano_target, NOW).await.unwrap();
        let shown = seen.items().find(|one| one.id == item).unwrap();
        assert_eq!(shown.supplements[0].text, "執務室の端末に限る。");
    }
}
