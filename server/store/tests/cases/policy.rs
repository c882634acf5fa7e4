//! A policy is imported, classified, and its proposals are settled.

#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

use crate::common::{NOW, Place, World, actor, places};
use domain::clause::correction::Reach;
use domain::clause::{Class, ClauseKind, ClauseText, classify_all};
use domain::policy::PolicyText;
use domain::question::Draft;
use domain::role::Role;
use domain::topic::Topic;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::entity::{event, question_clause, wording};
use store::question::{self, ClausePage};
use store::{StoreError, clause, policy};
use time::Duration;
use uuid::Uuid;

fn part(path: &[&str], heading: &str, text: &str) -> ClauseText {
    ClauseText {
        path: path.iter().map(ToString::to_string).collect(),
        label: path.last().unwrap().to_string(),
        heading: Some(heading.into()),
        text: text.into(),
        kind: ClauseKind::Article,
        line: 1,
        sentences: Vec::new(),
    }
}

/// Two duties of employees with the same words, one of the CISO, one of the administrators, a definition.
fn document() -> PolicyText {
    let mut clauses = vec![
        part(&["第1章"], "人的セキュリティ", ""),
        part(&["第1章", "1"], "端末", "職員等は、離席する時に端末を施錠しなければならない。"),
        part(&["第1章", "2"], "窓口", "職員等は、離席する時に端末を施錠しなければならない。"),
        part(&["第1章", "3"], "体制", "最高情報セキュリティ責任者は、委員会を設置しなければならない。"),
        part(&["第1章", "4"], "記録", "情報システム管理者は、操作の記録を保存しなければならない。"),
        part(&["第1章", "5"], "用語", "端末とは、職員等が業務に用いる機器をいう。"),
    ];
    classify_all(&mut clauses);
    PolicyText {
        title: "試験市情報セキュリティポリシー".into(), clauses, ..PolicyText::default()
    }
}

struct Setting {
    place: Place,
    world: World,
    officer: domain::actor::Actor,
    revision: Uuid,
}

async fn settings() -> Vec<Setting> {
    let mut settings = Vec::new();
    for place in places().await {
        let world = World::build(&place.db).await;
        let officer = actor(&place.db, world.shiina).await;
        let revision =
            policy::import(&place.db, &officer, &document(), "policy.md", "aa", NOW).await.unwrap();
        settings.push(Setting { place, world, officer, revision });
    }
    settings
}

impl Setting {
    async fn clause(&self, index: usize) -> ClausePage {
        let view = policy::revision(&self.place.db, &self.officer, self.revision).await.unwrap();
        let id = view.clauses[index].id;
        question::clause(&self.place.db, &self.officer, self.revision, id).await.unwrap()
    }

    async fn proposal(&self, index: usize) -> question::ProposalView {
        self.clause(index).await.sentences[0].proposals[0].clone()
    }

    async fn events(&self, kind: &str) -> u64 {
        let found = event::Entity::find().filter(event::Column::Kind.eq(kind));
        found.count(self.place.db.read()).await.unwrap()
    }

    async fn left(&self) -> usize {
        policy::revision(&self.place.db, &self.officer, self.revision).await.unwrap().coverage.open
    }
}

fn draft(text: &str, role: Role) -> Draft {
    Draft { role, topic: Topic::People, text: text.into(), not_applicable: None, weight: 1.0 }
}

fn refused<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    match result {
        Err(StoreError::Refused(refusal)) => refusal.text,
        other => panic!("a refusal was expected: {other:?}"),
    }
}

#[tokio::test]
async fn a_document_becomes_a_revision_with_its_tree_and_proposals() {
    for setting in settings().await {
        let view = policy::revision(&setting.place.db, &setting.officer, setting.revision).await.unwrap();
        assert_eq!((view.number, view.clauses.len(), view.clauses[1].depth), (1, 6, 1));
        assert_eq!(view.clauses[1].parent, Some(view.clauses[0].id));
        assert_eq!(view.clauses[5].classes, [Class::Definition]);
        let possible: Vec<usize> = view.coverage.roles.iter().map(|line| line.possible).collect();
        assert_eq!(possible, [1, 0, 1], "the two duties with the same words are one question");
        assert_eq!((view.coverage.duties, view.coverage.uncovered.len(), view.coverage.elsewhere), (4, 1, 1));
        assert!(view.coverage.uncovered[0].reason.contains("CISO"));
        assert_eq!(setting.events("policy.imported").await, 1);
    }
}

#[tokio::test]
async fn the_same_title_is_the_next_revision_and_the_same_file_is_refused() {
    for setting in settings().await {
        let db = &setting.place.db;
        let again = policy::import(db, &setting.officer, &document(), "policy.md", "aa", NOW).await;
        assert!(refused(again).contains("取込み済み"));
        let second =
            policy::import(db, &setting.officer, &document(), "policy2.md", "bb", NOW).await.unwrap();
        assert_eq!(policy::revision(db, &setting.officer, second).await.unwrap().number, 2);
        let list = policy::list(db, &setting.officer).await.unwrap();
        let own = list.iter().find(|line| line.title == document().title).unwrap();
        assert_eq!(own.revisions.iter().map(|r| (r.number, r.clauses)).collect::<Vec<_>>(), [(2, 6), (1, 6)]);
    }
}

