//! Which column holds what: finds the heading row and the rows of people.

pub use super::headings::Field;
use super::headings::{field_of, fold, is_number_column};
use crate::workbook::Sheet;
use domain::roster::layout::Mapping;
use std::collections::BTreeMap;

/// Where each field stands.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Row of the headings (the lower one of two).
    pub heading_row: usize,
    found: BTreeMap<Field, usize>,
    /// Headings nobody knows, as written.
    pub unknown: Vec<String>,
    /// Columns whose heading names a field that another column holds.
    pub rivals: Vec<(usize, Field)>,
}

/// A heading with its field and how well it fits.
type Candidate = (usize, Field, usize);

impl Columns {
    /// The heading row among the first rows: the one with the most known headings, at least two.
    pub fn find(sheet: &Sheet) -> Option<Columns> {
        let candidates = sheet.rows.keys().take(30).map(|row| Columns::of_row(sheet, *row));
        let mut best: Option<Columns> = None;
        for columns in candidates {
            if best.as_ref().is_none_or(|known| columns.len() > known.len()) {
                best = Some(columns);
            }
        }
        best.filter(|columns| columns.len() >= 2)
    }

    /// The columns as somebody put them right.
    pub fn told(heading_row: usize, mapping: &Mapping) -> Columns {
        Columns { heading_row, found: mapping.clone(), ..Columns::default() }
    }

    /// A guess for a sheet without known headings: the row among the first with the most texts.
    pub fn blank(sheet: &Sheet) -> Columns {
        let texts = |row: &usize| sheet.rows.get(row).map_or(0, BTreeMap::len);
        let rows = sheet.rows.keys().take(30).copied();
        let heading_row = rows.rev().max_by_key(texts).unwrap_or(1);
        Columns { heading_row, ..Columns::default() }
    }

    /// The field a column was taken for.
    pub fn field_at(&self, column: usize) -> Option<Field> {
        self.found.iter().find(|(_, found)| **found == column).map(|(field, _)| *field)
    }

    fn of_row(sheet: &Sheet, row: usize) -> Columns {
        let mut columns = Columns { heading_row: row, ..Columns::default() };
        let above = row.saturating_sub(1);
        let width = [row, above].iter().filter_map(|row| sheet.rows.get(row)?.keys().max()).max().copied();
        let (mut known, mut group) = (Vec::<Candidate>::new(), String::new());
        for column in 0..=width.unwrap_or_default().min(200) {
            let own = sheet.merged_text(row, column);
            let over = sheet.merged_text(above, column);
            // Without merged cells the heading of a group stands over its first column only.
            group = if over.is_empty() { group } else { over.clone() };
            match heading(&own, &over, &group) {
                Some((field, rank)) => known.push((column, field, rank)),
                None if !own.is_empty() && own != over && !is_number_column(&own) => {
                    columns.unknown.push(own.split_whitespace().collect());
                }
                None => (),
            }
        }
        columns.settle(sheet, row, known);
        columns
    }

    /// One column for each field, the one whose heading fits best. Of two columns of departments without one
    /// of a 部, the first is the 部.
    fn settle(&mut self, sheet: &Sheet, row: usize, known: Vec<Candidate>) {
        let of = |wanted: Field| known.iter().filter(move |(_, field, _)| *field == wanted);
        if of(Field::Division).next().is_none() {
            let columns: Vec<usize> = of(Field::Department).map(|(column, ..)| *column).collect();
            if let [division, department, ..] = columns[..] {
                self.found.extend([(Field::Division, division), (Field::Department, department)]);
            }
        }
        for (column, field, rank) in &known {
            let best = of(*field).map(|(_, _, rank)| *rank).min();
            if best == Some(*rank) && !self.has(*field) {
                self.found.insert(*field, *column);
            }
        }
        for (column, field, _) in known {
            if !self.found.values().any(|used| *used == column) {
                self.rivals.push((column, field));
                self.unknown.push(sheet.merged_text(row, column).split_whitespace().collect());
            }
        }
    }

