//! One form, row by row, with what is stored beside it and who could be its owner.

use super::load::{Line, Loaded, file};
use super::people::{People, said};
use super::show::{FormShown, form_shown};
use super::turn::current;
use crate::Db;
use crate::access::require_city;
use crate::entity::{edition_item, inspection, inspection_department, intake, target};
use crate::error::{StoreError, StoreResult};
use crate::inspection::target::withdrawn_targets;
use crate::ledger::NewEvent;
use crate::ledger::look::look;
use crate::response::{asked, standings};
use domain::actor::Actor;
use domain::answer::Raw;
use domain::intake::difference::Difference;
use domain::intake::owner::Said;
use domain::intake::search::Wanted;
use domain::intake::{Certainty, Choice, Fault, State, Stored, Together};
use domain::permission::Action;
use domain::person::folded;
use domain::question::setting::Setting;
use domain::response::Stage;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// A form for settling.
#[derive(Debug, Clone)]
pub struct FormPage {
    pub inspection: inspection::Model,
    pub intake: Uuid,
    pub file: Uuid,
    pub file_name: String,
    /// Whether the file was taken; then nothing can be settled any more.
    pub taken: bool,
    pub form: FormShown,
    pub title: String,
    pub doubts: Vec<String>,
    pub refusal: Option<String>,
    pub rows: Vec<RowShown>,
    /// The questions of the sheet: place, number, text, setting, whether 該当なし is offered.
    pub questions: Vec<(Uuid, i32, String, Setting, bool)>,
    /// What owners were looked for by.
    pub asked: String,
    /// Who could be the owner, the likeliest names first, then in 組織順; at most [`SHOWN`].
    pub owners: Vec<OwnerShown>,
    /// What can be decided for several rows at once, with how many.
    pub together: Vec<(Together, usize)>,
}

/// Who could be the owner.
#[derive(Debug, Clone)]
pub struct OwnerShown {
    pub target: Uuid,
    /// 「所属　氏名（点検票）」.
    pub text: String,
    /// Where the sheet stands.
    pub stage: Stage,
    /// Where the form speaks of somebody else.
    pub differences: Vec<Difference>,
}

/// So many possible owners are shown, the likeliest first; more than that are narrowed down by their name.
pub const SHOWN: usize = 20;

/// A row of it.
#[derive(Debug, Clone)]
pub struct RowShown {
    pub id: Uuid,
    pub position: i32,
    pub no: String,
    pub question: String,
    pub raw: String,
    /// A text nobody knows, that can be explained once.
    pub word: String,
    pub cell: String,
    pub rule: String,
    pub comment: String,
    /// What was read.
    pub read: Option<Raw>,
    pub fault: Option<Fault>,
    /// The question it means.
    pub item: Option<(Uuid, i32)>,
    pub sureness: Option<Certainty>,
    /// The reading alone is not sure of the question.
    pub asked_for: bool,
    pub stored: Option<Stored>,
    pub choice: Option<Choice>,
    pub state: State,
}

/// The page of a form. Looking at it is looking at somebody's answers, and is recorded.
/// `search` is part of an owner's name or department; empty means the name on the form, or its department.
///
/// # Errors
/// `Forbidden` without the role; `NotFound` for an unknown form.
pub async fn page(
    db: &Db,
    actor: &Actor,
    id: Uuid,
    search: &str,
    now: OffsetDateTime,
) -> StoreResult<FormPage> {
    require_city(actor, Action::RunInspection)?;
    let connection = db.read();
    let row = current(connection, id).await?;
    let id = row.id;
    let file = file(connection, row.file_id).await?;
    let intake =
        intake::Entity::find_by_id(file.intake).one(connection).await?.ok_or(StoreError::NotFound)?;
    let inspection = inspection::Entity::find_by_id(intake.inspection_id).one(connection).await?;
    let seen = json!({ "file": file.name, "form": id });
    look(db, actor, now, NewEvent::new("intake", intake.id, "intake.read", seen)).await?;
    let loaded = file.forms.iter().find(|one| one.form.id == id).ok_or(StoreError::NotFound)?;
    let edition = loaded.target.as_ref().map(|target| target.edition_id).or(row.edition_id);
    let questions = asked(connection, edition).await?;
    let asked_for = match search.trim() {
        "" if row.person.is_empty() => row.department.clone(),
        "" => row.person.clone(),
        search => search.to_string(),
    };
    let owners = owners(connection, intake.inspection_id, &asked_for, (&said(&row), row.target_id)).await?;
    Ok(FormPage {
        inspection: inspection.ok_or(StoreError::NotFound)?,
        intake: intake.id,
        file: file.id,
        file_name: file.name.clone(),
        taken: file.taking.is_some(),
        form: form_shown(loaded),
        title: row.title,
        owners,
        doubts: row.doubts.lines().map(ToString::to_string).collect(),
        refusal: loaded.refusal.as_ref().map(|refusal| refusal.text.clone()),
        together: together(loaded),
        rows: loaded.lines.iter().map(row_shown).collect(),
        questions: questions
            .into_iter()
            .map(|asked| {
                let edition_item::Model { id, no, text, not_applicable, .. } = asked.row;
                (id, no, text, asked.setting, not_applicable.is_some())
            })
            .collect(),
        asked: asked_for,
    })
}

