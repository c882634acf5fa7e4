//! The labels that are open while a document is read, and where a new one belongs.

use super::label::{Label, Series};
use domain::clause::ClauseKind;
use std::collections::HashSet;

/// An open clause.
#[derive(Debug, Clone)]
pub(super) struct Open {
    pub series: Series,
    pub number: u32,
    pub parts: Vec<u32>,
    /// Index of the clause.
    pub clause: usize,
    /// The list and level of a number that Word counted.
    pub counted: Option<(String, u8)>,
    /// The last clause directly below.
    pub last_child: Option<usize>,
    /// How many clauses without a number stand below.
    pub unnumbered: usize,
    /// It has a heading, or was marked as one.
    pub titled: bool,
}

/// What a label is placed by, beside itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hints<'a> {
    /// The innermost clause waits for its list.
    pub leads: bool,
    /// The line looks like a heading.
    pub titled: bool,
    pub nested: &'a Nested,
}

/// Why a label may stand where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// The next of an open row, or a label with a fixed level.
    Next,
    /// The first of a new row.
    First,
    /// Numbers were left out or return; only believed of labels that can be nothing else.
    Gap,
}

/// Rows that were seen to begin below another although they usually stand above it.
pub(super) type Nested = HashSet<(Series, Series)>;

/// The open labels to keep below a new label, and why.
pub(super) fn place(open: &[Open], label: &Label, hints: Hints) -> Option<(usize, Fit)> {
    if label.series.fixed() {
        return Some((above(open, label.series.rank()), Fit::Next));
    }
    if let Series::Dotted(_) = label.series {
        return Some((dotted(open, label), Fit::Next));
    }
    let counts = |node: &Open| node.series == label.series && node.number + 1 == label.number;
    // Where two rows could go on, headings go on with headings.
    let alike = open.iter().rposition(|node| counts(node) && node.titled == hints.titled);
    if let Some(at) = alike.or_else(|| open.iter().rposition(counts)) {
        return Some((at, Fit::Next));
    }
    if label.number == 2 && matches!(label.series, Series::Number | Series::Circled) {
        // 項: the article itself is its first paragraph; so is the first paragraph of 附則.
        let holds = |node: &Open| matches!(node.series, Series::Article | Series::Supplement);
        if let Some(at) = open.iter().rposition(holds) {
            return Some((at + 1, Fit::Next));
        }
    }
    if label.number == 1 {
        // Directly below a lead-in or a heading any row may begin.
        let at = if hints.leads { open.len() } else { below(open, label.series, hints.nested) };
        return Some((at, Fit::First));
    }
    let same = open.iter().rposition(|node| node.series == label.series && node.number < label.number)?;
    Some((same, Fit::Gap))
}

/// Where a counted label belongs: beside its own level of the same list, below the levels above it,
/// otherwise where its token says. It is certain that it stands here.
pub(super) fn place_counted(
    open: &[Open],
    label: &Label,
    list: &str,
    level: u8,
    hints: Hints,
) -> (usize, Fit) {
    let of_list = |node: &Open| node.counted.as_ref().filter(|(own, _)| own == list).map(|(_, level)| *level);
    if let Some(at) = open.iter().rposition(|node| of_list(node) == Some(level)) {
        return (at, Fit::Next);
    }
    let (keep, fit) =
        place(open, label, hints).unwrap_or_else(|| (below(open, label.series, hints.nested), Fit::First));
    let parent = open.iter().rposition(|node| of_list(node).is_some_and(|own| own < level));
    let child = open.iter().position(|node| of_list(node).is_some_and(|own| own > level));
    (keep.max(parent.map_or(0, |at| at + 1)).min(child.unwrap_or(usize::MAX)), fit)
}

fn above(open: &[Open], rank: usize) -> usize {
    open.iter().position(|node| node.series.rank() >= rank).unwrap_or(open.len())
}

