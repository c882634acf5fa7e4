//! What stands before and after the clauses: title, history, signature.

use super::era;
use super::history::{History, heading_of_history};
use super::label::{Series, labels};
use super::lines::{Line, Mark};
use domain::clause::fold;
use domain::policy::HistoryEntry;

/// Title and history.
#[derive(Debug, Default)]
pub(super) struct Front {
    pub title: String,
    pub history: Vec<HistoryEntry>,
}

/// Splits the lines before the first clause from the rest. Rows of a history table count wherever they stand.
pub(super) fn split(lines: Vec<Line>) -> (Front, Vec<Line>) {
    let mut history = History::default();
    let mut titles: Vec<String> = Vec::new();
    let mut rest: Vec<Line> = Vec::new();
    for line in lines {
        let begun = !rest.is_empty();
        if history.takes(&line, begun) {
            continue;
        }
        if begun {
            rest.push(line);
        } else if matches!(line.mark, Mark::Row(_)) || heading_of_history(&line.text) || enacts(&line.text) {
            // The head of the history table, and the words that put the document into force, are no clauses.
        } else if titles.is_empty() && !clause(&line) || better_title(&line, &titles) {
            titles.push(title(&line.text));
        } else if belongs(&line) {
            rest.push(line);
        } else {
            titles.push(title(&line.text));
        }
    }
    let best = titles.iter().position(|title| names_document(title)).unwrap_or(0);
    let title = if titles.is_empty() { String::new() } else { titles.swap_remove(best) };
    (Front { title, history: history.entries() }, rest)
}

/// …規程を次のように定める。ここに公布する。
fn enacts(text: &str) -> bool {
    let key = fold(text);
    let ends = [
        "次のように定める。",
        "次のとおり定める。",
        "ここに公布する。",
        "次のように制定する。",
        "次のように改正する。",
        "全部を改正する。",
    ];
    key.chars().count() <= 80 && ends.iter().any(|end| key.ends_with(end)) && !key.starts_with('第')
}

/// A heading that names the document, where the lines before it do not.
fn better_title(line: &Line, titles: &[String]) -> bool {
    line.mark == Mark::Heading
        && names_document(&line.text)
        && !titles.iter().any(|title| names_document(title))
}

/// Whether a line before the first clause is text: a clause, a paragraph, a heading, a caption.
fn belongs(line: &Line) -> bool {
    clause(line)
        || line.text.ends_with('。')
        || line.full
        || line.mark == Mark::Heading
        || caption(&line.text)
        || ["はじめに", "前文", "序文", "まえがき"].contains(&fold(&line.text).as_str())
}

fn clause(line: &Line) -> bool {
    let first = |label: &super::label::Label| label.number <= 1 || label.series.fixed();
    let letter = |series| matches!(series, Series::Latin | Series::Upper);
    line.counted.is_some()
        || labels(&line.text).iter().any(|label| first(label) && !letter(label.series) && !label.glued)
}

fn caption(text: &str) -> bool {
    text.starts_with(['(', '（'])
        && text.ends_with([')', '）'])
        && !["(案)", "(素案)", "(抄)"].contains(&fold(text).as_str())
}

fn title(text: &str) -> String {
    text.trim_start_matches(['○', '◯', '〇', '◎', '●']).trim().to_string()
}

/// Whether a text names a document: …規程, …ポリシー, …対策基準（全庁共通編）.
fn names_document(text: &str) -> bool {
    let key = fold(text);
    let key = key.split('(').next().unwrap_or_default();
    [
        "ポリシー",
        "規程",
        "規則",
        "規定",
        "要綱",
        "要領",
        "基準",
        "方針",
        "条例",
        "訓令",
        "手順",
        "手順書",
        "マニュアル",
        "内規",
    ]
    .iter()
    .any(|word| key.ends_with(word))
}

/// Takes day and office from the end of the document.
pub(super) fn signature(mut lines: Vec<Line>) -> (Vec<Line>, Option<String>) {
    let day_alone = |line: &Line| {
        let key = fold(&line.text);
        era::leading(&key).is_some_and(|(_, length)| length == key.len())
    };
    let from = lines.len().saturating_sub(5);
    let Some(at) = (from..lines.len()).find(|at| *at > 0 && day_alone(&lines[*at])) else {
        return (lines, None);
    };
    let signs = |line: &Line| {
        !line.text.contains('。') && line.text.chars().count() <= 60 && labels(&line.text).is_empty()
    };
    if !lines[at..].iter().all(signs) {
        return (lines, None);
    }
    let signed: Vec<String> = lines.split_off(at).iter().map(|line| unspaced(&line.text)).collect();
    (lines, Some(signed.join(" ")))
}

/// "C I S O" is CISO; names of people keep their blanks.
fn unspaced(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let latin = |at: usize| chars.get(at).is_some_and(char::is_ascii_uppercase);
    let single = |at: usize| latin(at) && !latin(at + 1) && (at == 0 || !latin(at - 1));
    let drop = |at: usize| chars[at] == ' ' && at > 0 && single(at - 1) && single(at + 1);
    (0..chars.len()).filter(|at| !drop(*at)).map(|at| chars[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::lines::lines;

    #[test]
    fn spaced_letters_are_joined_and_names_are_not() {
        assert_eq!(unspaced("責任者 (C I S O) 石原 重雄"), "責任者 (CISO) 石原 重雄");
    }

    #[test]
    fn the_title_is_the_line_that_names_the_document() {
        let (front, rest) = split(lines(
            "資料１\n令和７年４月\n見本市情報セキュリティ対策基準（案）\n見本市\n第１章　総則\n",
        ));
        assert_eq!(front.title, "見本市情報セキュリティ対策基準（案）");
        assert_eq!(rest.len(), 1);
    }
}
