//! Writes a sheet: A4 portrait, one page wide, only the answers can be changed.

mod contents;
mod rule;
mod style;
mod tab;

use super::cell::{Kind, text};
use super::{FormItem, FormSheet, HEADINGS, KEYS_MARK, KEYS_SHEET};
use crate::table::WriteError;
use crate::table::style::{FONT, height, lines, page_text, workbook};
use domain::answer::{Raw, Value};
use domain::calendar::{wareki, weekday};
use domain::question::setting::{Scale, row_mark};
use rule::validation;
use rust_xlsxwriter::{ConditionalFormatFormula, ExcelDateTime, Formula, ProtectionOptions, Worksheet};
use style::Styles;
use tab::tabs;
use time::Date;

/// Row of the headings, from 0; questions follow.
const HEADING_ROW: u32 = 6;
const WIDTHS: [f64; 10] = [5.0, 13.0, 39.0, 11.0, 28.0, 14.0, 4.0, 4.0, 4.0, 24.0];
/// The last column without and with evidence.
const LAST: u16 = 5;
const LAST_WITH_EVIDENCE: u16 = 9;
const EVIDENCE: u16 = 9;

/// The sheet as an xlsx file.
pub fn write(form: &FormSheet) -> Result<Vec<u8>, WriteError> {
    write_set(&form.title, std::slice::from_ref(form))
}

/// Several sheets in one workbook, as a 部 hands them round: one tab for each, named by whom it belongs to.
/// One sheet alone stands on a tab 「点検票」.
pub fn write_set(title: &str, forms: &[FormSheet]) -> Result<Vec<u8>, WriteError> {
    let mut book = workbook(title)?;
    let styles = Styles::new();
    let names = tabs(forms);
    for (form, name) in forms.iter().zip(&names) {
        write_sheet(book.add_worksheet().set_name(name)?, form, &styles)?;
    }
    write_keys(book.add_worksheet().set_name(KEYS_SHEET)?, forms, &names)?;
    book.save_to_buffer()
}

/// The sheets of a 部 or a 課 behind a list of them; `states` says of each sheet how far it is.
///
/// # Errors
/// When Excel knows no such workbook: too many tabs, a text too long.
pub fn write_book(title: &str, forms: &[FormSheet], states: &[&str]) -> Result<Vec<u8>, WriteError> {
    let mut book = workbook(title)?;
    let styles = Styles::new();
    let names = tabs(forms);
    let lines = forms.iter().zip(&names).zip(states);
    contents::write(
        book.add_worksheet(),
        title,
        lines.map(|((form, name), state)| (form, name.as_str(), *state)),
    )?;
    for (form, name) in forms.iter().zip(&names) {
        write_sheet(book.add_worksheet().set_name(name)?, form, &styles)?;
    }
    write_keys(book.add_worksheet().set_name(KEYS_SHEET)?, forms, &names)?;
    book.save_to_buffer()
}

fn write_sheet(sheet: &mut Worksheet, form: &FormSheet, styles: &Styles) -> Result<(), WriteError> {
    set_columns(sheet, form)?;
    write_head(sheet, form, styles)?;
    write_headings(sheet, form, styles)?;
    let mut row = HEADING_ROW + 1;
    for item in &form.items {
        row = write_item(sheet, row, item, styles)?;
    }
    mark_missing_reasons(sheet, form, styles)?;
    set_page(sheet, form, row)
}

fn last(form: &FormSheet) -> u16 {
    if asks_evidence(form) { LAST_WITH_EVIDENCE } else { LAST }
}

fn asks_evidence(form: &FormSheet) -> bool {
    form.items.iter().any(|item| item.setting.evidence)
}

/// Rows below the headings: a table has one more for each of its rows.
fn rows(form: &FormSheet) -> u32 {
    let rows = form.items.iter().map(|item| match &item.setting.scale {
        Scale::Rows { rows } => 1 + rows.len(),
        _ => 1,
    });
    u32::try_from(rows.sum::<usize>()).unwrap_or_default()
}

fn set_columns(sheet: &mut Worksheet, form: &FormSheet) -> Result<(), WriteError> {
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_column_hidden(6)?.set_column_hidden(7)?.set_column_hidden(8)?;
    if !asks_evidence(form) {
        sheet.set_column_hidden(EVIDENCE)?;
    }
    Ok(())
}

