//! What taking would do, said before it is done: nothing is written.

use super::load::{Loaded, LoadedFile};
use super::show::{Whole, whole};
use crate::Db;
use crate::entity::{answer, inspection, target};
use crate::error::{StoreError, StoreResult};
use crate::evidence::attached;
use crate::response::{Frozen, Said, given_as, raw_of, standings};
use domain::actor::Actor;
use domain::intake::State;
use domain::intake::difference::Difference;
use domain::question::setting::Attribute;
use domain::response::{Given, missing};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

/// What taking some files would do.
#[derive(Debug, Clone)]
pub struct Rehearsal {
    pub inspection: inspection::Model,
    pub intake: Uuid,
    pub name: String,
    /// Names of the files.
    pub files: Vec<String>,
    /// Those that stay unfinished come first, then those whose answers are replaced, those without answers last.
    pub forms: Vec<WouldBe>,
    /// Why the one file asked for can't be taken now.
    pub refusal: Option<String>,
    /// The one file asked for was taken before.
    pub taken: bool,
}

/// What would become of one form.
#[derive(Debug, Clone)]
pub struct WouldBe {
    pub form: Uuid,
    pub file: String,
    /// 「所属　氏名（点検票）」.
    pub owner: String,
    /// Where the form speaks of somebody else.
    pub differences: Vec<Difference>,
    /// Answers where none is stored.
    pub new: usize,
    /// Answers that replace a stored one.
    pub replaced: usize,
    /// What the sheet still lacks, in sentences; without it the sheet counts as handed in.
    pub lacks: Option<String>,
}

impl WouldBe {
    /// Nothing is written and nothing handed in.
    pub fn is_empty(&self) -> bool {
        self.new + self.replaced == 0 && self.lacks.is_some()
    }
}

/// What taking the one file, or all that are beyond doubt, would do.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown intake or a file of another one.
pub async fn rehearse(db: &Db, actor: &Actor, intake: Uuid, only: Option<Uuid>) -> StoreResult<Rehearsal> {
    let Whole { row, inspection, files } = whole(db, actor, intake).await?;
    let wanted = |(file, again): &(LoadedFile, bool)| match only {
        Some(only) => file.id == only,
        None => file.taking.is_none() && !again && file.may_take().is_ok(),
    };
    let files: Vec<LoadedFile> = files.into_iter().filter(wanted).map(|(file, _)| file).collect();
    let one = files.first().filter(|_| only.is_some());
    if only.is_some() && one.is_none() {
        return Err(StoreError::NotFound);
    }
    let taken = one.is_some_and(|file| file.taking.is_some());
    let refusal = one.filter(|_| !taken).and_then(|file| file.may_take().err()).map(|refusal| refusal.text);
    let files = if taken || refusal.is_some() { Vec::new() } else { files };
    let seen = Seen::load(db, &files).await?;
    let kept =
        |file: &LoadedFile| file.forms.iter().filter(|form| !form.is_left_out()).cloned().collect::<Vec<_>>();
    let mut forms: Vec<WouldBe> = files
        .iter()
        .flat_map(|file| kept(file).into_iter().map(|form| (file.name.clone(), form)))
        .filter_map(|(name, form)| seen.would_be(name, &form, inspection.fiscal_year))
        .collect();
    forms.sort_by_key(|form| (form.is_empty(), form.lacks.is_none(), form.replaced == 0));
    let files = files.into_iter().map(|file| file.name).collect();
    Ok(Rehearsal { inspection, intake, name: row.name, files, forms, refusal, taken })
}

/// What is known of the owners.
struct Seen {
    editions: BTreeMap<Uuid, Arc<Frozen>>,
    answers: BTreeMap<(Uuid, Uuid), answer::Model>,
    files: BTreeMap<(Uuid, Uuid), usize>,
    handed_in: BTreeSet<Uuid>,
}

impl Seen {
    async fn load(db: &Db, files: &[LoadedFile]) -> StoreResult<Seen> {
        let owners: Vec<target::Model> =
            files.iter().flat_map(|file| &file.forms).filter_map(|form| form.target.clone()).collect();
        let ids: BTreeSet<Uuid> = owners.iter().map(|target| target.id).collect();
        let editions = db.editions().of(db.read(), owners.iter().map(|target| target.edition_id)).await?;
        let answers = answer::Entity::find()
            .filter(answer::Column::TargetId.is_in(ids.iter().copied()))
            .all(db.read())
            .await?;
        let files = attached(db.read(), ids).await?;
        let standings = standings(db.read(), &owners).await?;
        Ok(Seen {
            editions,
            answers: answers.into_iter().map(|row| ((row.target_id, row.item_id), row)).collect(),
            files: files.into_iter().map(|(place, files)| (place, files.len())).collect(),
            handed_in: standings
                .into_iter()
                .filter(|(_, one)| one.standing.submitted)
                .map(|(id, _)| id)
                .collect(),
        })
    }

    fn would_be(&self, file: String, form: &Loaded, year: i32) -> Option<WouldBe> {
        let target = form.target.as_ref()?;
        let taken = || form.lines.iter().filter(|line| line.state == State::Taken);
        let replaced = taken().filter(|line| line.facts.stored.is_some()).count();
        let lacks = if self.handed_in.contains(&target.id) { None } else { self.lacks(form, target, year) };
        Some(WouldBe {
            form: form.form.id,
            file,
            owner: form.owner.clone(),
            differences: form.differences.clone(),
            new: taken().count() - replaced,
            replaced,
            lacks,
        })
    }

    /// The rules look at what is stored with the answers of the form over it.
    fn lacks(&self, form: &Loaded, target: &target::Model, year: i32) -> Option<String> {
        let asked = self.editions.get(&target.edition_id).map_or(&[][..], |edition| edition.asked.as_slice());
        let said = |item: Uuid| {
            let line = form.lines.iter().find(|line| {
                line.state == State::Taken && line.item.as_ref().is_some_and(|meant| meant.id == item)
            });
            if let Some(line) = line {
                let (comment, evidence) = (line.row.comment.clone(), line.row.evidence.clone());
                return Some(Said { raw: line.answer(), comment, evidence });
            }
            let row = self.answers.get(&(target.id, item))?;
            Some(Said { raw: raw_of(row), comment: row.comment.clone(), evidence: row.evidence.clone() })
        };
        let files = self.files.iter().filter(|((of, _), _)| *of == target.id);
        let files = files.map(|((_, item), files)| (*item, *files)).collect();
        let given = given_as(asked, said, &files, &Attribute::list(&target.attributes), year);
        let owed: Vec<Given> =
            given.into_iter().map(|(_, given)| given).filter(|given| !given.hidden).collect();
        missing(&owed)
    }
}
