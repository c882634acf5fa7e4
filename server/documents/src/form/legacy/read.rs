//! A sheet as a filled form, or why it is none.

mod signs;
mod told;

use super::answer::{self, Found};
use super::columns::{Answers, Columns};
use super::filled::{Confidence, Doubt, FilledForm, FilledItem, Head, Ignored, Read};
use super::grid::{Grid, Span};
use super::layout::{self, Layout};
use super::mark::{DOUBTFUL, Marks, level_of};
use super::rows::{self, Block, Blocks};
use super::{head, matrix, sheets, wording};
use crate::workbook::Sheet;
use std::collections::BTreeMap;

/// What officers said words mean, in every workbook of the city.
pub type Words = BTreeMap<String, String>;

/// How the marks of a sheet are read before its table is known.
pub fn marks(grid: &Grid, words: &Words) -> Marks {
    Marks { legend: signs::legend(grid), told: layout::told(words), ..Marks::default() }
}

/// The forms of a sheet.
///
/// # Errors
/// Why it holds none.
pub fn sheet(sheet: &Sheet, file: &str, words: &Words) -> Result<Vec<FilledForm>, Ignored> {
    let ignored = |reason| Ignored { sheet: sheet.name.clone(), reason };
    if let Some(reason) = sheets::by_name(sheet) {
        return Err(ignored(reason));
    }
    let grid = Grid::new(sheet);
    let marks = marks(&grid, words);
    let Some(columns) = Columns::find(&grid, 1, &marks) else {
        return matrix::read(&grid, &marks, file)
            .filter(|forms| !forms.is_empty())
            .ok_or_else(|| ignored("no_questions"));
    };
    let top = columns.rows.0;
    let blocks = rows::blocks(&grid, columns, |row| {
        super::columns::begins_table(&grid, row).then(|| Columns::at(&grid, row, &marks)).flatten()
    });
    if blocks.blocks.is_empty() {
        return Err(ignored("no_questions"));
    }
    if sheets::is_sample(&grid, top) {
        return Err(ignored("sample"));
    }
    let forms = forms(&grid, &blocks, &marks, file);
    match sheets::by_answers(sheet, &forms) {
        Some(reason) => Err(ignored(reason)),
        None => Ok(forms),
    }
}

/// The forms of a sheet by a layout that was kept, each with how it differs from it.
///
/// # Errors
/// Why the sheet holds none, or that the layout is not its own.
pub fn by_layout(
    sheet: &Sheet,
    file: &str,
    kept: &Layout,
    words: &Words,
) -> Result<Vec<FilledForm>, Ignored> {
    let ignored = |reason| Ignored { sheet: sheet.name.clone(), reason };
    if let Some(reason) = sheets::by_name(sheet) {
        return Err(ignored(reason));
    }
    let grid = Grid::new(sheet);
    let first = kept.tables.first().and_then(|table| layout::located(&grid, table, 1));
    let (first, drifts) = first.ok_or_else(|| ignored("other_layout"))?;
    let top = first.rows.0;
    if sheets::is_sample(&grid, top) {
        return Err(ignored("sample"));
    }
    let mut forms = placed(&grid, file, kept, (first, words));
    for form in &mut forms {
        form.drifts =
            drifts.iter().cloned().chain(layout::of_questions(&kept.questions, &form.items, top)).collect();
    }
    if forms.is_empty() { Err(ignored("no_questions")) } else { Ok(forms) }
}

/// The forms of a sheet by a layout that was made by pointing at this very sheet.
///
/// # Errors
/// Why the sheet holds none.
pub fn as_pointed(
    sheet: &Sheet,
    file: &str,
    kept: &Layout,
    words: &Words,
) -> Result<Vec<FilledForm>, Ignored> {
    let ignored = || Ignored { sheet: sheet.name.clone(), reason: "no_questions" };
    let grid = Grid::new(sheet);
    let first = kept.tables.first().and_then(layout::columns_of).ok_or_else(ignored)?;
    let forms = placed(&grid, file, kept, (first, words));
    if forms.iter().all(|form| form.items.is_empty()) { Err(ignored()) } else { Ok(forms) }
}

/// The forms of a sheet whose first table was found.
fn placed(grid: &Grid, file: &str, kept: &Layout, (first, words): (Columns, &Words)) -> Vec<FilledForm> {
    let marks = layout::marks(kept, marks(grid, words));
    let further = |row: usize| {
        let here = |table: &layout::Table| layout::located(grid, table, row).map(|(columns, _)| columns);
        kept.tables.iter().skip(1).filter_map(here).find(|columns| columns.rows.0 == row)
    };
    let blocks = rows::blocks(grid, first, further);
    let mut forms = forms(grid, &blocks, &marks, file);
    for form in &mut forms {
        told::apply(grid, kept, &mut form.head);
        form.layout.marks.clone_from(&kept.marks);
        form.layout.head.clone_from(&kept.head);
    }
    forms
}

