//! Filled forms as a department sends them: title, legend, head, parts, merged categories, lists, comments.

use anyhow::Result;
use rust_xlsxwriter::{DataValidation, Format, FormatBorder, Workbook, Worksheet};
use std::path::Path;

const HEADINGS: [&str; 5] = ["区分", "番号", "点検項目", "回答", "備考"];
const PARTS: [&str; 5] = ["組織・体制", "情報資産の管理", "物理的対策", "人的対策", "技術的対策"];
const MARKS: [&str; 6] = ["○", "○", "△", "×", "－", "〇"];
/// The first row of questions, from 0.
const FIRST: u32 = 8;

/// Writes the forms into the folder; gives their bytes together.
pub fn forms(folder: &Path, files: usize, questions: usize) -> Result<u64> {
    let mut total = 0;
    for index in 0..files {
        let bytes = form(index, questions)?;
        total += u64::try_from(bytes.len())?;
        std::fs::write(folder.join(format!("{index:05}_自己点検票.xlsx")), bytes)?;
    }
    Ok(total)
}

fn form(index: usize, questions: usize) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let cell = Format::new().set_border(FormatBorder::Thin).set_text_wrap();
    let sheet = book.add_worksheet().set_name("自己点検票")?;
    sheet.merge_range(0, 0, 0, 4, "令和７年度　情報セキュリティ自己点検票", &cell)?;
    sheet.merge_range(
        1,
        0,
        1,
        4,
        "【凡例】 ○：実施している　△：一部実施している　×：実施していない　－：該当しない",
        &cell,
    )?;
    let head = [
        ("所属", format!("第{}課", index % 97 + 1)),
        ("記入者", format!("職員　{index}")),
        ("点検日", "令和7年11月5日".to_string()),
    ];
    for (row, (label, value)) in (3..).zip(&head) {
        sheet.write_string(row, 0, *label)?.write_string(row, 1, value)?;
    }
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_string_with_format(FIRST - 1, column, heading, &cell)?;
    }
    for number in 0..questions {
        question(sheet, number, index, &cell)?;
    }
    categories(sheet, questions, &cell)?;
    let last = FIRST + u32::try_from(questions)? - 1;
    let list = DataValidation::new().allow_list_strings(&["○", "△", "×", "－"])?;
    sheet.add_data_validation(FIRST, 3, last, 3, &list)?;
    Ok(book.save_to_buffer()?)
}

fn question(sheet: &mut Worksheet, number: usize, index: usize, cell: &Format) -> Result<()> {
    let row = FIRST + u32::try_from(number)?;
    let text =
        format!("情報資産の取扱いについて、手順書の第{}項に定める確認を行い、記録しているか。", number + 1);
    sheet.write_number_with_format(row, 1, u32::try_from(number + 1)?, cell)?;
    sheet.write_string_with_format(row, 2, text, cell)?;
    sheet.write_string_with_format(row, 3, MARKS[(index * 7 + number * 3) % MARKS.len()], cell)?;
    if (index + number).is_multiple_of(4) {
        sheet.write_string_with_format(row, 4, "担当者を決めて、来月までに対応する", cell)?;
    }
    Ok(())
}

fn categories(sheet: &mut Worksheet, questions: usize, cell: &Format) -> Result<()> {
    let each = questions.div_ceil(PARTS.len()).max(2);
    for (part, name) in PARTS.iter().enumerate() {
        let (first, last) = (part * each, ((part + 1) * each).min(questions));
        if first + 1 < last {
            let row = |number: usize| u32::try_from(number).map(|number| FIRST + number);
            sheet.merge_range(row(first)?, 0, row(last - 1)?, 0, name, cell)?;
        }
    }
    Ok(())
}
