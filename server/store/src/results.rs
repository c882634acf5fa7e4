//! The figures of an inspection: 全庁・部・課 × chapters, per question, with the year before.
//!
//! Reads counts, never answers, so that it costs the same for 1,000 and for 100,000 people: the number of
//! statements is fixed, and a test counts them.

pub mod answers;
mod build;
mod compare;
mod load;

pub use answers::answers;
pub(crate) use build::role_name;
pub(crate) use load::{Item, Year, previous, returned_submissions, submitted_targets};

use crate::Db;
use crate::access::require;
use crate::entity::inspection;
use crate::error::{StoreError, StoreResult};
use crate::inspection::counting;
use domain::actor::Actor;
use domain::inspection::{About, Visibility};
use domain::permission::{Action, Reach};
use domain::rate::{Coverage, Scoring, Tally};
use domain::topic::Topic;
use sea_orm::QueryOrder;
use time::OffsetDateTime;
use uuid::Uuid;

/// What the results are limited to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// A 部 or a 課.
    pub department: Option<Uuid>,
}

/// Which inspection the figures are of.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    pub inspection: Uuid,
    pub fiscal_year: i32,
    pub name: String,
    /// When it was closed; none while it runs.
    pub closed_at: Option<OffsetDateTime>,
    /// Labels of the editions asked.
    pub editions: Vec<String>,
    /// The inspection it is compared with.
    pub previous: Option<String>,
    /// What it is part of, and the rule it is scored by.
    pub about: About,
}

/// Counts behind one figure.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Cell {
    pub tally: Tally,
    /// Too few people stand behind it; the counts are not given out.
    pub hidden: bool,
}

impl Cell {
    /// 実施率, 0..=1.
    pub fn rate(&self) -> Option<f64> {
        self.tally.done_rate()
    }

    fn hide(&mut self) {
        *self = Cell { tally: Tally::default(), hidden: true };
    }
}

/// The figures of the city, a 部 or a 課.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// None for the city.
    pub id: Option<Uuid>,
    pub name: String,
    /// The 部 a 課 belongs to.
    pub division: Option<(Uuid, String)>,
    pub coverage: Coverage,
    /// Chapters 1 to 9.
    pub topics: [Cell; 9],
    pub all: Cell,
    /// 実施率 against the year before, in points, on questions that ask the same.
    pub change: Option<f64>,
    /// 把握率 against the year before, in points.
    pub coverage_change: Option<f64>,
}

/// The figures of one question within the chosen scope.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionLine {
    pub item: Uuid,
    pub question: Uuid,
    pub no: i32,
    /// 職員, 所属長 ...
    pub role: String,
    pub topic: Topic,
    pub text: String,
    pub clause: String,
    pub tally: Tally,
    /// Answers that are only to know; they are in no rate.
    pub told: i64,
    /// Sheets on which the question was hidden; they are not owed.
    pub omitted: i64,
    /// 必須: a single 未実施 is shown first.
    pub gate: bool,
    /// The distribution of answers on another scale than ○△×, in words.
    pub summary: Vec<String>,
    /// What counts as 実施; none for ○△×.
    pub standard: Option<String>,
    /// 1 for a duty, 0.5 for an effort.
    pub weight: f64,
    /// Sheets owed that hold this question.
    pub targets: i64,
    /// new, same, minor, changed.
    pub kind: String,
    /// In points; none if it can't be compared.
    pub change: Option<f64>,
}

impl QuestionLine {
    /// 未回答: sheets that were not handed in.
    pub fn unanswered(&self) -> i64 {
        self.targets - self.tally.answered() - self.told - self.omitted
    }

    /// A gate that somebody did not keep.
    pub fn breaks_gate(&self) -> bool {
        self.gate && self.tally.not_done > 0
    }
}

/// How auditors' marks differ from the answers; only of audits whose report was issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Audited {
    pub departments: usize,
    pub marks: usize,
    /// The answer was better than the mark.
    pub lenient: usize,
}