/// Tables one below the other, each with a head of its own, are forms of their own.
fn forms(grid: &Grid, blocks: &Blocks, marks: &Marks, file: &str) -> Vec<FilledForm> {
    let mut forms = Vec::new();
    let (mut from, mut begin) = (0, 1);
    for table in 1..=blocks.tables.len() {
        let next = blocks.tables.get(table);
        let end = next.map_or(usize::MAX, |next| next.rows.0 - 1);
        if let Some(next) = next
            && !has_own_head(grid, blocks, table, next)
        {
            continue;
        }
        let part: Vec<&Block> =
            blocks.blocks.iter().filter(|block| (from..table).contains(&block.table)).collect();
        let last = part.last().map_or(begin, |block| block.rows.1);
        let head_rows = begin..=blocks.tables[from].rows.0.saturating_sub(1);
        let below = last + 1..=if next.is_some() { last } else { end.min(last + 60) };
        forms.extend(one_form(grid, blocks, &part, marks, (&[head_rows, below], file)));
        (from, begin) = (table, last + 1);
    }
    forms
}

fn has_own_head(grid: &Grid, blocks: &Blocks, table: usize, next: &Columns) -> bool {
    let last = blocks
        .blocks
        .iter()
        .rev()
        .find(|block| block.table < table)
        .map_or(next.rows.0, |block| block.rows.1);
    head::names_somebody(grid, last + 1..=next.rows.0.saturating_sub(1))
}

type Place<'a> = (&'a [std::ops::RangeInclusive<usize>], &'a str);

fn one_form(
    grid: &Grid,
    blocks: &Blocks,
    part: &[&Block],
    marks: &Marks,
    (areas, file): Place,
) -> Vec<FilledForm> {
    let Some(columns) = part.first().map(|block| &blocks.tables[block.table]) else { return Vec::new() };
    let title = sheets::title(grid, areas.first().map_or(1, |area| *area.start()), columns.rows.0);
    let (head, remark) = header(grid, areas, (title.as_deref().unwrap_or_default(), file));
    let excluded = blocks.excluded.clone();
    let used: std::collections::BTreeSet<usize> = part.iter().map(|block| block.table).collect();
    let tables: Vec<Columns> = used.into_iter().map(|table| blocks.tables[table].clone()).collect();
    let form = |answers: Option<Span>, head: Head| {
        let (items, doubts) = items(grid, blocks, part, marks, answers);
        let name = &grid.sheet.name;
        FilledForm {
            sheet: (!grid.sheet.untyped).then(|| name.clone()),
            title: title.clone(),
            head,
            wording: wording::of(grid, columns, &items, marks),
            layout: layout::layout_of(&tables, &items),
            items,
            excluded: excluded.clone(),
            doubts,
            remark: remark.clone(),
            ..FilledForm::default()
        }
    };
    match &columns.answers {
        Answers::Persons(persons) => persons
            .iter()
            .map(|(span, name)| form(Some(*span), of_column(grid, columns, &head, *span, name)))
            .collect(),
        _ => vec![form(None, head)],
    }
}

/// The heading of a column of answers names a person or a department.
fn of_column(grid: &Grid, columns: &Columns, head: &Head, span: Span, name: &str) -> Head {
    let origin = super::filled::Origin {
        sheet: grid.sheet.name.clone(),
        cell: grid.name(columns.rows.1, span.first),
        raw: name.to_string(),
        rule: super::filled::Rule::Label,
    };
    let read = Read { value: name.to_string(), origin, confidence: Confidence::Medium };
    match head::is_department(name) {
        true => Head { department: Some(read), ..head.clone() },
        false => Head { respondent: Some(read), ..head.clone() },
    }
}

/// The head; the department also by title, sheet or file.
pub fn header(
    grid: &Grid,
    areas: &[std::ops::RangeInclusive<usize>],
    (title, file): (&str, &str),
) -> (Head, Option<Read<String>>) {
    let (mut head, remark) = head::read(grid, areas, title);
    if head.department.is_none() {
        head.department = head::department_elsewhere(title, &grid.sheet.name, file);
    }
    (head, remark)
}

fn items(
    grid: &Grid,
    blocks: &Blocks,
    part: &[&Block],
    marks: &Marks,
    span: Option<Span>,
) -> (Vec<FilledItem>, Vec<Doubt>) {
    let mut doubts: Vec<Doubt> = Vec::new();
    let mut items = Vec::new();
    let mut known: Option<(usize, Marks)> = None;
    for block in part {
        let columns = &blocks.tables[block.table];
        if known.as_ref().is_none_or(|(table, _)| *table != block.table) {
            let same: Vec<&Block> = part.iter().copied().filter(|other| other.table == block.table).collect();
            let own = marks_of(grid, columns, &same, marks, span, &mut doubts);
            doubts.extend(columns.doubts.iter().cloned());
            known = Some((block.table, own));
        }
        let Some((_, marks)) = &known else { continue };
        items.push(item(grid, columns, block, marks, span));
    }
    doubtful_marks(&items, marks, &mut doubts);
    (items, doubts)
}

