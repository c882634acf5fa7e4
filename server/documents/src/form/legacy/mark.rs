//! One text in an answer cell: blank, one answer, several, or unclear.

use super::super::value::{Reading, fold, understand_folded};
use super::filled::Rule;
use super::legend::Legend;
use domain::answer::{Raw, Value};
use std::collections::HashMap;

/// What a text in an answer cell says.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    Blank,
    One(Raw, Rule),
    Several,
    Unclear,
}

/// How this form marks its answers.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    /// Its legend.
    pub legend: Legend,
    /// Digits are levels of maturity.
    pub levels: bool,
    /// A text that stands in most answer cells because it was printed there.
    pub printed: Option<String>,
    /// What an officer said texts mean in this form; `None` for blank. By folded text.
    pub told: HashMap<String, Option<Raw>>,
}

/// Marks that could mean two things and usually mean ○; each is reported once for a form.
pub const DOUBTFUL: [&str; 3] = ["◎", "●", "■"];
/// Longer texts are no marks, in bytes; printed choices with boxes are the longest.
const LONGEST: usize = 150;

fn is_empty_box(c: char) -> bool {
    matches!(c, '□' | '☐' | '▢' | '◻')
}

fn is_ticked_box(c: char) -> bool {
    matches!(c, '☑' | '☒' | '■' | '✓' | '✔' | '🗹' | '✅')
}

fn is_box(c: char) -> bool {
    is_empty_box(c) || is_ticked_box(c)
}

impl Marks {
    /// What a text says. What an officer said goes before the tables, but never makes one mark of two, or one of none.
    pub fn read(&self, text: &str) -> Said {
        if text.len() > LONGEST && self.told.is_empty() {
            return Said::Unclear;
        }
        self.said(text, &fold(text))
    }

    /// What an officer said a text means: an answer or blank; `None` if nobody said anything.
    pub fn told_of(&self, text: &str) -> Option<Option<Raw>> {
        if self.told.is_empty() { None } else { self.told.get(&fold(text)).cloned() }
    }

    /// True if a text is an answer of any kind, or a level.
    pub fn answers(&self, text: &str) -> bool {
        let folded = fold(text);
        level_of_folded(&folded).is_some() || self.said(text, &folded) != Said::Unclear
    }

    fn said(&self, text: &str, folded: &str) -> Said {
        let said = self.untold(text, folded);
        if self.told.is_empty() || matches!(said, Said::Several | Said::Blank) {
            return said;
        }
        match self.told.get(folded) {
            None => said,
            Some(told) => told.clone().map_or(Said::Blank, |raw| Said::One(raw, Rule::Told)),
        }
    }

    fn untold(&self, text: &str, folded: &str) -> Said {
        if text.len() > LONGEST {
            return Said::Unclear;
        }
        if self.printed.as_deref() == Some(folded) {
            return Said::Blank;
        }
        if let Some(value) = self.legend.of_folded(folded) {
            return Said::One(Raw::Mark(value), Rule::Legend);
        }
        if self.levels {
            return level(folded);
        }
        match understand_folded(folded) {
            Reading::Blank => Said::Blank,
            Reading::Known(value) => Said::One(Raw::Mark(value), Rule::MarkTable),
            Reading::Ambiguous if DOUBTFUL.contains(&text) => {
                Said::One(Raw::Mark(Value::Done), Rule::MarkTable)
            }
            Reading::Ambiguous | Reading::Unsure => Said::Unclear,
            Reading::Unknown => self.composed(text),
        }
    }

    /// The value of a text that is clearly one.
    pub fn value(&self, text: &str) -> Option<Raw> {
        match self.read(text) {
            Said::One(raw, _) => Some(raw),
            _ => None,
        }
    }