    /// How many fields have a column.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// True if this field has a column.
    pub fn has(&self, field: Field) -> bool {
        self.found.contains_key(&field)
    }

    /// The column of a field.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.found.get(&field).copied()
    }

    /// The text of a field in a row.
    pub fn text(&self, sheet: &Sheet, row: usize, field: Field) -> String {
        self.column(field).map(|column| sheet.text(row, column)).unwrap_or_default()
    }

    /// The text of a field with the blanks around it.
    pub fn raw(&self, sheet: &Sheet, row: usize, field: Field) -> String {
        let cell = self.column(field).and_then(|column| sheet.cell(row, column));
        cell.map(|cell| cell.text()).unwrap_or_default()
    }

    /// Names of the mandatory columns.
    pub fn mandatory() -> Vec<&'static str> {
        vec!["所属", "職員番号", "氏名"]
    }

    /// Names of the mandatory columns that are not there.
    pub fn missing(&self) -> Vec<&'static str> {
        let there = [
            self.has(Field::Department) || self.has(Field::Division) || self.has(Field::Code),
            self.has(Field::StaffNo),
            self.has(Field::Name) || (self.has(Field::FamilyName) && self.has(Field::GivenName)),
        ];
        Columns::mandatory()
            .into_iter()
            .zip(there)
            .filter(|(_, there)| !there)
            .map(|(name, _)| name)
            .collect()
    }

    /// Rows below the headings that may be people: no blank rows, subtotals, notes, repeated headings.
    pub fn data_rows(&self, sheet: &Sheet) -> Vec<usize> {
        let below = sheet.rows.keys().copied().filter(|row| *row > self.heading_row);
        below.filter(|row| !self.is_repeated_heading(sheet, *row) && !self.is_note(sheet, *row)).collect()
    }

    fn is_repeated_heading(&self, sheet: &Sheet, row: usize) -> bool {
        let same = self.found.iter().filter(|(field, column)| {
            field_of(&sheet.text(row, **column)).is_some_and(|(found, _)| found == **field)
        });
        same.count() >= 2
    }

    /// Only rows without a staff number and without a name; everything else is somebody.
    fn is_note(&self, sheet: &Sheet, row: usize) -> bool {
        let text = |field| self.text(sheet, row, field);
        let name = [Field::Name, Field::FamilyName, Field::GivenName].map(text).concat();
        let Some(cells) = sheet.rows.get(&row) else { return true };
        text(Field::StaffNo).is_empty()
            && match name.is_empty() {
                true => cells.len() == 1 || cells.values().any(|cell| reads_as_note(&fold(&cell.text()))),
                false => is_sum(&fold(&name)) || self.is_counted_sum(sheet, row, &fold(&name)),
            }
    }

    /// 「小計」 in one column and 「3人」 in the column of names.
    fn is_counted_sum(&self, sheet: &Sheet, row: usize, name: &str) -> bool {
        let counted = name.trim_end_matches(['人', '名']).chars().all(|c| c.is_ascii_digit());
        let cells = sheet.rows.get(&row).into_iter().flat_map(|cells| cells.values());
        counted && cells.into_iter().any(|cell| reads_as_note(&fold(&cell.text())))
    }
}

/// The field of a heading. A blank one takes the one above it, and the name of its group may belong to it
/// (「所属」 over 「コード」).
fn heading(own: &str, over: &str, group: &str) -> Option<(Field, usize)> {
    if own.is_empty() || own == over {
        return field_of(over);
    }
    field_of(&format!("{group}{own}")).or_else(|| field_of(own))
}

fn is_sum(text: &str) -> bool {
    let counted = text.trim_end_matches(['人', '名']).trim_end_matches(|c: char| c.is_ascii_digit());
    ["計", "合計", "小計", "総計", "累計", "総合計", "部計", "課計"].contains(&counted)
}

fn reads_as_note(text: &str) -> bool {
    is_sum(text)
        || (text.ends_with('計') && !text.ends_with("会計") && !text.ends_with("統計"))
        || text == "以上"
        || ["※", "注)", "(注"].iter().any(|start| text.starts_with(start))
}
