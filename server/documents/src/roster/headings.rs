//! Headings of rosters and their synonyms.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// What a column of a roster holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Division,
    Department,
    Section,
    Code,
    StaffNo,
    Name,
    FamilyName,
    GivenName,
    Kana,
    FamilyKana,
    GivenKana,
    Title,
    Employment,
    Email,
    Role,
    System,
    StartDate,
    LeftOn,
    Concurrency,
    Remark,
    Abolished,
}

/// One line per field: its name, then its spellings; the best first.
const SPELLINGS: &str = include_str!("headings.tsv");

const FIELDS: [(&str, Field); 21] = [
    ("Division", Field::Division),
    ("Department", Field::Department),
    ("Section", Field::Section),
    ("Code", Field::Code),
    ("StaffNo", Field::StaffNo),
    ("Name", Field::Name),
    ("FamilyName", Field::FamilyName),
    ("GivenName", Field::GivenName),
    ("Kana", Field::Kana),
    ("FamilyKana", Field::FamilyKana),
    ("GivenKana", Field::GivenKana),
    ("Title", Field::Title),
    ("Employment", Field::Employment),
    ("Email", Field::Email),
    ("Role", Field::Role),
    ("System", Field::System),
    ("StartDate", Field::StartDate),
    ("LeftOn", Field::LeftOn),
    ("Concurrency", Field::Concurrency),
    ("Remark", Field::Remark),
    ("Abolished", Field::Abolished),
];

fn spellings() -> impl Iterator<Item = (Field, usize, &'static str)> {
    SPELLINGS.lines().filter(|line| !line.starts_with('#')).flat_map(|line| {
        let mut parts = line.split('\t');
        let key = parts.next().unwrap_or_default();
        let field = FIELDS.iter().find(|(name, _)| *name == key).map(|(_, field)| *field);
        parts.enumerate().filter_map(move |(rank, name)| Some((field?, rank, name)))
    })
}

/// True for columns that only count the rows.
pub fn is_number_column(text: &str) -> bool {
    ["", "no", "no.", "№", "番号", "項番", "連番", "通番", "#", "行"].contains(&fold(text).as_str())
}

/// The field of a heading, with and without a remark in brackets (「職員番号（必須）」), and how well the
/// heading fits: the smaller the better.
pub fn field_of(heading: &str) -> Option<(Field, usize)> {
    static KNOWN: LazyLock<BTreeMap<String, (Field, usize)>> = LazyLock::new(|| {
        let mut known = BTreeMap::new();
        for (field, rank, name) in spellings() {
            known.entry(fold(name)).or_insert((field, rank));
        }
        known
    });
    let folded = fold(heading);
    let bare = folded.split('(').next().unwrap_or_default();
    let within = folded.trim_matches(['(', ')']);
    [folded.as_str(), bare, within].into_iter().find_map(|text| KNOWN.get(text)).copied()
}

/// A shadow for comparison only: width and case folded, blanks and marks removed.
pub fn fold(text: &str) -> String {
    let kept = text.nfkc().filter(|c| {
        !c.is_whitespace() && !matches!(c, ':' | '*' | '※' | '●' | '○' | '【' | '】' | '「' | '」')
    });
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_names_a_field_and_every_field_has_a_line() {
        for line in SPELLINGS.lines().filter(|line| !line.starts_with('#')) {
            let key = line.split('\t').next().unwrap_or_default();
            assert!(FIELDS.iter().any(|(name, _)| *name == key), "{line}");
        }
        for (name, field) in FIELDS {
            assert!(spellings().any(|(known, ..)| known == field), "{name}");
        }
    }
}
