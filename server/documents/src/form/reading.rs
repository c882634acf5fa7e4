//! Reads a filled-in sheet again. Nothing is guessed: what is unclear becomes a problem with its cell.

use super::cell::Kind;
use super::{HEADINGS, KEYS_MARK, KEYS_SHEET};
use crate::unreadable::Unreadable;
use crate::workbook::{self, Sheet, cell_name};
use domain::answer::Raw;

/// A sheet as it came back.
#[derive(Debug, Clone, PartialEq)]
pub struct FormReading {
    /// Key of the target it was written for.
    pub target_key: String,
    /// Label of the edition it was written from.
    pub edition_label: String,
    /// One entry for each question, in the order of the sheet.
    pub answers: Vec<ReadAnswer>,
    /// What could not be taken over.
    pub problems: Vec<FormProblem>,
}

/// One question as it came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadAnswer {
    /// Key of the question.
    pub item_key: String,
    /// Number on the sheet.
    pub no: i32,
    /// Name of the answer cell: `D12`.
    pub cell: String,
    /// What stands there.
    pub raw: String,
    /// What it means; `None` if it is blank or unclear.
    pub value: Option<Raw>,
    /// 理由・改善の内容.
    pub comment: String,
    /// 証跡（文書名・保管場所）.
    pub evidence: String,
}

/// Why an answer could not be taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormProblem {
    /// Name of the cell.
    pub cell: String,
    /// One Japanese sentence: what is wrong and what to do.
    pub text: String,
}

/// Reads a sheet this product wrote, also after it was saved by another program.
pub fn read(bytes: &[u8]) -> Result<FormReading, Unreadable> {
    let mut all = read_set(bytes)?;
    match (all.pop(), all.is_empty()) {
        (Some((_, reading)), true) => Ok(reading),
        _ => Err(Unreadable::new(
            "複数の点検票が入ったブックです。事務局の一括取込みで読み込むか、1人分の点検票を選んでください。",
        )),
    }
}

/// Reads all sheets of a workbook this product wrote, each with the name of its tab.
pub fn read_set(bytes: &[u8]) -> Result<Vec<(String, FormReading)>, Unreadable> {
    of_sheets(&workbook::open("", bytes)?)
}

/// Reads all sheets that stand in the keys of the workbook.
pub(super) fn of_sheets(sheets: &[Sheet]) -> Result<Vec<(String, FormReading)>, Unreadable> {
    let tables = sheets.iter().filter(|sheet| sheet.name != KEYS_SHEET);
    let tables: Vec<(&Sheet, Table)> =
        tables.filter_map(|sheet| Some((sheet, Table::find(sheet)?))).collect();
    let mut readings = Vec::new();
    for (tab, target, edition) in keys(sheets)? {
        let found = tables.iter().find(|(sheet, _)| tab.as_ref().is_none_or(|tab| sheet.name == *tab));
        match found {
            Some((sheet, table)) => readings.push((sheet.name.clone(), one(sheet, table, target, edition)?)),
            None if tab.is_none() => return Err(not_ours("点検項目の表が見つかりません")),
            // A tab somebody took out is no form of this workbook any more.
            None => {}
        }
    }
    if readings.is_empty() {
        Err(not_ours("点検項目の表が見つかりません"))
    } else {
        Ok(readings)
    }
}

fn one(
    sheet: &Sheet,
    table: &Table,
    target_key: String,
    edition_label: String,
) -> Result<FormReading, Unreadable> {
    let mut reading = FormReading { target_key, edition_label, answers: Vec::new(), problems: Vec::new() };
    for row in sheet.rows.keys().copied().filter(|row| *row > table.heading) {
        match table.text(sheet, row, KEY).split_once('#') {
            Some((key, index)) => read_table_row(sheet, table, row, (key, index), &mut reading),
            None if !table.text(sheet, row, KEY).is_empty() => read_row(sheet, table, row, &mut reading),
            None => {}
        }
    }
    // A table nothing was chosen in is blank.
    for answer in &mut reading.answers {
        let blank = |raw: &Raw| matches!(raw, Raw::Rows(rows) if rows.iter().all(Option::is_none));
        if answer.value.as_ref().is_some_and(blank) {
            answer.value = None;
        }
    }
    if reading.answers.is_empty() {
        return Err(not_ours("設問の管理情報がありません"));
    }
    Ok(reading)
}

/// True if this product wrote the workbook.
pub(super) fn is_ours(sheets: &[Sheet]) -> bool {
    sheets.iter().any(|sheet| sheet.name == KEYS_SHEET && sheet.text(1, 0) == KEYS_MARK)
}

