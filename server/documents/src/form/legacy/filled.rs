//! What was read from a form, and where every piece of it stands.

use super::layout::{Drift, Layout};
use domain::answer::Raw;
use domain::form::placing;
pub use domain::intake::Fault;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use time::Date;
use uuid::Uuid;

/// One file as it was read: a workbook may hold the forms of several departments or persons.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FormFile {
    /// Name of the file, composed (NFC); inside a package with its folder.
    pub file: String,
    /// The forms, in the order of the sheets.
    pub forms: Vec<FilledForm>,
    /// Sheets that are no filled form.
    pub ignored: Vec<Ignored>,
}

/// One filled form: of a person, a department or a system.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FilledForm {
    /// Name of the sheet; `None` for CSV.
    pub sheet: Option<String>,
    /// Title of the form as written, if it has one.
    pub title: Option<String>,
    /// Who, where, when.
    pub head: Head,
    /// The questions in the order of the sheet.
    pub items: Vec<FilledItem>,
    /// Rows that look like questions and are none.
    pub excluded: Vec<Excluded>,
    /// What the reading was unsure of; to be asked once for each form.
    pub doubts: Vec<Doubt>,
    /// How this form writes its answers: the key of an answer and its text; `mark` for the columns of choices.
    pub wording: BTreeMap<String, String>,
    /// How it was read: what can be kept and put right. Empty for lists of persons and for our own forms.
    pub layout: Layout,
    /// The version of the kept layout it was read by.
    pub kept: Option<Uuid>,
    /// How it differs from that.
    pub drifts: Vec<Drift>,
    /// What was written for the whole form (総評).
    pub remark: Option<Read<String>>,
    /// Key of the target, if the form is one of ours.
    pub target_key: Option<String>,
    /// Label of the edition, if the form is one of ours.
    pub edition_label: Option<String>,
}

impl FilledForm {
    /// True if nothing at all was answered.
    pub fn is_blank(&self) -> bool {
        self.items.iter().all(|item| item.fault == Some(Fault::Unanswered))
    }
}

/// The head of a form. What the form does not say is `None`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Head {
    /// 所属, with 部 and 課 as written.
    pub department: Option<Read<String>>,
    /// 氏名, its characters as written.
    pub respondent: Option<Read<String>>,
    /// 職名.
    pub position: Option<Read<String>>,
    /// 職員番号 as written; leading zeros may be lost.
    pub staff_no: Option<Read<String>>,
    /// 対象システム.
    pub system: Option<Read<String>>,
    /// 点検日.
    pub date: Option<Read<Date>>,
}

/// A value with its origin.
#[derive(Debug, Clone, PartialEq)]
pub struct Read<T> {
    /// What it means.
    pub value: T,
    /// Where it stands.
    pub origin: Origin,
    /// How sure the reading is.
    pub confidence: Confidence,
}

/// Where a value comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Name of the sheet; empty for CSV.
    pub sheet: String,
    /// Name of the cell: `D12`. Several cells are joined by `+`. Empty if it is not from a cell (name of the file).
    pub cell: String,
    /// What stands there, as written.
    pub raw: String,
    /// What decided.
    pub rule: Rule,
}

/// The rule that made a value of what stands in a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The text as written.
    #[default]
    AsWritten,
    /// The table of marks.
    MarkTable,
    /// The legend of this form.
    Legend,
    /// What an officer said a text means in this form.
    Told,
    /// The column the mark stands in.
    ColumnOfMark,
    /// A level of maturity.
    Level,
    /// A line drawn through the cell (斜線).
    Diagonal,
    /// A box ticked among printed choices.
    TickedBox,
    /// A check box or a shape lying over the cell.
    Drawn,
    /// The cached result of a formula.
    Formula,
    /// A label beside, above or in the cell.
    Label,
    /// A label, and several cells that belong together: 令和 | 7 | 年.
    LabelOfSeveral,
    /// The title of the sheet.
    Title,
    /// The name of the sheet.
    SheetName,
    /// The name of the file.
    FileName,
    /// The year was taken from the title or the era in force.
    AssumedYear,
    /// The hidden keys of our own form.
    OwnKey,
}

/// How sure the reading is of a place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// To be asked.
    Low,
    /// Likely; shown as such.
    Medium,
    /// Wording and structure agree.
    #[default]
    High,
}

/// A question with its answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FilledItem {
    /// Row from 1; the top row of a merged block; in CSV the number of the record.
    pub row: usize,
    /// Number in plain form: ① → 1, 問1 → 1, (1) → 1, 2026-01-02 → 1-2. `None` if there is none.
    pub no: Option<String>,
    /// Heading it stands under.
    pub category: Option<String>,
    /// Text of the question, its own number removed.
    pub question: String,
    /// What was answered; `None` exactly if there is a fault.
    pub answer: Option<Raw>,
    /// Why there is no answer.
    pub fault: Option<Fault>,
    /// As written; with one column for each choice `label:mark`, several joined by ` / `.
    pub raw_answer: Option<String>,
    /// A text that is no known answer and may be explained once: never two marks, nothing struck out.
    pub word: Option<String>,
    /// 備考, 理由, 改善策, joined by ` / `.
    pub comment: Option<String>,
    /// 証跡.
    pub evidence: Option<String>,
    /// A date to mend by, as written.
    pub due: Option<String>,
    /// True if the answer is the result of a formula.
    pub formula: bool,
    /// Where the answer stands, or where it would stand: the cells to be coloured if it is unclear.
    pub origin: Origin,
    /// The cells an answer may be written into, in the order of the choices.
    pub places: Vec<Place>,
    /// Cell of the comment, filled or not.
    pub comment_cell: Option<String>,
    /// Key of the question, if the form is one of ours.
    pub item_key: Option<String>,
}

/// A cell an answer may be written into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Name of the cell.
    pub cell: String,
    /// Heading of the choice; empty where one cell takes every answer.
    pub label: String,
    /// The answer a mark in it stands for; `None` where one cell takes every answer.
    pub means: Option<Raw>,
}

/// A row that looks like a question and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excluded {
    /// Row from 1.
    pub row: usize,
    /// Why, in one Japanese sentence.
    pub reason: String,
}

/// A sheet that is no filled form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// Name of the sheet.
    pub sheet: String,
    /// `sample`, `aggregation`, `template`, `hidden` or `no_questions`.
    pub reason: &'static str,
}

/// Something to be asked once: the officer points at the right cells, and the answer is kept with the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// One Japanese sentence: what is unsure.
    pub text: String,
    /// Cells it is about.
    pub cells: Vec<String>,
    /// Candidates, the likeliest first: column letters, or meanings of a mark.
    pub candidates: Vec<String>,
    /// How sure the reading was nevertheless.
    pub confidence: Confidence,
}

impl FilledItem {
    /// The cells of an answer as the rule of writing sees them.
    pub fn places(&self) -> Vec<placing::Place> {
        let place = |place: &Place| placing::Place {
            cell: place.cell.clone(),
            means: place.means.as_ref().map(Raw::key),
        };
        self.places.iter().map(place).collect()
    }
}

impl FilledForm {
    /// How many questions are answered, unanswered and unclear.
    pub fn tally(&self) -> (usize, usize, usize) {
        let count = |wanted: fn(&FilledItem) -> bool| self.items.iter().filter(|item| wanted(item)).count();
        (
            count(|item| item.fault.is_none()),
            count(|item| item.fault == Some(Fault::Unanswered)),
            count(|item| item.fault.is_some_and(|fault| fault != Fault::Unanswered)),
        )
    }
}
