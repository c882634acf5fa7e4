//! Which cell takes which answer, worked out from what was recognised and what is stored.

mod left;
mod line;
mod shared;

pub use left::Left;
pub use line::Line;

use super::super::list::{handed_in, owing};
use super::super::sheets::load_answers;
use super::{Cell, Choices, ReadForm, ReadRow, readable};
use crate::Db;
use crate::entity::{answer, inspection, inspection_department, original, person, target};
use crate::error::{StoreError, StoreResult};
use crate::intake::{Form, Item, Numbers, Owed, numbers, owner_text};
use crate::response::{Asked, asked};
use domain::actor::Actor;
use domain::calendar::day;
use domain::form::file::filled_name;
use domain::form::head::{self, Answered, Compared, Exchanged};
use domain::form::old::{self, Old};
use domain::intake::Certainty;
use domain::intake::fit::Fit;
use domain::intake::owner::Said;
use domain::person::folded;
use line::{Meant, line};
use sea_orm::{ColumnTrait, EntityTrait};
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// So many possible owners are offered; more are narrowed down by their name.
const OFFERED: usize = 50;

const NOT_HANDED_IN: &str = "まだ提出されていないため、回答を書き込めません。";
const NO_OWNER: &str = "誰の点検票か分かりません。対象を選んでください。";
const UNSURE: &str = "記載の氏名だけが一致しています。対象を確かめて選んでください。";
const LEFT_OUT: &str = "このシートには書き込みません。";

/// A workbook and what would be written into it.
#[derive(Debug, Clone)]
pub struct Plan {
    pub inspection: inspection::Model,
    pub id: Uuid,
    /// Name of the file.
    pub name: String,
    pub forms: Vec<PlannedForm>,
}

/// A form in it.
#[derive(Debug, Clone)]
pub struct PlannedForm {
    pub sheet: String,
    /// 所属 and 氏名 as they stand on it.
    pub said: String,
    pub owner: Option<Owner>,
    /// Why nothing is written.
    pub refusal: Option<&'static str>,
    /// The reader, or a person before, said whose it is.
    pub chosen: bool,
    pub lines: Vec<Line>,
    /// The head beside the owner: 所属, 氏名, 点検日.
    pub head: Vec<Compared>,
    /// Somebody else stands in the head.
    pub anothers: bool,
    /// The cells of the head with the owner in them.
    pub exchanged: Vec<Exchanged>,
    /// They are written.
    pub exchange: bool,
    /// What stands in rows that get no answer.
    pub left: Vec<Left>,
    /// What becomes of it.
    pub rest: Old,
    /// Remarks beside answers that have none.
    pub remarks: Vec<Left>,
    /// What becomes of them.
    pub notes: Old,
    /// Numbers of the questions that were answered and have no row here.
    pub absent: Vec<i32>,
    /// Who could be the owner: target, 「所属　氏名（点検票）」.
    pub offered: Vec<(Uuid, String)>,
}

/// Whose form it is.
#[derive(Debug, Clone)]
pub struct Owner {
    pub target: Uuid,
    pub person: String,
    pub department: String,
    /// 「所属　氏名（点検票）」
    pub text: String,
    pub sureness: Certainty,
    /// What decided.
    pub why: String,
}

impl Plan {
    /// How many answers are written.
    pub fn answers(&self) -> usize {
        self.forms.iter().map(PlannedForm::answers).sum()
    }

    /// The owners of what is written: target and 氏名.
    pub fn owners(&self) -> Vec<(Uuid, String)> {
        let written = self.forms.iter().filter(|form| form.answers() > 0);
        written.filter_map(|form| form.owner.as_ref().map(|one| (one.target, one.person.clone()))).collect()
    }

    /// All cells to be filled.
    pub fn cells(&self) -> Vec<Cell> {
        self.forms.iter().filter(|form| form.answers() > 0).flat_map(PlannedForm::cells).collect()
    }

    /// How the file with the answers in it is called; with 所属 and 氏名 where all are of one person.
    pub fn filled_name(&self) -> String {
        let written = || self.forms.iter().filter(|form| form.answers() > 0);
        let mut owners = written().filter_map(|form| form.owner.as_ref());
        let first = owners.next().filter(|first| owners.all(|other| other.target == first.target));
        let whose = first.map(|owner| (owner.department.as_str(), owner.person.as_str()));
        filled_name(&self.name, whose)
    }
}

impl PlannedForm {
    /// How many answers are written.
    pub fn answers(&self) -> usize {
        self.lines.iter().filter(|line| !line.cells.is_empty()).count()
    }

    fn cells(&self) -> Vec<Cell> {
        let cell = |cell: &str, text: &str, day: bool| Cell {
            sheet: self.sheet.clone(),
            cell: cell.to_string(),
            text: text.to_string(),
            day,
        };
        let written = self.lines.iter().flat_map(|line| line.cells.iter().chain(&line.comment));
        let rest = self.left.iter().filter(|_| self.rest == Old::Clear);
        let cleared = rest.flat_map(|left| &left.cells);
        let head = self.exchanged.iter().filter(|_| self.exchange);
        written
            .map(|(name, text)| cell(name, text, false))
            .chain(cleared.map(|name| cell(name, "", false)))
            .chain(head.map(|one| cell(&one.cell, &one.text, one.day)))
            .collect()
    }
}

