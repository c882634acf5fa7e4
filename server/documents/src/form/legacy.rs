//! Forms of departments, each in its own layout: found by structure and wording, read cell by cell.
//!
//! Invariant: nothing is guessed. Two marks, no mark, an unknown word become a [`Fault`] with its cell;
//! what is read keeps its [`Origin`]; what the reading was unsure of is a [`Doubt`].

mod answer;
pub mod bundle;
mod columns;
mod date;
pub mod filled;
mod grid;
mod head;
mod json;
pub mod layout;
mod legend;
mod mark;
mod matrix;
mod number;
mod own;
mod phrase;
mod read;
mod rows;
mod seen;
mod sheets;
mod wording;
mod words;

pub use filled::{
    Confidence, Doubt, Excluded, Fault, FilledForm, FilledItem, FormFile, Head, Ignored, Origin, Place, Read,
    Rule,
};

pub use seen::look;

use super::value::normalise as value_of;
use crate::unreadable::Unreadable;
use crate::workbook::{self, Sheet};
use domain::layout::Habits;
use unicode_normalization::UnicodeNormalization;

/// So much of the questions has to be found, in per cent, before a file that departs from a kept layout is read by it.
const ALIKE: usize = 60;

/// Reads the forms of a file: xlsx, xlsm, xls, ods, CSV.
///
/// # Errors
/// One Japanese sentence: why the file cannot be read, or that no table of questions is in it.
pub fn read_form(file_name: &str, bytes: &[u8]) -> Result<FormFile, Unreadable> {
    read_with(file_name, bytes, &Habits::default())
}

/// Reads the forms of a file; sheets that have a kept layout by it, others by structure and wording.
///
/// # Errors
/// As [`read_form`].
pub fn read_with(file_name: &str, bytes: &[u8], habits: &Habits) -> Result<FormFile, Unreadable> {
    let sheets = workbook::open(file_name, bytes)?;
    let mut file = FormFile { file: file_name.nfc().collect(), ..FormFile::default() };
    for sheet in &sheets {
        match recognised(sheet, &file.file, habits) {
            Ok(forms) => file.forms.extend(forms),
            Err(ignored) => file.ignored.push(ignored),
        }
    }
    own::overlay(&sheets, &mut file)?;
    if file.forms.is_empty() { Err(no_questions(&file)) } else { Ok(file) }
}

/// The forms of a sheet by the kept layout it departs from least, else by structure and wording.
fn recognised(sheet: &Sheet, file: &str, habits: &Habits) -> Result<Vec<FilledForm>, Ignored> {
    let mut best: Option<Vec<FilledForm>> = None;
    let drifts = |forms: &[FilledForm]| forms.iter().map(|form| form.drifts.len()).max().unwrap_or_default();
    for kept in &habits.kept {
        let Ok(mut forms) = read::by_layout(sheet, file, &kept.layout, &habits.words) else { continue };
        let alike = |form: &FilledForm| {
            layout::share(&kept.layout.questions, form.items.len(), &form.drifts) >= ALIKE
        };
        let better = best.as_deref().is_none_or(|best| drifts(&forms) < drifts(best));
        if better && forms.iter().all(alike) && sheets::by_answers(sheet, &forms).is_none() {
            forms.iter_mut().for_each(|form| form.kept = Some(kept.version));
            best = Some(forms);
        }
        if best.as_deref().is_some_and(|best| drifts(best) == 0) {
            break;
        }
    }
    best.map_or_else(|| read::sheet(sheet, file, &habits.words), Ok)
}

/// Reads a file by a layout that was kept (recognised by [`layout::Layout::fingerprint`] or chosen), instead of by
/// structure and wording.
///
/// # Errors
/// One Japanese sentence: why the file cannot be read, or that no sheet has this layout.
pub fn read_by_layout(
    file_name: &str,
    bytes: &[u8],
    kept: &layout::Layout,
) -> Result<(FormFile, Vec<layout::Drift>), Unreadable> {
    let sheets = workbook::open(file_name, bytes)?;
    let mut file = FormFile { file: file_name.nfc().collect(), ..FormFile::default() };
    for sheet in &sheets {
        match read::by_layout(sheet, &file.file, kept, &Habits::default().words) {
            Ok(forms) => file.forms.extend(forms),
            Err(ignored) => file.ignored.push(ignored),
        }
    }
    if file.forms.is_empty() {
        return Err(Unreadable::new(
            "登録した様式と見出しが合うシートがありません。様式を選び直すか、様式を指定せずに読み込んでください。",
        ));
    }
    let drifts = file.forms.iter().flat_map(|form| form.drifts.clone()).collect();
    Ok((file, drifts))
}

fn no_questions(file: &FormFile) -> Unreadable {
    let sample = file.ignored.iter().any(|ignored| ignored.reason == "sample");
    Unreadable::new(if sample {
        "記入例のほかに、回答を記入した点検票のシートがありません。ファイルを確かめてください。"
    } else {
        "点検項目と回答の欄がある表が見つかりません。自己点検票のファイルであることを確かめてください。"
    })
}
