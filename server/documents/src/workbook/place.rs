//! Addresses of cells.

use super::Merge;

/// The name of a cell as Excel shows it (`D12`); row from 1, column from 0.
pub fn cell_name(row: usize, column: usize) -> String {
    let mut name = String::with_capacity(8);
    push_letters(column + 1, &mut name);
    name.push_str(&row.to_string());
    name
}

fn push_letters(number: usize, into: &mut String) {
    if number > 0 {
        push_letters((number - 1) / 26, into);
        let digit = u8::try_from((number - 1) % 26).unwrap_or_default();
        into.push(char::from(b'A' + digit));
    }
}

/// Row from 1 and column from 0 of an address (`D12`, `$D$12`).
pub fn address(text: &str) -> Option<(usize, usize)> {
    let text = text.trim_start_matches('$');
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at(letters);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column =
        letters.bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row: usize = digits.trim_start_matches('$').parse().ok()?;
    ((1..=1_048_576).contains(&row) && column <= 16_384).then_some((row, column - 1))
}

/// An area of cells: `B4:D4`, `B4`, `B:B`.
pub fn area(text: &str) -> Option<Merge> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let (first, last) = (address(first)?, address(last)?);
    Some(Merge {
        rows: (first.0.min(last.0), first.0.max(last.0)),
        columns: (first.1.min(last.1), first.1.max(last.1)),
    })
}
