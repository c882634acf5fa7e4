//! The 新旧対照表 as public documents have it: the new words at the left, the old ones at the right, what differs
//! underlined, what stays left out as 「（略）」.

use super::Kind;
use super::above::Above;
use crate::review::{Part, Piece, difference};

/// A clause in the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Label and heading of the clauses above, outermost first.
    pub above: Vec<String>,
    pub label: String,
    pub heading: String,
    pub text: String,
}

/// A run of text, underlined where it differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    pub marked: bool,
}

/// A paragraph in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// How deep the clause lies, for indenting.
    pub depth: usize,
    pub runs: Vec<Run>,
}

/// A row: 改正後 and 改正前.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    pub new: Vec<Paragraph>,
    pub old: Vec<Paragraph>,
}

/// The rows of the clauses that differ, in their order. Headings above a clause stand there once, until another
/// one begins on either side; （新設） and （削る） stand under the headings of their own side.
pub fn table(lines: &[(Kind, Vec<Words>, Vec<Words>)]) -> Vec<Row> {
    let mut above = Above::of(lines);
    let different = lines.iter().filter(|(kind, ..)| *kind != Kind::Same);
    different
        .map(|(kind, old, new)| {
            let (left, right) = cells(*kind, old, new);
            let [of_new, of_old] = above.say(old, new);
            Row { new: under(of_new, left), old: under(of_old, right) }
        })
        .collect()
}

/// Headings, then the clause itself.
fn under((mut paragraphs, depth): (Vec<Paragraph>, usize), runs: Vec<Run>) -> Vec<Paragraph> {
    paragraphs.extend(lines_of(runs).into_iter().map(|runs| Paragraph { depth, runs }));
    paragraphs
}

fn plain(text: &str) -> Run {
    Run { text: text.to_string(), marked: false }
}

/// New and old side.
fn cells(kind: Kind, old: &[Words], new: &[Words]) -> (Vec<Run>, Vec<Run>) {
    let whole = |words: &[Words]| words.iter().map(written).collect::<Vec<_>>().join("\n");
    let marked = |words: &[Words]| vec![Run { text: whole(words), marked: true }];
    match kind {
        Kind::New => (marked(new), vec![plain("（新設）")]),
        Kind::Repealed => (vec![plain("（削る）")], marked(old)),
        Kind::Moved | Kind::Same => moved(old, new),
        Kind::Changed | Kind::Split | Kind::Merged => {
            let pieces = difference(&whole(old), &whole(new));
            (side(&pieces, Part::Added), side(&pieces, Part::Removed))
        }
    }
}

/// Only the label differs, or only what stands above it.
fn moved(old: &[Words], new: &[Words]) -> (Vec<Run>, Vec<Run>) {
    // A heading without words of its own has nothing to leave out.
    if old.iter().chain(new).all(|words| words.text.is_empty()) {
        let whole = |words: &[Words]| words.first().map(name).unwrap_or_default();
        let pieces = difference(&whole(old), &whole(new));
        return (side(&pieces, Part::Added), side(&pieces, Part::Removed));
    }
    let label = |words: &[Words]| words.first().map(name).unwrap_or_default();
    let same = label(old) == label(new);
    let runs = |words: &[Words]| vec![Run { text: label(words), marked: !same }, plain("　（略）")];
    (runs(new), runs(old))
}

/// Label and heading; a paragraph without a number has no label.
pub(super) fn name(words: &Words) -> String {
    let label = if words.label.starts_with('#') { "" } else { words.label.as_str() };
    let parts = [label, words.heading.as_str()];
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("　")
}

fn written(words: &Words) -> String {
    let by = if words.heading.is_empty() { "　" } else { "\n" };
    let parts = [name(words), words.text.clone()];
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(by)
}

/// One side of a difference: what both have, and what only this side has.
pub(super) fn side(pieces: &[Piece], own: Part) -> Vec<Run> {
    let of = pieces.iter().filter(|piece| piece.part == Part::Same || piece.part == own);
    of.map(|piece| Run { text: piece.text.clone(), marked: piece.part == own }).collect()
}

