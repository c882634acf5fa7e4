//! The workbench: splitting, merging, taking back, remembering corrections, duties that are not asked.

#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

use crate::common::{NOW, Place, Statements, World, actor, places};
use domain::clause::correction::Reach;
use domain::clause::{Class, ClauseKind, ClauseText, classify_all};
use domain::policy::PolicyText;
use domain::question::Draft;
use domain::role::Role;
use domain::topic::Topic;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::entity::{event, question_clause, settlement_part};
use store::question::{self, Bench, Filter, Matrix, Order, Show};
use store::{StoreError, clause, correction, policy};
use time::Duration;
use uuid::Uuid;

fn part(number: usize, heading: &str, text: &str) -> ClauseText {
    ClauseText {
        path: vec!["第1章".into(), number.to_string()],
        label: number.to_string(),
        heading: Some(heading.into()),
        text: text.into(),
        kind: ClauseKind::Article,
        line: number,
        sentences: Vec::new(),
    }
}

fn document(texts: &[&str]) -> PolicyText {
    let mut clauses: Vec<ClauseText> =
        texts.iter().zip(1..).map(|(text, number)| part(number, "端末の管理", text)).collect();
    classify_all(&mut clauses);
    PolicyText {
        title: "試験市情報セキュリティポリシー".into(), clauses, ..PolicyText::default()
    }
}

const TEXTS: [&str; 4] = [
    "職員等は、離席する時に端末を施錠しなければならない。",
    "職員等は、退庁する時に書庫を施錠しなければならない。",
    "文書主任は、台帳を整えなければならない。",
    "監査の結果は、非公開とする。",
];

struct Setting {
    place: Place,
    officer: domain::actor::Actor,
    revision: Uuid,
    world: World,
}

async fn settings() -> Vec<Setting> {
    let mut settings = Vec::new();
    for place in places().await {
        let world = World::build(&place.db).await;
        let officer = actor(&place.db, world.shiina).await;
        let text = document(&TEXTS);
        let revision = policy::import(&place.db, &officer, &text, "policy.md", "aa", NOW).await.unwrap();
        settings.push(Setting { place, officer, revision, world });
    }
    settings
}

impl Setting {
    async fn bench(&self, index: usize) -> Bench {
        let view = policy::revision(&self.place.db, &self.officer, self.revision).await.unwrap();
        let clause = view.clauses[index].id;
        self.look(Some(clause), Filter::default()).await
    }

    async fn look(&self, clause: Option<Uuid>, filter: Filter) -> Bench {
        question::bench(&self.place.db, &self.officer, self.revision, clause, None, &[], filter)
            .await
            .unwrap()
    }

    async fn proposal(&self, index: usize) -> question::ProposalView {
        self.bench(index).await.page.sentences[0].proposals[0].clone()
    }

    async fn sentence(&self, index: usize) -> question::SentenceView {
        self.bench(index).await.page.sentences[0].clone()
    }

    async fn matrix(&self) -> Matrix {
        Matrix::load(&self.place.db, &self.officer, self.revision).await.unwrap()
    }

    async fn questions(&self) -> usize {
        question::active(self.place.db.read()).await.unwrap().len()
    }

    async fn events(&self, kind: &str) -> u64 {
        event::Entity::find().filter(event::Column::Kind.eq(kind)).count(self.place.db.read()).await.unwrap()
    }
}

fn draft(text: &str) -> Draft {
    Draft { role: Role::Staff, topic: Topic::People, text: text.into(), not_applicable: None, weight: 1.0 }
}

fn refused<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    match result {
        Err(StoreError::Refused(refusal)) => refusal.text,
        other => panic!("a refusal was expected: {other:?}"),
    }
}