#[tokio::test]
async fn only_the_officer_imports_and_settles() {
    for setting in settings().await {
        let db = &setting.place.db;
        let auditor = actor(db, setting.world.kubota).await;
        let imported = policy::import(db, &auditor, &document(), "x.md", "cc", NOW).await;
        assert!(matches!(imported, Err(StoreError::Forbidden)));
        let proposal = setting.proposal(1).await.id;
        assert!(matches!(question::accept(db, &auditor, proposal, NOW).await, Err(StoreError::Forbidden)));
        let rejected = question::reject(db, &auditor, proposal, "理由", NOW).await;
        assert!(matches!(rejected, Err(StoreError::Forbidden)));
        assert!(matches!(question::undo(db, &auditor, proposal, NOW).await, Err(StoreError::Forbidden)));
        let all = question::accept_all(db, &auditor, setting.revision, NOW).await;
        assert!(matches!(all, Err(StoreError::Forbidden)));
        let added =
            question::add(db, &auditor, setting.world.clauses[1], draft("問", Role::Staff), NOW).await;
        assert!(matches!(added, Err(StoreError::Forbidden)));
        let unknown = question::accept(db, &setting.officer, Uuid::now_v7(), NOW).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
        assert!(policy::revision(db, &auditor, setting.revision).await.is_ok(), "everybody may read");
    }
}

#[tokio::test]
async fn accepting_links_every_clause_that_says_the_same() {
    for setting in settings().await {
        let db = &setting.place.db;
        let proposal = setting.proposal(1).await;
        let done = question::accept(db, &setting.officer, proposal.id, NOW).await.unwrap();
        let next = question::next(db, &setting.officer, done.revision, done.clause).await.unwrap();
        assert_eq!((next.left, next.next), (1, Some(setting.clause(4).await.id)));
        let other = setting.proposal(2).await;
        assert!(
            other.settled.is_some_and(|settled| settled.accepted),
            "the second clause is settled as well"
        );
        let asked = &question::active(db.read()).await.unwrap();
        let asked = asked.values().find(|question| question.text == proposal.text).unwrap();
        let links = question_clause::Entity::find().filter(question_clause::Column::QuestionId.eq(asked.id));
        assert_eq!(links.count(db.read()).await.unwrap(), 2);
        assert!(refused(question::accept(db, &setting.officer, proposal.id, NOW).await).contains("既に処理"));
        assert_eq!(setting.events("question.accepted").await, 1);
    }
}

#[tokio::test]
async fn a_later_revision_keeps_the_question() {
    for setting in settings().await {
        let db = &setting.place.db;
        question::accept_all(db, &setting.officer, setting.revision, NOW).await.unwrap();
        let before = question::active(db.read()).await.unwrap().len();
        let second =
            policy::import(db, &setting.officer, &document(), "policy2.md", "bb", NOW).await.unwrap();
        assert_eq!(question::active(db.read()).await.unwrap().len(), before, "the same questions are asked");
        let view = policy::revision(db, &setting.officer, second).await.unwrap();
        assert_eq!(view.coverage.roles.iter().map(|line| line.questions).collect::<Vec<_>>(), [1, 0, 1]);
        assert!(
            refused(question::accept_all(db, &setting.officer, second, NOW).await).contains("案はありません")
        );
    }
}

#[tokio::test]
async fn an_edited_proposal_may_go_to_another_role() {
    for setting in settings().await {
        let db = &setting.place.db;
        let ciso = setting.proposal(3).await.id;
        assert!(
            refused(question::accept(db, &setting.officer, ciso, NOW).await).contains("点検票があるのは")
        );
        let wanted = draft("所属では、委員会の決定を周知していますか。", Role::Manager);
        question::accept_edited(db, &setting.officer, ciso, wanted, NOW).await.unwrap();
        let view = policy::revision(db, &setting.officer, setting.revision).await.unwrap();
        assert_eq!(view.coverage.roles[1].questions, 1);
        assert!(view.coverage.uncovered.is_empty());
    }
}

#[tokio::test]
async fn the_reason_of_a_rejection_is_why_a_duty_is_not_asked_until_it_is_taken_back() {
    for setting in settings().await {
        let db = &setting.place.db;
        let proposal = setting.proposal(4).await.id;
        assert!(refused(question::reject(db, &setting.officer, proposal, " ", NOW).await).contains("理由"));
        question::reject(db, &setting.officer, proposal, "別の点検で確かめる", NOW).await.unwrap();
        let again = question::reject(db, &setting.officer, proposal, "二度目", NOW).await;
        assert!(refused(again).contains("既に処理"));
        let view = policy::revision(db, &setting.officer, setting.revision).await.unwrap();
        assert_eq!((view.coverage.uncovered.len(), view.coverage.rejected), (1, 1));
        let told: Vec<&str> = view.coverage.exempt.iter().map(|duty| duty.reason.as_str()).collect();
        assert_eq!(told, ["案を却下　別の点検で確かめる"]);
        question::undo(db, &setting.officer, proposal, NOW).await.unwrap();
        assert!(
            refused(question::undo(db, &setting.officer, proposal, NOW).await)
                .contains("取り消すものがありません")
        );
        let view = policy::revision(db, &setting.officer, setting.revision).await.unwrap();
        assert!(view.coverage.exempt.is_empty());
        assert_eq!(setting.left().await, 3);
        assert_eq!(
            (setting.events("proposal.rejected").await, setting.events("proposal.reopened").await),
            (1, 1)
        );
    }
}

