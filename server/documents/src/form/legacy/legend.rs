//! The legend of a form: what its signs mean, in its own words. It overrules the table of marks.

use super::super::value::{Reading, fold, understand};
use super::phrase;
use domain::answer::Value;
use std::collections::BTreeMap;

/// Signs and their meaning.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Legend {
    /// By folded sign.
    pub signs: BTreeMap<String, Value>,
    /// The digits 1 to 5 are levels of maturity.
    pub levels: bool,
}

/// What parts a sign from its meaning.
const JOINTS: [char; 12] = ['：', ':', '＝', '=', '…', '‥', '･', '→', '⇒', '（', '(', '.'];
/// What ends a meaning.
const ENDS: [char; 14] = ['、', ',', '，', '/', '／', ';', '；', '。', ')', '）', '」', '】', '】', '\n'];

impl Legend {
    /// The legend in these texts, each of one cell, and these pairs of neighbouring cells.
    pub fn read(texts: &[&str], pairs: &[(String, String)]) -> Legend {
        let mut found: Vec<(String, String)> = texts.iter().flat_map(|text| within(text)).collect();
        found.extend(texts.iter().flat_map(|text| reversed(text)));
        if pairs.len() >= 2 {
            found.extend(pairs.iter().cloned());
        }
        let (digits, signs): (Vec<_>, Vec<_>) = found.into_iter().partition(|(sign, _)| is_digit(sign));
        let mut legend = Legend::default();
        for (sign, words) in &signs {
            if let Some(value) = phrase::value(words) {
                legend.signs.entry(sign.clone()).or_insert(value);
            }
        }
        // One letter with a meaning is an abbreviation; two or more are a scale.
        if legend.signs.len() < 2 {
            legend.signs.retain(|sign, _| !sign.chars().all(char::is_alphanumeric));
        }
        legend.digits(&digits);
        legend
    }

    /// Digits are choices if their words are those of choices (1：はい 2：いいえ), else levels.
    fn digits(&mut self, digits: &[(String, String)]) {
        let known = |words: &str| match understand(words) {
            Reading::Known(value) => Some(value),
            _ => None,
        };
        let choices: Vec<(&String, Value)> =
            digits.iter().filter_map(|(sign, words)| Some((sign, known(words)?))).collect();
        let different =
            choices.iter().map(|(_, value)| *value).collect::<std::collections::BTreeSet<_>>().len();
        if different >= 2 && choices.len() * 3 >= digits.len() * 2 && different == choices.len() {
            self.signs.extend(choices.into_iter().map(|(sign, value)| (sign.clone(), value)));
        } else if digits.iter().map(|(sign, _)| sign).collect::<std::collections::BTreeSet<_>>().len() >= 3 {
            self.levels = true;
        }
    }

    /// The meaning of a text that is one of the signs.
    pub fn of(&self, text: &str) -> Option<Value> {
        self.of_folded(&fold(text))
    }

    /// As [`Legend::of`], for a text that was folded already.
    pub fn of_folded(&self, folded: &str) -> Option<Value> {
        self.signs.get(folded).copied()
    }
}

fn is_digit(sign: &str) -> bool {
    sign.chars().all(|c| c.is_ascii_digit())
}

/// True if the character may stand for an answer.
pub fn is_sign(c: char) -> bool {
    "○〇◯◎●△▲×✕✖✗✘☓✓✔☑√レ－-―ー−—/／□■◇◆☆★".contains(c)
        || c.is_ascii_digit()
        || ('０'..='９').contains(&c)
        || ('①'..='⑤').contains(&c)
        || matches!(c, 'A'..='E' | 'a'..='e' | 'Ａ'..='Ｅ' | 'ａ'..='ｅ' | 'ア'..='オ' | 'ｱ'..='ｵ' | 'N' | 'Y')
}

/// 「○：実施　△：一部　×：未実施」 in one text.
fn within(text: &str) -> Vec<(String, String)> {
    if !text.contains(JOINTS) {
        return Vec::new();
    }
    let chars: Vec<char> = text.chars().collect();
    let starts: Vec<(usize, usize)> =
        (0..chars.len()).filter_map(|at| Some((at, joint(&chars, at)?))).collect();
    let mut found = Vec::new();
    for (index, (at, begin)) in starts.iter().enumerate() {
        let next = starts.get(index + 1).map_or(chars.len(), |(next, _)| *next);
        if *begin >= next {
            continue;
        }
        let words: String = chars[*begin..next].iter().collect();
        let words =
            words.trim().split(|c: char| ENDS.contains(&c) || c.is_whitespace()).next().unwrap_or_default();
        if !words.is_empty() {
            found.push((fold(&chars[*at].to_string()), words.to_string()));
        }
    }
    found
}

