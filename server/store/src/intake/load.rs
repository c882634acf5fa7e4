//! Files with everything known of them, in a number of statements that does not grow with them.

use super::departed::Departures;
pub use super::loaded::{Line, Loaded, LoadedFile};
use super::people::{People, said};
use super::reading::{asked as question, wanted};
use super::turn;
use crate::entity::{
    answer, intake_choice, intake_file, intake_form, intake_owner, intake_reading, intake_row, intake_taking,
    target,
};
use crate::error::{StoreError, StoreResult};
use crate::inspection::target::withdrawn_among;
use crate::response::{Asked, Facts, asked, raw_of, standings};
use domain::Refusal;
use domain::answer::Raw;
use domain::form::matching::{Asked as Question, Known};
use domain::intake::fit::fit;
use domain::intake::owner::OUR_KEY;
use domain::intake::plan::doubled;
use domain::intake::{Certainty, Choice, Fault, Row, State, Stored, on_scale, state};
use domain::response::may_change;
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The files of an intake.
pub async fn files<C: ConnectionTrait>(connection: &C, intake: Uuid) -> StoreResult<Vec<LoadedFile>> {
    loaded(connection, intake_file::Column::IntakeId.eq(intake)).await
}

/// These files, whichever intakes they came in with.
pub async fn among<C: ConnectionTrait>(connection: &C, files: &[Uuid]) -> StoreResult<Vec<LoadedFile>> {
    loaded(connection, intake_file::Column::Id.is_in(files.iter().copied())).await
}

async fn loaded<C: ConnectionTrait>(connection: &C, wanted: SimpleExpr) -> StoreResult<Vec<LoadedFile>> {
    let rows: Vec<(Uuid, Uuid, i32, String, String, bool)> = intake_file::Entity::find()
        .select_only()
        .columns([
            intake_file::Column::Id,
            intake_file::Column::IntakeId,
            intake_file::Column::No,
            intake_file::Column::Name,
            intake_file::Column::Sha256,
        ])
        .column_as(intake_file::Column::Content.is_not_null(), "kept")
        .filter(wanted)
        .order_by_asc(intake_file::Column::No)
        .into_tuple()
        .all(connection)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|(id, ..)| *id).collect();
    let turns = turn::of(connection, &ids).await?;
    let mut readings: BTreeMap<Uuid, intake_reading::Model> = intake_reading::Entity::find()
        .filter(intake_reading::Column::FileId.is_in(ids.iter().copied()))
        .all(connection)
        .await?
        .into_iter()
        .filter(|row| turns.get(&row.file_id) == Some(&row.turn))
        .map(|row| (row.file_id, row))
        .collect();
    let mut takings: BTreeMap<Uuid, intake_taking::Model> = intake_taking::Entity::find()
        .filter(intake_taking::Column::FileId.is_in(ids.iter().copied()))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.file_id, row))
        .collect();
    let mut forms = forms(connection, &turns).await?;
    let file = |(id, intake, no, name, sha256, kept)| LoadedFile {
        id,
        intake,
        no,
        name,
        sha256,
        kept,
        reading: readings.remove(&id),
        taking: takings.remove(&id),
        forms: forms.remove(&id).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(file).collect())
}

/// What stands beside the rows of forms.
struct Beside {
    owners: BTreeMap<Uuid, intake_owner::Model>,
    targets: BTreeMap<Uuid, target::Model>,
    people: People,
    withdrawn: BTreeSet<Uuid>,
    facts: BTreeMap<Uuid, Facts>,
    /// The questions of each edition.
    asked: BTreeMap<Uuid, Vec<Asked>>,
    wanted: BTreeMap<Uuid, Vec<Known>>,
    choices: BTreeMap<Uuid, intake_choice::Model>,
    answers: BTreeMap<(Uuid, Uuid), answer::Model>,
    departures: Departures,
}

