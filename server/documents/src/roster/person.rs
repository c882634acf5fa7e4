//! One row of a roster: one person in one post.

use super::columns::{Columns, Field};
use super::place::Place;
use super::tally::Tally;
use super::text::{
    Script, address, halfwidth_kana, is_address, is_concurrent, is_nothing, katakana, lost_character,
    position, script, spaced, untidy, variant_character,
};
use crate::workbook::{Cell, Sheet};
use domain::roster::date::{Day, day_of, day_of_number};
use domain::roster::is_head_title;
use domain::roster::line::{Line, Rule};
use unicode_normalization::UnicodeNormalization;

/// Reads a row; whatever is doubtful becomes a note.
pub fn read(sheet: &Sheet, columns: &Columns, tally: &Tally, row: usize, place: &Place) -> Line {
    let text = |field| columns.text(sheet, row, field);
    let some = |text: &str| (!text.is_empty()).then(|| text.to_string());
    let mut line = Line {
        row,
        bu: some(&place.bu),
        ka: some(&place.ka),
        kakari: some(&place.kakari),
        employment: some(&spaced(&text(Field::Employment))),
        system: some(&spaced(&text(Field::System))),
        ..Line::default()
    };
    numbers(&mut line, sheet, columns, tally);
    name(&mut line, sheet, columns);
    reading(&mut line, sheet, columns, tally);
    mail(&mut line, sheet, columns);
    title(&mut line, sheet, columns);
    days(&mut line, sheet, columns);
    if line.ka.is_none() && line.bu.is_none() {
        line.note(Rule::MissingDepartment, "");
    }
    line
}

fn numbers(line: &mut Line, sheet: &Sheet, columns: &Columns, tally: &Tally) {
    let staff_no = tally.number(sheet, columns, line.row, Field::StaffNo);
    let code = tally.number(sheet, columns, line.row, Field::Code);
    if staff_no.wide || code.wide {
        line.note(Rule::FullwidthDigits, staff_no.text.clone());
    }
    match (staff_no.text.is_empty(), staff_no.lost) {
        (true, _) => line.note(Rule::MissingStaffNo, ""),
        (false, Some(written)) => line.note(Rule::LostLeadingZero, written),
        (false, None) => (),
    }
    line.staff_no = (!staff_no.text.is_empty()).then_some(staff_no.text);
    line.org_code = (!code.text.is_empty()).then_some(code.text);
}

/// A field in one column or in two.
fn joined(sheet: &Sheet, columns: &Columns, row: usize, [whole, first, second]: [Field; 3]) -> Vec<String> {
    let raw = |field| columns.raw(sheet, row, field);
    match (columns.has(whole) && !raw(whole).is_empty(), columns.has(first)) {
        (false, true) => vec![raw(first), raw(second)],
        _ => vec![raw(whole)],
    }
}

fn name(line: &mut Line, sheet: &Sheet, columns: &Columns) {
    let parts = joined(sheet, columns, line.row, [Field::Name, Field::FamilyName, Field::GivenName]);
    let name = spaced(&parts.join(" "));
    if name.is_empty() {
        line.note(Rule::MissingName, "");
        return;
    }
    if parts.iter().any(|part| untidy(part)) {
        line.note(Rule::NameSpacing, parts.join(" "));
    }
    if lost_character(&name) {
        line.note(Rule::LostCharacter, name.clone());
    }
    if variant_character(&name) {
        line.note(Rule::VariantCharacter, name.clone());
    }
    line.name = Some(name);
}

fn reading(line: &mut Line, sheet: &Sheet, columns: &Columns, tally: &Tally) {
    let raw = joined(sheet, columns, line.row, [Field::Kana, Field::FamilyKana, Field::GivenKana]).join(" ");
    let folded = spaced(&raw.nfkc().collect::<String>());
    if folded.is_empty() {
        return;
    }
    if halfwidth_kana(&raw) {
        line.note(Rule::HalfwidthKana, raw);
    }
    let script = script(&folded);
    if script == Script::Other || (script == Script::Hiragana && !tally.hiragana) {
        line.note(Rule::BadKana, folded.clone());
        line.kana = Some(folded.clone());
    } else {
        line.kana = Some(katakana(&folded));
    }
    line.kana_written = Some(folded);
}

fn mail(line: &mut Line, sheet: &Sheet, columns: &Columns) {
    if !columns.has(Field::Email) {
        return;
    }
    let written = columns.raw(sheet, line.row, Field::Email);
    let plain = address(&written);
    match (is_nothing(&plain), is_address(&plain)) {
        (true, _) => line.note(Rule::BlankMail, ""),
        (false, false) => line.note(Rule::BadMail, written.trim()),
        (false, true) => {
            if plain != written {
                line.note(Rule::MailWidth, written);
            }
            line.mail = Some(plain);
        }
    }
}

fn title(line: &mut Line, sheet: &Sheet, columns: &Columns) {
    let text = |field| columns.text(sheet, line.row, field);
    let written = spaced(&text(Field::Title));
    let (title, marked) = position(&written);
    let role = text(Field::Role);
    line.head = is_head_title(&written) || is_head_role(&role);
    line.concurrent = marked
        || (columns.has(Field::Concurrency) && is_concurrent(&text(Field::Concurrency)))
        || text(Field::Remark).starts_with("兼務");
    line.position = (!title.is_empty()).then_some(title);
}

fn is_head_role(role: &str) -> bool {
    ["所属長", "情報セキュリティ管理者"].iter().any(|word| role.contains(word)) && !role.contains('副')
}

fn days(line: &mut Line, sheet: &Sheet, columns: &Columns) {
    let day = |field| match columns.column(field).and_then(|column| sheet.cell(line.row, column)) {
        None => (Day::Blank, String::new()),
        Some(Cell::Number(number)) => (day_of_number(*number), number.to_string()),
        Some(Cell::Text(text)) => (day_of(text), text.trim().to_string()),
    };
    let ((start, started), (left, _)) = (day(Field::StartDate), day(Field::LeftOn));
    line.start_date = start.known();
    line.left_on = left.known();
    if start == Day::Impossible {
        line.note(Rule::BadDate, started);
    }
    remark(line, &spaced(&columns.text(sheet, line.row, Field::Remark)));
}

/// What a remark says of somebody who left or is away: 「R7.3.31退職」「育休中（R8.5.1～）」.
fn remark(line: &mut Line, remark: &str) {
    let folded: String = remark.nfkc().collect();
    let planned = ["予定", "見込", "希望"].iter().any(|word| folded.contains(word));
    if folded.contains("退職") && !planned && line.left_on.is_none() {
        let day: String = folded.chars().take_while(|c| *c != '退').collect();
        line.left_on = day_of(day.trim_end_matches(['付', '(', ')', ' '])).known();
        line.left =
            line.left_on.is_none() && ["退職", "退職済", "退職済み", "退職者"].contains(&folded.as_str());
    }
    let away = ["育休", "育児休業", "休職", "病休", "産休", "休業", "派遣中", "出向"];
    if away.iter().any(|word| folded.contains(word)) {
        line.leave = Some(remark.to_string());
    }
}