/// What is known besides the workbook.
struct Desk {
    owed: Owed,
    targets: Vec<target::Model>,
    submitted: BTreeMap<Uuid, OffsetDateTime>,
    places: BTreeMap<Uuid, inspection_department::Model>,
    /// Beside the targets: their names and departments made comparable once for all forms.
    spoken: Vec<(String, String)>,
}

/// Works it out; a fixed number of statements, however many forms there are.
pub(super) async fn plan(
    db: &Db,
    actor: &Actor,
    row: &original::Model,
    choices: &Choices,
    search: &str,
) -> StoreResult<Plan> {
    let inspection = inspection::Entity::find_by_id(row.inspection_id).one(db.read()).await?;
    let inspection = inspection.ok_or(StoreError::NotFound)?;
    let places = readable(db, actor, &inspection).await?;
    let within: Vec<Uuid> = places.iter().map(|place| place.department_id).collect();
    let targets = owing(inspection.id, &within).all(db.read()).await?;
    let ids: BTreeSet<Uuid> = targets.iter().map(|target| target.id).collect();
    let places: BTreeMap<Uuid, inspection_department::Model> =
        places.into_iter().map(|place| (place.department_id, place)).collect();
    let spoken = |target: &target::Model| {
        let place = places.get(&target.department_id).map_or("", |place| place.name.as_str());
        (folded(&target.person_name), folded(place))
    };
    let desk = Desk {
        spoken: targets.iter().map(spoken).collect(),
        owed: Owed::load(db.read(), inspection.id).await?.within(&ids),
        submitted: handed_in(db, &targets).await?,
        targets,
        places,
    };
    let read: Vec<ReadForm> = serde_json::from_str(&row.reading)?;
    let found: Vec<Found> = read
        .iter()
        .enumerate()
        .map(|(index, form)| desk.find(form, choices.owners.get(&index).copied()))
        .collect();
    let of: Vec<Uuid> = found.iter().filter(|found| found.refusal.is_none()).filter_map(Found::id).collect();
    let owners = found.iter().filter_map(|found| found.target.as_ref()).map(|owner| owner.person_id);
    let numbers = numbers(db.read(), person::Column::Id.is_in(owners)).await?;
    let answers = load_answers(db, of).await?;
    let mut by_edition: BTreeMap<Uuid, Vec<Asked>> = BTreeMap::new();
    let editions: BTreeSet<Uuid> =
        found.iter().filter_map(|found| found.target.as_ref()).map(|one| one.edition_id).collect();
    for one in asked(db.read(), editions).await? {
        by_edition.entry(one.row.edition_id).or_default().push(one);
    }
    let read = shared::apart(read);
    let forms = read.iter().zip(found).enumerate().map(|(index, (form, found))| {
        let own = found.target.as_ref();
        let answers = own.and_then(|target| answers.get(&target.id));
        let asked = own.and_then(|target| by_edition.get(&target.edition_id));
        let asked = asked.map_or(&[][..], Vec::as_slice);
        desk.planned((index, form), found, (asked, answers, &numbers), choices, search)
    });
    Ok(Plan { id: row.id, name: row.name.clone(), forms: forms.collect(), inspection })
}

/// Whose a form is, and what its rows mean.
struct Found {
    target: Option<target::Model>,
    sureness: Certainty,
    why: String,
    chosen: bool,
    fits: Vec<Option<Fit>>,
    refusal: Option<&'static str>,
}

impl Found {
    fn id(&self) -> Option<Uuid> {
        self.target.as_ref().map(|target| target.id)
    }
}

impl Desk {
    fn find(&self, form: &ReadForm, choice: Option<Option<Uuid>>) -> Found {
        let asked = as_form(form);
        let target = |id: Uuid| self.targets.iter().find(|target| target.id == id).cloned();
        let named = choice.unwrap_or(form.owner).and_then(target);
        let left_out = choice == Some(None);
        let (target, sureness, why, fits) = match named {
            Some(target) => {
                let fits = self.owed.fits(&asked, target.edition_id);
                (Some(target), Certainty::Sure, "選択".to_string(), fits)
            }
            None => {
                let (_, fits, owner) = self.owed.find(&asked);
                let owner = owner.filter(|_| !left_out);
                let sureness = owner.map_or(Certainty::Asked, |owner| owner.sureness);
                let why = owner.map(|owner| owner.why.to_string()).unwrap_or_default();
                (owner.and_then(|owner| target(owner.target)), sureness, why, fits)
            }
        };
        let refusal = match &target {
            _ if left_out => Some(LEFT_OUT),
            None => Some(NO_OWNER),
            Some(_) if sureness == Certainty::Asked => Some(UNSURE),
            Some(target) if !self.submitted.contains_key(&target.id) => Some(NOT_HANDED_IN),
            Some(_) => None,
        };
        let chosen = choice.is_some() || form.owner.is_some();
        Found { target, sureness, why, chosen, fits, refusal }
    }

