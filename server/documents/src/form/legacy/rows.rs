//! The rows below the headings: which are questions, which head a part, sum up or remark.

mod remark;

use super::columns::Columns;
use super::columns::is_sentence;
use super::filled::Excluded;
use super::grid::Grid;
use super::number;
use remark::{is_aside, is_bracketed, is_one_of};
pub use remark::{is_note, is_sum};

/// A question with the rows that belong to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// First and last row.
    pub rows: (usize, usize),
    pub no: Option<String>,
    pub category: Option<String>,
    pub question: String,
    /// Index of the table it stands in.
    pub table: usize,
}

/// All questions of a sheet.
#[derive(Debug, Default)]
pub struct Blocks {
    pub blocks: Vec<Block>,
    pub excluded: Vec<Excluded>,
    /// The tables, in order; headings that are repeated on each page make no new one.
    pub tables: Vec<Columns>,
    category: Option<String>,
    /// The row before belongs to a question.
    open: bool,
}

/// What a row is.
enum Kind {
    Question {
        no: Option<String>,
        text: String,
    },
    /// Goes on with the question before.
    More,
    Heading(String),
    Excluded(String),
    Nothing,
}

/// How the questions of this table are numbered.
#[derive(Clone, Copy, PartialEq)]
enum Numbering {
    Column,
    Within,
    None,
}

/// Walks the rows from the headings on. A row that heads another table of questions begins a new one.
pub fn blocks(grid: &Grid, first: Columns, at: impl Fn(usize) -> Option<Columns>) -> Blocks {
    let mut blocks = Blocks { tables: vec![first], ..Blocks::default() };
    let mut numbering = numbering(grid, &blocks.tables[0]);
    let mut skip = 0;
    for row in grid.rows_from(blocks.tables[0].rows.1 + 1) {
        if row <= skip {
            continue;
        }
        let table = &blocks.tables[blocks.tables.len() - 1];
        if table.is_repeated(grid, row) {
            skip = row + table.rows.1 - table.rows.0;
            blocks.open = false;
            let before = blocks.blocks.last().map_or(table.rows.1, |block| block.rows.1);
            // A head before them makes them the headings of somebody else's form.
            if super::head::names_somebody(grid, before + 1..=row - 1) {
                let next = Columns { rows: (row, skip), doubts: Vec::new(), ..table.clone() };
                blocks.tables.push(next);
                blocks.category = None;
            }
            continue;
        }
        if let Some(next) = at(row).filter(|next| next.rows.1 > table.rows.1) {
            skip = next.rows.1;
            numbering = self::numbering(grid, &next);
            blocks.tables.push(next);
            (blocks.category, blocks.open) = (None, false);
            continue;
        }
        let kind = kind(grid, table, numbering, row, blocks.open);
        blocks.take(grid, row, kind);
    }
    blocks
}

impl Blocks {
    fn take(&mut self, grid: &Grid, row: usize, kind: Kind) {
        let table = self.tables.len() - 1;
        match kind {
            Kind::Question { no, text } => {
                self.category(grid, row);
                let end = (self.tables[table].question.first..=self.tables[table].question.last)
                    .map(|column| grid.end(row, column).0)
                    .max()
                    .unwrap_or(row);
                let category = self.category.clone();
                self.blocks.push(Block { rows: (row, end), no, category, question: text, table });
                self.open = true;
            }
            Kind::More => {
                let columns = &self.tables[table];
                let more = grid.all(row, columns.question);
                if let Some(last) = self.blocks.last_mut() {
                    last.rows.1 = last.rows.1.max(row);
                    if !more.is_empty() {
                        last.question = format!("{}\n{more}", last.question);
                    }
                }
            }
            Kind::Heading(text) => (self.category, self.open) = (Some(text), false),
            Kind::Excluded(reason) => {
                self.excluded.push(Excluded { row, reason });
                self.open = false;
            }
            Kind::Nothing => self.open = false,
        }
    }

    fn category(&mut self, grid: &Grid, row: usize) {
        let columns = &self.tables[self.tables.len() - 1];
        let texts: Vec<String> = columns.category.iter().map(|span| seen(grid, row, span.first)).collect();
        let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        if let Some(text) = texts.last() {
            self.category = Some(text.clone());
        }
    }
}

fn seen(grid: &Grid, row: usize, column: usize) -> String {
    let (row, column) = grid.start(row, column);
    grid.shown(row, column).to_string()
}

