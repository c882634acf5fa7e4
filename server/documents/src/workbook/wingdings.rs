//! Fonts that show signs where the file holds letters.

/// Signs of Wingdings and Wingdings 2 people answer with: the letter and the sign it shows.
const SIGNS: [(&str, char, char); 18] = [
    ("wingdings", 'ü', '✓'),
    ("wingdings", 'û', '✗'),
    ("wingdings", 'þ', '☑'),
    ("wingdings", 'ý', '☒'),
    ("wingdings", 'o', '□'),
    ("wingdings", '¨', '□'),
    ("wingdings", 'q', '□'),
    ("wingdings", 'l', '●'),
    ("wingdings", '¡', '○'),
    ("wingdings", 'n', '■'),
    ("wingdings 2", 'P', '✓'),
    ("wingdings 2", 'R', '☑'),
    ("wingdings 2", 'O', '✗'),
    ("wingdings 2", 'S', '☒'),
    ("wingdings 2", 'Q', '☒'),
    ("wingdings 2", 'T', '☒'),
    ("wingdings 2", '£', '□'),
    ("wingdings 2", '\u{99}', '○'),
];

/// True if the font shows signs.
pub fn is_symbols(font: &str) -> bool {
    font.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("wingdings"))
}

/// The text as it is seen in this font.
pub fn shown(font: &str, text: String) -> String {
    if !is_symbols(font) {
        return text;
    }
    let font = font.to_ascii_lowercase();
    // Symbol fonts are also stored in the private use area, F0 before the letter.
    let plain = |c: char| match u32::from(c) {
        code @ 0xF020..=0xF0FF => char::from_u32(code - 0xF000).unwrap_or(c),
        _ => c,
    };
    let sign = |c: char| {
        SIGNS
            .iter()
            .find(|(name, letter, _)| *name == font && *letter == plain(c))
            .map_or(c, |(.., sign)| *sign)
    };
    text.chars().map(sign).collect()
}
