//! Places of a sheet as they are typed: `F7`, `F`, `7`, `7-8`, `D-M`.

use crate::layout::picture::MOST_COLUMNS;

/// Without blanks, in plain capital letters.
pub fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
}

/// What was typed on a Japanese keyboard.
fn narrow(c: char) -> char {
    match c {
        '！'..='～' => {
            u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c).to_ascii_uppercase()
        }
        '〜' | '―' | 'ー' | '−' => '-',
        c => c.to_ascii_uppercase(),
    }
}

/// The columns from one to another: `D-M`.
pub fn columns(text: &str) -> Option<std::ops::RangeInclusive<usize>> {
    let (first, last) = text.split_once(['-', '~'])?;
    let bare = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase());
    let column = |text: &str| Place::of(text).filter(|_| bare(text))?.column;
    let (first, last) = (column(first)?, column(last)?);
    (first <= last && last - first < MOST_COLUMNS).then_some(first..=last)
}

/// A column, rows, or both.
pub struct Place {
    pub column: Option<usize>,
    pub rows: Option<(usize, usize)>,
}

impl Place {
    /// Reads it from plain text.
    pub fn of(text: &str) -> Option<Place> {
        let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
        let (letters, digits) = text.split_at(letters);
        let column = match letters.len() {
            0 => None,
            1..=3 => letters
                .bytes()
                .fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1)
                .checked_sub(1),
            _ => return None,
        };
        let number = |text: &str| text.parse::<usize>().ok().filter(|row| (1..=1_048_576).contains(row));
        let rows = match digits.split_once(['-', '~']) {
            None if digits.is_empty() => None,
            None => Some((number(digits)?, number(digits)?)),
            Some((first, last)) => Some((number(first)?, number(last)?))
                .filter(|(first, last)| first <= last && last - first < 5),
        };
        (column.is_some() || rows.is_some()).then_some(Place { column, rows })
    }
}
