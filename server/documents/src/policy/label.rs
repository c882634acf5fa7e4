//! Labels of clauses: 第1章, 第2条の3, 1, (1), ア, (ア), ①, a, 一, 1.2. Source: field glossary §5.1.

use super::era::value;
use super::lines::Counted;
use domain::clause::fold;

/// Which row of labels a label belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Series {
    Part,
    Chapter,
    Section,
    Division,
    Supplement,
    /// 第1 (公用文)
    Dai,
    Article,
    /// 1.2, 2-4-1: the number of its parts
    Dotted(usize),
    /// A heading or paragraph without a number
    Unnumbered,
    Number,
    Paren,
    Kanji,
    Kana,
    Iroha,
    Circled,
    ParenKana,
    Latin,
    Roman,
    ParenLatin,
    /// A number of Word's in a form that is in no row; its level within its list
    Counted(u8),
}

impl Series {
    /// The usual depth: 編 before 章 before 節 …; an open label of greater rank is closed by one of smaller.
    pub(super) fn rank(self) -> usize {
        match self {
            Series::Part | Series::Supplement => 0,
            Series::Chapter => 1,
            Series::Section => 2,
            Series::Division => 3,
            Series::Dai | Series::Article | Series::Unnumbered => 4,
            Series::Dotted(parts) => 3 + parts.min(6),
            Series::Number => 10,
            Series::Paren | Series::Kanji => 11,
            Series::Kana | Series::Iroha | Series::Circled => 12,
            Series::ParenKana => 13,
            Series::Latin | Series::Roman => 14,
            Series::ParenLatin => 15,
            Series::Counted(level) => 10 + usize::from(level),
        }
    }

    /// 編, 章, 節, 款, 条: their level is fixed and needs no continuity.
    pub(super) fn fixed(self) -> bool {
        matches!(
            self,
            Series::Part
                | Series::Chapter
                | Series::Section
                | Series::Division
                | Series::Article
                | Series::Supplement
        )
    }

    /// Labels that can hardly be anything else at the beginning of a line.
    pub(super) fn telling(self) -> bool {
        self.fixed()
            || matches!(self, Series::Paren | Series::Circled | Series::ParenKana | Series::Dotted(_))
    }
}

/// A label at the beginning of a line and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    pub series: Series,
    pub number: u32,
    /// As it goes into the path: （１） → (1), 第一条 → 第1条.
    pub canonical: String,
    pub printed: String,
    pub rest: String,
    /// For 1.2.3: the numbers.
    pub parts: Vec<u32>,
}

const KANA: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ";
const IROHA: &str = "イロハニホヘトチリヌルヲワカヨタレソツネナラム";
const CIRCLED: &str = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";
const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

/// Every reading of the label a line begins with: 「イ」 may continue ア or begin イロハ.
pub(super) fn labels(text: &str) -> Vec<Label> {
    if let Some(label) = supplement(text) {
        return vec![label];
    }
    let (token, rest, spaced) = token(text);
    if token.is_empty() {
        return Vec::new();
    }
    let make = |(series, number, canonical): (Series, u32, String)| Label {
        series,
        number,
        canonical,
        printed: token.to_string(),
        rest: rest.trim().to_string(),
        parts: numbers(&fold(token)),
    };
    readings(&fold(token), spaced, rest).into_iter().map(make).collect()
}

/// The label of a number that Word counted; which row it is of is told by the number.
pub(super) fn counted(counted: &Counted, text: &str) -> Label {
    let rest = text.strip_prefix(&counted.label).unwrap_or(text).trim().to_string();
    let readings: Vec<Label> = circled(&counted.label).into_iter().chain(labels(&counted.label)).collect();
    let agrees = |label: &&Label| label.number == counted.number && label.rest.is_empty();
    let known = readings.iter().find(agrees).or(readings.iter().find(|label| label.rest.is_empty())).cloned();
    let canonical = fold(&counted.label);
    let unknown = || Label {
        series: Series::Counted(counted.level),
        number: counted.number,
        canonical: canonical.trim_end_matches(['.', ',', '、', ':']).to_string(),
        printed: counted.label.clone(),
        rest: String::new(),
        parts: Vec::new(),
    };
    Label { rest, ..known.unwrap_or_else(unknown) }
}