/// Whether numbers stand in a column of their own, before the texts, or nowhere.
fn numbering(grid: &Grid, columns: &Columns) -> Numbering {
    let rows: Vec<usize> = grid.rows_from(columns.rows.1 + 1).take(200).collect();
    let asked = rows.iter().filter(|row| grid.first(**row, columns.question).is_some()).count();
    if let Some(no) = columns.no {
        let numbered = rows.iter().filter(|row| own_number(grid, **row, no).is_some()).count();
        if numbered > 0 && numbered * 3 >= asked {
            return Numbering::Column;
        }
    }
    let within = rows.iter().filter(|row| {
        grid.first(**row, columns.question).is_some_and(|(_, text)| number::split(text).is_some())
    });
    if within.count() * 2 >= asked.max(1) { Numbering::Within } else { Numbering::None }
}

fn own_number(grid: &Grid, row: usize, no: super::grid::Span) -> Option<String> {
    let (column, text) = grid.first(row, no)?;
    number::number(text, grid.sheet.look.of(row, column).dated)
}

/// 「人-1」, 「新3」, 「5※」: no plain number, yet one.
fn odd_number(grid: &Grid, row: usize, no: super::grid::Span) -> Option<String> {
    let (_, text) = grid.first(row, no)?;
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let counted = plain.chars().any(|c| c.is_numeric() && !matches!(c, '一'..='龥'));
    let usual = !plain.starts_with('第') && !is_sum(&plain) && !plain.contains(['平', '計', '問', '例']);
    (counted && usual && plain.chars().count() <= 6).then_some(plain)
}

fn kind(grid: &Grid, columns: &Columns, numbering: Numbering, row: usize, open: bool) -> Kind {
    let cells = grid.cells(row);
    if cells.is_empty() {
        return if open && continues(grid, columns, row) { Kind::More } else { Kind::Nothing };
    }
    let no = columns.no.and_then(|no| own_number(grid, row, no).or_else(|| odd_number(grid, row, no)));
    let question = grid.first(row, columns.question);
    if let Some(reason) = withdrawn(grid, columns, row, question) {
        return Kind::Excluded(reason);
    }
    if let Some(text) = across(grid, columns, row, cells) {
        return if is_note(&text) || is_sum(&text) { Kind::Nothing } else { Kind::Heading(text) };
    }
    if cells
        .iter()
        .filter(|(column, _)| *column <= columns.question.last)
        .any(|(_, text)| no.is_none() && is_sum(text))
    {
        return Kind::Nothing;
    }
    match (question, no) {
        (Some((_, text)), Some(no)) => match is_aside(text) {
            true => Kind::Nothing,
            false => Kind::Question { no: Some(no), text: without_number(text, numbering) },
        },
        (Some((_, text)), None) => unnumbered(grid, columns, numbering, (row, open), text, cells),
        (None, Some(_)) => Kind::Nothing,
        (None, None) if open && continues(grid, columns, row) => Kind::More,
        (None, None) => match cells {
            [(column, text)]
                if *column <= columns.question.last
                    && !is_note(text)
                    && !is_sum(text)
                    && !is_sentence(text) =>
            {
                Kind::Heading(text.clone())
            }
            _ => Kind::Nothing,
        },
    }
}

/// A column of numbers may be repeated before the text; then it is cut off.
fn without_number(text: &str, numbering: Numbering) -> String {
    match (numbering, number::split(text)) {
        (Numbering::Within, Some((_, rest))) => rest,
        _ => text.to_string(),
    }
}

