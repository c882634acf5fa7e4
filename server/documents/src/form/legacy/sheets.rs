//! Which sheets of a workbook are no filled forms: samples, tables of results, lists, originals.

use super::filled::FilledForm;
use super::grid::Grid;
use super::words::label_of;
use crate::workbook::Sheet;

const SAMPLES: [&str; 9] =
    ["記入例", "記載例", "記入見本", "見本", "サンプル", "作成例", "回答例", "入力例", "記入要領"];
const TALLIES: [&str; 6] = ["集計", "集約", "統計", "分析", "グラフ", "ピボット"];
const ORIGINALS: [&str; 8] =
    ["原本", "ひな形", "ひな型", "雛形", "雛型", "様式原本", "テンプレート", "template"];

/// Why a sheet is none by its name or because it is hidden.
pub fn by_name(sheet: &Sheet) -> Option<&'static str> {
    let has = |words: &[&str]| words.iter().any(|word| sheet.name.to_lowercase().contains(word));
    match () {
        () if !sheet.visible => Some("hidden"),
        () if has(&SAMPLES) || sheet.name.trim_matches(['（', '）', '(', ')']) == "例" => Some("sample"),
        () if has(&TALLIES) => Some("aggregation"),
        () => None,
    }
}

/// True if the sheet itself says that it is a sample: 「（記入例）」 above the table, also in its title.
pub fn is_sample(grid: &Grid, heading: usize) -> bool {
    let above = grid.rows_from(1).take_while(|row| *row < heading);
    let mut first = true;
    for (_, text) in above.flat_map(|row| grid.cells(row)) {
        let title = std::mem::take(&mut first);
        let bare = text
            .trim_matches(|c: char| c.is_whitespace() || "（）()【】[]［］〔〕《》＜＞<>「」※".contains(c));
        let opened = text.starts_with(['（', '(', '【', '[', '〔', '《', '＜', '「']);
        let says = |word: &str| {
            bare == word
                || (opened && bare.starts_with(word) && text.chars().count() < 40)
                || (title && text.contains(word))
        };
        if SAMPLES[..8].iter().any(|word| says(word)) {
            return true;
        }
    }
    false
}

/// Why a sheet is none by its answers: all computed from other sheets, or an original nobody filled in.
pub fn by_answers(sheet: &Sheet, forms: &[FilledForm]) -> Option<&'static str> {
    let items = || forms.iter().flat_map(|form| &form.items);
    let given = items().filter(|item| item.raw_answer.is_some()).count();
    let computed = items().filter(|item| item.raw_answer.is_some() && item.formula).count();
    if given >= 5 && computed * 10 >= given * 9 {
        return Some("aggregation");
    }
    let name = sheet.name.to_lowercase();
    let original = ORIGINALS.iter().any(|word| name.contains(word));
    (original && forms.iter().all(FilledForm::is_blank)).then_some("template")
}

/// The title: the first text above the table that is no label.
pub fn title(grid: &Grid, from: usize, heading: usize) -> Option<String> {
    let above = grid.rows_from(from).take_while(|row| *row < heading);
    let texts = above.flat_map(|row| grid.cells(row)).map(|(_, text)| text);
    let mut texts = texts.filter(|text| label_of(text).is_none() && text.chars().count() <= 80);
    let first = texts.next()?;
    // 「様式第２号」 stands before the title.
    let numbered = first.starts_with("様式")
        || first.starts_with("別紙")
        || first.starts_with("別記")
        || first.starts_with("別添");
    let short = numbered && first.chars().count() <= 12;
    Some(if short { texts.next().unwrap_or(first) } else { first }.clone())
}
