//! Reads a staff roster (職員名簿) of any city and writes an empty one to fill in.

mod changes;
mod columns;
mod headings;
mod listed;
mod person;
mod place;
mod seen;
mod tally;
mod template;
mod text;

use crate::unreadable::Unreadable;
use crate::workbook::{self, Sheet};
use columns::{Columns, Field};
use domain::calendar::{fiscal_year, fiscal_year_label};
use domain::roster::check::{Expected, check};
use domain::roster::date::year_of_title;
use domain::roster::layout::{Layout, Mapping};
use domain::roster::line::Line;
use domain::roster::{Roster, RosterProblem};
use tally::Tally;

pub use changes::write_difference;
pub use listed::organisations;
pub use template::template;

/// A roster line by line, before anything is decided.
#[derive(Debug)]
pub struct Reading {
    /// Every row that is somebody, in the order of the file.
    pub lines: Vec<Line>,
    /// What concerns the whole file.
    pub remarks: Vec<RosterProblem>,
    /// Which column holds what.
    pub layout: Layout,
}

/// Reads a roster from xlsx, xls, ods or CSV with nothing to hold it against. Nothing of it is stored.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Roster, Unreadable> {
    read_for(file_name, bytes, &Expected::default())
}

/// Reads a roster and leaves out what contradicts the day, the list of departments, or itself.
pub fn read_for(file_name: &str, bytes: &[u8], expected: &Expected) -> Result<Roster, Unreadable> {
    Ok(read_lines(file_name, bytes, expected)?.roster())
}

/// Reads every line with every rule it meets. A list of departments on another sheet counts where none is given.
pub fn read_lines(file_name: &str, bytes: &[u8], expected: &Expected) -> Result<Reading, Unreadable> {
    Opened::open(file_name, bytes)?.read(expected, None)
}

/// A roster that was opened, so that its columns can be looked at before it is read.
pub struct Opened {
    file_name: String,
    sheets: Vec<Sheet>,
}

impl Opened {
    /// Opens a file of any kind.
    pub fn open(file_name: &str, bytes: &[u8]) -> Result<Opened, Unreadable> {
        Ok(Opened { file_name: file_name.to_string(), sheets: workbook::open(file_name, bytes)? })
    }

    /// How the columns are understood, or would be if nobody said anything. Fails only if there is no row at all.
    pub fn layout(&self, mapping: Option<&Mapping>) -> Result<Layout, Unreadable> {
        let (sheet, columns) = match choose(&self.sheets) {
            Ok(found) => found,
            Err(unreadable) => {
                let usable = self.sheets.iter().filter(|sheet| sheet.visible && !is_sample(sheet));
                let largest =
                    usable.max_by_key(|sheet| sheet.rows.len()).filter(|sheet| !sheet.rows.is_empty());
                let sheet = largest.ok_or(unreadable)?;
                (sheet, Columns::find(sheet).unwrap_or_else(|| Columns::blank(sheet)))
            }
        };
        Ok(match mapping {
            Some(mapping) => seen::layout(sheet, &Columns::told(columns.heading_row, mapping)),
            None => seen::layout(sheet, &columns),
        })
    }

    /// Reads every line; a mapping says which column holds what.
    pub fn read(&self, expected: &Expected, mapping: Option<&Mapping>) -> Result<Reading, Unreadable> {
        let sheets = &self.sheets;
        let layout = self.layout(mapping)?;
        let told = mapping.map(|mapping| Columns::told(layout.heading_row, mapping));
        let (sheet, columns) = match told.filter(|columns| columns.missing().is_empty()) {
            Some(columns) => {
                let sheet = sheets.iter().find(|sheet| sheet.visible && sheet.name == layout.sheet);
                (sheet.ok_or_else(|| missing(&Columns::mandatory()))?, columns)
            }
            None => choose(sheets)?,
        };
        let mut expected = expected.clone();
        if expected.organisations.is_empty() {
            expected.organisations = listed::beside(sheets, sheet);
        }
        let people = columns.data_rows(sheet);
        let tally = Tally::of(sheet, &columns, &people, &expected);
        let places = place::places(sheet, &columns, &people, &expected);
        let one =
            |row: &usize| places.get(row).map(|place| person::read(sheet, &columns, &tally, *row, place));
        let mut lines: Vec<Line> = people.iter().filter_map(one).collect();
        check(&mut lines, &expected);
        let mut remarks = remarks(sheets, sheet, &columns);
        remarks.extend(other_year(&self.file_name, sheet, &columns, &expected));
        Ok(Reading { lines, remarks, layout: seen::layout(sheet, &columns) })
    }
}