#[tokio::test]
async fn taking_an_acceptance_back_removes_the_question() {
    for setting in settings().await {
        let db = &setting.place.db;
        let before = question::active(db.read()).await.unwrap().len();
        let proposal = setting.proposal(1).await.id;
        question::accept(db, &setting.officer, proposal, NOW).await.unwrap();
        question::undo(db, &setting.officer, proposal, NOW + Duration::hours(1)).await.unwrap();
        assert_eq!(question::active(db.read()).await.unwrap().len(), before);
        assert_eq!(setting.left().await, 3, "both clauses are open again");
        question::accept(db, &setting.officer, proposal, NOW + Duration::hours(2)).await.unwrap();
    }
}

#[tokio::test]
async fn a_question_is_added_reworded_and_retired() {
    for setting in settings().await {
        let (db, officer) = (&setting.place.db, &setting.officer);
        let clause = setting.clause(5).await.id;
        let text = "端末の一覧を備えていますか。";
        let id = question::add(db, officer, clause, draft(text, Role::Manager), NOW).await.unwrap();
        let twice = question::add(db, officer, clause, draft(text, Role::Manager), NOW).await;
        assert!(refused(twice).contains("同じ設問"));
        assert!(setting.clause(5).await.questions[0].by_hand);
        assert!(
            refused(question::reword(db, officer, id, text, None, false, NOW).await)
                .contains("変わっていません")
        );
        question::reword(db, officer, id, "端末の台帳を備えていますか。", None, true, NOW).await.unwrap();
        let words =
            wording::Entity::find().filter(wording::Column::QuestionId.eq(id)).all(db.read()).await.unwrap();
        assert_eq!(
            words.iter().map(|w| (w.number, w.change.as_str())).collect::<Vec<_>>(),
            [(1, "new"), (2, "changed")]
        );
        question::retire(db, officer, id, "別の設問に含めた", NOW).await.unwrap();
        assert!(matches!(question::retire(db, officer, id, "二度目", NOW).await, Err(StoreError::NotFound)));
        assert!(setting.clause(5).await.questions.is_empty());
        for kind in ["question.added", "question.reworded", "question.retired"] {
            assert_eq!(setting.events(kind).await, 1, "{kind}");
        }
    }
}

#[tokio::test]
async fn reclassifying_makes_unsettled_proposals_anew() {
    for setting in settings().await {
        let (db, officer) = (&setting.place.db, &setting.officer);
        let sentence = setting.clause(4).await.sentences[0].id;
        let nobody =
            clause::reclassify(db, officer, sentence, Class::Duty, None, Reach::default(), NOW).await;
        assert!(refused(nobody).contains("答える人"));
        let role = Some(Role::Manager);
        assert!(
            clause::reclassify(db, officer, sentence, Class::Duty, role, Reach::default(), NOW)
                .await
                .unwrap()
                .1
        );
        let anew = setting.proposal(4).await;
        assert_eq!((anew.role, anew.role_presumed), (Role::Manager, false));
        assert!(
            refused(
                clause::reclassify(db, officer, sentence, Class::Duty, role, Reach::default(), NOW).await
            )
            .contains("変わっていません")
        );
        assert!(
            clause::reclassify(db, officer, sentence, Class::Background, None, Reach::default(), NOW)
                .await
                .unwrap()
                .1
        );
        assert!(setting.clause(4).await.sentences[0].proposals.is_empty());
        assert_eq!(setting.events("sentence.reclassified").await, 2);
        let head = actor(db, setting.world.tachibana).await;
        let other = clause::reclassify(db, &head, sentence, Class::Duty, role, Reach::default(), NOW).await;
        assert!(matches!(other, Err(StoreError::Forbidden)));
    }
}

#[tokio::test]
async fn settled_proposals_survive_a_new_class() {
    for setting in settings().await {
        let (db, officer) = (&setting.place.db, &setting.officer);
        let page = setting.clause(4).await;
        question::accept(db, officer, page.sentences[0].proposals[0].id, NOW).await.unwrap();
        let sentence = page.sentences[0].id;
        assert!(
            !clause::reclassify(
                db,
                officer,
                sentence,
                Class::Effort,
                Some(Role::SystemManager),
                Reach::default(),
                NOW
            )
            .await
            .unwrap()
            .1
        );
        assert!(setting.proposal(4).await.settled.is_some());
    }
}