    /// Several marks, ticked boxes, a mark with its own words.
    fn composed(&self, text: &str) -> Said {
        // Four choices with their joints are no longer than this; what is longer is a sentence.
        if text.len() > 100 {
            return if text.contains(is_box) { self.boxes(text) } else { Said::Unclear };
        }
        if text.contains(is_empty_box) || text.chars().filter(|c| is_ticked_box(*c)).count() > 1 {
            return self.boxes(text);
        }
        if let Some(rest) = enumerated(text)
            && let Some(raw) = self.value(rest)
        {
            return Said::One(raw, Rule::MarkTable);
        }
        let parts = parts(text);
        if parts.len() < 2 {
            return self.signs(text);
        }
        let values: Vec<Option<Raw>> = parts.iter().map(|part| self.value(part)).collect();
        let known: Vec<&Raw> = values.iter().flatten().collect();
        let all = known.len() == parts.len();
        match (all, known.first()) {
            (true, Some(first)) if known.iter().all(|raw| raw == first) => {
                Said::One((*first).clone(), Rule::MarkTable)
            }
            (true, Some(_)) => Said::Several,
            _ => self.signs(text),
        }
    }

    /// 「○△」: nothing but signs.
    fn signs(&self, text: &str) -> Said {
        let count = text.chars().filter(|c| !c.is_whitespace()).count();
        let words = text.chars().any(|c| c.is_alphanumeric() && c != '〇');
        if !(2..=8).contains(&count) || words {
            return Said::Unclear;
        }
        let signs: Vec<Option<Raw>> =
            text.chars().filter(|c| !c.is_whitespace()).map(|c| self.value(&c.to_string())).collect();
        let different = signs.first().is_some_and(|first| signs.iter().any(|sign| sign != first));
        let all = signs.iter().all(Option::is_some);
        if all && different { Said::Several } else { Said::Unclear }
    }

    /// 「☑はい　□いいえ」 and 「はい☑　いいえ□」.
    fn boxes(&self, text: &str) -> Said {
        let leading = text.trim_start().starts_with(is_box);
        let mut choices: Vec<(bool, String)> = Vec::new();
        let mut words = String::new();
        for c in text.chars() {
            match (is_box(c), leading) {
                (true, true) => choices.push((is_ticked_box(c), String::new())),
                (true, false) => choices.push((is_ticked_box(c), std::mem::take(&mut words))),
                (false, true) => {
                    if let Some((_, words)) = choices.last_mut() {
                        words.push(c);
                    }
                }
                (false, false) => words.push(c),
            }
        }
        let ticked: Vec<&String> =
            choices.iter().filter(|(ticked, _)| *ticked).map(|(_, words)| words).collect();
        let clean = |words: &str| {
            words.trim_matches(|c: char| c.is_whitespace() || "・／/、,，".contains(c)).to_string()
        };
        match ticked[..] {
            [] => Said::Blank,
            [words] => self.value(&clean(words)).map_or(Said::Unclear, |raw| Said::One(raw, Rule::TickedBox)),
            _ => Said::Several,
        }
    }
}

/// What a text says where digits are levels.
fn level(folded: &str) -> Said {
    if let Some(level) = level_of_folded(folded) {
        return Said::One(Raw::Level(level), Rule::Level);
    }
    match understand_folded(folded) {
        Reading::Blank => Said::Blank,
        Reading::Known(Value::NotApplicable) => Said::One(Raw::Mark(Value::NotApplicable), Rule::MarkTable),
        _ if folded.chars().filter(char::is_ascii_digit).count() >= 2
            && folded.contains(['・', ',', '、']) =>
        {
            Said::Several
        }
        _ => Said::Unclear,
    }
}

/// 3, ３, レベル3, Lv.3, ③, 3点.
pub fn level_of(text: &str) -> Option<u8> {
    level_of_folded(&fold(text))
}