    fn planned(
        &self,
        (index, form): (usize, &ReadForm),
        found: Found,
        (asked, answers, numbers): (&[Asked], Option<&BTreeMap<Uuid, answer::Model>>, &Numbers),
        choices: &Choices,
        search: &str,
    ) -> PlannedForm {
        let rows = form.rows.iter().zip(&found.fits).enumerate();
        let confirmed = |row: usize| choices.rows.get(&(index, row)).copied();
        let meant: Vec<Meant> =
            rows.map(|(at, (row, fit))| Meant::of(row, *fit, confirmed(at), asked)).collect();
        let none = BTreeMap::new();
        let answers = answers.unwrap_or(&none);
        let lines = form.rows.iter().zip(&meant);
        let mut lines: Vec<Line> = lines.map(|(row, meant)| line(form, row, meant, answers)).collect();
        let there: BTreeSet<Uuid> = meant.iter().flat_map(Meant::item).collect();
        let absent = asked.iter().filter(|one| answers.contains_key(&one.row.id));
        let said = format!("{}　{}", form.department, form.person);
        let search = if search.trim().is_empty() { said.as_str() } else { search };
        let own = found.target.as_ref().map(|target| self.answered(target, numbers)).unwrap_or_default();
        let head = found.target.as_ref().map(|_| head::compared(&form.head, &own)).unwrap_or_default();
        let anothers = head::is_anothers(&head);
        let notes = choices.notes.get(&index).copied().unwrap_or_else(old::of_remarks);
        let (left, remarks) = (left::rows(form, &lines), left::remarks(form, &lines));
        if notes == Old::Keep {
            lines.iter_mut().for_each(|line| drop(line.comment.take_if(|(_, text)| text.is_empty())));
        }
        PlannedForm {
            sheet: form.sheet.clone(),
            refusal: found.refusal,
            chosen: found.chosen,
            lines,
            exchanged: head::exchange(&form.head, &own),
            exchange: choices.heads.get(&index).copied().unwrap_or(true),
            rest: choices.rests.get(&index).copied().unwrap_or_else(|| old::of_rows(anothers)),
            head,
            anothers,
            left,
            remarks,
            notes,
            absent: absent.filter(|one| !there.contains(&one.row.id)).map(|one| one.row.no).collect(),
            offered: self.offered(search, form, found.target.as_ref()),
            said: said.trim().to_string(),
            owner: found.target.map(|target| Owner {
                target: target.id,
                text: self.text(&target),
                department: own.department,
                person: target.person_name,
                sureness: found.sureness,
                why: found.why,
            }),
        }
    }

    /// What the head of the owner's own form would say.
    fn answered(&self, target: &target::Model, numbers: &Numbers) -> Answered {
        let place = self.places.get(&target.department_id);
        Answered {
            division: place.map(|place| place.division_name.clone()).unwrap_or_default(),
            department: place.map(|place| place.name.clone()).unwrap_or_default(),
            position: target.title.clone(),
            person: target.person_name.clone(),
            staff_no: numbers.get(&target.person_id).cloned().unwrap_or_default(),
            day: self.submitted.get(&target.id).copied().map(day),
        }
    }

    fn text(&self, target: &target::Model) -> String {
        owner_text(self.places.get(&target.department_id), target)
    }

    /// Who could be meant: all if they are few, else those whose name or department is spoken of.
    fn offered(&self, search: &str, form: &ReadForm, owner: Option<&target::Model>) -> Vec<(Uuid, String)> {
        let few = self.targets.len() <= OFFERED;
        let (search, person) = (folded(search), folded(&form.person));
        let mut offered: Vec<(i32, Uuid, String)> = Vec::new();
        for (target, (name, place)) in self.targets.iter().zip(&self.spoken) {
            let spoken = name.contains(&search)
                || place.contains(&search)
                || !person.is_empty() && name.contains(&person)
                || !place.is_empty() && search.contains(place.as_str());
            if few || spoken || owner.is_some_and(|owner| owner.id == target.id) {
                let position =
                    self.places.get(&target.department_id).map_or(i32::MAX, |place| place.position);
                offered.push((position, target.id, self.text(target)));
            }
        }
        offered.sort();
        offered.into_iter().take(OFFERED).map(|(_, id, text)| (id, text)).collect()
    }
}

fn as_form(form: &ReadForm) -> Form {
    let item = |row: &ReadRow| Item { no: row.no.clone(), question: row.question.clone(), ..Item::default() };
    Form {
        sheet: form.sheet.clone(),
        said: Said {
            staff_no: form.staff_no.clone(),
            person: form.person.clone(),
            department: form.department.clone(),
            system: form.system.clone(),
            ..Said::default()
        },
        items: form.rows.iter().map(item).collect(),
        ..Form::default()
    }
}