fn write_head(sheet: &mut Worksheet, form: &FormSheet, styles: &Styles) -> Result<(), WriteError> {
    let last = last(form);
    sheet.merge_range(0, 0, 0, last, &form.title, &styles.title)?.set_row_height(0, 30)?;
    let system = form.system.as_ref().map(|system| format!("　　対象システム：{system}")).unwrap_or_default();
    let edition = format!("{}　　様式番号 {}{system}", form.inspection_name, form.edition_label);
    sheet.merge_range(1, 0, 1, last, &edition, &styles.subtitle)?.set_row_height(1, 20)?;
    let due = form.due.map(long_day).unwrap_or_default();
    pair(sheet, (2, last), ["所　属", &form.department, "提出期限", &due], styles)?;
    pair(sheet, (3, last), ["氏　名", &form.person, "提 出 先", &form.contact], styles)?;
    write_day(sheet, form, styles)?;
    write_counter(sheet, form, styles)?;
    sheet.merge_range(5, 0, 5, 1, "記入方法", &styles.label)?;
    sheet.merge_range(5, 2, 5, last, &how_to(form), &styles.value)?;
    sheet.set_row_height(5, height(lines(&how_to(form), WIDTHS[2..6].iter().sum())))?;
    Ok(())
}

/// 点検日: blank for whoever fills the sheet in, the day of answering where answers stand on it.
fn write_day(sheet: &mut Worksheet, form: &FormSheet, styles: &Styles) -> Result<(), WriteError> {
    sheet.merge_range(4, 0, 4, 1, "点 検 日", &styles.label)?.set_row_height(4, 20)?;
    match form.answered_on {
        Some(day) => sheet.write_datetime_with_format(4, 2, date_cell(day)?, &styles.day_done)?,
        None => sheet.write_blank(4, 2, &styles.day_done)?,
    };
    Ok(())
}

/// A real date of the workbook: 令和8年5月1日 would be read as text.
fn date_cell(day: Date) -> Result<ExcelDateTime, WriteError> {
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or_default(), u8::from(day.month()), day.day())
}

const HOW_TO: &str = "黄色の欄に記入してください。「回答」は一覧から選びます。\
    「一部実施」「未実施」を選んだときは、その理由と改善の内容（時期を含む。）を記入してください。\
    「該当なし」は、項目に条件が示されている場合に限り選べます。";

/// What to do; what is typed and evidence are mentioned only where they occur.
fn how_to(form: &FormSheet) -> String {
    let mut text = HOW_TO.to_string();
    if form.items.iter().any(|item| item.setting.scale != Scale::Marks) {
        text.push_str("数値、年月日及び表の行は、点検項目に示す方法で記入してください。");
    }
    if asks_evidence(form) {
        text.push_str("右端の「証跡」の欄が黄色の設問では、文書名と保管場所を記入してください。");
    }
    text
}

fn pair(
    sheet: &mut Worksheet,
    (row, last): (u32, u16),
    texts: [&str; 4],
    styles: &Styles,
) -> Result<(), WriteError> {
    let [label, value, other_label, other_value] = texts;
    sheet.merge_range(row, 0, row, 1, label, &styles.label)?;
    sheet.write_string_with_format(row, 2, value, &styles.value)?;
    sheet.write_string_with_format(row, 3, other_label, &styles.label)?;
    sheet.merge_range(row, 4, row, last, other_value, &styles.value)?;
    let most = lines(value, WIDTHS[2]).max(lines(other_value, WIDTHS[4] + WIDTHS[5]));
    sheet.set_row_height(row, height(most) + 2.0)?;
    Ok(())
}

/// 「未回答　12欄（全25欄）」, kept up to date by the workbook itself. The head of a table has no answer of its own
/// and a character in its cell.
fn write_counter(sheet: &mut Worksheet, form: &FormSheet, styles: &Styles) -> Result<(), WriteError> {
    let total = rows(form);
    if total == 0 {
        return Ok(());
    }
    let tables = form.items.iter().filter(|item| matches!(item.setting.scale, Scale::Rows { .. })).count();
    let cells = u64::from(total) - u64::try_from(tables).unwrap_or_default();
    let unit = if tables > 0 { "欄" } else { "問" };
    let (first, end) = (HEADING_ROW + 2, HEADING_ROW + 1 + total);
    let formula = format!("=\"未回答　\"&COUNTBLANK(D{first}:D{end})&\"{unit}（全{cells}{unit}）\"");
    let open: usize = form.items.iter().map(open_cells).sum();
    let formula = Formula::new(formula).set_result(format!("未回答　{open}{unit}（全{cells}{unit}）"));
    sheet.merge_range(4, 3, 4, last(form), "", &styles.counter)?;
    sheet.write_formula_with_format(4, 3, formula, &styles.counter)?;
    Ok(())
}

