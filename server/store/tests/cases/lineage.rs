//! The next revision is imported: what holds is carried over, what changed is looked at again.

use crate::common::{NOW, Statements, actor};
use crate::lineage_common::{
    CLOUD, LOCK, LOG_LONGER, TAKE, TITLE, WASTE, document, keep, refused, second, settings,
};
use domain::lineage::{Kind, Outcome};
use domain::role::Role;
use sea_orm::EntityTrait;
use std::collections::BTreeMap;
use store::entity::edition_item;
use store::lineage::{self, Correction, Decision, NewRevision, Origin};
use store::{StoreError, policy, question, sheet};
use time::Duration;
use time::macros::date;
use uuid::Uuid;

#[tokio::test]
async fn only_changed_and_new_clauses_leave_anything_to_do() {
    for setting in settings().await {
        let second = setting.import(&second(), "bb").await;
        let changes = setting.changes(second).await;
        let expected = [(Kind::Changed, 1), (Kind::New, 1), (Kind::Repealed, 1), (Kind::Moved, 2)];
        for (kind, count) in expected {
            assert_eq!(changes.counts.get(&kind), Some(&count), "{kind:?}");
        }
        let asked: Vec<(&str, Kind)> =
            changes.questions.iter().map(|line| (line.old.under.as_str(), line.kind)).collect();
        assert_eq!(asked, [("記録", Kind::Changed), ("送信", Kind::Repealed)]);
        assert_eq!((changes.left(), changes.doubtful), (2, 0));
        let open: Vec<(&str, Kind)> =
            changes.open.iter().map(|line| (line.side.under.as_str(), line.kind)).collect();
        assert_eq!(open, [("届出", Kind::New), ("記録", Kind::Changed)]);
        let log = &changes.questions[0];
        assert!(log.new[0].text.contains("3年") && log.proposals[0].contains("3年"), "{log:?}");
        assert_eq!(setting.linked(second, log.question).await, ["1-5"], "the new clause is asked about");
    }
}

#[tokio::test]
async fn a_rejection_is_taken_over_with_its_reason_however_often() {
    for setting in settings().await {
        let second = setting.import(&second(), "bb").await;
        let third = setting.import(&second_with_blank(), "cc").await;
        for revision in [second, third] {
            let waste = setting.clause(revision, 4).await;
            let page = question::clause(setting.db(), &setting.officer, revision, waste).await.unwrap();
            let settled = page.sentences[0].proposals[0].settled.clone().unwrap();
            assert!(!settled.accepted);
            assert_eq!(settled.reason.as_deref(), Some("前の版から引継ぎ：別の点検で確かめる"));
        }
        let lock = setting.clause(third, 1).await;
        let page = question::clause(setting.db(), &setting.officer, third, lock).await.unwrap();
        let settled = page.sentences[0].proposals[0].settled.clone().unwrap();
        assert!(settled.accepted && settled.question.is_some());
        assert_eq!(settled.reason.as_deref(), Some("前の版から引継ぎ"));
    }
}

/// The second revision with nothing but typography changed.
fn second_with_blank() -> domain::policy::PolicyText {
    let log = LOG_LONGER.replace('3', "３");
    document(TITLE, &[("離席", LOCK), ("届出", CLOUD), ("持出し", TAKE), ("廃棄", WASTE), ("記録", &log)])
}