impl Reading {
    /// What of it can be taken over.
    pub fn roster(self) -> Roster {
        let mut remarks = self.remarks;
        if self.lines.is_empty() {
            remarks.push(RosterProblem::remark(
                0,
                "取り込める職員の行がありません。見出しの下に1人1行で入力してください。",
            ));
        }
        Roster::of(&self.lines, remarks, &self.layout)
    }
}

/// The first visible sheet with all mandatory columns that is no sample.
fn choose(sheets: &[Sheet]) -> Result<(&Sheet, Columns), Unreadable> {
    let mut best: Option<(&Sheet, Columns)> = None;
    for sheet in sheets.iter().filter(|sheet| sheet.visible && !is_sample(sheet)) {
        let Some(columns) = Columns::find(sheet) else { continue };
        if columns.missing().is_empty() {
            return Ok((sheet, columns));
        }
        if best.as_ref().is_none_or(|(_, known)| columns.len() > known.len()) {
            best = Some((sheet, columns));
        }
    }
    Err(missing(&best.map_or_else(Columns::mandatory, |(_, columns)| columns.missing())))
}

fn missing(names: &[&str]) -> Unreadable {
    Unreadable::new(format!(
        "名簿に必要な列が見つかりません（{}）。見出しの行を設け、列の名前を確かめて読み込み直してください。",
        names.join("、")
    ))
}

fn is_sample(sheet: &Sheet) -> bool {
    ["記入例", "記載例", "見本", "サンプル"].iter().any(|word| sheet.name.contains(word))
}

/// What concerns the whole file: columns and sheets that are not taken over.
fn remarks(sheets: &[Sheet], chosen: &Sheet, columns: &Columns) -> Vec<RosterProblem> {
    let mut texts = Vec::new();
    if !columns.unknown.is_empty() {
        let names: Vec<String> = columns.unknown.iter().map(|name| format!("「{name}」")).collect();
        texts.push(format!(
            "{}の列は取り込みません。必要な列であれば、見出しをひな形に合わせてください。",
            names.join("")
        ));
    }
    for sheet in sheets.iter().filter(|sheet| sheet.visible && !is_sample(sheet) && sheet.name != chosen.name)
    {
        if Columns::find(sheet).is_some_and(|columns| columns.missing().is_empty()) {
            texts.push(format!(
                "シート「{}」も名簿のようですが、読み込んだのは「{}」だけです。1枚のシートにまとめてください。",
                sheet.name, chosen.name
            ));
        }
    }
    if !columns.has(Field::Title) && !columns.has(Field::Role) {
        texts.push(
            "職名の列も役割の列もないため、所属長を判別できません。どちらかの列を加えてください。".into(),
        );
    }
    texts.into_iter().map(|text| RosterProblem::remark(0, text)).collect()
}

/// A file of another year: its title or its name speaks of a fiscal year that is not the one asked for.
fn other_year(
    file_name: &str,
    sheet: &Sheet,
    columns: &Columns,
    expected: &Expected,
) -> Option<RosterProblem> {
    let wanted = fiscal_year(expected.as_of?);
    let above = sheet.rows.range(..columns.heading_row).flat_map(|(_, cells)| cells.values());
    let titles = above.map(|cell| cell.text()).chain([sheet.name.clone(), file_name.to_string()]);
    let (title, year) = titles.into_iter().find_map(|title| Some((title.clone(), year_of_title(&title)?)))?;
    (year != wanted).then(|| {
        let text = format!(
            "「{}」とあり、{}の名簿のようです。取り込むのは{}の名簿です。ファイルを確かめてください。",
            title.trim(),
            fiscal_year_label(year),
            fiscal_year_label(wanted),
        );
        RosterProblem::remark(0, text)
    })
}

#[cfg(test)]
mod tests;
