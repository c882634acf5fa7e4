//! What of the words behind a label is its heading.

use super::Builder;
use crate::policy::caption::{bracketed, caption, takes_caption};
use crate::policy::join::breaks_off;
use crate::policy::label::{Label, Series, labels};
use crate::policy::lines::{Line, Mark};
use domain::clause::ClauseText;

impl Builder {
    /// Splits what follows a label into heading and text.
    pub(super) fn heading(
        &self,
        label: &Label,
        line: &Line,
        next: Option<&Line>,
    ) -> (Option<String>, String) {
        let rest = label.rest.clone();
        if rest.is_empty() {
            return (None, rest);
        }
        if label.series == Series::Supplement || rest == "削除" {
            return (None, rest);
        }
        // A paragraph may be set in a heading style and be a whole sentence all the same.
        let whole = rest.ends_with('。') || (rest.contains('。') && line.counted.is_some());
        if (label.series.holds() || line.mark == Mark::Heading) && !whole {
            let plain = caption(&rest).unwrap_or(rest);
            return (Some(closed_up(&plain)), String::new());
        }
        if label.series == Series::Article
            && let Some((heading, text)) = bracketed(&rest)
        {
            return (Some(heading), text);
        }
        // （運用） stands before the article already: what follows the number is its text.
        let captioned = self.caption.is_some() && takes_caption(label.series);
        if !captioned && self.titles(label, line, next) {
            (Some(closed_up(&rest)), String::new())
        } else {
            (None, rest)
        }
    }

    /// A short line without 。 that is followed by text is a heading, unless its neighbours have none.
    fn titles(&self, label: &Label, line: &Line, next: Option<&Line>) -> bool {
        let rest = &label.rest;
        let predicate = ["こと", "する", "ない", "とき"].iter().any(|end| rest.ends_with(end));
        // （以下「CISO」という。） may stand in a heading.
        let words = without_brackets(rest);
        let told = ["は、", "は，", "は,"].iter().chain(&ADVERBIAL).any(|topic| words.contains(topic));
        let sentence = words.contains('。') || told || predicate || breaks_off(rest);
        let short = words.chars().count() < 40 && !sentence && !line.full;
        let Some(next) = next.filter(|_| short) else { return false };
        if matches!(label.series, Series::Dai | Series::UpperRoman) {
            return true;
        }
        let plain_sibling =
            self.sibling().is_some_and(|clause| clause.heading.is_none() && !clause.text.is_empty());
        let supplement =
            ["なお", "ただし", "また、", "この場合"].iter().any(|word| next.text.starts_with(word));
        if plain_sibling
            || (supplement && !line.hard_break)
            || next.mark == Mark::Heading && labels(&next.text).is_empty()
        {
            return false;
        }
        let labelled = !labels(&next.text).is_empty() || next.counted.is_some();
        if !labelled && continues(&next.text) {
            return false;
        }
        let follows = |next: &Label| next.series == label.series && next.number == label.number + 1;
        let opens = (labels(&next.text).iter().any(|next| next.number == 1)
            || next.counted.as_ref().is_some_and(|counted| counted.number == 1))
            && !labels(&next.text).iter().any(follows);
        let high = label.series.rank() <= Series::Number.rank();
        // 号 of an article are text: 「…する場合　次に掲げる措置」 leads in, it names nothing.
        let of_article = self.open.iter().any(|node| node.series == Series::Article);
        let leads_in = ["次に", "次の", "以下の"].iter().any(|word| rest.contains(word));
        let names = high || !rest.contains('、');
        !labelled || (opens && names && self.open.len() <= 2 && !leads_in && !of_article)
    }

    /// The clause before this one in the same list.
    fn sibling(&self) -> Option<&ClauseText> {
        let last = self.open.last().map_or(self.last_child, |node| node.last_child);
        last.map(|last| &self.built.clauses[last])
    }
}

/// Phrases that belong to a predicate; no heading holds one.
const ADVERBIAL: [&str; 12] = [
    "について、",
    "に関し、",
    "に対し、",
    "において、",
    "に基づき、",
    "に応じ、",
    "により、",
    "に当たり、",
    "するため、",
    "る場合、",
    "るとき、",
    "とともに、",
];

/// The words outside brackets; a bracket that is not closed holds nothing.
fn without_brackets(text: &str) -> String {
    let (mut kept, mut held) = (String::new(), String::new());
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' if depth > 0 => {
                depth -= 1;
                held.clear();
            }
            _ if depth > 0 => held.push(c),
            _ => kept.push(c),
        }
    }
    kept + &held
}

/// Whether a line can only be the middle of a sentence: it begins with the end of a word.
fn continues(text: &str) -> bool {
    const BEGINNINGS: [&str; 24] = [
        "この",
        "その",
        "これ",
        "それ",
        "ここ",
        "なお",
        "また",
        "ただし",
        "さらに",
        "すべて",
        "あらかじめ",
        "おおむね",
        "いかなる",
        "やむを得",
        "いずれ",
        "もし",
        "かつ",
        "あわせ",
        "そこ",
        "とりわけ",
        "ひとり",
        "お客",
        "ご",
        "ま",
    ];
    let first = text.chars().next();
    let middle = |c: char| ('ぁ'..='ん').contains(&c) || "、。）)」』ーァィゥェォッャュョ".contains(c);
    first.is_some_and(middle) && !BEGINNINGS.iter().any(|word| text.starts_with(word))
}

/// 総　則 is 総則: words that were spread out to be seen.
fn closed_up(heading: &str) -> String {
    let pieces: Vec<&str> = heading.split_whitespace().collect();
    let spread = pieces.len() > 1 && pieces.iter().all(|piece| piece.chars().count() == 1);
    if spread { pieces.concat() } else { heading.to_string() }
}