#[tokio::test]
async fn every_way_of_settling_works_and_can_be_taken_back() {
    for setting in settings().await {
        let second = setting.import(&second(), "bb").await;
        let (log, mail) = (setting.again(second, "記録").await, setting.again(second, "送信").await);
        assert!(refused(setting.settle(&mail, keep(" ")).await).contains("理由を入力"));
        let words = "所管する情報システムでは、記録を3年以上保存していますか。";
        let reword =
            Decision::Reword { text: words.into(), not_applicable: String::new(), meaning_changed: true };
        let share = Decision::Relink { clause: setting.clause(second, 2).await };
        for (line, decision, outcome, text, linked) in [
            (&log, keep(""), Outcome::Kept, log.text.as_str(), vec!["1-5"]),
            (&log, reword, Outcome::Reworded, words, vec!["1-5"]),
            (&log, share.clone(), Outcome::Relinked, log.text.as_str(), vec!["1-2"]),
            (&mail, share, Outcome::Relinked, mail.text.as_str(), vec!["1-2"]),
            (&mail, keep("法律の定め"), Outcome::Kept, mail.text.as_str(), vec![]),
            (&mail, Decision::Retire { reason: "条項の削除".into() }, Outcome::Retired, &mail.text, vec![]),
        ] {
            setting.settle(line, decision).await.unwrap();
            assert!(refused(setting.settle(line, keep("再度")).await).contains("既に処理"));
            let now = setting.again(second, &line.old.under).await;
            assert_eq!(now.settled.as_ref().map(|settled| settled.outcome), Some(outcome));
            assert_eq!(
                (now.text.as_str(), setting.linked(second, line.question).await),
                (text, linked.iter().map(ToString::to_string).collect())
            );
            assert_eq!(now.ended, outcome == Outcome::Retired);
            setting.reopen(line).await.unwrap();
            let back = setting.again(second, &line.old.under).await;
            assert!(back.is_open() && back.text == line.text);
            let before = line.new.iter().map(|side| side.path.clone()).collect::<Vec<_>>();
            assert_eq!(setting.linked(second, line.question).await, before);
        }
        assert!(refused(setting.reopen(&log).await).contains("取り消すものがありません"));
        assert_eq!(setting.events("question.reconsidered").await, 6);
        assert_eq!(setting.events("question.reconsideration_reopened").await, 6);
    }
}

#[tokio::test]
async fn all_settled_leaves_nothing_and_a_frozen_edition_keeps_it_so() {
    for setting in settings().await {
        let second = setting.import(&second(), "bb").await;
        let (log, mail) = (setting.again(second, "記録").await, setting.again(second, "送信").await);
        let left = async || {
            let list = policy::list(setting.db(), &setting.officer).await.unwrap();
            let own = list.into_iter().flat_map(|policy| policy.revisions).find(|line| line.id == second);
            own.unwrap().to_reconsider
        };
        assert_eq!(left().await, 2);
        setting.settle(&log, keep("")).await.unwrap();
        question::retire(setting.db(), &setting.officer, mail.question, "条項の画面で", NOW).await.unwrap();
        assert_eq!((left().await, setting.changes(second).await.left()), (0, 0));
        let role = Role::SystemManager;
        let sheet = sheet::create(setting.db(), &setting.officer, role, 2026, NOW).await.unwrap();
        let edition = sheet::freeze(setting.db(), &setting.officer, sheet, NOW + Duration::days(2)).await;
        let view = sheet::edition(setting.db(), &setting.officer, edition.unwrap()).await.unwrap();
        assert!(
            view.items[0].clause_text.contains("3年以上"),
            "the newest clause stands beside the question"
        );
        assert!(refused(setting.reopen(&log).await).contains("確定している"));
    }
}

#[tokio::test]
async fn a_correction_takes_back_what_followed_and_adds_what_follows_now() {
    for setting in settings().await {
        let second = setting.import(&second(), "bb").await;
        let log = setting.again(second, "記録").await;
        let (old, new) = (log.old.id, log.new[0].id);
        let correct = async |correction| {
            lineage::correct(setting.db(), &setting.officer, second, correction, NOW + Duration::days(2))
                .await
        };
        correct(Correction::IsNew { new }).await.unwrap();
        assert_eq!(setting.again(second, "記録").await.kind, Kind::Repealed);
        assert!(setting.linked(second, log.question).await.is_empty());
        assert!(refused(correct(Correction::IsNew { new }).await).contains("変わりません"));
        correct(Correction::ComesFrom { old, new }).await.unwrap();
        assert_eq!(setting.again(second, "記録").await.kind, Kind::Changed);
        let mail = setting.again(second, "送信").await;
        correct(Correction::ComesAlsoFrom { old: mail.old.id, new }).await.unwrap();
        assert_eq!(setting.again(second, "送信").await.kind, Kind::Merged);
        assert_eq!(setting.linked(second, mail.question).await, ["1-5"]);
        setting.settle(&mail, keep("")).await.unwrap();
        let pair = Correction::DoesNotComeFrom { old: mail.old.id, new };
        assert!(refused(correct(pair).await).contains("見直し済み"));
        setting.reopen(&mail).await.unwrap();
        correct(pair).await.unwrap();
        assert_eq!(setting.again(second, "送信").await.kind, Kind::Repealed);
        assert_eq!(setting.events("lineage.corrected").await, 4);
    }
}