/// How this table marks its answers: levels, printed choices.
fn marks_of(
    grid: &Grid,
    columns: &Columns,
    blocks: &[&Block],
    marks: &Marks,
    span: Option<Span>,
    doubts: &mut Vec<Doubt>,
) -> Marks {
    let Some(span) = span.or(match &columns.answers {
        Answers::One(span) => Some(*span),
        _ => None,
    }) else {
        return marks.clone();
    };
    let texts: Vec<String> =
        blocks.iter().filter_map(|block| Some(grid.first(block.rows.0, span)?.1.to_string())).collect();
    let mut own = Marks { printed: printed(&texts, blocks.len(), marks), ..marks.clone() };
    if !own.legend.signs.keys().any(|sign| level_of(sign).is_some()) {
        let heading = columns.units.iter().find(|unit| unit.span == span);
        let named =
            own.legend.levels || heading.is_some_and(|unit| unit.texts.iter().any(|text| names_levels(text)));
        let digits: Vec<u8> = texts.iter().filter_map(|text| level_of(text)).collect();
        let different = digits.iter().collect::<std::collections::BTreeSet<_>>().len();
        let most = digits.len() * 10 >= texts.len() * 6 && different >= 2;
        own.levels = named && (most || texts.is_empty() || !digits.is_empty()) || most;
        if own.levels && !named {
            doubts.push(Doubt {
                text: "数字の回答を、1から5までの水準として読み取りました。".to_string(),
                cells: vec![grid.name(columns.rows.1, span.first)],
                candidates: vec!["水準".to_string(), "選択肢の番号".to_string()],
                confidence: Confidence::Low,
            });
        }
    }
    own
}

fn names_levels(text: &str) -> bool {
    let plain = super::words::plain(text);
    ["水準", "成熟度", "レベル", "段階", "1~5", "1-5", "1〜5", "1から5", "1...5"]
        .iter()
        .any(|word| plain.contains(word))
}

/// A text with several choices in it that stands in most cells was printed there.
fn printed(texts: &[String], asked: usize, marks: &Marks) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for text in texts {
        let several = marks.read(text) == super::mark::Said::Several;
        if several {
            *counts.entry(super::super::value::fold(text)).or_default() += 1;
        }
    }
    let (text, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count >= 3 && count * 2 >= asked).then_some(text)
}

fn item(grid: &Grid, columns: &Columns, block: &Block, marks: &Marks, span: Option<Span>) -> FilledItem {
    let Found { answer, fault, raw, word, formula, origin } = match span {
        Some(span) => answer::one(grid, span, block.rows, marks),
        None => answer::read(grid, &columns.answers, block.rows, marks),
    };
    FilledItem {
        row: block.rows.0,
        no: block.no.clone(),
        category: block.category.clone(),
        question: block.question.clone(),
        answer,
        fault,
        raw_answer: raw,
        word,
        comment: texts(grid, &columns.comment, block.rows),
        evidence: texts(grid, &columns.evidence, block.rows),
        due: texts(grid, &columns.due, block.rows),
        formula,
        origin,
        places: wording::places(grid, columns, block.rows.0, span),
        comment_cell: columns.comment.first().map(|span| grid.name(block.rows.0, span.first)),
        item_key: None,
    }
}

/// The texts of these columns in these rows: lines of one column below each other, columns joined by ` / `.
fn texts(grid: &Grid, spans: &[Span], (first, last): (usize, usize)) -> Option<String> {
    let column = |span: &Span| {
        let lines: Vec<String> = (first..=last.min(first + 50))
            .map(|row| grid.all(row, *span))
            .filter(|text| !text.is_empty())
            .collect();
        lines.join("\n")
    };
    let all: Vec<String> = spans.iter().map(column).filter(|text| !text.is_empty()).collect();
    (!all.is_empty()).then(|| all.join(" / "))
}

/// ◎ and ● without a legend usually mean ○; asked once for each form.
fn doubtful_marks(items: &[FilledItem], marks: &Marks, doubts: &mut Vec<Doubt>) {
    for sign in DOUBTFUL {
        if marks.legend.of(sign).is_some() {
            continue;
        }
        let cells: Vec<String> = items
            .iter()
            .filter(|item| item.fault.is_none() && item.raw_answer.as_deref() == Some(sign))
            .map(|item| item.origin.cell.clone())
            .collect();
        if !cells.is_empty() {
            doubts.push(Doubt {
                text: format!("「{sign}」の意味が凡例にありません。「実施」として読み取りました。"),
                cells,
                candidates: vec!["実施".to_string(), "一部実施".to_string()],
                confidence: Confidence::Medium,
            });
        }
    }
}
