//! A policy with five articles, its next revision, and an officer who settled the first one.

#![allow(dead_code, clippy::unwrap_used, clippy::allow_attributes)]

use crate::common::{NOW, Place, World, actor, places};
use domain::actor::Actor;
use domain::clause::{ClauseKind, ClauseText, classify_all};
use domain::policy::PolicyText;
use sea_orm::EntityTrait;
use store::entity::{event, question_clause};
use store::lineage::{self, Decision, Reconsidered};
use store::{Db, StoreError, policy, question};
use time::Duration;
use uuid::Uuid;

pub const LOCK: &str = "職員等は、離席する時に端末を施錠しなければならない。";
pub const TAKE: &str =
    "職員等は、情報を庁外に持ち出す場合は、情報セキュリティ管理者の許可を得なければならない。";
pub const WASTE: &str =
    "職員等は、文書を廃棄する場合は、裁断、溶解その他復元することができない方法によらなければならない。";
pub const LOG: &str =
    "情報システム管理者は、情報システムの利用及び操作の記録を1年以上保存しなければならない。";
pub const LOG_LONGER: &str =
    "情報システム管理者は、情報システムの利用及び操作の記録を3年以上保存しなければならない。";
pub const MAIL: &str =
    "職員等は、電子メールを庁外に送信するときは、宛先を他の職員とともに確認しなければならない。";
pub const CLOUD: &str =
    "情報セキュリティ管理者は、クラウドサービスを利用する前に、提供者の所在地を届け出なければならない。";

pub const TITLE: &str = "試験市情報セキュリティポリシー";

pub fn document(title: &str, articles: &[(&str, &str)]) -> PolicyText {
    let part = |path: Vec<String>, heading: &str, text: &str| ClauseText {
        label: path.last().unwrap().clone(),
        path,
        heading: Some(heading.into()),
        text: text.into(),
        kind: ClauseKind::Article,
        line: 1,
        sentences: Vec::new(),
    };
    let mut clauses = vec![part(vec!["第1章".into()], "人的セキュリティ", "")];
    for ((heading, text), number) in articles.iter().zip(1..) {
        clauses.push(part(vec!["第1章".into(), number.to_string()], heading, text));
    }
    classify_all(&mut clauses);
    PolicyText { title: title.into(), clauses, ..PolicyText::default() }
}

pub fn first() -> PolicyText {
    document(TITLE, &[("離席", LOCK), ("持出し", TAKE), ("廃棄", WASTE), ("記録", LOG), ("送信", MAIL)])
}

/// One inserted, so that the others move; the log changed, the mail repealed.
pub fn second() -> PolicyText {
    document(
        TITLE,
        &[("離席", LOCK), ("届出", CLOUD), ("持出し", TAKE), ("廃棄", WASTE), ("記録", LOG_LONGER)],
    )
}

pub struct Setting {
    pub place: Place,
    pub world: World,
    pub officer: Actor,
    pub first: Uuid,
}

pub async fn settings() -> Vec<Setting> {
    let mut settings = Vec::new();
    for place in places().await {
        let world = World::build(&place.db).await;
        let officer = actor(&place.db, world.shiina).await;
        let first = policy::import(&place.db, &officer, &first(), "1.md", "aa", NOW).await.unwrap();
        let setting = Setting { place, world, officer, first };
        let waste = setting.clause(first, 3).await;
        let page = question::clause(&setting.place.db, &setting.officer, first, waste).await.unwrap();
        for proposal in page.sentences.iter().flat_map(|sentence| &sentence.proposals) {
            question::reject(&setting.place.db, &setting.officer, proposal.id, "別の点検で確かめる", NOW)
                .await
                .unwrap();
        }
        question::accept_all(&setting.place.db, &setting.officer, first, NOW).await.unwrap();
        settings.push(setting);
    }
    settings
}

impl Setting {
    pub fn db(&self) -> &Db {
        &self.place.db
    }

    pub async fn import(&self, text: &PolicyText, sha256: &str) -> Uuid {
        policy::import(self.db(), &self.officer, text, "2.md", sha256, NOW + Duration::DAY).await.unwrap()
    }

    pub async fn clause(&self, revision: Uuid, index: usize) -> Uuid {
        policy::revision(self.db(), &self.officer, revision).await.unwrap().clauses[index].id
    }

    pub async fn changes(&self, revision: Uuid) -> lineage::Changes {
        lineage::changes(self.db(), &self.officer, revision).await.unwrap()
    }

    /// The question about an article that has to be looked at again.
    pub async fn again(&self, revision: Uuid, heading: &str) -> Reconsidered {
        let changes = self.changes(revision).await;
        changes.questions.into_iter().find(|line| line.old.under == heading).unwrap()
    }

    pub async fn settle(&self, line: &Reconsidered, decision: Decision) -> Result<Uuid, StoreError> {
        lineage::settle(self.db(), &self.officer, line.id, decision, NOW + Duration::days(2)).await
    }

    pub async fn reopen(&self, line: &Reconsidered) -> Result<Uuid, StoreError> {
        lineage::reopen(self.db(), &self.officer, line.id, NOW + Duration::days(3)).await
    }

    /// Paths of the clauses of a revision a question is linked to.
    pub async fn linked(&self, revision: Uuid, question: Uuid) -> Vec<String> {
        let view = policy::revision(self.db(), &self.officer, revision).await.unwrap();
        let links = question_clause::Entity::find().all(self.db().read()).await.unwrap();
        let of = |clause: Uuid| links.iter().any(|l| l.clause_id == clause && l.question_id == question);
        view.clauses.into_iter().filter(|clause| of(clause.id)).map(|clause| clause.short_path).collect()
    }

    pub async fn events(&self, kind: &str) -> usize {
        let all = event::Entity::find().all(self.db().read()).await.unwrap();
        all.iter().filter(|row| row.kind == kind).count()
    }
}

pub fn refused<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    match result {
        Err(StoreError::Refused(refusal)) => refusal.text,
        other => panic!("a refusal was expected: {other:?}"),
    }
}

pub fn keep(reason: &str) -> Decision {
    Decision::Keep { reason: reason.into() }
}