#[tokio::test]
async fn what_a_clause_excepts_becomes_the_guidance_of_its_question_and_of_each_part_of_it() {
    const EXCEPTION: &str = "ただし、情報セキュリティ管理者の許可を得たときは、この限りでない。";
    let setting = &settings().await.remove(0);
    let (db, officer) = (&setting.place.db, &setting.officer);
    let texts = ["職員等は、端末を庁外に持ち出してはならない。", "職員等は、台帳を持ち出してはならない。"];
    let mut text = document(&texts.map(|text| format!("{text}{EXCEPTION}")).each_ref().map(String::as_str));
    text.title = "別の規程".into();
    let revision = policy::import(db, officer, &text, "second.md", "bb", NOW).await.unwrap();
    let view = policy::revision(db, officer, revision).await.unwrap();
    let page = |index: usize| clause_page(db, officer, revision, view.clauses[index].id);

    let whole = page(0).await;
    assert_eq!(whole.guidance, EXCEPTION, "shown before it is accepted");
    question::accept(db, officer, whole.id, NOW).await.unwrap();
    let lines = "台帳を持ち出さないようにしていますか。\n台帳の持出しの許可を得ていますか。";
    question::split(db, officer, page(1).await.id, lines, NOW).await.unwrap();

    let guided = question::active(db.read()).await.unwrap().into_values();
    let guided = guided.filter(|question| question.setting.guidance == EXCEPTION).count();
    assert_eq!(guided, 3);
}

async fn clause_page(
    db: &store::Db,
    officer: &domain::actor::Actor,
    revision: Uuid,
    clause: Uuid,
) -> question::ProposalView {
    let bench = question::bench(db, officer, revision, Some(clause), None, &[], Filter::default());
    bench.await.unwrap().page.sentences[0].proposals[0].clone()
}

#[tokio::test]
async fn a_split_makes_a_question_of_every_line_and_is_taken_back_as_one() {
    for setting in settings().await {
        let (db, officer) = (&setting.place.db, &setting.officer);
        let before = setting.questions().await;
        let id = setting.proposal(0).await.id;
        assert!(refused(question::split(db, officer, id, "一行だけ", NOW).await).contains("2行以上"));
        let lines = "離席する時に、端末を施錠していますか。\n退庁する時に、端末を施錠していますか。";
        question::split(db, officer, id, lines, NOW).await.unwrap();
        assert_eq!(setting.questions().await, before + 2);
        let proposal = setting.proposal(0).await;
        let settled = proposal.settled.unwrap();
        assert_eq!((settled.accepted, settled.further.len()), (true, 1));
        assert!(setting.bench(0).await.page.questions.iter().all(|question| !question.by_hand));
        assert!(refused(question::split(db, officer, id, lines, NOW).await).contains("既に処理"));
        let done = question::withdraw_last(db, officer, setting.revision, NOW).await.unwrap();
        assert!(refused(question::withdraw(db, officer, done.act, NOW).await).contains("既に取り消"));
        assert_eq!(setting.questions().await, before);
        assert_eq!(settlement_part::Entity::find().count(db.read()).await.unwrap(), 0);
        assert!(setting.proposal(0).await.settled.is_none());
        assert_eq!((setting.events("proposal.split").await, setting.events("act.withdrawn").await), (1, 1));
    }
}

#[tokio::test]
async fn a_merge_links_one_question_to_all_clauses_and_is_taken_back_as_one() {
    for setting in settings().await {
        let (db, officer) = (&setting.place.db, &setting.officer);
        let ids = [setting.proposal(0).await.id, setting.proposal(1).await.id];
        let wanted = draft("離席及び退庁の時に、施錠していますか。");
        assert!(
            refused(question::merge(db, officer, &ids[..1], wanted.clone(), NOW).await).contains("2件以上")
        );
        question::merge(db, officer, &ids, wanted.clone(), NOW).await.unwrap();
        let asked = question::active(db.read()).await.unwrap();
        let asked = asked.values().find(|question| question.text == wanted.text).unwrap().id;
        let links = question_clause::Entity::find().filter(question_clause::Column::QuestionId.eq(asked));
        assert_eq!(links.count(db.read()).await.unwrap(), 2);
        assert!(refused(question::merge(db, officer, &ids, wanted, NOW).await).contains("既に処理"));
        question::withdraw_last(db, officer, setting.revision, NOW).await.unwrap();
        assert!(setting.proposal(0).await.settled.is_none() && setting.proposal(1).await.settled.is_none());
        assert!(!question::active(db.read()).await.unwrap().contains_key(&asked));
    }
}

