//! What Excel lets somebody enter into an answer cell.

use super::super::cell::{Kind, NOT_YET};
use crate::table::WriteError;
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula};

/// The rule of a cell; the head of a table has none.
pub fn validation(kind: &Kind, may_be_na: bool, row: u32) -> Result<Option<DataValidation>, WriteError> {
    let cell = format!("D{}", u64::from(row) + 1);
    let or_na = if may_be_na { format!("{cell}=\"該当なし\",") } else { String::new() };
    let (rule, wanted) = match kind {
        Kind::Table(_) => return Ok(None),
        Kind::Percent => {
            (format!("=OR({or_na}AND(ISNUMBER({cell}),{cell}>=0,{cell}<=100))"), "0から100までの数値")
        }
        Kind::Number(_) => (format!("=OR({or_na}AND(ISNUMBER({cell}),{cell}>=0))"), "0以上の数値"),
        Kind::Day => (
            format!("=OR({or_na}{cell}=\"{NOT_YET}\",ISNUMBER({cell}))"),
            "日付（2026/5/1など）又は「まだ行っていない」",
        ),
        Kind::Marks | Kind::YesNo | Kind::Levels | Kind::Row => return list(kind, may_be_na).map(Some),
    };
    let na = if may_be_na { "（該当しないときは「該当なし」）" } else { "" };
    DataValidation::new()
        .allow_custom(Formula::new(rule))
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("回答")?
        .set_error_message(format!("{wanted}を入力してください{na}。"))
        .map(Some)
}

fn list(kind: &Kind, may_be_na: bool) -> Result<DataValidation, WriteError> {
    let labels = kind.choices(may_be_na);
    let error = format!("一覧から「{}」のいずれかを選んでください。", labels.join("」「"));
    DataValidation::new()
        .allow_list_strings(&labels)?
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("回答")?
        .set_error_message(error)
}