/// Everything the results page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    pub heading: Heading,
    pub city: Line,
    /// The 部 or 課 the results are limited to.
    pub chosen: Option<Line>,
    pub divisions: Vec<Line>,
    pub departments: Vec<Line>,
    /// In the order of the sheets, within the scope.
    pub questions: Vec<QuestionLine>,
    /// Questions left out because too few people answered them.
    pub hidden_questions: usize,
    pub audited: Audited,
    /// The reader sees only own departments beside the city.
    pub limited: bool,
}

impl Results {
    /// The line of the chosen scope.
    pub fn scope(&self) -> &Line {
        self.chosen.as_ref().unwrap_or(&self.city)
    }

    /// Gates that somebody did not keep, in the order of the sheets.
    pub fn broken_gates(&self) -> Vec<&QuestionLine> {
        self.questions.iter().filter(|line| line.breaks_gate()).collect()
    }

    /// The rule this inspection is scored by, frozen with its start.
    pub fn scoring(&self) -> Scoring {
        self.heading.about.scoring
    }

    /// 得点率 of the scope with the weights of the questions, 0..=1; `None` if no duty arose.
    pub fn weighted_score(&self) -> Option<f64> {
        let weighed = self.questions.iter().map(|line| (line.weight, line.tally));
        domain::rate::weighted_score(self.scoring(), weighed)
    }

    /// The questions with the lowest 実施率, at most ten, lowest first.
    pub fn worst(&self) -> Vec<&QuestionLine> {
        let mut rated: Vec<(f64, &QuestionLine)> = self
            .questions
            .iter()
            .filter_map(|line| line.tally.done_rate().map(|rate| (rate, line)))
            .filter(|(rate, _)| *rate < 1.0)
            .collect();
        rated.sort_by(|a, b| a.0.total_cmp(&b.0));
        rated.into_iter().take(10).map(|(_, line)| line).collect()
    }

    /// Questions whose 実施率 reaches the inspection's threshold, and all that have a rate: 到達率.
    pub fn reached(&self) -> (usize, usize) {
        let rates: Vec<f64> = self.questions.iter().filter_map(|line| line.tally.done_rate()).collect();
        (rates.iter().filter(|rate| self.scoring().is_reached(**rate)).count(), rates.len())
    }
}

/// The newest inspection, if there is one.
///
/// # Errors
/// `Forbidden` without permission.
pub async fn newest(db: &Db, actor: &Actor) -> StoreResult<Option<Uuid>> {
    require(actor, Action::SeeResults)?;
    let newest = counting()
        .order_by_desc(inspection::Column::BaseOn)
        .order_by_desc(inspection::Column::At)
        .one(db.read())
        .await?;
    Ok(newest.map(|inspection| inspection.id))
}

/// The figures of an inspection within the actor's reach: heads see their departments and the city's sum.
///
/// # Errors
/// `Forbidden` without permission; `NotFound` for an unknown inspection or a department out of reach.
pub async fn results(db: &Db, actor: &Actor, inspection: Uuid, filter: Filter) -> StoreResult<Results> {
    let reach = require(actor, Action::SeeResults)?;
    let connection = db.read();
    let year = Year::load(connection, load::counted(connection, inspection).await?).await?;
    let chosen = filter.department.map(|id| year.unit(id).ok_or(StoreError::NotFound)).transpose()?;
    if let Some(unit) = &chosen
        && !unit.departments.iter().all(|id| reach.covers(*id))
    {
        return Err(StoreError::NotFound);
    }
    let previous = load::previous(connection, &year.inspection).await?;
    let heading = load::heading(connection, &year, previous.as_ref()).await?;
    let before = compare::Before::new(&year, previous);
    let audited = load::audited(connection, &year, &reach, chosen.as_ref()).await?;
    Ok(build::results(&year, &before, heading, &reach, chosen.as_ref(), audited))
}

/// Whether small numbers have to be hidden from this reader.
pub(crate) fn hides_few(inspection: &inspection::Model, reach: &Reach) -> bool {
    match inspection.visible() {
        Visibility::Named => false,
        Visibility::Totals => *reach != Reach::City,
        Visibility::Anonymous => true,
    }
}
