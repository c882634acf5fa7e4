//! Reading a sentence character by character: widths make no difference, the printed words stay.

/// A sentence and a place in it.
#[derive(Debug, Clone)]
pub(super) struct Scan {
    printed: Vec<char>,
    /// Full-width digits and brackets as their ASCII forms.
    plain: Vec<char>,
    pub at: usize,
}

impl Scan {
    pub fn new(text: &str) -> Scan {
        let printed: Vec<char> = text.chars().collect();
        let plain = printed.iter().map(|c| plain(*c)).collect();
        Scan { printed, plain, at: 0 }
    }

    pub fn done(&self) -> bool {
        self.at >= self.plain.len()
    }

    /// The words between two places as they are printed.
    pub fn words(&self, from: usize, to: usize) -> String {
        self.printed[from.min(to)..to.min(self.printed.len())].iter().collect()
    }

    /// The text before a place, at most 60 characters.
    pub fn before(&self, at: usize) -> String {
        self.plain[at.saturating_sub(60)..at].iter().collect()
    }

    pub fn looks_at(&self, word: &str) -> bool {
        word.chars().enumerate().all(|(step, c)| self.plain.get(self.at + step) == Some(&c))
    }

    /// Goes past a word if it stands here.
    pub fn take(&mut self, word: &str) -> bool {
        let here = self.looks_at(word);
        if here {
            self.at += word.chars().count();
        }
        here
    }

    /// The first of several words that stands here.
    pub fn take_any<'a>(&mut self, words: &[&'a str]) -> Option<&'a str> {
        words.iter().copied().find(|word| self.take(word))
    }

    /// A number in Arabic or kanji numerals, below 1,000.
    pub fn number(&mut self) -> Option<u32> {
        let digits: String = self.plain[self.at.min(self.plain.len())..]
            .iter()
            .take_while(|c| c.is_ascii_digit() || KANJI.contains(**c))
            .take(7)
            .collect();
        let number = value(&digits).filter(|number| (1..1_000).contains(number))?;
        self.at += digits.chars().count();
        Some(number)
    }

    /// の2, の2の3 behind the number of an article.
    pub fn branches(&mut self) -> String {
        let mut text = String::new();
        loop {
            let from = self.at;
            let Some(number) = self.take("の").then(|| self.number()).flatten() else {
                self.at = from;
                return text;
            };
            text.push_str(&format!("の{number}"));
        }
    }

    /// (1), ア, (ア), a, ①: the label of an item.
    pub fn item(&mut self) -> Option<String> {
        let from = self.at;
        if self.take("(") {
            let inner = self.number().map(|number| number.to_string()).or_else(|| self.letter());
            if let Some(inner) = inner.filter(|_| self.take(")")) {
                return Some(format!("({inner})"));
            }
            self.at = from;
            return None;
        }
        if let Some(c) = self.plain.get(from).filter(|c| ('①'..='⑳').contains(*c)) {
            self.at += 1;
            return Some(c.to_string());
        }
        self.letter()
    }

    /// One letter that is no part of a word.
    fn letter(&mut self) -> Option<String> {
        let c = *self.plain.get(self.at)?;
        let katakana = |c: Option<&char>| c.is_some_and(|c| ('ァ'..='ー').contains(c));
        let latin = |c: Option<&char>| c.is_some_and(char::is_ascii_alphabetic);
        let alone = match c {
            'ア'..='ワ' => !katakana(self.plain.get(self.at + 1)) && !katakana(self.before_char()),
            'a'..='z' => !latin(self.plain.get(self.at + 1)) && !latin(self.before_char()),
            _ => false,
        };
        self.at += usize::from(alone);
        alone.then(|| c.to_string())
    }

    fn before_char(&self) -> Option<&char> {
        self.at.checked_sub(1).and_then(|at| self.plain.get(at))
    }
}

const KANJI: &str = "〇一二三四五六七八九十百";

fn plain(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

fn value(digits: &str) -> Option<u32> {
    let (mut total, mut open) = (0u32, None::<u32>);
    for c in digits.chars() {
        match c {
            '十' => total += open.take().unwrap_or(1) * 10,
            '百' => total += open.take().unwrap_or(1) * 100,
            _ => {
                let kanji = KANJI.chars().zip(0..10).find(|(k, _)| *k == c).map(|(_, n)| n);
                open = Some(open.unwrap_or(0).saturating_mul(10).saturating_add(c.to_digit(10).or(kanji)?));
            }
        }
    }
    (!digits.is_empty()).then(|| total.saturating_add(open.unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_items_are_read_in_every_width() {
        for (text, number) in [("２１条", 21), ("二十一条", 21), ("百三", 103), ("7及び", 7)] {
            assert_eq!(Scan::new(text).number(), Some(number), "{text}");
        }
        for (text, item) in [("（２）に", "(2)"), ("(ア)の", "(ア)"), ("イに", "イ"), ("③を", "③")]
        {
            assert_eq!(Scan::new(text).item().as_deref(), Some(item), "{text}");
        }
        assert_eq!(Scan::new("アクセス").item(), None);
    }
}
