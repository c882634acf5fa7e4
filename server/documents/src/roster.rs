//! Reads a staff roster (職員名簿) of any city and writes an empty one to fill in.

mod columns;
mod headings;
mod person;
mod tally;
mod template;

use crate::unreadable::Unreadable;
use crate::workbook::{self, Sheet};
use columns::{Columns, Field};
use domain::roster::{Roster, RosterProblem, RosterRow};
use tally::Widths;

pub use template::template;

/// Reads a roster from xlsx, xls, ods or CSV. Nothing of it is stored.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Roster, Unreadable> {
    let sheets = workbook::open(file_name, bytes)?;
    let (sheet, columns) = choose(&sheets)?;
    let people = columns.data_rows(sheet);
    let widths = Widths::of(sheet, &columns, &people);
    let (mut rows, mut problems) = (Vec::<RosterRow>::new(), remarks(&sheets, sheet, &columns));
    for number in people {
        match person::read(sheet, &columns, &widths, number, &mut problems) {
            Ok(row) => rows.push(row),
            Err(problem) => problems.push(problem),
        }
    }
    if rows.is_empty() {
        problems.push(RosterProblem::remark(
            0,
            "取り込める職員の行がありません。見出しの下に1人1行で入力してください。",
        ));
    }
    Ok(Roster::checked(rows, problems))
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
    let missing = best.map_or_else(Columns::mandatory, |(_, columns)| columns.missing());
    Err(Unreadable::new(format!(
        "名簿に必要な列が見つかりません（{}）。見出しの行を設け、列の名前を確かめて読み込み直してください。",
        missing.join("、")
    )))
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

#[cfg(test)]
mod tests;
