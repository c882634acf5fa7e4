//! 取込み: files of departments brought in together, read one after another, settled by the 事務局, taken whole.
//!
//! Invariant: what was read never changes; what a person settled are rows of their own, the newest of which holds.

mod dispose;
mod form;
mod load;
mod origin;
mod reading;
mod settle;
mod show;
mod take;

pub(crate) use dispose::dispose;
pub use form::{FormPage, RowShown, page as form_page};
pub use origin::{Origin, origins};
pub use reading::{Form, Item, Reading, Waiting, note, waiting};
pub use settle::{settle, settle_conflicts, settle_owner};
pub use show::{Batch, FileShown, FormShown, IntakePage, Listed, content, list, page};
pub use take::{Taken, take};

use crate::Db;
use crate::access::require_city;
use crate::entity::{inspection, intake, intake_file};
use crate::error::{StoreError, StoreResult};
use crate::evidence::sha256;
use crate::inspection::is_closed;
use crate::ledger::{self, NewEvent};
use domain::Refusal;
use domain::actor::Actor;
use domain::inspection::Visibility;
use domain::permission::Action;
use sea_orm::{EntityTrait, Set};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

/// Files brought in together at most.
pub const MOST: usize = 2_000;

/// On a workbook stands who filled it in, and whoever brings it in sees both.
const NAMED_ONLY: &str = "この点検は無記名式です。氏名の書かれた点検票を取り込むことはできません。回答者が画面で回答してください。";

/// A file as it came.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// Its name, within a package with its folder.
    pub name: String,
    pub content: Vec<u8>,
}

/// Keeps files to be read. Of files with the same content in one go only the first is kept.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown inspection; a refusal when it is closed, without a file,
/// or with too many.
pub async fn bring(
    db: &Db,
    actor: &Actor,
    inspection_id: Uuid,
    files: Vec<NewFile>,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require_city(actor, Action::RunInspection)?;
    may_bring(files.len())?;
    let txn = db.begin().await?;
    let row = inspection::Entity::find_by_id(inspection_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    if Visibility::from_key(&row.visibility) == Some(Visibility::Anonymous) {
        return Err(StoreError::refused(NAMED_ONLY));
    }
    if is_closed(&txn, inspection_id).await? {
        return Err(StoreError::refused("この点検は締め切られています。点検票を取り込むことはできません。"));
    }
    let id = Uuid::now_v7();
    let name = match files.as_slice() {
        [one] => one.name.clone(),
        many => format!("{}ファイル", many.len()),
    };
    let row = intake::ActiveModel {
        id: Set(id),
        inspection_id: Set(inspection_id),
        name: Set(name.clone()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    intake::Entity::insert(row).exec_without_returning(&txn).await?;
    let rows = rows(id, files);
    let after = json!({ "name": name, "files": rows.len() });
    // One by one: contents of many megabytes do not belong into one statement.
    for row in rows {
        intake_file::Entity::insert(row).exec_without_returning(&txn).await?;
    }
    let event = NewEvent::created("inspection", inspection_id, "intake.brought", after)
        .beside(json!({ "intake": id }));
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(id)
}

fn may_bring(number: usize) -> Result<(), Refusal> {
    match number {
        0 => Err(Refusal::field("file", "取り込むファイルを選んでください。")),
        many if many > MOST => Err(Refusal::field(
            "file",
            format!("一度に取り込めるのは{MOST}ファイルまでです。分けて取り込んでください。"),
        )),
        _ => Ok(()),
    }
}

fn rows(intake: Uuid, files: Vec<NewFile>) -> Vec<intake_file::ActiveModel> {
    let mut seen = std::collections::BTreeSet::new();
    let fresh = files.into_iter().map(|file| (sha256(&file.content), file));
    let fresh = fresh.filter(|(sha256, _)| seen.insert(sha256.clone()));
    (1..)
        .zip(fresh)
        .map(|(no, (sha256, file))| intake_file::ActiveModel {
            id: Set(Uuid::now_v7()),
            intake_id: Set(intake),
            no: Set(no),
            name: Set(file.name),
            sha256: Set(sha256),
            content: Set(Some(file.content)),
        })
        .collect()
}