#[tokio::test]
async fn what_was_carried_from_a_wrong_clause_goes_and_comes_back() {
    for setting in settings().await {
        let second = setting.import(&second(), "bb").await;
        let (old, new) = (setting.clause(setting.first, 1).await, setting.clause(second, 1).await);
        let open =
            async || policy::revision(setting.db(), &setting.officer, second).await.unwrap().coverage.open;
        let before = open().await;
        for (correction, more) in
            [(Correction::IsRepealed { old }, 1), (Correction::ComesFrom { old, new }, 0)]
        {
            lineage::correct(setting.db(), &setting.officer, second, correction, NOW).await.unwrap();
            assert_eq!(open().await, before + more, "{correction:?}");
            let lock = setting.changes(second).await.questions.into_iter().find(|l| l.old.id == old);
            assert_eq!(lock.is_some(), more == 1);
        }
    }
}

#[tokio::test]
async fn another_title_needs_the_officers_word() {
    for setting in settings().await {
        let renamed = document(
            "試験市情報セキュリティ規程",
            &[("離席", LOCK), ("持出し", TAKE), ("廃棄", WASTE), ("記録", LOG_LONGER)],
        );
        let unsaid = policy::import(setting.db(), &setting.officer, &renamed, "3.md", "dd", NOW).await;
        assert!(refused(unsaid).contains("本文の75%"));
        let known = policy::list(setting.db(), &setting.officer).await.unwrap();
        let policy = known.iter().find(|line| line.title == TITLE).unwrap().id;
        let new = |origin| NewRevision {
            text: &renamed,
            file_name: "3.md",
            sha256: "dd",
            origin,
            effective_on: Some(date!(2027 - 04 - 01)),
        };
        let at = NOW + Duration::DAY;
        let second =
            policy::import_as(setting.db(), &setting.officer, &new(Origin::Next(policy)), at).await.unwrap();
        assert_eq!(setting.again(second, "記録").await.kind, Kind::Changed);
        let history = lineage::history(setting.db(), &setting.officer, second).await.unwrap();
        assert_eq!((history.title.as_str(), history.imports.len()), ("試験市情報セキュリティ規程", 2));
        assert_eq!(history.imports[0].revision.effective_on, Some(date!(2027 - 04 - 01)));
        assert_eq!(history.imports[0].counts.get(&Kind::Changed), Some(&1));
        assert!(history.imports[1].counts.is_empty());
        let again = document(TITLE, &[("離席", LOCK)]);
        let new = NewRevision { text: &again, sha256: "ee", ..new(Origin::New) };
        let titled = policy::import_as(setting.db(), &setting.officer, &new, at).await;
        assert!(refused(titled).contains("同じ表題"));
        let unknown = NewRevision { origin: Origin::Next(Uuid::now_v7()), ..new };
        let unknown = policy::import_as(setting.db(), &setting.officer, &unknown, at).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
    }
}

#[tokio::test]
async fn any_two_revisions_are_compared_over_what_lies_between() {
    for setting in settings().await {
        let second = setting.import(&second(), "bb").await;
        let last = document(TITLE, &[("届出", CLOUD), ("記録", LOG_LONGER), ("離席", LOCK)]);
        let third = setting.import(&last, "cc").await;
        let compare = async |newer, older| {
            lineage::compare(setting.db(), &setting.officer, newer, older).await.unwrap()
        };
        let far = compare(third, Some(setting.first)).await;
        let kinds: BTreeMap<Kind, usize> = far.counts().into_iter().collect();
        assert_eq!((kinds[&Kind::New], kinds[&Kind::Changed], kinds[&Kind::Moved]), (1, 1, 1));
        assert_eq!((kinds[&Kind::Repealed], far.neighbours, far.revisions.len()), (3, false, 3));
        let near = compare(third, None).await;
        assert_eq!(near.older.as_ref().map(|older| older.id), Some(second));
        assert!(near.neighbours && near.may_edit);
        let turned = compare(setting.first, Some(third)).await;
        assert_eq!(turned.newer.id, third, "the newer one is always the newer one");
        assert!(compare(setting.first, None).await.older.is_none());
        let other =
            lineage::compare(setting.db(), &setting.officer, third, Some(setting.world.revision)).await;
        assert!(matches!(other, Err(StoreError::NotFound)));
    }
}