fn together(loaded: &Loaded) -> Vec<(Together, usize)> {
    let fitting = |one: Together| {
        loaded.lines.iter().filter(|line| one.choice(&line.facts, line.state).is_some()).count()
    };
    Together::ALL.into_iter().map(|one| (one, fitting(one))).filter(|(_, rows)| *rows > 0).collect()
}

fn row_shown(line: &Line) -> RowShown {
    let row = &line.row;
    RowShown {
        id: row.id,
        position: row.position,
        no: row.no.clone(),
        question: row.question.clone(),
        raw: row.raw.clone(),
        word: row.word.clone(),
        cell: row.cell.clone(),
        rule: row.rule.clone(),
        comment: row.comment.clone(),
        read: line.facts.raw.clone(),
        fault: line.facts.fault,
        item: line.item.as_ref().map(|item| (item.id, item.no)),
        sureness: line.facts.question,
        asked_for: line.asked_for,
        stored: line.facts.stored.clone(),
        choice: line.facts.choice.clone(),
        state: line.state,
    }
}

/// The likeliest first; before them the one the form was found to belong to.
async fn owners<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    search: &str,
    (said, proposed): (&Said, Option<Uuid>),
) -> StoreResult<Vec<OwnerShown>> {
    let wanted = Wanted::new(search);
    let places: BTreeMap<Uuid, (i32, String)> = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(inspection))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.department_id, (row.position, folded(&row.name))))
        .collect();
    // Names are compared here: no database knows all ways of writing one.
    let names: Vec<(Uuid, String, Uuid)> = target::Entity::find()
        .select_only()
        .columns([target::Column::Id, target::Column::PersonName, target::Column::DepartmentId])
        .filter(target::Column::InspectionId.eq(inspection))
        .filter(target::Column::Id.not_in_subquery(withdrawn_targets()))
        .order_by_asc(target::Column::PersonKana)
        .into_tuple()
        .all(connection)
        .await?;
    let mut likely: Vec<((u8, i32), Uuid)> = names
        .iter()
        .filter_map(|(id, name, place)| {
            let (position, place) =
                places.get(place).map_or((i32::MAX, ""), |(at, name)| (*at, name.as_str()));
            Some(((wanted.likeness(&folded(name), place)?, position), *id))
        })
        .collect();
    likely.sort_by_key(|(likeness, _)| *likeness);
    // Whom the form was printed for is offered whatever name stands on it.
    let proposed = proposed.filter(|id| names.iter().any(|(one, ..)| one == id));
    let found = likely.into_iter().map(|(_, id)| id).filter(|id| Some(*id) != proposed);
    let ids: Vec<Uuid> = proposed.into_iter().chain(found).take(SHOWN).collect();
    let rows = target::Entity::find().filter(target::Column::Id.is_in(ids.iter().copied())).all(connection);
    let rows: BTreeMap<Uuid, target::Model> = rows.await?.into_iter().map(|row| (row.id, row)).collect();
    let shown: Vec<target::Model> = ids.iter().filter_map(|id| rows.get(id).cloned()).collect();
    let people = People::of(connection, &shown).await?;
    let standings = standings(connection, &shown).await?;
    let owner = |target: &target::Model| OwnerShown {
        target: target.id,
        text: people.text(target),
        stage: standings
            .get(&target.id)
            .map_or(Stage::Answering { returned: false }, |one| one.standing.stage()),
        differences: people.differences(said, target),
    };
    Ok(shown.iter().map(owner).collect())
}
