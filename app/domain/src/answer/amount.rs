//! Numbers as people answer them: exact decimals with at most three places.

use serde::{Deserialize, Serialize};

/// A number from 0 to 999,999,999.999, kept in thousandths so that it is compared and stored exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Amount(i64);

/// The largest number, in thousandths.
const MOST: i64 = 999_999_999_999;

impl Amount {
    /// 100, the most a percentage can be.
    pub const HUNDRED: Amount = Amount(100_000);

    /// Reads what people type: full width, thousands separators, with or without its unit.
    pub fn parse(text: &str, unit: &str) -> Option<Amount> {
        let folded: String = narrow(text).filter(|c| *c != ',').collect();
        let unit: String = narrow(unit).collect();
        let plain = folded.strip_suffix(unit.as_str()).filter(|_| !unit.is_empty()).unwrap_or(&folded);
        let (whole, part) = plain.split_once('.').unwrap_or((plain, ""));
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        if whole.is_empty() || whole.len() > 9 || part.len() > 3 || !digits(whole) || !digits(part) {
            return None;
        }
        let part: i64 = format!("{part:0<3}").parse().ok()?;
        Some(Amount(whole.parse::<i64>().ok()? * 1000 + part)).filter(|amount| amount.0 <= MOST)
    }

    /// For means and charts.
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

/// Full width becomes half width. Not NFKC: this runs in the browser, where its tables would weigh more than the
/// rest of the answering page.
fn narrow(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    })
}

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, part) = (self.0 / 1000, self.0 % 1000);
        let decimals = format!("{part:03}");
        match decimals.trim_end_matches('0') {
            "" => write!(f, "{whole}"),
            decimals => write!(f, "{whole}.{decimals}"),
        }
    }
}

impl From<Amount> for String {
    fn from(amount: Amount) -> String {
        amount.to_string()
    }
}

impl TryFrom<String> for Amount {
    type Error = String;

    fn try_from(text: String) -> Result<Amount, String> {
        Amount::parse(&text, "").ok_or(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (text, unit, wanted) in [
            ("12.5", "", Some("12.5")),
            ("１２．５％", "％", Some("12.5")),
            (" 1,234 件", "件", Some("1234")),
            ("100%", "％", Some("100")),
            ("0", "件", Some("0")),
            ("007.250", "", Some("7.25")),
            ("-1", "", None),
            ("", "件", None),
            ("件", "件", None),
            ("12件", "人", None),
            ("1.2345", "", None),
            ("十二", "", None),
            ("9999999999", "", None),
        ] {
            assert_eq!(Amount::parse(text, unit).map(|a| a.to_string()).as_deref(), wanted, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_again(thousandths in 0..MOST) {
            let amount = Amount(thousandths);
            prop_assert_eq!(Amount::parse(&amount.to_string(), "件"), Some(amount));
        }
    }
}
