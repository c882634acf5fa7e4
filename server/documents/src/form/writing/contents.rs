//! The list in front of many sheets: whose they are, how far they are, and a link to each.

use super::super::FormSheet;
use crate::table::WriteError;
use crate::table::style::{heading, height, lines, page_number, plain, text};
use rust_xlsxwriter::{Color, FormatAlign, FormatUnderline, Url, Worksheet};

/// Name of its tab.
pub const CONTENTS: &str = "目次";

const HEADINGS: [(&str, f64); 5] =
    [("所属", 22.0), ("氏名", 20.0), ("点検票", 38.0), ("対象システム", 22.0), ("提出", 12.0)];

/// Writes the list: of each sheet the form, its tab and its state.
pub fn write<'a>(
    sheet: &mut Worksheet,
    title: &str,
    forms: impl Iterator<Item = (&'a FormSheet, &'a str, &'a str)>,
) -> Result<(), WriteError> {
    sheet.set_name(CONTENTS)?;
    sheet.merge_range(0, 0, 0, 4, title, &plain().set_font_size(14).set_bold())?.set_row_height(0, 26)?;
    for (column, (name, width)) in (0..).zip(HEADINGS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(2, column, name, &heading())?;
    }
    let link = text().set_font_color(Color::RGB(0x00_17C1)).set_underline(FormatUnderline::Single);
    let state_format = text().set_align(FormatAlign::Center);
    for (row, (form, tab, state)) in (3..).zip(forms) {
        let system = form.system.as_deref().unwrap_or_default();
        let shown = if form.person.trim().is_empty() { tab } else { &form.person };
        let url = Url::new(format!("internal:'{}'!A1", tab.replace('\'', "''"))).set_text(shown);
        sheet.write_string_with_format(row, 0, &form.department, &text())?;
        sheet.write_url_with_format(row, 1, url, &link)?;
        sheet.write_string_with_format(row, 2, &form.title, &text())?;
        sheet.write_string_with_format(row, 3, system, &text())?;
        sheet.write_string_with_format(row, 4, state, &state_format)?;
        let texts = [&form.department, shown, &form.title, system];
        let most =
            texts.iter().zip(HEADINGS).map(|(text, (_, width))| lines(text, width)).fold(1.0, f64::max);
        sheet.set_row_height(row, height(most))?;
    }
    sheet.set_freeze_panes(3, 0)?.set_repeat_rows(2, 2)?;
    sheet.set_paper_size(9).set_portrait().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.55, 0.65, 0.3, 0.3).set_footer(page_number());
    Ok(())
}