/// 附則, 附　則（令和２年訓令第５号）
fn supplement(text: &str) -> Option<Label> {
    let key = fold(text);
    let rest = key.strip_prefix("附則").or_else(|| key.strip_prefix("付則"))?;
    let whole = rest.is_empty() || (rest.starts_with('(') && rest.ends_with(')'));
    whole.then(|| Label {
        series: Series::Supplement,
        number: 0,
        canonical: key.clone(),
        printed: text.to_string(),
        rest: String::new(),
        parts: Vec::new(),
    })
}

/// The first word of a line: up to a blank, a closing bracket, or the unit of 第1章.
fn token(text: &str) -> (&str, &str, bool) {
    let end = if text.starts_with('第') {
        dai_end(text)
    } else if text.starts_with(['(', '（']) {
        text.char_indices().find(|(_, c)| matches!(c, ')' | '）')).map(|(at, c)| at + c.len_utf8())
    } else if text.starts_with(|c| CIRCLED.contains(c)) {
        text.chars().next().map(char::len_utf8)
    } else {
        text.char_indices()
            .find(|(_, c)| c.is_whitespace() || matches!(c, '．' | '、'))
            .map(|(at, _)| at)
            .or(Some(text.len()))
    };
    let end = end.filter(|end| text[..*end].chars().count() <= 12).unwrap_or(0);
    let rest = &text[end..];
    let rest = rest.strip_prefix(['．', '、']).unwrap_or(rest);
    let spaced = rest.is_empty() || rest.starts_with(char::is_whitespace) || rest.len() < text.len() - end;
    (&text[..end], rest, spaced)
}

/// The end of 第2条の3, or of 第1 alone.
fn dai_end(text: &str) -> Option<usize> {
    let unit = text.char_indices().skip(1).find(|(_, c)| !is_digit(*c))?;
    let mut end = if "編章節款条".contains(unit.1) { unit.0 + unit.1.len_utf8() } else { unit.0 };
    if text[end..].starts_with('の') {
        let branch: usize =
            text[end..].chars().skip(1).take_while(|c| is_digit(*c)).map(char::len_utf8).sum();
        end += if branch > 0 { 'の'.len_utf8() + branch } else { 0 };
    }
    Some(end)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c) || "〇一二三四五六七八九十百".contains(c)
}

fn readings(key: &str, spaced: bool, rest: &str) -> Vec<(Series, u32, String)> {
    if let Some(found) = dai(key, spaced, rest) {
        return vec![found];
    }
    if let Some(inner) = key.strip_prefix('(').and_then(|key| key.strip_suffix(')')) {
        return bracketed(inner).into_iter().collect();
    }
    let mut found = Vec::new();
    // NFKC turns ① into 1, so circled numbers are read from the printed token by `circled`.
    if spaced {
        found.extend(bare(key));
    }
    found
}

fn dai(key: &str, spaced: bool, rest: &str) -> Option<(Series, u32, String)> {
    let body = key.strip_prefix('第')?;
    let digits: String = body.chars().take_while(|c| is_digit(*c)).collect();
    let number = value(&digits)?;
    let after = &body[digits.len()..];
    let series = match after.chars().next() {
        Some('編') => Series::Part,
        Some('章') => Series::Chapter,
        Some('節') => Series::Section,
        Some('款') => Series::Division,
        Some('条') => Series::Article,
        None => Series::Dai,
        Some(_) => return None,
    };
    let branch = after.chars().skip(1).collect::<String>();
    let branch = match branch.strip_prefix('の') {
        Some(digits) => format!("の{}", value(digits)?),
        None => String::new(),
    };
    let unit: String = after.chars().take(1).collect();
    (spaced || rest.starts_with(['(', '（'])).then(|| (series, number, format!("第{number}{unit}{branch}")))
}

fn bracketed(inner: &str) -> Option<(Series, u32, String)> {
    let canonical = format!("({inner})");
    if let Some(number) = digits(inner) {
        return Some((Series::Paren, number, format!("({number})")));
    }
    if let Some(number) = place(KANA, inner) {
        return Some((Series::ParenKana, number, canonical));
    }
    place(LATIN, inner).map(|number| (Series::ParenLatin, number, canonical))
}