/// A new row opens below the deepest label of smaller rank; ① may follow ア and the other way round.
fn below(open: &[Open], series: Series, nested: &Nested) -> usize {
    let outranks =
        |node: &Open| node.series.rank() > series.rank() && !nested.contains(&(node.series, series));
    // A preface or a paragraph of its own holds nothing; only a heading without a number does.
    let apart = |node: &Open| {
        node.series == Series::Unnumbered && (!node.titled || series.rank() <= Series::Unnumbered.rank())
    };
    let closes = |node: &Open| node.series == series || outranks(node) || apart(node);
    // 一, イ, (1): where イロハ is used, (1) divides it.
    let divided = open.iter().rposition(|node| series == Series::Paren && node.series == Series::Iroha);
    if let Some(at) = divided.filter(|_| !open.iter().any(|node| node.series == series)) {
        return at + 1;
    }
    open.iter().position(closes).unwrap_or(open.len())
}

/// 1.2 stands below 1 or below the chapter; 1.2.3 below 1.2.
fn dotted(open: &[Open], label: &Label) -> usize {
    let parent = label.parts.len().saturating_sub(1);
    let prefix = |node: &Open| {
        matches!(node.series, Series::Dotted(_))
            && label.parts.starts_with(&node.parts)
            && node.parts.len() <= parent
    };
    let number = |node: &Open| node.series == Series::Number && label.parts.first() == Some(&node.number);
    if let Some(at) = open.iter().rposition(|node| prefix(node) || number(node)) {
        return at + 1;
    }
    above(open, Series::Article.rank())
}

/// The level of a clause by its label and the label it stands below.
pub(super) fn kind(series: Series, parent: Option<Series>) -> ClauseKind {
    match series {
        _ if series.holds() || series == Series::UpperRoman => ClauseKind::Chapter,
        Series::Article | Series::Dai | Series::Unnumbered => ClauseKind::Article,
        Series::Dotted(_) => {
            if matches!(parent, Some(Series::Dotted(_) | Series::Number)) {
                ClauseKind::Item
            } else {
                ClauseKind::Article
            }
        }
        Series::Number => match parent {
            Some(Series::Article | Series::Supplement | Series::Dotted(_)) => ClauseKind::Paragraph,
            Some(parent) if parent.rank() >= Series::Unnumbered.rank() && parent != Series::Dai => {
                ClauseKind::Item
            }
            _ => ClauseKind::Article,
        },
        Series::Paren if parent == Some(Series::Iroha) => ClauseKind::Subitem,
        Series::Paren | Series::Kanji => ClauseKind::Item,
        Series::Circled if matches!(parent, Some(Series::Article | Series::Number)) => ClauseKind::Item,
        _ => ClauseKind::Subitem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::label::labels;

    fn open(rows: &[(Series, u32)]) -> Vec<Open> {
        rows.iter()
            .map(|(series, number)| Open {
                series: *series,
                number: *number,
                parts: Vec::new(),
                clause: 0,
                counted: None,
                last_child: None,
                unnumbered: 0,
                titled: false,
            })
            .collect()
    }

    fn placed(open: &[Open], text: &str) -> Option<(usize, Fit)> {
        place(open, &labels(text)[0], Hints { leads: false, titled: false, nested: &Nested::new() })
    }

    #[test]
    fn a_number_continues_its_own_row_from_any_depth() {
        let rows = open(&[(Series::Chapter, 1), (Series::Number, 6), (Series::Paren, 9)]);
        assert_eq!(placed(&rows, "7 監査"), Some((1, Fit::Next)));
        assert_eq!(placed(&rows, "(10) 追加"), Some((2, Fit::Next)));
        assert_eq!(placed(&rows, "第2章 宣言"), Some((0, Fit::Next)));
        assert_eq!(placed(&rows, "ア 項目"), Some((3, Fit::First)));
        assert_eq!(placed(&rows, "9 飛び"), Some((1, Fit::Gap)));
        assert_eq!(placed(&rows, "3 の脅威"), None);
    }

    #[test]
    fn the_second_paragraph_of_an_article_stands_below_it() {
        let rows = open(&[(Series::Chapter, 1), (Series::Article, 4), (Series::Paren, 2)]);
        assert_eq!(placed(&rows, "２ 職員等は"), Some((2, Fit::Next)));
    }
}