/// Where the meaning of a sign at this place begins; `None` if it is no sign with a joint behind it.
fn joint(chars: &[char], at: usize) -> Option<usize> {
    let alone = at == 0 || !chars[at - 1].is_alphanumeric() || !chars[at].is_alphanumeric();
    if !is_sign(chars[at]) || !alone {
        return None;
    }
    let mut next = at + 1;
    while chars.get(next).is_some_and(|c| c.is_whitespace() || matches!(c, '」' | '』' | '”' | '"' | '印'))
    {
        next += 1;
    }
    let begin = next;
    while chars.get(next).is_some_and(|c| JOINTS.contains(c) || (next > begin && c.is_whitespace())) {
        next += 1;
    }
    (next > begin).then_some(next)
}

/// 「できている項目に✓、できていない項目に×を付けてください」
fn reversed(text: &str) -> Vec<(String, String)> {
    if text.chars().count() > 200 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for piece in text.split(['、', '。', '，', '\n']).filter(|piece| piece.contains(is_sign)) {
        let Some((words, rest)) = [
            "ときは",
            "場合は",
            "場合には",
            "項目に",
            "ものに",
            "場合に",
            "項目は",
            "ものは",
            "ときに",
            "事項に",
            "なら",
        ]
        .iter()
        .find_map(|joint| piece.split_once(joint)) else {
            continue;
        };
        let rest = rest.trim().trim_start_matches(['は', 'に', '「', '『', '"']);
        let mut signs = rest.chars();
        if let Some(sign) = signs.next().filter(|c| is_sign(*c))
            && signs.next().is_none_or(|c| !c.is_alphanumeric() || matches!(c, 'を' | 'と' | '印' | 'に'))
        {
            found.push((fold(&sign.to_string()), words.trim().to_string()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Value)> {
        Legend::read(&[text], &[]).signs.into_iter().collect()
    }

    #[test]
    fn legends_are_read_however_they_are_written() {
        use Value::*;
        let cases: [(&str, &[(&str, Value)]); 8] = [
            (
                "【凡例】 ○：実施している　△：一部実施している　×：実施していない　－：該当しない",
                &[("○", Done), ("△", Partial), ("×", NotDone), ("－", NotApplicable)],
            ),
            (
                "○＝できている　△＝一部　×＝できていない　対象外",
                &[("○", Done), ("△", Partial), ("×", NotDone)],
            ),
            (
                "判定　○…実施　△…一部　×…未実施　ー…対象なし",
                &[("○", Done), ("△", Partial), ("×", NotDone), ("ー", NotApplicable)],
            ),
            (
                "できている項目に✓、できていない項目に×、関係のない項目に／を付けてください。",
                &[("✓", Done), ("×", NotDone), ("/", NotApplicable)],
            ),
            (
                "◎：十分できている、○：概ねできている、△：不十分、×：できていない",
                &[("◎", Done), ("○", Partial), ("△", Partial), ("×", NotDone)],
            ),
            ("A：実施　B：一部実施　C：未実施", &[("A", Done), ("B", Partial), ("C", NotDone)]),
            ("１：はい　２：いいえ　３：該当なし", &[("1", Done), ("2", NotDone), ("3", NotApplicable)]),
            ("○（実施）、×（未実施）", &[("○", Done), ("×", NotDone)]),
        ];
        for (text, expected) in cases {
            let expected: std::collections::BTreeMap<String, Value> =
                expected.iter().map(|(sign, value)| (fold(sign), *value)).collect();
            assert_eq!(read(text), expected.into_iter().collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn digits_with_descriptions_are_levels_and_dates_are_nothing() {
        let pairs: Vec<(String, String)> = [
            ("1", "担当者の裁量に任されている。"),
            ("2", "一部で実施しているが、手順は文書になっていない。"),
            ("3", "手順を文書で定めている。"),
        ]
        .map(|(sign, words)| (sign.to_string(), words.to_string()))
        .to_vec();
        let legend = Legend::read(&[], &pairs);
        assert!(legend.levels && legend.signs.is_empty());
        assert_eq!(Legend::read(&["令和７年１１月２８日（金）　提出先：情報政策課"], &[]), Legend::default());
    }
}