fn open_cells(item: &FormItem) -> usize {
    match (&item.setting.scale, item.answer.as_ref().map(|answer| &answer.value)) {
        (Scale::Rows { .. }, Some(Raw::Rows(given))) => given.iter().filter(|row| row.is_none()).count(),
        (Scale::Rows { rows }, _) => rows.len(),
        (_, Some(_)) => 0,
        (_, None) => 1,
    }
}

fn write_headings(sheet: &mut Worksheet, form: &FormSheet, styles: &Styles) -> Result<(), WriteError> {
    for (column, text) in (0..).zip(HEADINGS).filter(|(column, _)| *column < EVIDENCE || asks_evidence(form))
    {
        sheet.write_string_with_format(HEADING_ROW, column, text, &styles.heading)?;
    }
    sheet.set_row_height(HEADING_ROW, 22)?;
    Ok(())
}

/// Writes a question; gives the row behind it.
fn write_item(sheet: &mut Worksheet, row: u32, item: &FormItem, styles: &Styles) -> Result<u32, WriteError> {
    let question = question(item);
    let kind = Kind::of(&item.setting.scale);
    let comment = item.answer.as_ref().map(|answer| answer.comment.as_str()).unwrap_or_default();
    sheet.write_number_with_format(row, 0, item.no, &styles.number)?;
    sheet.write_string_with_format(row, 1, &item.topic, &styles.text)?;
    sheet.write_string_with_format(row, 2, &question, &styles.text)?;
    match &kind {
        Kind::Table(_) => {
            sheet.write_string_with_format(row, 3, "↓", &styles.number)?;
        }
        kind => write_answer(sheet, row, item, kind, styles)?,
    }
    fill(sheet, (row, 4), comment, &styles.comment)?;
    sheet.write_string_with_format(row, 5, &item.clause, &styles.small)?;
    sheet.write_string(row, 6, &item.item_key)?;
    sheet.write_string(row, 7, offered(item))?;
    sheet.write_string(row, 8, kind.key())?;
    if item.setting.evidence {
        let evidence = item.answer.as_ref().map(|answer| answer.evidence.as_str()).unwrap_or_default();
        fill(sheet, (row, EVIDENCE), evidence, &styles.comment)?;
    }
    let cells = [(item.topic.as_str(), 1), (&question, 2), (comment, 4), (&item.clause, 5)];
    let most = cells.iter().map(|(text, column)| lines(text, WIDTHS[*column])).fold(2.0, f64::max);
    sheet.set_row_height(row, height(most))?;
    write_rows(sheet, row + 1, item, styles)
}

fn offered(item: &FormItem) -> &'static str {
    if item.not_applicable.is_some() { "1" } else { "0" }
}

/// A text, or a blank cell to be filled in.
fn fill(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    style: &rust_xlsxwriter::Format,
) -> Result<(), WriteError> {
    match text {
        "" => sheet.write_blank(row, column, style)?,
        text => sheet.write_string_with_format(row, column, text, style)?,
    };
    Ok(())
}

fn write_answer(
    sheet: &mut Worksheet,
    row: u32,
    item: &FormItem,
    kind: &Kind,
    styles: &Styles,
) -> Result<(), WriteError> {
    let answer = item.answer.as_ref().map(|answer| &answer.value);
    match answer {
        Some(Raw::Number(amount)) => {
            sheet.write_number_with_format(row, 3, amount.as_f64(), &styles.amount)?;
        }
        Some(Raw::Day(day)) => {
            sheet.write_datetime_with_format(row, 3, date_cell(*day)?, &styles.day)?;
        }
        answer => {
            let style = match kind {
                Kind::Number(_) | Kind::Percent => &styles.amount,
                Kind::Day => &styles.day,
                _ => &styles.answer,
            };
            let text = answer.map(|raw| text(&item.setting, raw)).unwrap_or_default();
            fill(sheet, (row, 3), &text, style)?;
        }
    }
    if let Some(rule) = validation(kind, item.not_applicable.is_some(), row)? {
        sheet.add_data_validation(row, 3, row, 3, &rule)?;
    }
    Ok(())
}

