//! A sentence with several acts cut into its parts. Source: field glossary §5.4 rule 1.

use super::condition;
use super::verb::{link, te_form};
use crate::clause::segments;

/// One act of a sentence.
pub(super) struct Act {
    pub head: String,
    pub spare: Vec<String>,
    pub act: String,
    pub absent: Option<String>,
    pub confidence: f64,
}

/// Splits a 連用形 chain; a head such as 「〜においては、」 goes to every part.
pub(super) fn acts(rest: &str) -> Vec<Act> {
    let rest = with_commas(&related(rest));
    let pieces = segments(&rest);
    let heads = pieces.iter().take_while(|piece| is_head(piece)).count();
    let head: String = pieces[..heads].concat();
    let mut parts = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for (index, piece) in pieces.iter().enumerate().skip(heads) {
        let words = piece.trim_end_matches('、');
        let last = index + 1 == pieces.len();
        let alternative = pieces
            .get(index + 1)
            .is_some_and(|next| next.starts_with("又は") || next.starts_with("若しくは"));
        let ends = if last { te_form(words) } else { chained(words, &open).filter(|_| !alternative) };
        match ends {
            Some(act) => parts.push(part(&head, &std::mem::take(&mut open), &act)),
            None => open.push(piece.clone()),
        }
    }
    without_goals(parts)
}

/// 「規定を整備し対策を講じる」 is a chain too, although 、 is missing.
fn with_commas(rest: &str) -> String {
    let chars: Vec<char> = rest.chars().collect();
    let kanji = |at: usize| chars.get(at).is_some_and(|c| ('一'..='龠').contains(c));
    let objects = |from: usize| chars.iter().skip(from).filter(|c| **c == 'を').count();
    let links = |at: usize| at >= 3 && chars[at] == 'し' && chars[at - 3] == 'を' && objects(at) == 1;
    let mut text = String::new();
    for (at, c) in chars.iter().enumerate() {
        text.push(*c);
        if links(at) && kanji(at - 1) && kanji(at - 2) && kanji(at + 1) {
            text.push('、');
        }
    }
    text
}

fn chained(words: &str, open: &[String]) -> Option<String> {
    let holds = |text: &str| text.contains('を') || text.ends_with("とともに") || text.contains("ようにした");
    (holds(words) || open.iter().any(|piece| piece.contains('を'))).then(|| link(words)).flatten()
}

fn is_head(piece: &str) -> bool {
    let ends = [
        "においては、",
        "については、",
        "に対しては、",
        "に関しては、",
        "では、",
        "について、",
        "に関し、",
        "に対し、",
    ];
    ends.iter().any(|end| piece.ends_with(end))
}

/// References to other clauses mean nothing on a sheet.
fn related(rest: &str) -> String {
    let pieces = segments(rest);
    let names = |piece: &String| {
        ["上記", "前項", "前条", "前号", "次の", "次に掲げる"].iter().any(|word| piece.contains(word))
    };
    let ends = |piece: &String| {
        ["ため、", "ために、", "より、", "基づき、", "ついて、"].iter().any(|end| piece.ends_with(end))
    };
    let mut kept: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let until = pieces[at..].iter().take(3).position(ends).filter(|_| names(piece));
        if until.is_none() {
            kept.push(piece.clone());
        }
        at += until.unwrap_or(0) + 1;
    }
    let words = [
        ("次に掲げる事項を定めなければ", "必要な事項を定めなければ"),
        ("次に掲げる事項", "定められた事項"),
        ("次の事項", "定められた事項"),
        ("次に掲げる", "定められた"),
        ("に関すること", "を行うこと"),
    ];
    words.iter().fold(kept.concat(), |text, (from, to)| text.replace(from, to))
}

/// The words of a part: lists before the act belong to it, adverbial phrases can be spared.
fn part(head: &str, open: &[String], act: &str) -> Act {
    let absent = condition::if_needed(&format!("{}{act}", open.concat()));
    let spared = open.iter().rposition(|piece| adverbial(piece)).map_or(0, |place| place + 1);
    let list: String = open[spared..].concat();
    let mut spare: Vec<String> = Vec::new();
    for piece in &open[..spared] {
        match spare.last_mut().filter(|last| !adverbial(last)) {
            Some(last) => last.push_str(piece),
            None => spare.push(piece.clone()),
        }
    }
    Act { head: head.to_string(), spare, act: format!("{list}{act}"), absent, confidence: 0.8 }
}

fn adverbial(piece: &str) -> bool {
    let ends = [
        "ため、",
        "ために、",
        "より、",
        "応じ、",
        "応じて、",
        "基づき、",
        "踏まえ、",
        "として、",
        "は、",
        "際、",
        "結果、",
        "とき、",
        "て、",
        "ところにより、",
    ];
    ends.iter().any(|end| piece.ends_with(end))
}

/// 「向上を図る」 names a goal; it is only asked if the sentence holds nothing else.
fn without_goals(parts: Vec<Act>) -> Vec<Act> {
    let goal = |part: &Act| part.act.ends_with("向上を図って") || part.act.ends_with("確保を図って");
    if parts.iter().all(goal) {
        return parts;
    }
    parts.into_iter().filter(|part| !goal(part)).collect()
}