/// Runs cut at line breaks.
fn lines_of(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let mut lines = vec![Vec::new()];
    for run in runs {
        for (at, text) in run.text.split('\n').enumerate() {
            if at > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut().filter(|_| !text.is_empty()) {
                line.push(Run { text: text.to_string(), marked: run.marked });
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(above: &[&str], label: &str, text: &str) -> Words {
        Words {
            above: above.iter().map(ToString::to_string).collect(),
            label: label.into(),
            heading: String::new(),
            text: text.into(),
        }
    }

    fn told(paragraphs: &[Paragraph]) -> Vec<String> {
        let run = |run: &Run| if run.marked { format!("[{}]", run.text) } else { run.text.clone() };
        let line =
            |p: &Paragraph| format!("{}{}", "　".repeat(p.depth), p.runs.iter().map(run).collect::<String>());
        paragraphs.iter().map(line).collect()
    }

    #[test]
    fn what_differs_is_underlined_and_what_stays_is_left_out() {
        let above = ["第2章　対策基準", "4　物理的対策"];
        let rows = table(&[
            (Kind::Same, vec![words(&above, "ア", "同じ。")], vec![words(&above, "ア", "同じ。")]),
            (
                Kind::Changed,
                vec![words(&above, "イ", "四半期に1回照合する。")],
                vec![words(&above, "イ", "毎月1回照合する。")],
            ),
            (Kind::New, vec![], vec![words(&above, "ウ", "届け出る。")]),
            (Kind::Moved, vec![words(&above, "ウ", "保管する。")], vec![words(&above, "エ", "保管する。")]),
            (Kind::Repealed, vec![words(&above[..1], "オ", "送る。")], vec![]),
        ]);
        let (new, old): (Vec<_>, Vec<_>) = rows.iter().map(|row| (told(&row.new), told(&row.old))).unzip();
        let expected: [&[&str]; 4] = [
            &["第2章　対策基準", "　4　物理的対策", "　　イ　[毎月]1回照合する。"],
            &["　　[ウ　届け出る。]"],
            &["　　[エ]　（略）"],
            &["　（削る）"],
        ];
        assert_eq!(new, expected);
        let expected: [&[&str]; 4] = [
            &["第2章　対策基準", "　4　物理的対策", "　　イ　[四半期]に1回照合する。"],
            &["　　（新設）"],
            &["　　[ウ]　（略）"],
            &["　[オ　送る。]"],
        ];
        assert_eq!(old[1..], expected[1..]);
        assert!(old[0][2].contains("[四半期"));
    }

    #[test]
    fn headings_stand_on_both_sides_also_above_what_is_new_or_gone() {
        let (first, second, third) = (["第1　総則"], ["第2　人"], ["第3　物"]);
        let chapter = |label: &str, heading: &str| Words { heading: heading.into(), ..words(&[], label, "") };
        let rows = table(&[
            (Kind::Same, vec![chapter("第1", "総則")], vec![chapter("第1", "総則")]),
            (Kind::New, vec![], vec![words(&first, "1", "定める。")]),
            (Kind::New, vec![], vec![chapter("第2", "人")]),
            (Kind::New, vec![], vec![words(&second, "1", "学ぶ。")]),
            (Kind::Moved, vec![chapter("第2", "物")], vec![chapter("第3", "物")]),
            (Kind::Same, vec![words(&["第2　物"], "1", "守る。")], vec![words(&third, "1", "守る。")]),
            (Kind::Repealed, vec![words(&["第2　物", "1"], "ア", "送る。")], vec![]),
        ]);
        let (new, old): (Vec<_>, Vec<_>) = rows.iter().map(|row| (told(&row.new), told(&row.old))).unzip();
        let expected: [&[&str]; 5] = [
            &["第1　総則", "　[1　定める。]"],
            &["[第2　人]"],
            &["　[1　学ぶ。]"],
            &["第[3]　物"],
            &["　1　（略）", "　　（削る）"],
        ];
        assert_eq!(new, expected);
        let expected: [&[&str]; 5] = [
            &["第1　総則", "　（新設）"],
            &["（新設）"],
            &["（新設）"],
            &["第[2]　物"],
            &["　1　（略）", "　　[ア　送る。]"],
        ];
        assert_eq!(old, expected);
    }

    #[test]
    fn a_split_clause_stands_beside_its_parts() {
        let old = vec![words(&[], "ア", "返却する。また、漏らさない。")];
        let new = vec![words(&[], "ア", "返却する。"), words(&[], "イ", "漏らさない。")];
        let rows = table(&[(Kind::Split, old, new)]);
        assert_eq!(told(&rows[0].new).len(), 2);
        assert!(told(&rows[0].old)[0].contains("[また、]"), "{:?}", told(&rows[0].old));
    }
}
