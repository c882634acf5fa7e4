//! Which cell takes which answer, worked out from what was recognised and what is stored.

use super::super::list::{handed_in, owing};
use super::super::sheets::load_answers;
use super::{Cell, Choices, ReadForm, ReadRow, readable};
use crate::Db;
use crate::entity::{answer, inspection, inspection_department, original, target};
use crate::error::{StoreError, StoreResult};
use crate::intake::{Form, Item, Owed};
use crate::response::{Asked, asked, raw_of};
use domain::actor::Actor;
use domain::form::placing::placed;
use domain::intake::Certainty;
use domain::intake::fit::Fit;
use domain::intake::owner::Said;
use domain::person::folded;
use domain::role::Role;
use sea_orm::EntityTrait;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// So many possible owners are offered; more are narrowed down by their name.
const OFFERED: usize = 50;

const NOT_HANDED_IN: &str = "まだ提出されていないため、回答を書き込めません。";
const NO_OWNER: &str = "誰の点検票か分かりません。対象を選んでください。";
const UNSURE: &str = "記載の氏名だけが一致しています。対象を確かめて選んでください。";
const LEFT_OUT: &str = "このシートには書き込みません。";
const NO_FIT: &str = "点検票の設問と一致しません。";
const UNSURE_FIT: &str = "設問が同じか、確かではありません。";
const NO_COMMENT: &str = "理由を書く欄が見つかりません。";
const NO_DAY: &str = "改善予定日を書く欄が分かりません。";
const NO_EVIDENCE: &str = "証跡を書く欄が分かりません。";

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
    /// 「所属　氏名（点検票）」
    pub text: String,
    pub sureness: Certainty,
    /// What decided.
    pub why: String,
}

/// A row of it.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// As they stand in the form.
    pub no: String,
    pub question: String,
    /// The question it means.
    pub meant: Option<(i32, String)>,
    /// The question it may mean, which somebody has to confirm: its item, number and text.
    pub proposed: Option<(Uuid, i32, String)>,
    /// Somebody confirmed it.
    pub confirmed: bool,
    /// The answer in words.
    pub answer: Option<String>,
    /// What stands there now.
    pub before: String,
    /// Cells and texts of the answer.
    pub cells: Vec<(String, String)>,
    /// Cell and text of the comment.
    pub comment: Option<(String, String)>,
    /// What can't be placed, and why.
    pub lacks: Vec<&'static str>,
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
        let of = |form: &PlannedForm| -> Vec<Cell> {
            let sheet = form.sheet.clone();
            let cells = form.lines.iter().flat_map(|line| line.cells.iter().chain(&line.comment));
            cells
                .map(|(cell, text)| Cell { sheet: sheet.clone(), cell: cell.clone(), text: text.clone() })
                .collect()
        };
        self.forms.iter().flat_map(of).collect()
    }
}

impl PlannedForm {
    /// How many answers are written.
    pub fn answers(&self) -> usize {
        self.lines.iter().filter(|line| !line.cells.is_empty()).count()
    }
}

/// What is known besides the workbook.
struct Desk {
    owed: Owed,
    targets: Vec<target::Model>,
    submitted: BTreeSet<Uuid>,
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
    let answers = load_answers(db, of).await?;
    let mut by_edition: BTreeMap<Uuid, Vec<Asked>> = BTreeMap::new();
    let editions: BTreeSet<Uuid> =
        found.iter().filter_map(|found| found.target.as_ref()).map(|one| one.edition_id).collect();
    for one in asked(db.read(), editions).await? {
        by_edition.entry(one.row.edition_id).or_default().push(one);
    }
    let forms = read.iter().zip(found).enumerate().map(|(index, (form, found))| {
        let rows = (0..form.rows.len()).map(|row| choices.rows.get(&(index, row)).copied()).collect();
        let own = found.target.as_ref();
        let answers = own.and_then(|target| answers.get(&target.id));
        let asked = own.and_then(|target| by_edition.get(&target.edition_id));
        let asked = asked.map_or(&[][..], Vec::as_slice);
        desk.planned(form, found, (asked, rows), answers, search)
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
            Some(target) if !self.submitted.contains(&target.id) => Some(NOT_HANDED_IN),
            Some(_) => None,
        };
        let chosen = choice.is_some() || form.owner.is_some();
        Found { target, sureness, why, chosen, fits, refusal }
    }

