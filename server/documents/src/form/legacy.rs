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
mod sheets;
mod wording;
mod words;

pub use filled::{
    Confidence, Doubt, Excluded, Fault, FilledForm, FilledItem, FormFile, Head, Ignored, Origin, Place, Read,
    Rule,
};

use super::value::normalise as value_of;
use crate::unreadable::Unreadable;
use crate::workbook;
use unicode_normalization::UnicodeNormalization;

/// Reads the forms of a file: xlsx, xlsm, xls, ods, CSV.
///
/// # Errors
/// One Japanese sentence: why the file cannot be read, or that no table of questions is in it.
pub fn read_form(file_name: &str, bytes: &[u8]) -> Result<FormFile, Unreadable> {
    let sheets = workbook::open(file_name, bytes)?;
    let mut file = FormFile { file: file_name.nfc().collect(), ..FormFile::default() };
    for sheet in &sheets {
        match read::sheet(sheet, &file.file) {
            Ok(forms) => file.forms.extend(forms),
            Err(ignored) => file.ignored.push(ignored),
        }
    }
    own::overlay(&sheets, &mut file)?;
    if file.forms.is_empty() { Err(no_questions(&file)) } else { Ok(file) }
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
    let mut drifts = Vec::new();
    for sheet in &sheets {
        match read::by_layout(sheet, &file.file, kept) {
            Ok((forms, found)) => {
                file.forms.extend(forms);
                drifts.extend(found);
            }
            Err(ignored) => file.ignored.push(ignored),
        }
    }
    if file.forms.is_empty() {
        return Err(Unreadable::new(
            "登録した様式と見出しが合うシートがありません。様式を選び直すか、様式を指定せずに読み込んでください。",
        ));
    }
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
