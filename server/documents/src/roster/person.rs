//! One row of a roster: one person in one post.

use super::columns::{Columns, Field};
use super::tally::{Number, Widths};
use crate::workbook::Sheet;
use domain::roster::{RosterProblem, RosterRow, is_head_title};
use unicode_normalization::UnicodeNormalization;

/// Reads a row. What was put right is added to `problems`; what can't be taken is the error.
pub fn read(
    sheet: &Sheet,
    columns: &Columns,
    widths: &Widths,
    row: usize,
    problems: &mut Vec<RosterProblem>,
) -> Result<RosterRow, RosterProblem> {
    let text = |field| columns.text(sheet, row, field);
    let staff_no = widths.number(sheet, columns, row, Field::StaffNo);
    let code = widths.number(sheet, columns, row, Field::Code);
    let name = spaced(&joined(sheet, columns, row, [Field::Name, Field::FamilyName, Field::GivenName]));
    let (division, department) = organisation(sheet, columns, row);
    complete(row, &staff_no.text, &name, &department)?;
    let mut remarks = lost_zeros(row, "職員番号", &staff_no);
    remarks.extend(lost_character(row, &name));
    let email = mail(row, &text(Field::Email), &mut remarks);
    problems.extend(remarks.into_iter().map(|text| RosterProblem::remark(row, text)));
    let title = spaced(&text(Field::Title));
    let kana = joined(sheet, columns, row, [Field::Kana, Field::FamilyKana, Field::GivenKana]);
    Ok(RosterRow {
        row,
        division,
        department,
        department_code: some(code.text),
        staff_no: staff_no.text,
        name,
        kana: some(spaced(&kana.nfkc().collect::<String>())),
        head: is_head_title(&title) || is_head_role(&text(Field::Role)),
        title,
        employment: some(spaced(&text(Field::Employment))),
        email,
        system: some(spaced(&text(Field::System))),
    })
}

fn complete(row: usize, staff_no: &str, name: &str, department: &str) -> Result<(), RosterProblem> {
    let fields = [("職員番号", staff_no), ("氏名", name), ("所属", department)];
    let missing: Vec<&str> =
        fields.iter().filter(|(_, text)| text.is_empty()).map(|(field, _)| *field).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join("と");
    let text = format!("{row}行目：{list}がないため取り込みません。{list}を入力して読み込み直してください。");
    Err(RosterProblem::rejected(row, text))
}

fn lost_zeros(row: usize, what: &str, number: &Number) -> Vec<String> {
    let text = |written: &String| {
        format!(
            "{row}行目：{what}「{written}」の先頭の0が失われていたため、「{}」として取り込みます。正しいか確かめてください。",
            number.text
        )
    };
    number.written.iter().map(text).collect()
}

fn lost_character(row: usize, name: &str) -> Option<String> {
    name.contains(['?', '？', '〓', '\u{FFFD}', '□']).then(|| {
        format!(
            "{row}行目：氏名「{name}」に、文字コードの変換で失われたとみられる文字があります。取り込み後に氏名を直してください。"
        )
    })
}

fn mail(row: usize, written: &str, remarks: &mut Vec<String>) -> Option<String> {
    let address: String = written.nfkc().filter(|c| !c.is_whitespace()).collect();
    if address.is_empty() || is_address(&address) {
        return some(address);
    }
    remarks.push(format!(
        "{row}行目：メールアドレス「{written}」は形式が正しくないため、メールアドレスなしで取り込みます。正しいアドレスを確かめてください。"
    ));
    None
}

fn is_address(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let labels: Vec<&str> = host.split('.').collect();
    !local.is_empty()
        && labels.len() >= 2
        && labels
            .iter()
            .all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'))
}

fn is_head_role(role: &str) -> bool {
    ["所属長", "情報セキュリティ管理者"].iter().any(|word| role.contains(word)) && !role.contains('副')
}

/// 部 and 課 of a row, whether they stand in one column or two; merged cells count for all their rows.
fn organisation(sheet: &Sheet, columns: &Columns, row: usize) -> (String, String) {
    let text = |field| {
        let column = columns.column(field);
        spaced(&column.map(|column| sheet.merged_text(row, column)).unwrap_or_default())
    };
    let (division, department) = (text(Field::Division), text(Field::Department));
    let rest = department.strip_prefix(&division).map(trimmed).unwrap_or(&department);
    match (division.is_empty(), rest.is_empty()) {
        (true, _) => split(&department),
        (false, true) => (division.clone(), division),
        (false, false) => (division, rest.to_string()),
    }
}

const BREAKS: [char; 9] = [' ', '/', '／', '>', '＞', '→', '|', '｜', '\\'];

fn trimmed(text: &str) -> &str {
    text.trim_start_matches(BREAKS)
}

/// 「総務部　人事課」「総務部/人事課/給与係」; 「財　政　課」 is one word.
fn split(text: &str) -> (String, String) {
    let mut parts: Vec<&str> = text.split(BREAKS).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 && parts.iter().all(|part| part.chars().count() == 1) {
        let word = parts.concat();
        return (word.clone(), word);
    }
    let is_section =
        |part: &&str| ["係", "担当", "班", "グループ", "チーム"].iter().any(|end| part.ends_with(end));
    while parts.len() > 1 && parts.last().is_some_and(is_section) {
        parts.pop();
    }
    match parts.as_slice() {
        [] => (String::new(), String::new()),
        [only] => ((*only).to_string(), (*only).to_string()),
        [division, rest @ ..] => ((*division).to_string(), rest.join(" ")),
    }
}

/// A field in one column or in two.
fn joined(sheet: &Sheet, columns: &Columns, row: usize, [whole, first, second]: [Field; 3]) -> String {
    let text = |field| columns.text(sheet, row, field);
    if columns.has(whole) { text(whole) } else { format!("{} {}", text(first), text(second)) }
}

/// Blanks around go, blanks within become one; every other code point stays as it is.
fn spaced(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}'))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