#[tokio::test]
async fn the_last_act_is_ones_own_and_the_bulk_goes_back_as_a_whole() {
    for setting in settings().await {
        let (db, officer) = (&setting.place.db, &setting.officer);
        let before = setting.questions().await;
        assert!(
            refused(question::withdraw_last(db, officer, setting.revision, NOW).await).contains("ありません")
        );
        question::reject(db, officer, setting.proposal(0).await.id, "点検対象外", NOW).await.unwrap();
        question::accept_all(db, officer, setting.revision, NOW + Duration::seconds(5)).await.unwrap();
        let acts = question::acts(db, officer, setting.revision, 50).await.unwrap();
        assert_eq!(acts.iter().map(|act| act.kind.as_str()).collect::<Vec<_>>(), ["bulk", "rejected"]);
        // One of the bulk is taken back alone, then the rest of it at once.
        let one = setting.proposal(1).await.id;
        question::undo(db, officer, one, NOW).await.unwrap();
        question::withdraw_last(db, officer, setting.revision, NOW).await.unwrap();
        assert_eq!(setting.questions().await, before);
        let last = setting.bench(0).await.last.unwrap();
        assert_eq!((last.kind.as_str(), last.short_path.as_str()), ("rejected", "1-1"));
        question::undo(db, officer, setting.proposal(0).await.id, NOW).await.unwrap();
        assert!(setting.bench(0).await.last.is_none(), "an act of which nothing is left is taken back");
        let head = actor(db, setting.world.tachibana).await;
        let other = question::withdraw_last(db, &head, setting.revision, NOW).await;
        assert!(matches!(other, Err(StoreError::Forbidden)));
    }
}

#[tokio::test]
async fn a_correction_is_applied_to_the_next_document_until_it_is_taken_back() {
    for setting in settings().await {
        let (db, officer) = (&setting.place.db, &setting.officer);
        let keeper = setting.sentence(2).await;
        assert_eq!(keeper.common_subject, Some(("文書主任".into(), true)));
        let reach = Reach { subject: true, ending: false };
        clause::reclassify(db, officer, keeper.id, Class::Duty, Some(Role::Manager), reach, NOW)
            .await
            .unwrap();
        let result = setting.sentence(3).await;
        assert_eq!(result.ending.as_deref(), Some("非公開とする"));
        let reach = Reach { subject: false, ending: true };
        let role = Some(Role::Manager);
        clause::reclassify(db, officer, result.id, Class::Duty, role, reach, NOW).await.unwrap();
        assert!(setting.sentence(3).await.corrected.is_some());

        let next = document(&["文書主任は、鍵を保管しなければならない。", "点検の結果は、非公開とする。"]);
        let second = policy::import(db, officer, &next, "next.md", "bb", NOW).await.unwrap();
        let look = async |index: usize| {
            let view = policy::revision(db, officer, second).await.unwrap();
            let clause = view.clauses[index].id;
            question::clause(db, officer, second, clause).await.unwrap().sentences[0].clone()
        };
        let (first, other) = (look(0).await, look(1).await);
        assert_eq!((first.role, first.role_presumed, first.used.len()), (Some(Role::Manager), false, 1));
        assert_eq!(first.proposals[0].role, Role::Manager);
        assert_eq!((other.class, other.used[0].class_before), (Class::Duty, Some(Class::Stipulation)));

        let list = correction::list(db, officer).await.unwrap();
        let uses: Vec<(&str, usize)> = list.iter().map(|line| (line.correction.kind(), line.uses)).collect();
        assert_eq!(uses.iter().filter(|(_, uses)| *uses == 1).count(), 2, "{uses:?}");
        for line in &list {
            correction::withdraw(db, officer, line.id, NOW).await.unwrap();
        }
        assert!(refused(correction::withdraw(db, officer, list[0].id, NOW).await).contains("既に取り消"));
        let third = document(&["文書主任は、印を保管しなければならない。"]);
        let third = policy::import(db, officer, &third, "third.md", "cc", NOW).await.unwrap();
        let view = policy::revision(db, officer, third).await.unwrap();
        let page = question::clause(db, officer, third, view.clauses[0].id).await.unwrap();
        assert!(page.sentences[0].used.is_empty() && page.sentences[0].role != Some(Role::Manager));
        let head = actor(db, setting.world.tachibana).await;
        assert!(matches!(correction::list(db, &head).await, Err(StoreError::Forbidden)));
    }
}

