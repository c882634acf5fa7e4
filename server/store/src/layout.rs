//! 様式: layouts of departments' workbooks that were kept, and what words mean in them. Recognising one in a file is the
//! reader's part; the server gives it, as it gives the clock.
//!
//! Invariant: a version never changes. Of each fingerprint the newest version of a 様式 that was not discarded reads.

mod drift;
mod keep;
mod sheet;
mod show;
mod word;

pub use drift::{Departed, accept, departed};
pub use keep::{discard, keep, rename};
pub use sheet::{SheetPage, sheet};
pub use show::{City, LayoutPage, Listed, WordShown, list, page};
pub use word::{Reach, explain, set_word, take_word_back};

use crate::entity::{intake, intake_file, intake_taking, layout_discard, layout_version, layout_word};
use crate::error::StoreResult;
use domain::layout::picture::Which;
use domain::layout::{Habits, Kept, Layout, Pointing, Seen};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select};
use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use std::sync::Arc;
use uuid::Uuid;

/// A sheet to be looked at.
#[derive(Debug, Clone)]
pub struct Look {
    pub file_name: String,
    pub content: Vec<u8>,
    pub sheet: Which,
    pub habits: Habits,
    pub pointing: Pointing,
}

/// What was seen, or why the file can't be opened.
pub type Looks = Pin<Box<dyn Future<Output = Result<Seen, String>> + Send>>;

/// What the server does with workbooks for those who may not open them themselves.
#[derive(Clone)]
pub struct Workbooks {
    /// Looks at a sheet.
    pub look: Arc<dyn Fn(Look) -> Looks + Send + Sync>,
    /// Begins to read what waits.
    pub wake: Arc<dyn Fn() + Send + Sync>,
}

/// The files of the same inspection as a file, this one among them, that were not taken.
fn untaken_beside(file: Uuid) -> SelectStatement {
    let of_file = Query::select()
        .column(intake_file::Column::IntakeId)
        .from(intake_file::Entity)
        .and_where(intake_file::Column::Id.eq(file))
        .to_owned();
    let inspection = Query::select()
        .column(intake::Column::InspectionId)
        .from(intake::Entity)
        .and_where(intake::Column::Id.in_subquery(of_file))
        .to_owned();
    let intakes = Query::select()
        .column(intake::Column::Id)
        .from(intake::Entity)
        .and_where(intake::Column::InspectionId.in_subquery(inspection))
        .to_owned();
    let taken = Query::select().column(intake_taking::Column::FileId).from(intake_taking::Entity).to_owned();
    Query::select()
        .column(intake_file::Column::Id)
        .from(intake_file::Entity)
        .and_where(intake_file::Column::IntakeId.in_subquery(intakes))
        .and_where(intake_file::Column::Id.not_in_subquery(taken))
        .to_owned()
}

/// Versions of 様式 that are in use, the newest first.
pub(crate) fn in_use() -> Select<layout_version::Entity> {
    let discarded =
        Query::select().column(layout_discard::Column::LayoutId).from(layout_discard::Entity).to_owned();
    layout_version::Entity::find()
        .filter(layout_version::Column::LayoutId.not_in_subquery(discarded))
        .order_by_desc(layout_version::Column::Id)
}

/// Everything a reader has to know, in two statements.
///
/// # Errors
/// When the database fails.
pub async fn habits<C: ConnectionTrait>(connection: &C) -> StoreResult<Habits> {
    let mut words = words(connection).await?;
    let mut seen: BTreeSet<(Uuid, String)> = BTreeSet::new();
    let mut kept = Vec::new();
    for version in in_use().all(connection).await? {
        if !seen.insert((version.layout_id, version.fingerprint.clone())) {
            continue;
        }
        let mut layout: Layout = serde_json::from_str(&version.content)?;
        let own = words.get(&Some(version.layout_id)).into_iter().flatten();
        layout.marks.extend(own.map(|(word, meaning)| (word.clone(), meaning.clone())));
        kept.push(Kept { version: version.id, layout });
    }
    Ok(Habits { kept, words: words.remove(&None).unwrap_or_default() })
}

/// Words with their meaning by 様式; `None` is the whole city.
type Words = BTreeMap<Option<Uuid>, BTreeMap<String, String>>;

/// The words that hold.
pub(crate) async fn words<C: ConnectionTrait>(connection: &C) -> StoreResult<Words> {
    let mut words = Words::new();
    for row in layout_word::Entity::find().order_by_asc(layout_word::Column::Id).all(connection).await? {
        let own = words.entry(row.layout_id).or_default();
        match row.meaning.is_empty() {
            true => own.remove(&row.word),
            false => own.insert(row.word, row.meaning),
        };
    }
    Ok(words)
}