/// A question without a number in the column of numbers.
fn unnumbered(
    grid: &Grid,
    columns: &Columns,
    numbering: Numbering,
    (row, open): (usize, bool),
    text: &str,
    cells: &[(usize, String)],
) -> Kind {
    if is_note(text) || is_sum(text) {
        return Kind::Nothing;
    }
    let answered = columns.answer_spans().iter().any(|span| grid.first(row, *span).is_some());
    let alone = cells.len() == 1;
    match (numbering, number::split(text)) {
        // 「3．情報資産の管理」 heads a part, although it is numbered like the questions.
        (Numbering::Within, Some((_, rest)))
            if alone && rest.chars().count() <= 12 && !is_sentence(&rest) =>
        {
            Kind::Heading(rest)
        }
        (Numbering::Within, Some((no, rest))) if !is_aside(&rest) => {
            Kind::Question { no: Some(no), text: rest }
        }
        (Numbering::Within, _) if answered && is_sentence(text) => {
            Kind::Question { no: None, text: text.to_string() }
        }
        (Numbering::Within, _) => heading_or_nothing(text, alone),
        (Numbering::Column, _) if asks_below(grid, columns, row) && is_sentence(text) => {
            let no =
                columns.no.map(|no| seen(grid, row, no.first)).and_then(|text| number::number(&text, false));
            Kind::Question { no, text: text.to_string() }
        }
        (Numbering::Column, _) if answered && is_sentence(text) => {
            Kind::Question { no: None, text: text.to_string() }
        }
        (Numbering::Column, _) if open && no_covered(grid, columns, row) => Kind::More,
        (Numbering::Column, _) if open && alone && !is_bracketed(text) => continued_or_heading(text),
        (Numbering::Column, _) => heading_or_nothing(text, alone),
        (Numbering::None, _) if answered => Kind::Question { no: None, text: text.to_string() },
        (Numbering::None, _) if is_bracketed(text) || (alone && !is_sentence(text)) => {
            Kind::Heading(text.to_string())
        }
        (Numbering::None, _) if is_sentence(text) && (open || !alone || offered(grid, columns, row)) => {
            Kind::Question { no: None, text: text.to_string() }
        }
        (Numbering::None, _) => Kind::Nothing,
    }
}

/// One number for several questions: the number goes on, question and answer begin anew.
fn asks_below(grid: &Grid, columns: &Columns, row: usize) -> bool {
    let answer = columns.answer_spans().first().is_some_and(|span| !grid.is_covered(row, span.first));
    no_covered(grid, columns, row) && answer && !grid.is_covered(row, columns.question.first)
}

/// The number's merged area goes on: this row belongs to the question above.
fn no_covered(grid: &Grid, columns: &Columns, row: usize) -> bool {
    columns.no.is_some_and(|no| grid.start(row, no.first).0 < row)
}

/// Any part of the row continues a merged area of the question, or only a comment goes on.
fn continues(grid: &Grid, columns: &Columns, row: usize) -> bool {
    grid.start(row, columns.question.first).0 < row || no_covered(grid, columns, row)
}

fn offered(grid: &Grid, columns: &Columns, row: usize) -> bool {
    columns.answer_spans().iter().any(|span| grid.sheet.look.list_at(row, span.first).is_some())
}

fn continued_or_heading(text: &str) -> Kind {
    let short = text.chars().count() <= 14 && !is_sentence(text);
    if short { Kind::Heading(text.to_string()) } else { Kind::Nothing }
}

fn heading_or_nothing(text: &str, alone: bool) -> Kind {
    if (alone || is_bracketed(text)) && !is_sentence(text.trim_matches(['【', '】'])) {
        Kind::Heading(text.to_string())
    } else {
        Kind::Nothing
    }
}

/// The text of a cell that lies across the columns of the table.
fn across(grid: &Grid, columns: &Columns, row: usize, cells: &[(usize, String)]) -> Option<String> {
    let answers = columns.answer_spans();
    let asked = columns.question;
    let reaches = |column: usize| {
        let last = grid.end(row, column).1;
        let others = answers.iter().filter(|span| span.first > column && span.first <= last).count();
        let before = column < asked.first && last >= asked.last;
        before || (column == asked.first && last > asked.last && (others > 0 || cells.len() == 1))
    };
    cells.iter().find(|(column, _)| reaches(*column)).map(|(_, text)| text.clone())
}

/// Why a row that looks like a question is none any more.
fn withdrawn(grid: &Grid, columns: &Columns, row: usize, question: Option<(usize, &str)>) -> Option<String> {
    let (column, text) = question?;
    let no = columns.no.and_then(|no| grid.first(row, no)).map(|(_, text)| text).unwrap_or_default();
    if grid.hidden(row) {
        return Some("非表示の行のため、設問として読み取りません。".to_string());
    }
    if grid.sheet.look.of(row, column).struck {
        return Some("取消線が引かれているため、設問として読み取りません。".to_string());
    }
    if is_one_of(no, "()（）[]【】", &["例", "記入例", "記載例", "見本", "回答例"]) {
        return Some("記入例の行のため、設問として読み取りません。".to_string());
    }
    let is_gone = |text: &str| is_one_of(text, "()（）", &["欠番", "削除", "廃止"]);
    if is_gone(no) || is_gone(text) || ["－", "-"].contains(&text) {
        return Some("欠番又は廃止とされているため、設問として読み取りません。".to_string());
    }
    None
}
