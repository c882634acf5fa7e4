//! Writes a sheet: A4 portrait, one page wide, only the answers can be changed.

mod style;

use super::{FormItem, FormSheet, HEADINGS, KEYS_MARK, KEYS_SHEET, Value};
use crate::table::WriteError;
use crate::table::style::{FONT, height, lines, page_text, workbook};
use domain::calendar::{wareki, weekday};
use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, Formula, ProtectionOptions, Worksheet,
};
use style::Styles;
use time::Date;

/// Row of the headings, from 0; questions follow.
const HEADING_ROW: u32 = 6;
const WIDTHS: [f64; 8] = [5.0, 13.0, 39.0, 11.0, 28.0, 14.0, 4.0, 4.0];

/// The sheet as an xlsx file.
pub fn write(form: &FormSheet) -> Result<Vec<u8>, WriteError> {
    let mut book = workbook(&form.title)?;
    let sheet = book.add_worksheet().set_name("点検票")?;
    let styles = Styles::new();
    set_columns(sheet)?;
    write_head(sheet, form, &styles)?;
    write_headings(sheet, &styles)?;
    for (row, item) in (HEADING_ROW + 1..).zip(&form.items) {
        write_item(sheet, row, item, &styles)?;
    }
    mark_missing_reasons(sheet, form, &styles)?;
    set_page(sheet, form)?;
    write_keys(book.add_worksheet().set_name(KEYS_SHEET)?, form)?;
    book.save_to_buffer()
}

fn set_columns(sheet: &mut Worksheet) -> Result<(), WriteError> {
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_column_hidden(6)?.set_column_hidden(7)?;
    Ok(())
}

fn write_head(sheet: &mut Worksheet, form: &FormSheet, styles: &Styles) -> Result<(), WriteError> {
    sheet.merge_range(0, 0, 0, 5, &form.title, &styles.title)?.set_row_height(0, 30)?;
    let edition = format!("{}　　確定版 {}", form.inspection_name, form.edition_label);
    sheet.merge_range(1, 0, 1, 5, &edition, &styles.subtitle)?.set_row_height(1, 20)?;
    pair(sheet, 2, ["所　属", &form.department, "提出期限", &long_day(form.due)], styles)?;
    pair(sheet, 3, ["氏　名", &form.person, "提 出 先", &form.contact], styles)?;
    sheet.merge_range(4, 0, 4, 1, "記入方法", &styles.label)?;
    sheet.merge_range(4, 2, 4, 5, HOW_TO, &styles.value)?;
    sheet.set_row_height(4, height(lines(HOW_TO, WIDTHS[2..6].iter().sum())))?;
    write_counter(sheet, form, styles)
}

const HOW_TO: &str = "黄色の欄に記入してください。「回答」は一覧から選びます。\
    「一部実施」「未実施」を選んだときは、その理由と改善の内容（時期を含む。）を記入してください。\
    「該当なし」は、項目に条件が示されている場合に限り選べます。";

fn pair(sheet: &mut Worksheet, row: u32, texts: [&str; 4], styles: &Styles) -> Result<(), WriteError> {
    let [label, value, other_label, other_value] = texts;
    sheet.merge_range(row, 0, row, 1, label, &styles.label)?;
    sheet.write_string_with_format(row, 2, value, &styles.value)?;
    sheet.write_string_with_format(row, 3, other_label, &styles.label)?;
    sheet.merge_range(row, 4, row, 5, other_value, &styles.value)?;
    let most = lines(value, WIDTHS[2]).max(lines(other_value, WIDTHS[4] + WIDTHS[5]));
    sheet.set_row_height(row, height(most) + 2.0)?;
    Ok(())
}

/// 「未回答　12問（全25問）」, kept up to date by the workbook itself.
fn write_counter(sheet: &mut Worksheet, form: &FormSheet, styles: &Styles) -> Result<(), WriteError> {
    let total = form.items.len();
    if total == 0 {
        return Ok(());
    }
    let open = form.items.iter().filter(|item| item.answer.is_none()).count();
    let first = HEADING_ROW + 2;
    let formula = format!(
        "=\"未回答　\"&COUNTBLANK(D{first}:D{})&\"問（全{total}問）\"",
        u64::from(first) + u64::try_from(total - 1).unwrap_or_default()
    );
    let formula = Formula::new(formula).set_result(format!("未回答　{open}問（全{total}問）"));
    sheet.merge_range(5, 0, 5, 5, "", &styles.counter)?;
    sheet.write_formula_with_format(5, 0, formula, &styles.counter)?.set_row_height(5, 18)?;
    Ok(())
}