#[tokio::test]
async fn taking_a_reclassification_back_restores_the_sentence_and_forgets_what_was_learnt() {
    for setting in settings().await {
        let (db, officer) = (&setting.place.db, &setting.officer);
        let before = setting.sentence(2).await;
        let reach = Reach { subject: true, ending: true };
        clause::reclassify(db, officer, before.id, Class::Effort, Some(Role::Staff), reach, NOW)
            .await
            .unwrap();
        assert_eq!(setting.proposal(2).await.weight, 0.5);
        question::withdraw_last(db, officer, setting.revision, NOW).await.unwrap();
        let after = setting.sentence(2).await;
        assert_eq!(
            (after.class, after.role, after.role_presumed),
            (before.class, before.role, before.role_presumed)
        );
        assert_eq!(after.marks, before.marks);
        assert_eq!(after.proposals[0].text, before.proposals[0].text);
        assert!(after.corrected.is_none());
        assert!(correction::list(db, officer).await.unwrap().iter().all(|line| line.withdrawn.is_some()));
    }
}

#[tokio::test]
async fn a_duty_with_a_reason_counts_as_settled_until_the_reason_is_taken_back() {
    for setting in settings().await {
        let (db, officer) = (&setting.place.db, &setting.officer);
        let duty = setting.sentence(0).await;
        question::reject(db, officer, duty.proposals[0].id, "他の設問で確認", NOW).await.unwrap();
        let open = setting.matrix().await.coverage;
        assert_eq!(open.exempt[0].reason, "案を却下　他の設問で確認");
        assert!(refused(question::exempt(db, officer, duty.id, " ", NOW).await).contains("理由"));
        let no_duty = setting.sentence(3).await.id;
        assert!(
            refused(question::exempt(db, officer, no_duty, "点検対象外", NOW).await)
                .contains("義務の文ではない")
        );
        question::exempt(db, officer, duty.id, "点検対象外", NOW).await.unwrap();
        assert!(refused(question::exempt(db, officer, duty.id, "二度", NOW).await).contains("既に記録"));
        let matrix = setting.matrix().await;
        assert!(matrix.coverage.uncovered.iter().all(|one| one.sentence != duty.id));
        assert_eq!((matrix.coverage.exempt.len(), matrix.total[0].exempt, matrix.total[0].duties), (1, 1, 2));
        assert_eq!(setting.sentence(0).await.exempt.unwrap().reason, "点検対象外");
        question::undo_exemption(db, officer, matrix.coverage.exempt[0].id.unwrap(), NOW).await.unwrap();
        assert!(setting.sentence(0).await.exempt.is_none());
        question::exempt(db, officer, duty.id, "実施手順で確認", NOW).await.unwrap();
        assert_eq!(setting.events("sentence.exempted").await, 2);
    }
}

#[tokio::test]
async fn the_matrix_counts_asked_duties_and_names_questions_without_a_clause() {
    for setting in settings().await {
        let (db, officer) = (&setting.place.db, &setting.officer);
        question::accept(db, officer, setting.proposal(0).await.id, NOW).await.unwrap();
        let matrix = setting.matrix().await;
        assert_eq!(matrix.lines.len(), 9);
        assert_eq!((matrix.total[0].asked, matrix.total[0].duties), (1, 2));
        assert_eq!(matrix.loose.len(), 0, "the small city's own questions stand on another policy's clauses");
        db.execute("DELETE FROM question_clause").await.unwrap();
        assert_eq!(setting.matrix().await.loose.len(), 4, "and now on none");
    }
}