/// The rows of a table below its question, each with its own key; gives the row behind them.
fn write_rows(
    sheet: &mut Worksheet,
    first: u32,
    item: &FormItem,
    styles: &Styles,
) -> Result<u32, WriteError> {
    let Scale::Rows { rows } = &item.setting.scale else { return Ok(first) };
    let given = match item.answer.as_ref().map(|answer| &answer.value) {
        Some(Raw::Rows(given)) => given.clone(),
        // 該当なし for the whole question is 該当なし in every row.
        Some(Raw::Mark(Value::NotApplicable)) => vec![Some(Value::NotApplicable); rows.len()],
        _ => Vec::new(),
    };
    let mut row = first;
    for (index, name) in rows.iter().enumerate() {
        let text = format!("{}　{name}", row_mark(index));
        for (column, text) in [(0, ""), (1, ""), (2, text.as_str()), (4, ""), (5, "")] {
            sheet.write_string_with_format(row, column, text, &styles.text)?;
        }
        let value = given.get(index).copied().flatten().map_or("", Value::label);
        fill(sheet, (row, 3), value, &styles.answer)?;
        sheet.write_string(row, 6, format!("{}#{index}", item.item_key))?;
        sheet.write_string(row, 7, offered(item))?;
        sheet.write_string(row, 8, Kind::Row.key())?;
        if let Some(rule) = validation(&Kind::Row, item.not_applicable.is_some(), row)? {
            sheet.add_data_validation(row, 3, row, 3, &rule)?;
        }
        sheet.set_row_height(row, height(lines(&text, WIDTHS[2]).max(1.0)))?;
        row += 1;
    }
    Ok(row)
}

/// The question with all it says about how to answer.
fn question(item: &FormItem) -> String {
    let mut parts = vec![item.text.clone()];
    parts.extend(item.condition.as_ref().map(|when| format!("（{when}）")));
    match &item.setting.scale {
        Scale::Levels { texts, .. } => {
            parts.extend((1..).zip(texts).map(|(level, text)| format!("{level}　{text}")));
        }
        Scale::Number { .. } => parts.push(format!("（単位：{}）", item.setting.scale.unit())),
        Scale::Day { .. } => parts.push("（年月日。行っていないときは「まだ行っていない」）".to_string()),
        Scale::Marks | Scale::YesNo | Scale::Rows { .. } => {}
    }
    parts.extend(item.not_applicable.as_ref().map(|when| format!("（「該当なし」を選べる場合：{when}）")));
    parts.extend((!item.setting.guidance.is_empty()).then(|| item.setting.guidance.clone()));
    parts.join("\n")
}

/// A partly or not done without a reason shows in another colour until the reason is there.
fn mark_missing_reasons(sheet: &mut Worksheet, form: &FormSheet, styles: &Styles) -> Result<(), WriteError> {
    let count = rows(form);
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

fn set_page(sheet: &mut Worksheet, form: &FormSheet, end: u32) -> Result<(), WriteError> {
    sheet.set_freeze_panes(HEADING_ROW + 1, 0)?;
    sheet.set_repeat_rows(HEADING_ROW, HEADING_ROW)?;
    sheet.set_selection(HEADING_ROW + 1, 3, HEADING_ROW + 1, 3)?;
    sheet.set_print_area(0, 0, end.saturating_sub(1), last(form))?;
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

/// One line for each tab. A workbook of one sheet keeps the layout earlier versions read.
fn write_keys(sheet: &mut Worksheet, forms: &[FormSheet], names: &[String]) -> Result<(), WriteError> {
    if let [form] = forms {
        let lines = [
            (KEYS_MARK, "1"),
            ("target", form.target_key.as_str()),
            ("edition", form.edition_label.as_str()),
        ];
        for (row, (name, value)) in (0..).zip(lines) {
            sheet.write_string(row, 0, name)?.write_string(row, 1, value)?;
        }
    } else {
        sheet.write_string(0, 0, KEYS_MARK)?.write_string(0, 1, "2")?;
        for (row, (form, name)) in (1..).zip(forms.iter().zip(names)) {
            for (column, text) in (0..).zip([name, &form.target_key, &form.edition_label]) {
                sheet.write_string(row, column, text)?;
            }
        }
    }
    sheet.set_very_hidden(true).protect();
    Ok(())
}

/// 令和8年11月28日（土）
fn long_day(date: Date) -> String {
    format!("{}（{}）", wareki(date), weekday(date))
}
