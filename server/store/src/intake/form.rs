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
use domain::intake::{Certainty, Choice, Fault, State, Stored, Together};
use domain::permission::Action;
use domain::person::{folded, pattern};
use domain::question::setting::Setting;
use domain::response::Stage;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use std::collections::BTreeSet;
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
    let owners = owners(connection, intake.inspection_id, &asked_for, &said(&row)).await?;
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

/// Names the database finds are looked at here once more, by their plain forms; more are narrowed down by a longer text.
const LOOKED_AT: u64 = 500;

async fn owners<C: ConnectionTrait>(
    connection: &C,
    inspection: Uuid,
    search: &str,
    said: &Said,
) -> StoreResult<Vec<OwnerShown>> {
    let asked = folded(search);
    let within = |place: &str| {
        let place = folded(place);
        place.contains(&asked) || !place.is_empty() && asked.contains(&place)
    };
    let departments: BTreeSet<Uuid> = inspection_department::Entity::find()
        .filter(inspection_department::Column::InspectionId.eq(inspection))
        .all(connection)
        .await?
        .into_iter()
        .filter(|row| within(&row.name))
        .map(|row| row.department_id)
        .collect();
    let named = Condition::any()
        .add(target::Column::PersonName.like(pattern(search)))
        .add(target::Column::DepartmentId.is_in(departments.iter().copied()));
    let targets = target::Entity::find()
        .filter(target::Column::InspectionId.eq(inspection))
        .filter(target::Column::Id.not_in_subquery(withdrawn_targets()))
        .filter(named)
        .order_by_asc(target::Column::PersonKana)
        .limit(LOOKED_AT)
        .all(connection)
        .await?;
    let people = People::of(connection, &targets).await?;
    let likeness = |target: &target::Model| {
        let name = folded(&target.person_name);
        match () {
            () if name == asked => Some(0),
            () if name.starts_with(&asked) => Some(1),
            () if name.contains(&asked) => Some(2),
            () if departments.contains(&target.department_id) => Some(3),
            () => None,
        }
    };
    let mut likely: Vec<(i32, target::Model)> =
        targets.into_iter().filter_map(|target| Some((likeness(&target)?, target))).collect();
    likely.sort_by_key(|(likeness, target)| (*likeness, people.position(target)));
    let shown: Vec<target::Model> = likely.into_iter().take(SHOWN).map(|(_, target)| target).collect();
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
