//! The comparison key of a text. The text itself stays as it was written.

use unicode_normalization::UnicodeNormalization;

/// NFKC without any blank: what two spellings of the same words have in common.
///
/// Policies mix 全角 and 半角 and carry blanks from conversion (「LGWAN 接続系」, 「C I S O」).
pub fn fold(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_and_blanks_make_no_difference() {
        assert_eq!(fold("Ｃ Ｉ　Ｓ Ｏ（１）"), "CISO(1)");
    }
}