async fn forms<C: ConnectionTrait>(
    connection: &C,
    turns: &BTreeMap<Uuid, i32>,
) -> StoreResult<BTreeMap<Uuid, Vec<Loaded>>> {
    let mut forms = intake_form::Entity::find()
        .filter(intake_form::Column::FileId.is_in(turns.keys().copied()))
        .order_by_asc(intake_form::Column::No)
        .all(connection)
        .await?;
    forms.retain(|form| turns.get(&form.file_id) == Some(&form.turn));
    let ids: Vec<Uuid> = forms.iter().map(|form| form.id).collect();
    let rows = intake_row::Entity::find()
        .filter(intake_row::Column::FormId.is_in(ids.iter().copied()))
        .order_by_asc(intake_row::Column::Position)
        .all(connection)
        .await?;
    let mut rows_of: BTreeMap<Uuid, Vec<intake_row::Model>> = BTreeMap::new();
    for row in rows {
        rows_of.entry(row.form_id).or_default().push(row);
    }
    let beside = Beside::load(connection, &forms, ids).await?;
    let mut found: BTreeMap<Uuid, Vec<Loaded>> = BTreeMap::new();
    for form in forms {
        let rows = rows_of.remove(&form.id).unwrap_or_default();
        found.entry(form.file_id).or_default().push(beside.form(form, rows));
    }
    Ok(found)
}

impl Beside {
    async fn load<C: ConnectionTrait>(
        connection: &C,
        forms: &[intake_form::Model],
        ids: Vec<Uuid>,
    ) -> StoreResult<Beside> {
        let owners: BTreeMap<Uuid, intake_owner::Model> = intake_owner::Entity::find()
            .filter(intake_owner::Column::FormId.is_in(ids.iter().copied()))
            .order_by_asc(intake_owner::Column::Id)
            .all(connection)
            .await?
            .into_iter()
            .map(|row| (row.form_id, row))
            .collect();
        let named = owners.values().filter_map(|row| row.target_id);
        let named: BTreeSet<Uuid> = forms.iter().filter_map(|form| form.target_id).chain(named).collect();
        let targets = target::Entity::find()
            .filter(target::Column::Id.is_in(named.iter().copied()))
            .all(connection)
            .await?;
        let editions: BTreeSet<Uuid> = targets
            .iter()
            .map(|target| target.edition_id)
            .chain(forms.iter().filter_map(|form| form.edition_id))
            .collect();
        let departures = Departures::load(connection, forms).await?;
        let choices = choices(connection, ids).await?;
        let answers = answer::Entity::find()
            .filter(answer::Column::TargetId.is_in(named.iter().copied()))
            .all(connection)
            .await?;
        let mut by_edition: BTreeMap<Uuid, Vec<Asked>> = BTreeMap::new();
        for one in asked(connection, editions.iter().copied()).await? {
            by_edition.entry(one.row.edition_id).or_default().push(one);
        }
        Ok(Beside {
            facts: standings(connection, &targets).await?,
            withdrawn: withdrawn_among(connection, named).await?,
            wanted: wanted(connection, editions.into_iter().collect()).await?,
            asked: by_edition,
            departures,
            owners,
            people: People::of(connection, &targets).await?,
            targets: targets.into_iter().map(|row| (row.id, row)).collect(),
            choices,
            answers: answers.into_iter().map(|row| ((row.target_id, row.item_id), row)).collect(),
        })
    }

    fn form(&self, form: intake_form::Model, rows: Vec<intake_row::Model>) -> Loaded {
        let owner = self.owners.get(&form.id);
        let target = owner.map_or(form.target_id, |owner| owner.target_id);
        let target = target.and_then(|id| self.targets.get(&id)).cloned();
        let edition = target.as_ref().map(|target| target.edition_id).or(form.edition_id);
        let again = edition != form.edition_id;
        let fits = edition.filter(|_| again).and_then(|edition| self.fits(edition, &rows));
        let asked = edition.and_then(|edition| self.asked.get(&edition)).map_or(&[][..], Vec::as_slice);
        let line = |(index, row): (usize, intake_row::Model)| {
            let refit = fits.as_ref().map(|fits| fits.get(index).copied().flatten());
            self.line(row, refit, asked, target.as_ref())
        };
        let mut lines: Vec<Line> = rows.into_iter().enumerate().map(line).collect();
        let places: Vec<_> =
            lines.iter().map(|line| (line.item.as_ref().map(|item| item.id), line.state)).collect();
        for (line, doubled) in lines.iter_mut().zip(doubled(&places)) {
            line.state = if doubled { State::Doubled } else { line.state };
        }
        Loaded {
            lines,
            settled: owner.is_some(),
            sureness: match owner {
                Some(_) => Some(Certainty::Sure),
                None => Certainty::from_key(&form.sureness),
            },
            refusal: target.as_ref().and_then(|target| self.refusal(target)),
            printed_for: self.printed_for(&form, target.as_ref()),
            owner: target.as_ref().map(|target| self.people.text(target)).unwrap_or_default(),
            differences: target
                .as_ref()
                .map(|target| self.people.differences(&said(&form), target))
                .unwrap_or_default(),
            target,
            layout: self.departures.layout(&form),
            drifts: self.departures.open(&form),
            form,
        }
    }

