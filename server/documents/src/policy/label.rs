//! Labels of clauses: 第1章, 第2条の3, 1, (1), ア, (ア), ①, a, 一, 1.2. Source: field glossary §5.1.

mod dai;
mod rows;
mod scan;

use super::lines::Counted;
use domain::clause::fold;

/// Which row of labels a label belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Series {
    /// 部, 編
    Part,
    Chapter,
    Section,
    Division,
    /// 目
    Item,
    Supplement,
    /// 第1 (公用文)
    Dai,
    Article,
    /// 1.2, 2-4-1: the number of its parts
    Dotted(usize),
    /// A heading or paragraph without a number
    Unnumbered,
    /// Ⅰ
    UpperRoman,
    /// A
    Upper,
    Number,
    /// 1)
    Half,
    Paren,
    Kanji,
    Kana,
    Iroha,
    Circled,
    ParenKana,
    Latin,
    Roman,
    ParenLatin,
    ParenRoman,
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
            Series::Division | Series::Item => 3,
            Series::Dai | Series::Article | Series::Unnumbered => 4,
            Series::Dotted(parts) => 3 + parts.min(6),
            Series::UpperRoman => 3,
            Series::Upper => 9,
            Series::Number => 10,
            Series::Paren | Series::Kanji => 11,
            Series::Half | Series::Kana | Series::Iroha | Series::Circled => 12,
            Series::ParenKana => 13,
            Series::Latin | Series::Roman => 14,
            Series::ParenLatin | Series::ParenRoman => 15,
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
                | Series::Item
                | Series::Article
                | Series::Supplement
        )
    }

    /// 編, 章, 節, 款, 附則: they hold clauses and have no text of their own.
    pub(super) fn holds(self) -> bool {
        self != Series::UpperRoman && self.rank() <= Series::Division.rank()
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
    /// No blank and no stop stands between the label and the text: believed only where it goes on counting.
    pub glued: bool,
}

/// The readings of the label a line begins with that stand apart from the text or name their level.
pub(super) fn labels(text: &str) -> Vec<Label> {
    let mut labels = candidates(text);
    labels.retain(|label| !label.glued || label.series.fixed());
    labels
}

/// Every reading of the label a line begins with: 「イ」 may continue ア or begin イロハ.
pub(super) fn candidates(text: &str) -> Vec<Label> {
    if let Some(label) = supplement(text).or_else(|| dai::label(text)) {
        return vec![label];
    }
    scan::labels(text)
}

/// The label of a number that Word counted; which row it is of is told by the number.
pub(super) fn counted(counted: &Counted, text: &str) -> Label {
    let rest = text.strip_prefix(&counted.label).unwrap_or(text).trim().to_string();
    let readings: Vec<Label> =
        labels(&counted.label).into_iter().filter(|label| label.rest.is_empty()).collect();
    let agrees = |label: &&Label| label.number == counted.number;
    let known = readings.iter().find(agrees).or(readings.first()).cloned();
    let canonical = fold(&counted.label);
    let unknown = || Label {
        series: Series::Counted(counted.level),
        number: counted.number,
        canonical: canonical.trim_end_matches(['.', ',', '、', ':']).to_string(),
        printed: counted.label.clone(),
        rest: String::new(),
        parts: Vec::new(),
        glued: false,
    };
    Label { rest, ..known.unwrap_or_else(unknown) }
}

/// 附則, 附　則（令和２年訓令第５号）, 附則 抄, 附　則　この規程は、…
fn supplement(text: &str) -> Option<Label> {
    if !text.starts_with(['附', '付']) {
        return None;
    }
    let key = fold(text);
    let rest = key.strip_prefix("附則").or_else(|| key.strip_prefix("付則"))?;
    let note = |rest: &str| {
        let rest = rest.trim_end_matches('抄');
        rest.is_empty()
            || (rest.starts_with(['(', '〔', '['])
                && rest.ends_with([')', '〕', ']'])
                && !rest.contains('。'))
    };
    let at = text.find(['則']).map(|at| at + '則'.len_utf8())?;
    let sentence = text[at..].starts_with([' ', '\u{3000}']) && rest.ends_with('。');
    if !note(rest) && !sentence {
        return None;
    }
    let (printed, rest) = if note(rest) { (text, "") } else { text.split_at(at) };
    Some(Label {
        series: Series::Supplement,
        number: 0,
        canonical: fold(printed),
        printed: printed.to_string(),
        rest: rest.trim().to_string(),
        parts: Vec::new(),
        glued: false,
    })
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c) || is_kanji_digit(c)
}

fn is_kanji_digit(c: char) -> bool {
    "〇一二三四五六七八九十百".contains(c)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

/// Whether a text goes on as the middle of a sentence does: 第3条の規定, (2)に掲げる, 3から.
pub(super) fn goes_on(rest: &str) -> bool {
    const WORDS: [&str; 26] = [
        "の",
        "に",
        "は",
        "を",
        "が",
        "と",
        "から",
        "か、",
        "、",
        "及び",
        "並びに",
        "又は",
        "若しくは",
        "まで",
        "で",
        "も",
        "へ",
        "第",
        "以上",
        "以下",
        "以外",
        "以内",
        "，",
        "・",
        "前項",
        "前条",
    ];
    WORDS.iter().any(|word| rest.starts_with(word))
}

#[cfg(test)]
mod tests;