#[tokio::test]
async fn only_the_officer_settles_and_corrects_and_everybody_compares() {
    for setting in settings().await {
        let second = setting.import(&second(), "bb").await;
        let auditor = actor(setting.db(), setting.world.kubota).await;
        let log = setting.again(second, "記録").await;
        let db = setting.db();
        let correction = Correction::IsNew { new: log.new[0].id };
        assert!(matches!(lineage::changes(db, &auditor, second).await, Err(StoreError::Forbidden)));
        let settled = lineage::settle(db, &auditor, log.id, keep(""), NOW).await;
        assert!(matches!(settled, Err(StoreError::Forbidden)));
        assert!(matches!(lineage::reopen(db, &auditor, log.id, NOW).await, Err(StoreError::Forbidden)));
        let corrected = lineage::correct(db, &auditor, second, correction, NOW).await;
        assert!(matches!(corrected, Err(StoreError::Forbidden)));
        assert!(!lineage::compare(db, &auditor, second, None).await.unwrap().may_edit);
        assert!(lineage::history(db, &auditor, second).await.is_ok());
        let unknown = lineage::settle(db, &setting.officer, Uuid::now_v7(), keep(""), NOW).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
        let elsewhere = Correction::IsNew { new: setting.world.clauses[0] };
        let elsewhere = lineage::correct(db, &setting.officer, second, elsewhere, NOW).await;
        assert!(matches!(elsewhere, Err(StoreError::NotFound)));
    }
}

#[tokio::test]
async fn frozen_editions_stay_as_they_are() {
    for setting in settings().await {
        let before = edition_item::Entity::find().all(setting.db().read()).await.unwrap();
        let second = setting.import(&second(), "bb").await;
        let log = setting.again(second, "記録").await;
        setting.settle(&log, Decision::Retire { reason: "条項の変更".into() }).await.unwrap();
        assert_eq!(edition_item::Entity::find().all(setting.db().read()).await.unwrap(), before);
    }
}

#[tokio::test]
async fn the_number_of_statements_does_not_grow_with_the_policy() {
    for mut setting in settings().await {
        let second = setting.import(&second(), "bb").await;
        let many: Vec<(String, String)> = (1..60)
            .map(|n| {
                (format!("第{n}の事項"), format!("職員等は、第{n}号の台帳を毎年度点検しなければならない。"))
            })
            .collect();
        let doc = |text: &dyn Fn(&str) -> String| {
            let lines: Vec<(&str, String)> = many.iter().map(|(h, t)| (h.as_str(), text(t))).collect();
            let lines: Vec<(&str, &str)> = lines.iter().map(|(h, t)| (*h, t.as_str())).collect();
            document("台帳の取扱い", &lines)
        };
        let large = setting.import(&doc(&str::to_string), "dd").await;
        question::accept_all(setting.db(), &setting.officer, large, NOW).await.unwrap();
        let large = setting.import(&doc(&|text| text.replace("毎年度", "毎月")), "ee").await;
        let counter = Statements::of(setting.place.db.read_mut());
        let mut counts = Vec::new();
        for revision in [second, large] {
            setting.changes(revision).await;
            counts.push(counter.taken());
            lineage::compare(setting.db(), &setting.officer, revision, None).await.unwrap();
            counts.push(counter.taken());
        }
        assert_eq!(counts[..2], counts[2..], "to-do list, comparison");
        assert!(counts.iter().all(|count| (1..=16).contains(count)), "{counts:?}");
        assert_eq!(setting.changes(large).await.left(), 59);
    }
}

#[tokio::test]
async fn what_is_not_asked_on_purpose_and_what_was_split_is_taken_over_until_it_is_taken_back() {
    for setting in settings().await {
        let (db, officer) = (setting.db(), &setting.officer);
        let page = async |revision, index| {
            let clause = setting.clause(revision, index).await;
            question::clause(db, officer, revision, clause).await.unwrap().sentences.remove(0)
        };
        question::exempt(db, officer, page(setting.first, 3).await.id, "実施手順で確認", NOW).await.unwrap();
        let second = setting.import(&second(), "bb").await;
        let taken = page(second, 4).await.exempt.unwrap();
        assert_eq!(taken.reason, "前の版から引継ぎ：実施手順で確認");
        let cloud = page(second, 2).await.proposals.remove(0);
        let lines = "所在地を確かめていますか。\n所在地を届け出ていますか。";
        question::split(db, officer, cloud.id, lines, NOW + Duration::DAY).await.unwrap();
        question::undo_exemption(db, officer, taken.id, NOW + Duration::DAY).await.unwrap();

        let third = setting.import(&second_with_blank(), "cc").await;
        assert_eq!(page(third, 4).await.exempt, None, "what was taken back stays so");
        let settled = page(third, 2).await.proposals.remove(0).settled.unwrap();
        assert!(settled.accepted && settled.question.is_some());
        assert_eq!(settled.further.len(), 1, "the second question of the split belongs to it");
    }
}