fn bare(key: &str) -> Vec<(Series, u32, String)> {
    let key = key.trim_end_matches('.');
    let mut found = Vec::new();
    if let Some(number) = key.parse::<u32>().ok().filter(|number| (1..100).contains(number) && key.len() <= 2)
    {
        found.push((Series::Number, number, number.to_string()));
    } else if let Some(number) = digits(key) {
        found.push((Series::Kanji, number, format!("({number})")));
    }
    let parts = numbers(key);
    if parts.len() > 1 {
        let last = parts.last().copied().unwrap_or_default();
        found.push((Series::Dotted(parts.len()), last, key.to_string()));
    }
    found.extend(place(KANA, key).map(|number| (Series::Kana, number, key.to_string())));
    found.extend(place(IROHA, key).map(|number| (Series::Iroha, number, key.to_string())));
    found.extend(place(LATIN, key).map(|number| (Series::Latin, number, key.to_string())));
    let roman = key.trim_end_matches(')');
    let number = ROMAN.iter().zip(1..).find(|(written, _)| **written == roman && roman.len() < key.len());
    found.extend(number.map(|(_, number)| (Series::Roman, number, key.to_string())));
    found
}

fn digits(text: &str) -> Option<u32> {
    (text.chars().count() <= 4 && text.chars().all(is_digit))
        .then(|| value(text))
        .flatten()
        .filter(|n| (1..200).contains(n))
}

/// The numbers of 1.2.3 or 2-4-1; empty if it is none.
fn numbers(key: &str) -> Vec<u32> {
    let dash = |c: char| matches!(c, '.' | '-' | '－' | '―' | '‐' | '−' | '–');
    let parts: Option<Vec<u32>> =
        key.split(dash).map(|part| part.parse().ok().filter(|n| *n < 100)).collect();
    parts.unwrap_or_default()
}

fn place(row: &str, written: &str) -> Option<u32> {
    let mut chars = written.chars();
    let (first, more) = (chars.next()?, chars.next());
    row.chars().zip(1..).find(|(c, _)| *c == first && more.is_none()).map(|(_, number)| number)
}

/// ① is folded to 1 by NFKC, so it is read before folding.
pub(super) fn circled(text: &str) -> Option<Label> {
    let first = text.chars().next()?;
    let number = place(CIRCLED, &first.to_string())?;
    Some(Label {
        series: Series::Circled,
        number,
        canonical: first.to_string(),
        printed: first.to_string(),
        rest: text[first.len_utf8()..].trim().to_string(),
        parts: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<(Series, String, String)> {
        let label = circled(text).into_iter().chain(labels(text)).next()?;
        Some((label.series, label.canonical, label.rest))
    }

    #[test]
    fn labels_of_every_row_are_read() {
        for (line, series, canonical, rest) in [
            ("第１章　総則", Series::Chapter, "第1章", "総則"),
            ("第二十一条　職員は", Series::Article, "第21条", "職員は"),
            ("第9条の2 職員は", Series::Article, "第9条の2", "職員は"),
            ("第1条（目的）", Series::Article, "第1条", "（目的）"),
            ("第1 趣旨", Series::Dai, "第1", "趣旨"),
            ("10 実施手順", Series::Number, "10", "実施手順"),
            ("２　市立の", Series::Number, "2", "市立の"),
            ("（１）　情報", Series::Paren, "(1)", "情報"),
            ("(12)情報", Series::Paren, "(12)", "情報"),
            ("一　市の", Series::Kanji, "(1)", "市の"),
            ("ア ネット", Series::Kana, "ア", "ネット"),
            ("(ア) ネット", Series::ParenKana, "(ア)", "ネット"),
            ("③共用", Series::Circled, "③", "共用"),
            ("a 端末", Series::Latin, "a", "端末"),
            ("2-4-1 端末", Series::Dotted(3), "2-4-1", "端末"),
            ("1.3 用語", Series::Dotted(2), "1.3", "用語"),
        ] {
            assert_eq!(first(line), Some((series, canonical.to_string(), rest.to_string())), "{line}");
        }
    }

    #[test]
    fn words_that_only_look_like_labels_are_none() {
        for line in ["第１８条第１項の報告", "３年間保存", "アクセス制御", "一般職", "平成15年 4月"]
        {
            assert_eq!(first(line), None, "{line}");
        }
    }

    #[test]
    fn a_kana_may_belong_to_two_rows() {
        let rows: Vec<Series> = labels("イ 所属長").into_iter().map(|label| label.series).collect();
        assert_eq!(rows, [Series::Kana, Series::Iroha]);
    }
}
