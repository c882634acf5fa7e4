//! Reads a filled-in sheet again. Nothing is guessed: what is unclear becomes a problem with its cell.

use super::value::{Reading, Value, understand};
use super::{HEADINGS, KEYS_MARK, KEYS_SHEET};
use crate::unreadable::Unreadable;
use crate::workbook::{self, Sheet, cell_name};

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
    pub value: Option<Value>,
    /// 理由・改善の内容.
    pub comment: String,
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
    let sheets = workbook::open("", bytes)?;
    let (target_key, edition_label) = keys(&sheets)?;
    let (sheet, table) = sheets
        .iter()
        .filter(|sheet| sheet.name != KEYS_SHEET)
        .find_map(|sheet| Table::find(sheet).map(|table| (sheet, table)))
        .ok_or_else(|| not_ours("点検項目の表が見つかりません"))?;
    let mut reading = FormReading { target_key, edition_label, answers: Vec::new(), problems: Vec::new() };
    for row in sheet.rows.keys().copied().filter(|row| *row > table.heading) {
        if !table.text(sheet, row, KEY).is_empty() {
            read_row(sheet, &table, row, &mut reading);
        }
    }
    if reading.answers.is_empty() {
        return Err(not_ours("設問の管理情報がありません"));
    }
    Ok(reading)
}

fn keys(sheets: &[Sheet]) -> Result<(String, String), Unreadable> {
    let sheet = sheets
        .iter()
        .find(|sheet| sheet.name == KEYS_SHEET && sheet.text(1, 0) == KEYS_MARK)
        .ok_or_else(|| not_ours("このシステムが出力した点検票ではありません"))?;
    let (target, edition) = (sheet.text(2, 1), sheet.text(3, 1));
    if target.is_empty() || edition.is_empty() {
        return Err(not_ours("点検票の管理情報が失われています"));
    }
    Ok((target, edition))
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

/// Where the headings stand; found by their words, since rows and columns may have been moved.
struct Table {
    heading: usize,
    columns: [Option<usize>; 8],
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
    let understood = judge(&raw, text(OFFERED) == "1");
    if let Err(why) = understood {
        let text = format!("{cell}：回答「{raw}」{why}");
        reading.problems.push(FormProblem { cell: cell.clone(), text });
    }
    let value = understood.unwrap_or_default();
    let no = text(NO).parse().unwrap_or_default();
    reading.answers.push(ReadAnswer { item_key, no, cell, raw, value, comment: text(COMMENT) });
}

fn judge(raw: &str, offered: bool) -> Result<Option<Value>, &'static str> {
    match understand(raw) {
        Reading::Blank => Ok(None),
        Reading::Known(Value::NotApplicable) if !offered => {
            Err("は、この設問では選べません。「実施」「一部実施」「未実施」から選んでください。")
        }
        Reading::Known(value) => Ok(Some(value)),
        Reading::Unsure => Err("では実施の有無が分かりません。事務局に問い合わせ、一覧から選んでください。"),
        Reading::Ambiguous => Err("は意味が一つに定まりません。一覧から選び直してください。"),
        Reading::Unknown => Err("を読み取れません。一覧から選び直してください。"),
    }
}