fn level_of_folded(folded: &str) -> Option<u8> {
    let bare = ["レベル", "level", "lv.", "lv", "l", "水準", "段階"]
        .iter()
        .find_map(|word| folded.strip_prefix(word))
        .unwrap_or(folded);
    let bare = ["点", "段階", "レベル"].iter().find_map(|word| bare.strip_suffix(word)).unwrap_or(bare);
    let bare = bare.strip_suffix(".0").unwrap_or(bare);
    bare.parse().ok().filter(|level| (1..=5).contains(level))
}

/// The words behind the number of a choice: 「1.はい」, 「ア　実施」.
fn enumerated(text: &str) -> Option<&str> {
    let mut chars = text.char_indices();
    let (_, first) = chars.next()?;
    let (at, second) = chars.next()?;
    let counted = first.is_ascii_digit()
        || ('０'..='９').contains(&first)
        || ('①'..='⑨').contains(&first)
        || ('ア'..='オ').contains(&first)
        || ('a'..='e').contains(&first.to_ascii_lowercase());
    let parted = second.is_whitespace() || ".．:：)）、".contains(second);
    let circled = ('①'..='⑨').contains(&first);
    match (counted && parted, circled) {
        (true, _) => Some(text[at + second.len_utf8()..].trim()),
        (false, true) => Some(text[first.len_utf8()..].trim()),
        _ => None,
    }
    .filter(|rest| !rest.is_empty())
}

/// The pieces between 「・」, 「／」, 「又は」 and blanks.
fn parts(text: &str) -> Vec<String> {
    let joined = ["及び", "又は", "または", "と"].iter().any(|joint| text.contains(joint));
    let replaced;
    let text = if joined {
        replaced =
            text.replace("及び", "・").replace("又は", "・").replace("または", "・").replace('と', "・");
        replaced.as_str()
    } else {
        text
    };
    text.split(|c: char| c.is_whitespace() || "・,、，/／;；:：→()（）".contains(c))
        .filter(|part| !part.is_empty())
        .map(str::to_string)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_answer_cells_say_one_thing_several_or_nothing_clear() {
        let marks = Marks::default();
        let one = |value| Said::One(Raw::Mark(value), Rule::MarkTable);
        let cases = [
            ("○", one(Value::Done)),
            ("はい ", one(Value::Done)),
            ("1.はい", one(Value::Done)),
            ("○ 実施", one(Value::Done)),
            ("はい（実施済）", one(Value::Done)),
            ("●", one(Value::Done)),
            ("○△", Said::Several),
            ("はい・いいえ", Said::Several),
            ("○／×", Said::Several),
            ("要確認", Said::Unclear),
            ("？", Said::Unclear),
            ("来年度から", Said::Unclear),
            ("0", Said::Unclear),
            ("なし", Said::Unclear),
            ("　", Said::Blank),
            ("□", Said::Blank),
            ("☑はい　□いいえ", Said::One(Raw::Mark(Value::Done), Rule::TickedBox)),
            ("□はい　■いいえ", Said::One(Raw::Mark(Value::NotDone), Rule::TickedBox)),
            ("はい□　いいえ☑", Said::One(Raw::Mark(Value::NotDone), Rule::TickedBox)),
            ("□はい　□いいえ", Said::Blank),
            ("☑はい　☑いいえ", Said::Several),
        ];
        for (text, said) in cases {
            assert_eq!(marks.read(text), said, "{text}");
        }
    }

    #[test]
    fn levels_are_levels_only_where_the_form_says_so() {
        let marks = Marks { levels: true, ..Marks::default() };
        for (text, level) in [("3", 3), ("３", 3), ("レベル４", 4), ("Lv.2", 2), ("③", 3)] {
            assert_eq!(marks.read(text), Said::One(Raw::Level(level), Rule::Level), "{text}");
        }
        for text in ["3～4", "6", "0", "2.5", "○"] {
            assert_eq!(marks.read(text), Said::Unclear, "{text}");
        }
        assert_eq!(marks.read("対象外"), Said::One(Raw::Mark(Value::NotApplicable), Rule::MarkTable));
        assert_eq!(marks.read("3・4"), Said::Several);
    }
}