    fn planned(
        &self,
        form: &ReadForm,
        found: Found,
        (asked, confirmed): (&[Asked], Vec<Option<Uuid>>),
        answers: Option<&BTreeMap<Uuid, answer::Model>>,
        search: &str,
    ) -> PlannedForm {
        let rows = form.rows.iter().zip(&found.fits).zip(confirmed);
        let meant: Vec<Meant> =
            rows.map(|((row, fit), confirmed)| Meant::of(row, *fit, confirmed, asked)).collect();
        let none = BTreeMap::new();
        let answers = answers.unwrap_or(&none);
        let lines = form.rows.iter().zip(&meant);
        let lines = lines.map(|(row, meant)| line(form, row, meant, answers)).collect();
        let there: BTreeSet<Uuid> = meant.iter().flat_map(Meant::item).collect();
        let absent = asked.iter().filter(|one| answers.contains_key(&one.row.id));
        let said = format!("{}　{}", form.department, form.person);
        let search = if search.trim().is_empty() { said.as_str() } else { search };
        PlannedForm {
            sheet: form.sheet.clone(),
            refusal: found.refusal,
            chosen: found.chosen,
            lines,
            absent: absent.filter(|one| !there.contains(&one.row.id)).map(|one| one.row.no).collect(),
            offered: self.offered(search, form, found.target.as_ref()),
            said: said.trim().to_string(),
            owner: found.target.map(|target| Owner {
                target: target.id,
                text: self.text(&target),
                person: target.person_name,
                sureness: found.sureness,
                why: found.why,
            }),
        }
    }

    fn text(&self, target: &target::Model) -> String {
        let place = self.places.get(&target.department_id).map_or("", |place| place.name.as_str());
        let role = Role::from_key(&target.role).unwrap_or(Role::Staff).short();
        let system = target.system.as_ref().map(|system| format!("・{system}")).unwrap_or_default();
        format!("{place}　{}（{role}{system}）", target.person_name)
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

/// The question a row means, or may mean.
enum Meant<'a> {
    Nothing,
    Proposed(&'a Asked),
    Surely { asked: &'a Asked, confirmed: bool },
}

impl<'a> Meant<'a> {
    /// What a person settled goes first; what is only likely by its words has to be confirmed.
    fn of(row: &ReadRow, fit: Option<Fit>, confirmed: Option<Uuid>, asked: &'a [Asked]) -> Meant<'a> {
        let find = |item: Uuid| asked.iter().find(|one| one.row.id == item);
        let sure = fit.filter(|fit| fit.sureness > Certainty::Asked).map(|fit| fit.item);
        if let Some(asked) = row.item.into_iter().chain(sure).find_map(find) {
            return Meant::Surely { asked, confirmed: false };
        }
        match fit.and_then(|fit| find(fit.item)) {
            Some(asked) if confirmed == Some(asked.row.id) => Meant::Surely { asked, confirmed: true },
            Some(asked) => Meant::Proposed(asked),
            None => Meant::Nothing,
        }
    }

    fn item(&self) -> Option<Uuid> {
        match self {
            Meant::Surely { asked, .. } => Some(asked.row.id),
            Meant::Proposed(_) | Meant::Nothing => None,
        }
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

fn line(form: &ReadForm, row: &ReadRow, meant: &Meant, answers: &BTreeMap<Uuid, answer::Model>) -> Line {
    let mut line = Line {
        no: row.no.clone(),
        question: row.question.clone(),
        before: row.raw.clone(),
        ..Line::default()
    };
    let asked = match meant {
        Meant::Surely { asked, confirmed } => {
            line.confirmed = *confirmed;
            asked
        }
        Meant::Proposed(asked) => {
            line.proposed = Some((asked.row.id, asked.row.no, asked.row.text.clone()));
            line.lacks.push(UNSURE_FIT);
            return line;
        }
        Meant::Nothing => {
            line.lacks.push(NO_FIT);
            return line;
        }
    };
    line.meant = Some((asked.row.no, asked.row.text.clone()));
    let Some(given) = answers.get(&asked.row.id) else { return line };
    if let Some(raw) = raw_of(given) {
        line.answer = Some(asked.setting.words(&raw));
        match placed(&row.places, &form.wording, &raw) {
            Ok(cells) => line.cells = cells,
            Err(lack) => line.lacks.push(lack.text()),
        }
    }
    // What was written beside the old answer does not stay beside another one.
    let changes = given.comment != row.comment && !line.cells.is_empty();
    match &row.comment_cell {
        Some(cell) if changes => line.comment = Some((cell.clone(), given.comment.clone())),
        None if !given.comment.is_empty() => line.lacks.push(NO_COMMENT),
        _ => {}
    }
    line.lacks.extend(given.planned_on.map(|_| NO_DAY));
    line.lacks.extend((!given.evidence.is_empty()).then_some(NO_EVIDENCE));
    line
}