fn write_headings(sheet: &mut Worksheet, styles: &Styles) -> Result<(), WriteError> {
    for (column, text) in (0..).zip(HEADINGS) {
        sheet.write_string_with_format(HEADING_ROW, column, text, &styles.heading)?;
    }
    sheet.set_row_height(HEADING_ROW, 22)?;
    Ok(())
}

fn write_item(sheet: &mut Worksheet, row: u32, item: &FormItem, styles: &Styles) -> Result<(), WriteError> {
    let text = question(item);
    let comment = item.answer.as_ref().map(|answer| answer.comment.as_str()).unwrap_or_default();
    sheet.write_number_with_format(row, 0, item.no, &styles.number)?;
    sheet.write_string_with_format(row, 1, &item.topic, &styles.text)?;
    sheet.write_string_with_format(row, 2, &text, &styles.text)?;
    match &item.answer {
        Some(answer) => sheet.write_string_with_format(row, 3, answer.value.label(), &styles.answer)?,
        None => sheet.write_blank(row, 3, &styles.answer)?,
    };
    match comment {
        "" => sheet.write_blank(row, 4, &styles.comment)?,
        _ => sheet.write_string_with_format(row, 4, comment, &styles.comment)?,
    };
    sheet.write_string_with_format(row, 5, &item.clause, &styles.small)?;
    sheet.write_string(row, 6, &item.item_key)?;
    sheet.write_string(row, 7, if item.not_applicable.is_some() { "1" } else { "0" })?;
    sheet.add_data_validation(row, 3, row, 3, &choices(item)?)?;
    let cells = [(item.topic.as_str(), 1), (&text, 2), (comment, 4), (&item.clause, 5)];
    let most = cells.iter().map(|(text, column)| lines(text, WIDTHS[*column])).fold(2.0, f64::max);
    sheet.set_row_height(row, height(most))?;
    Ok(())
}

fn question(item: &FormItem) -> String {
    match &item.not_applicable {
        Some(when) => format!("{}\n（「該当なし」を選べる場合：{when}）", item.text),
        None => item.text.clone(),
    }
}

fn choices(item: &FormItem) -> Result<DataValidation, WriteError> {
    let offered = |value: &Value| *value != Value::NotApplicable || item.not_applicable.is_some();
    let labels: Vec<&str> = Value::ALL.into_iter().filter(offered).map(Value::label).collect();
    let error = format!("一覧から「{}」のいずれかを選んでください。", labels.join("」「"));
    DataValidation::new()
        .allow_list_strings(&labels)?
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("回答")?
        .set_error_message(error)
}

/// A partly or not done without a reason shows in another colour until the reason is there.
fn mark_missing_reasons(sheet: &mut Worksheet, form: &FormSheet, styles: &Styles) -> Result<(), WriteError> {
    let count = u32::try_from(form.items.len()).unwrap_or_default();
    if count == 0 {
        return Ok(());
    }
    let first = HEADING_ROW + 1;
    let row = first + 1;
    let rule = format!("=AND(OR($D{row}=\"一部実施\",$D{row}=\"未実施\"),TRIM($E{row})=\"\")");
    let format = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(&styles.missing);
    sheet.add_conditional_format(first, 4, first + count - 1, 4, &format)?;
    Ok(())
}

fn set_page(sheet: &mut Worksheet, form: &FormSheet) -> Result<(), WriteError> {
    sheet.set_freeze_panes(HEADING_ROW + 1, 0)?;
    sheet.set_repeat_rows(HEADING_ROW, HEADING_ROW)?;
    sheet.set_selection(HEADING_ROW + 1, 3, HEADING_ROW + 1, 3)?;
    sheet.set_paper_size(9).set_portrait().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.55, 0.65, 0.3, 0.3).set_print_center_horizontally(true);
    let font = format!("&\"{FONT},Regular\"&9");
    sheet.set_footer(format!(
        "&L{font}{}&C{font}&P ／ &N&R{font}{}",
        page_text(&form.department),
        page_text(&form.person)
    ));
    let mut allowed = ProtectionOptions::new();
    (allowed.format_rows, allowed.format_columns) = (true, true);
    sheet.protect_with_options(&allowed);
    Ok(())
}

fn write_keys(sheet: &mut Worksheet, form: &FormSheet) -> Result<(), WriteError> {
    let lines =
        [(KEYS_MARK, "1"), ("target", form.target_key.as_str()), ("edition", form.edition_label.as_str())];
    for (row, (name, value)) in (0..).zip(lines) {
        sheet.write_string(row, 0, name)?.write_string(row, 1, value)?;
    }
    sheet.set_very_hidden(true).protect();
    Ok(())
}

/// 令和8年11月28日（土）
fn long_day(date: Date) -> String {
    format!("{}（{}）", wareki(date), weekday(date))
}
