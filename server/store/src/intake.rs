//! 取込み: files of departments brought in together, read one after another, settled by the 事務局, taken whole.
//!
//! Invariant: what was read never changes; what a person settled are rows of their own, the newest of which holds.

mod departed;
mod dispose;
mod form;
mod load;
mod loaded;
mod origin;
mod people;
mod reading;
mod rehearse;
mod settle;
mod show;
mod take;
mod turn;

pub(crate) use dispose::dispose;
pub use form::{FormPage, OwnerShown, RowShown, SHOWN, page as form_page};
pub(crate) use load::{Line, among, suits};
pub use origin::{Origin, origins};
pub(crate) use people::{Numbers, numbers, text as owner_text};
pub(crate) use reading::Owed;
pub use reading::{Form, Item, Reading, Waiting, note, waiting};
pub use rehearse::{Rehearsal, WouldBe, rehearse};
pub use settle::{settle, settle_owner, settle_together};
pub(crate) use show::settled;
pub use show::{Batch, FileShown, FormShown, IntakePage, Listed, content, list, page};
pub use take::{Taken, take, take_ready};
pub(crate) use turn::of as turns;
pub(crate) use turn::unrecognised;
pub use turn::{read_again, read_file_again};

use crate::Db;
use crate::access::require_city;
use crate::entity::{inspection, intake, intake_file, intake_reading};
use crate::error::{StoreError, StoreResult};
use crate::evidence::sha256;
use crate::inspection::is_closed;
use crate::ledger::{self, NewEvent};
use domain::actor::Actor;
use domain::inspection::Visibility;
use domain::permission::Action;
use sea_orm::{EntityTrait, Set};
use serde_json::json;
use std::collections::BTreeSet;
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
    /// Its bytes, or why they could not be taken out of their package.
    pub content: Result<Vec<u8>, String>,
}

/// Keeps files to be read. Of files with the same content only the first is kept. Each is written by itself, so that
/// two hundred of them do not keep others from saving their answers meanwhile.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown inspection; a refusal when it is closed or an anonymous one.
pub async fn bring(
    db: &Db,
    actor: &Actor,
    inspection_id: Uuid,
    name: &str,
    files: impl Iterator<Item = NewFile> + Send,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    require_city(actor, Action::RunInspection)?;
    let id = begin(db, actor, inspection_id, name, now).await?;
    let mut seen = BTreeSet::new();
    for file in files.take(MOST) {
        let digest = sha256(file.content.as_ref().map_or(file.name.as_bytes(), Vec::as_slice));
        if seen.insert(digest.clone()) {
            let no = i32::try_from(seen.len()).unwrap_or(i32::MAX);
            keep(db, id, no, digest, file, now).await?;
        }
    }
    Ok(id)
}

async fn begin(
    db: &Db,
    actor: &Actor,
    inspection_id: Uuid,
    name: &str,
    now: OffsetDateTime,
) -> StoreResult<Uuid> {
    let txn = db.begin().await?;
    let row = inspection::Entity::find_by_id(inspection_id).one(&txn).await?.ok_or(StoreError::NotFound)?;
    if Visibility::from_key(&row.visibility) == Some(Visibility::Anonymous) {
        return Err(StoreError::refused(NAMED_ONLY));
    }
    if is_closed(&txn, inspection_id).await? {
        return Err(StoreError::refused("この点検は締め切られています。点検票を取り込むことはできません。"));
    }
    let id = Uuid::now_v7();
    let row = intake::ActiveModel {
        id: Set(id),
        inspection_id: Set(inspection_id),
        name: Set(name.to_string()),
        at: Set(now),
        by_person_id: Set(actor.person_id),
    };
    intake::Entity::insert(row).exec_without_returning(&txn).await?;
    let event = NewEvent::created("inspection", inspection_id, "intake.brought", json!({ "name": name }))
        .beside(json!({ "intake": id }));
    ledger::record(&txn, actor, now, event).await?;
    txn.commit().await?;
    Ok(id)
}

/// A file that could not even be taken out of its package is read already: with the reason.
async fn keep(
    db: &Db,
    intake: Uuid,
    no: i32,
    sha256: String,
    file: NewFile,
    now: OffsetDateTime,
) -> StoreResult<()> {
    let txn = db.begin().await?;
    let id = Uuid::now_v7();
    let (content, refusal) = match file.content {
        Ok(content) => (Some(content), None),
        Err(refusal) => (None, Some(refusal)),
    };
    let row = intake_file::ActiveModel {
        id: Set(id),
        intake_id: Set(intake),
        no: Set(no),
        name: Set(file.name),
        sha256: Set(sha256),
        content: Set(content),
    };
    intake_file::Entity::insert(row).exec_without_returning(&txn).await?;
    if let Some(refusal) = refusal {
        let row = intake_reading::ActiveModel {
            id: Set(Uuid::now_v7()),
            file_id: Set(id),
            turn: Set(0),
            refusal: Set(Some(refusal)),
            ignored: Set("[]".to_string()),
            at: Set(now),
        };
        intake_reading::Entity::insert(row).exec_without_returning(&txn).await?;
    }
    Ok(txn.commit().await?)
}
