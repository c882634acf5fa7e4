//! The list of intakes, and one of them: a line for each form with what would become of it.

use super::load::{Line, Loaded, LoadedFile, files};
use crate::Db;
use crate::access::require_city;
use crate::entity::{inspection, intake, intake_file, intake_reading, intake_taking};
use crate::error::{StoreError, StoreResult};
use crate::response::standing::names;
use domain::actor::Actor;
use domain::intake::difference::Difference;
use domain::intake::owner::OUR_KEY;
use domain::intake::{Certainty, Fault, State};
use domain::permission::Action;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// The intakes of an inspection.
#[derive(Debug, Clone)]
pub struct Listed {
    pub inspection: inspection::Model,
    pub closed: bool,
    /// The newest first.
    pub batches: Vec<Batch>,
}

/// Files that were brought in together.
#[derive(Debug, Clone)]
pub struct Batch {
    pub id: Uuid,
    pub name: String,
    pub at: OffsetDateTime,
    pub by: String,
    pub files: usize,
    pub read: usize,
    pub taken: usize,
}

/// What was brought in for an inspection.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown inspection.
pub async fn list(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<Listed> {
    require_city(actor, Action::RunInspection)?;
    let connection = db.read();
    let inspection = inspection::Entity::find_by_id(id).one(connection).await?.ok_or(StoreError::NotFound)?;
    let closed = crate::inspection::is_closed(connection, id).await?;
    let rows = intake::Entity::find()
        .filter(intake::Column::InspectionId.eq(id))
        .order_by_desc(intake::Column::Id)
        .all(connection)
        .await?;
    let names = names(connection, rows.iter().map(|row| row.by_person_id)).await?;
    let files: Vec<(Uuid, Uuid)> = intake_file::Entity::find()
        .select_only()
        .columns([intake_file::Column::Id, intake_file::Column::IntakeId])
        .filter(intake_file::Column::IntakeId.is_in(rows.iter().map(|row| row.id)))
        .into_tuple()
        .all(connection)
        .await?;
    let ids: Vec<Uuid> = files.iter().map(|(file, _)| *file).collect();
    let read: BTreeSet<Uuid> = intake_reading::Entity::find()
        .filter(intake_reading::Column::FileId.not_in_subquery(super::turn::pending()))
        .select_only()
        .column(intake_reading::Column::FileId)
        .filter(intake_reading::Column::FileId.is_in(ids.iter().copied()))
        .into_tuple::<Uuid>()
        .all(connection)
        .await?
        .into_iter()
        .collect();
    let taken: BTreeSet<Uuid> = intake_taking::Entity::find()
        .select_only()
        .column(intake_taking::Column::FileId)
        .filter(intake_taking::Column::FileId.is_in(ids))
        .into_tuple::<Uuid>()
        .all(connection)
        .await?
        .into_iter()
        .collect();
    let batch = |row: intake::Model| {
        let of = |wanted: Option<&BTreeSet<Uuid>>| {
            let own = files.iter().filter(|(_, intake)| *intake == row.id);
            own.filter(|(file, _)| wanted.is_none_or(|wanted| wanted.contains(file))).count()
        };
        Batch {
            id: row.id,
            at: row.at,
            by: names.get(&row.by_person_id).cloned().unwrap_or_default(),
            files: of(None),
            read: of(Some(&read)),
            taken: of(Some(&taken)),
            name: row.name,
        }
    };
    Ok(Listed { inspection, closed, batches: rows.into_iter().map(batch).collect() })
}

/// One intake.
#[derive(Debug, Clone)]
pub struct IntakePage {
    pub inspection: inspection::Model,
    pub id: Uuid,
    pub name: String,
    pub at: OffsetDateTime,
    pub by: String,
    pub files: Vec<FileShown>,
}

/// A file and what is to be done with it.
#[derive(Debug, Clone)]
pub struct FileShown {
    pub id: Uuid,
    pub no: i32,
    pub name: String,
    pub sha256: String,
    pub read: bool,
    /// When it was taken, and how many answers were written.
    pub taken: Option<(OffsetDateTime, i32)>,
    /// Why it can't be taken now.
    pub refusal: Option<String>,
    /// Its content is there: it was not disposed of, and came out of its package.
    pub kept: bool,
    /// The file could not be read at all.
    pub unreadable: bool,
    /// Sheets that are no filled form, with the reason.
    pub ignored: Vec<(String, String)>,
    pub forms: Vec<FormShown>,
    /// Another file with the same content was taken before.
    pub again: bool,
}

impl FileShown {
    /// Nothing is left to decide: it is taken with all that are beyond doubt.
    pub fn is_ready(&self) -> bool {
        self.taken.is_none() && self.refusal.is_none() && !self.again
    }
}

/// A form in it.
#[derive(Debug, Clone)]
pub struct FormShown {
    pub id: Uuid,
    pub sheet: String,
    pub department: String,
    pub person: String,
    pub dated_on: Option<Date>,
    /// The owner with 「所属　氏名（点検票）」, if there is one.
    pub target: Option<(Uuid, String)>,
    /// Where the form speaks of somebody else.
    pub differences: Vec<Difference>,
    pub sureness: Option<Certainty>,
    /// What decided; empty where a person did.
    pub why: String,
    /// A person chose the owner.
    pub settled: bool,
    pub left_out: bool,
    pub has_owner: bool,
    /// The 様式 it was read by: its key and name.
    pub layout: Option<(Uuid, String)>,
    /// How it departs from that, in words, as long as nobody accepted it: the cell and a sentence.
    pub drifts: Vec<(String, String)>,
    pub taken: usize,
    pub same: usize,
    pub blank: usize,
    pub unclear: usize,
    pub unmatched: usize,
    pub conflicts: usize,
    /// It is one of our own forms.
    pub ours: bool,
    /// Whom it was printed for, where somebody else was chosen.
    pub printed_for: Option<String>,
    /// Answers only the department can make clear, whatever questions they belong to.
    pub faults: usize,
}

/// One intake with all its files.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown intake.
pub async fn page(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<IntakePage> {
    let Whole { row, inspection, files } = whole(db, actor, id).await?;
    let by = names(db.read(), [row.by_person_id]).await?.remove(&row.by_person_id);
    Ok(IntakePage {
        inspection,
        id,
        name: row.name,
        at: row.at,
        by: by.unwrap_or_default(),
        files: files.into_iter().map(|(file, again)| file_shown(file, again)).collect(),
    })
}

/// An intake with its files as they are loaded, and whether the content of each was taken before.
pub(super) struct Whole {
    pub row: intake::Model,
    pub inspection: inspection::Model,
    pub files: Vec<(LoadedFile, bool)>,
}

/// Loads it.
pub(super) async fn whole(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<Whole> {
    require_city(actor, Action::RunInspection)?;
    let row = intake::Entity::find_by_id(id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let inspection = inspection::Entity::find_by_id(row.inspection_id).one(db.read()).await?;
    let files = files(db.read(), id).await?;
    let taken = taken_before(db, row.inspection_id, &files).await?;
    let again = |file: &LoadedFile| taken.contains(&file.sha256) && file.taking.is_none();
    let files =
        files.into_iter().map(|file| (again(&file), file)).map(|(again, file)| (file, again)).collect();
    Ok(Whole { row, inspection: inspection.ok_or(StoreError::NotFound)?, files })
}

/// The contents that were taken with any file of the inspection.
async fn taken_before(db: &Db, inspection: Uuid, files: &[LoadedFile]) -> StoreResult<BTreeSet<String>> {
    let own = Query::select()
        .column(intake::Column::Id)
        .from(intake::Entity)
        .and_where(intake::Column::InspectionId.eq(inspection))
        .to_owned();
    let same: Vec<(Uuid, String)> = intake_file::Entity::find()
        .select_only()
        .columns([intake_file::Column::Id, intake_file::Column::Sha256])
        .filter(intake_file::Column::IntakeId.in_subquery(own))
        .filter(intake_file::Column::Sha256.is_in(files.iter().map(|file| file.sha256.clone())))
        .into_tuple()
        .all(db.read())
        .await?;
    let same: BTreeMap<Uuid, String> = same.into_iter().collect();
    let taken = intake_taking::Entity::find()
        .filter(intake_taking::Column::FileId.is_in(same.keys().copied()))
        .all(db.read())
        .await?;
    Ok(taken.iter().filter_map(|row| same.get(&row.file_id).cloned()).collect())
}

fn file_shown(file: LoadedFile, again: bool) -> FileShown {
    let refusal = file.may_take().err().map(|refusal| refusal.text);
    let reading = file.reading.as_ref();
    let ignored = reading.and_then(|reading| serde_json::from_str(&reading.ignored).ok());
    FileShown {
        id: file.id,
        no: file.no,
        read: reading.is_some(),
        taken: file.taking.as_ref().map(|taking| (taking.at, taking.answers)),
        unreadable: reading.is_some_and(|reading| reading.refusal.is_some()),
        ignored: ignored.unwrap_or_default(),
        refusal,
        kept: file.kept,
        again,
        forms: file.forms.iter().map(form_shown).collect(),
        name: file.name,
        sha256: file.sha256,
    }
}

pub(super) fn form_shown(loaded: &Loaded) -> FormShown {
    let form = &loaded.form;
    let count = |wanted| loaded.count(|state| state == wanted);
    FormShown {
        id: form.id,
        sheet: form.sheet.clone(),
        department: form.department.clone(),
        person: form.person.clone(),
        dated_on: form.dated_on,
        target: loaded.target.as_ref().map(|target| (target.id, loaded.owner.clone())),
        differences: loaded.differences.clone(),
        sureness: loaded.sureness,
        why: if loaded.settled { String::new() } else { form.why.clone() },
        settled: loaded.settled,
        left_out: loaded.is_left_out(),
        has_owner: loaded.has_owner(),
        layout: loaded.layout.clone(),
        drifts: loaded.drifts.iter().map(|drift| (drift.cell.clone(), drift.text.clone())).collect(),
        taken: count(State::Taken),
        same: count(State::Same),
        blank: count(State::Blank),
        unclear: count(State::Unclear),
        unmatched: count(State::Unmatched) + count(State::Doubled),
        conflicts: count(State::Conflict),
        ours: form.why.starts_with(OUR_KEY),
        printed_for: loaded.printed_for.clone(),
        faults: loaded.lines.iter().filter(|line| is_faulty(line)).count(),
    }
}

/// More than a blank cell, and nobody has settled it.
fn is_faulty(line: &Line) -> bool {
    line.facts.choice.is_none() && line.facts.fault.is_some_and(|fault| fault != Fault::Unanswered)
}

/// A file as it came: its intake, its name, its bytes.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown file or one that was disposed of.
pub async fn content(db: &Db, actor: &Actor, id: Uuid) -> StoreResult<(Uuid, String, Vec<u8>)> {
    require_city(actor, Action::RunInspection)?;
    let row = intake_file::Entity::find_by_id(id).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    Ok((row.intake_id, row.name, row.content.ok_or(StoreError::NotFound)?))
}

/// The inspection of a file, and for each of its forms the owner a person settled and the questions that are sure.
pub(crate) async fn settled(
    db: &Db,
    actor: &Actor,
    id: Uuid,
) -> StoreResult<(Uuid, Vec<(Option<Uuid>, Vec<Option<Uuid>>)>)> {
    require_city(actor, Action::RunInspection)?;
    let file = super::load::file(db.read(), id).await?;
    let intake = intake::Entity::find_by_id(file.intake).one(db.read()).await?.ok_or(StoreError::NotFound)?;
    let settled = file.forms.iter().map(|form| {
        let owner = form.target.as_ref().filter(|_| form.settled).map(|target| target.id);
        let sure = |line: &Line| line.facts.question == Some(Certainty::Sure);
        let items =
            form.lines.iter().map(|line| line.item.as_ref().filter(|_| sure(line)).map(|item| item.id));
        (owner, items.collect())
    });
    Ok((intake.inspection_id, settled.collect()))
}
