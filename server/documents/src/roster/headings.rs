//! Headings of rosters and their synonyms.

pub use domain::roster::layout::Field;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// One line per field: its name, then its spellings; the best first.
const SPELLINGS: &str = include_str!("headings.tsv");

fn spellings() -> impl Iterator<Item = (Field, usize, &'static str)> {
    SPELLINGS.lines().filter(|line| !line.starts_with('#')).flat_map(|line| {
        let mut parts = line.split('\t');
        let key = parts.next().unwrap_or_default();
        let field = Field::from_key(key);
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
            assert!(Field::from_key(key).is_some(), "{line}");
        }
        for field in Field::all() {
            assert!(spellings().any(|(known, ..)| known == field), "{}", field.key());
        }
    }
}