#[tokio::test]
async fn the_way_through_follows_the_filter_and_the_order() {
    for setting in settings().await {
        let (db, officer) = (&setting.place.db, &setting.officer);
        let first = setting.look(None, Filter::default()).await;
        assert_eq!((first.at, first.shown), (Some(setting.proposal(0).await.id), 3));
        assert_eq!(first.next.map(|step| step.proposal), Some(setting.proposal(1).await.id));
        question::reject(db, officer, setting.proposal(0).await.id, "点検対象外", NOW).await.unwrap();
        let rejected = setting.look(None, Filter { show: Show::Rejected, ..Filter::default() }).await;
        assert_eq!((rejected.shown, rejected.next), (1, None));
        let unsure = Filter { show: Show::All, order: Order::Unsure, ..Filter::default() };
        let (_, lines) = question::lines(db, officer, setting.revision, unsure).await.unwrap();
        assert!(lines.windows(2).all(|two| two[0].proposal.confidence <= two[1].proposal.confidence));
        let nobody = Filter { role: Some(Role::Committee), ..Filter::default() };
        assert_eq!(setting.look(None, nobody).await.shown, 0);
    }
}

/// The document of the test: as many duties as asked for.
fn long(count: usize) -> PolicyText {
    let texts: Vec<String> =
        (0..count).map(|n| format!("職員等は、第{count}列第{n}号の端末を施錠しなければならない。")).collect();
    document(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

#[tokio::test]
async fn three_hundred_proposals_take_as_many_statements_as_three() {
    for mut setting in settings().await {
        let officer = setting.officer.clone();
        let mut counts = Vec::new();
        for (count, sha) in [(3, "cc"), (300, "dd")] {
            let db = &setting.place.db;
            let revision = policy::import(db, &officer, &long(count), "long.md", sha, NOW).await.unwrap();
            let first =
                question::bench(db, &officer, revision, None, None, &[], Filter::default()).await.unwrap();
            assert_eq!(first.progress.open, count);
            question::accept(db, &officer, first.at.unwrap(), NOW).await.unwrap();
            let statements = Statements::of(setting.place.db.read_mut());
            let db = &setting.place.db;
            question::bench(db, &officer, revision, None, None, &[], Filter::default()).await.unwrap();
            let bench = statements.taken();
            Matrix::load(db, &officer, revision).await.unwrap();
            let matrix = statements.taken();
            question::lines(db, &officer, revision, Filter::default()).await.unwrap();
            counts.push((bench, matrix, statements.taken()));
        }
        assert_eq!(counts[0], counts[1], "bench, coverage, list");
        assert!(counts[1].0 <= 18, "{counts:?}");
    }
}

#[tokio::test]
async fn entering_without_a_place_leads_to_every_proposal_of_the_clause_before_the_next_clause() {
    let setting = &settings().await.remove(0);
    let (db, officer) = (&setting.place.db, &setting.officer);
    let mut text = document(&["職員等は、端末を施錠し、書類を片付け、照明を消さなければならない。"]);
    text.title = "三つの行い".into();
    let revision = policy::import(db, officer, &text, "three.md", "cc", NOW).await.unwrap();
    let clause = policy::revision(db, officer, revision).await.unwrap().clauses[0].id;
    let start = question::bench(db, officer, revision, Some(clause), None, &[], Filter::default());
    let proposals = start.await.unwrap().page.sentences[0].proposals.clone();
    assert!(proposals.len() > 1, "{proposals:?}");
    question::accept(db, officer, proposals[0].id, NOW).await.unwrap();
    let after = question::bench_after(db, officer, revision, (clause, None), &[], Filter::default());
    assert_eq!(after.await.unwrap().at, Some(proposals[1].id));
}