    fn printed_for(&self, form: &intake_form::Model, chosen: Option<&target::Model>) -> Option<String> {
        let first = self.targets.get(&form.target_id.filter(|_| form.why.starts_with(OUR_KEY))?)?;
        let other = chosen.is_some_and(|chosen| chosen.person_id != first.person_id);
        other.then(|| self.people.text(first))
    }

    /// A person chose an owner with another sheet than the one proposed.
    fn fits(&self, edition: Uuid, rows: &[intake_row::Model]) -> Option<Vec<Option<(Uuid, Certainty)>>> {
        let found: Vec<Question> =
            rows.iter().map(|row| question(&row.item_key, &row.no, &row.question)).collect();
        let fits = fit(&found, self.wanted.get(&edition)?);
        Some(fits.into_iter().map(|fit| fit.map(|fit| (fit.item, fit.sureness))).collect())
    }

    fn refusal(&self, target: &target::Model) -> Option<Refusal> {
        if self.withdrawn.contains(&target.id) {
            return Some(Refusal::new("この点検票は、点検の対象から外れました。"));
        }
        self.facts.get(&target.id).and_then(|facts| may_change(facts.standing).err())
    }

    fn line(
        &self,
        row: intake_row::Model,
        refit: Option<Option<(Uuid, Certainty)>>,
        asked: &[Asked],
        target: Option<&target::Model>,
    ) -> Line {
        let chosen = self.choices.get(&row.id);
        let proposed = refit.unwrap_or_else(|| Some((row.item_id?, Certainty::from_key(&row.sureness)?)));
        let named = chosen.and_then(|choice| choice.item_id).map(|item| (item, Certainty::Sure));
        let meant = named.or(proposed);
        let asked = meant.and_then(|(item, _)| asked.iter().find(|asked| asked.row.id == item));
        let raw = row.value.as_deref().and_then(Raw::from_key);
        let raw = raw.map(|raw| asked.map_or(raw.clone(), |asked| on_scale(raw, &asked.setting.scale)));
        let stored = target.zip(asked).and_then(|(target, asked)| {
            let answer = self.answers.get(&(target.id, asked.row.id))?;
            Some(Stored { raw: raw_of(answer), comment: answer.comment.clone() })
        });
        let facts = Row {
            suits: raw.as_ref().is_none_or(|raw| asked.is_none_or(|asked| suits(asked, raw))),
            raw,
            fault: row.fault.as_deref().and_then(Fault::from_key),
            comment: row.comment.clone(),
            question: asked.and(meant).map(|(_, sureness)| sureness),
            stored,
            choice: chosen
                .and_then(|choice| Choice::from_key(&choice.choice))
                .filter(|choice| *choice != Choice::Undecided),
            named: named.is_some(),
        };
        let asked_for = proposed.is_none_or(|(_, sureness)| sureness == Certainty::Asked);
        Line { state: state(&facts), item: asked.map(|asked| asked.row.clone()), asked_for, facts, row }
    }
}

/// Whether a question's scale knows such an answer.
pub fn suits(asked: &Asked, raw: &Raw) -> bool {
    let written = domain::answer::Written::of(Some(raw));
    asked.setting.read(&written, asked.row.not_applicable.is_some()).is_ok()
}

async fn choices<C: ConnectionTrait>(
    connection: &C,
    forms: Vec<Uuid>,
) -> StoreResult<BTreeMap<Uuid, intake_choice::Model>> {
    let rows = sea_orm::sea_query::Query::select()
        .column(intake_row::Column::Id)
        .from(intake_row::Entity)
        .and_where(intake_row::Column::FormId.is_in(forms))
        .to_owned();
    let found = intake_choice::Entity::find()
        .filter(intake_choice::Column::RowId.in_subquery(rows))
        .order_by_asc(intake_choice::Column::Id)
        .all(connection)
        .await?;
    // Later rows replace earlier ones.
    Ok(found.into_iter().map(|row| (row.row_id, row)).collect())
}

/// One file, whichever intake it came in with.
pub async fn file<C: ConnectionTrait>(connection: &C, id: Uuid) -> StoreResult<LoadedFile> {
    among(connection, &[id]).await?.pop().ok_or(StoreError::NotFound)
}
