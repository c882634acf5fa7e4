//! The receipt (受領証) of a submission, and whether a number on paper is one.

mod check;

pub use check::{Checked, Stated, check};

use crate::Db;
use crate::access::require;
use crate::entity::{answer, event, target};
use crate::error::{StoreError, StoreResult};
use crate::ledger::{digest, stream};
use crate::response::load::{self, Sheet};
use crate::response::{own, raw_of};
use domain::actor::Actor;
use domain::calendar::iso;
use domain::permission::Action;
use domain::receipt::{Handed, answers_digest, number};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// The kind of the event of a submission.
pub(crate) const SUBMITTED: &str = "response.submitted";

/// What a receipt says.
#[derive(Debug, Clone)]
pub struct Receipt {
    pub sheet: Sheet,
    pub at: OffsetDateTime,
    /// Who handed it in: the person, or who entered it (代理入力).
    pub by: String,
    /// Answers that were owed.
    pub answers: usize,
    pub files: usize,
    /// The number; none for a submission from before there were receipts.
    pub number: Option<String>,
}

/// The receipt of the actor's own sheet.
///
/// # Errors
/// `NotFound` for somebody else's sheet; a refusal while it is not handed in.
pub async fn own_receipt(db: &Db, actor: &Actor, target: Uuid) -> StoreResult<Receipt> {
    require(actor, Action::AnswerSheet)?;
    let target = own(db.read(), actor, target, false).await?;
    receipt(db, target).await
}

async fn receipt(db: &Db, target: target::Model) -> StoreResult<Receipt> {
    let event = event_of(db.read(), target.id).await?;
    let sheet = load::sheet(db, target).await?;
    let Some(((submission, at), event)) = sheet.facts.submission.zip(event) else {
        return Err(StoreError::refused(
            "この点検票は提出されていません。受領証は、提出した後に表示します。",
        ));
    };
    let payload: Json = serde_json::from_str(&event.payload).unwrap_or_default();
    let is_own = payload["submission"] == Json::String(submission.to_string());
    let answers_digest = payload["answers_digest"].as_str().filter(|_| is_own);
    Ok(Receipt {
        at,
        answers: sheet.total(),
        files: sheet.items().map(|item| item.files.len()).sum(),
        number: answers_digest.map(|answers| number(&event.hash, answers, digest)),
        by: event.actor_name,
        sheet,
    })
}

/// The newest submission of a target in the ledger.
async fn event_of<C: ConnectionTrait>(connection: &C, target: Uuid) -> StoreResult<Option<event::Model>> {
    let newest = event::Entity::find()
        .filter(event::Column::Stream.eq(stream("target", target)))
        .filter(event::Column::Kind.eq(SUBMITTED))
        .order_by_desc(event::Column::Seq);
    Ok(newest.one(connection).await?)
}

/// Rows of answers as the receipt sees them; `files` are the digests by question.
pub fn handed<'a>(
    rows: impl IntoIterator<Item = &'a answer::Model>,
    mut files: BTreeMap<Uuid, Vec<String>>,
) -> Vec<Handed> {
    let mut all: Vec<Handed> = rows
        .into_iter()
        .map(|row| Handed {
            item: row.item_id,
            value: raw_of(row).map(|raw| raw.key()).unwrap_or_default(),
            comment: row.comment.clone(),
            reference: row.evidence.clone(),
            planned_on: row.planned_on.map(iso).unwrap_or_default(),
            files: files.remove(&row.item_id).unwrap_or_default(),
        })
        .collect();
    // A file may stand beside a question that was not answered.
    all.extend(files.into_iter().map(|(item, files)| Handed { item, files, ..Handed::default() }));
    all
}

/// What the event of a submission says about its answers.
pub fn stated(handed: &[Handed]) -> String {
    answers_digest(handed, digest)
}