/// Tab (`None` if there is only one), target and edition of each sheet.
fn keys(sheets: &[Sheet]) -> Result<Vec<(Option<String>, String, String)>, Unreadable> {
    let sheet = sheets
        .iter()
        .find(|sheet| sheet.name == KEYS_SHEET && sheet.text(1, 0) == KEYS_MARK)
        .ok_or_else(|| not_ours("このシステムが出力した点検票ではありません"))?;
    let lost = || not_ours("点検票の管理情報が失われています");
    if sheet.text(1, 1) != "2" {
        let (target, edition) = (sheet.text(2, 1), sheet.text(3, 1));
        return if target.is_empty() || edition.is_empty() {
            Err(lost())
        } else {
            Ok(vec![(None, target, edition)])
        };
    }
    let line = |row: &usize| (Some(sheet.text(*row, 0)), sheet.text(*row, 1), sheet.text(*row, 2));
    let lines: Vec<_> = sheet.rows.keys().filter(|row| **row > 1).map(line).collect();
    match lines.iter().all(|(_, target, edition)| !target.is_empty() && !edition.is_empty()) {
        true => Ok(lines),
        false => Err(lost()),
    }
}

fn not_ours(what: &str) -> Unreadable {
    Unreadable::new(format!(
        "{what}。システムから点検票を出力し直し、そのファイルに回答を入力して読み込んでください（シートを別のブックに写さないでください。）。"
    ))
}

const NO: usize = 0;
const ANSWER: usize = 3;
const COMMENT: usize = 4;
const KEY: usize = 6;
const OFFERED: usize = 7;
const SCALE: usize = 8;
const EVIDENCE: usize = 9;

/// Where the headings stand; found by their words, since rows and columns may have been moved.
struct Table {
    heading: usize,
    columns: [Option<usize>; HEADINGS.len()],
}

impl Table {
    fn find(sheet: &Sheet) -> Option<Table> {
        sheet.rows.iter().take(50).find_map(|(heading, cells)| {
            let columns = HEADINGS.map(|wanted| {
                cells.iter().find(|(_, cell)| cell.text().trim() == wanted).map(|(column, _)| *column)
            });
            let complete = [ANSWER, COMMENT, KEY].iter().all(|index| columns[*index].is_some());
            complete.then_some(Table { heading: *heading, columns })
        })
    }

    fn text(&self, sheet: &Sheet, row: usize, index: usize) -> String {
        self.columns[index].map(|column| sheet.text(row, column)).unwrap_or_default()
    }

    fn answer_cell(&self, row: usize) -> String {
        self.columns[ANSWER].map(|column| cell_name(row, column)).unwrap_or_default()
    }
}

fn read_row(sheet: &Sheet, table: &Table, row: usize, reading: &mut FormReading) {
    let text = |index| table.text(sheet, row, index);
    let (cell, raw, item_key) = (table.answer_cell(row), text(ANSWER), text(KEY));
    if reading.answers.iter().any(|known| known.item_key == item_key) {
        let text = format!(
            "{cell}：同じ設問が2行あります。初めの行だけを読み取りました。行の複写を取り消してください。"
        );
        return reading.problems.push(FormProblem { cell, text });
    }
    let Some(kind) = Kind::from_key(&text(SCALE)) else {
        let text = format!("{cell}：尺度の管理情報が失われています。点検票を出力し直してください。");
        return reading.problems.push(FormProblem { cell, text });
    };
    let value = match kind {
        Kind::Table(rows) => Some(Raw::Rows(vec![None; rows])),
        kind => understood(&kind, (&cell, &raw), text(OFFERED) == "1", &mut reading.problems),
    };
    let no = text(NO).parse().unwrap_or_default();
    let (comment, evidence) = (text(COMMENT), text(EVIDENCE));
    reading.answers.push(ReadAnswer { item_key, no, cell, raw, value, comment, evidence });
}

/// One row of a table: its answer goes to the question above.
fn read_table_row(
    sheet: &Sheet,
    table: &Table,
    row: usize,
    (key, index): (&str, &str),
    reading: &mut FormReading,
) {
    let (cell, raw) = (table.answer_cell(row), table.text(sheet, row, ANSWER));
    let offered = table.text(sheet, row, OFFERED) == "1";
    let value = understood(&Kind::Row, (&cell, &raw), offered, &mut reading.problems);
    let head = reading.answers.iter_mut().find(|answer| answer.item_key == key);
    let place = head.and_then(|head| match &mut head.value {
        Some(Raw::Rows(rows)) => rows.get_mut(index.parse::<usize>().ok()?),
        _ => None,
    });
    match (place, value) {
        (Some(place), Some(Raw::Mark(value))) => *place = Some(value),
        (Some(_), _) => {}
        (None, _) => {
            let text =
                format!("{cell}：表の行が、元の設問から離れています。行の並べ替えを取り消してください。");
            reading.problems.push(FormProblem { cell, text });
        }
    }
}

/// What stands in a cell; what is unclear becomes a problem.
fn understood(
    kind: &Kind,
    (cell, raw): (&str, &str),
    offered: bool,
    problems: &mut Vec<FormProblem>,
) -> Option<Raw> {
    kind.understand(raw, offered).unwrap_or_else(|why| {
        let text = format!("{cell}：回答「{raw}」{why}");
        problems.push(FormProblem { cell: cell.to_string(), text });
        None
    })
}
