//! Where a clause stands among the others: its article, paragraph and item, and their neighbours.

use crate::clause::{ClauseKind, ClauseText};
use std::collections::HashMap;

/// The clauses of a document by path, for looking up what words refer to.
pub(super) struct Places<'a> {
    clauses: &'a [ClauseText],
    by_path: HashMap<&'a [String], usize>,
    by_label: HashMap<&'a str, Vec<usize>>,
    /// Direct children in document order.
    children: Vec<Vec<usize>>,
    roots: Vec<usize>,
}

impl<'a> Places<'a> {
    pub fn new(clauses: &'a [ClauseText]) -> Places<'a> {
        let by_path: HashMap<&[String], usize> =
            clauses.iter().enumerate().map(|(index, clause)| (clause.path.as_slice(), index)).collect();
        let mut by_label: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut children = vec![Vec::new(); clauses.len()];
        let mut roots = Vec::new();
        for (index, clause) in clauses.iter().enumerate() {
            if let Some(label) = clause.path.last() {
                by_label.entry(label.as_str()).or_default().push(index);
            }
            match clause.path.split_last().and_then(|(_, parent)| by_path.get(parent)) {
                Some(parent) => children[*parent].push(index),
                None => roots.push(index),
            }
        }
        Places { clauses, by_path, by_label, children, roots }
    }

    fn label(&self, index: usize) -> &str {
        self.clauses[index].path.last().map_or("", String::as_str)
    }

    fn parent(&self, index: usize) -> Option<usize> {
        let (_, parent) = self.clauses[index].path.split_last()?;
        self.by_path.get(parent).copied()
    }

    /// The clause and what it stands below, nearest first.
    fn line(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(index), |index| self.parent(*index))
    }

    fn siblings(&self, index: usize) -> &[usize] {
        self.parent(index).map_or(&self.roots, |parent| &self.children[parent])
    }

    /// The clauses of its kind that stand in a row with it: 項 with 項, 号 with 号.
    fn row(&self, index: usize) -> Vec<usize> {
        let kind = self.clauses[index].kind;
        self.siblings(index).iter().copied().filter(|other| self.clauses[*other].kind == kind).collect()
    }

    /// The clause some steps before (negative) or after another in its row.
    pub fn neighbour(&self, index: usize, steps: isize) -> Option<usize> {
        let row = self.row(index);
        let at = row.iter().position(|other| *other == index)?;
        row.get(at.checked_add_signed(steps)?).copied()
    }

    /// All clauses before another in its row, at most `count`, in order.
    pub fn earlier(&self, index: usize, count: usize) -> Vec<usize> {
        let row = self.row(index);
        let at = row.iter().position(|other| *other == index).unwrap_or(0);
        row[at.saturating_sub(count)..at].to_vec()
    }

    /// The article a clause belongs to: 条, or what stands at its level.
    pub fn article(&self, index: usize) -> Option<usize> {
        let named = |index: &usize| is_article(self.label(*index));
        let level = |index: &usize| self.clauses[*index].kind == ClauseKind::Article;
        self.line(index).find(named).or_else(|| self.line(index).find(level))
    }

    /// The paragraph a clause belongs to: 項, or the article as its own first paragraph.
    pub fn paragraph(&self, index: usize) -> Option<usize> {
        let article = self.article(index);
        let level = |index: &usize| self.clauses[*index].kind == ClauseKind::Paragraph;
        self.line(index).find(level).or(article)
    }

    /// The item a clause belongs to.
    pub fn item(&self, index: usize) -> Option<usize> {
        self.line(index).find(|index| self.clauses[*index].kind == ClauseKind::Item)
    }

    /// Every clause with a label, nearest to `from` first: those that share most of its path.
    pub fn labelled(&self, label: &str, from: usize) -> Option<usize> {
        let path = &self.clauses[from].path;
        let shared = |index: usize| {
            self.clauses[index].path.iter().zip(path).take_while(|(one, other)| one == other).count()
        };
        let found = self.by_label.get(label)?;
        found.iter().copied().max_by_key(|index| (shared(*index), std::cmp::Reverse(*index)))
    }

    /// A direct child by its label.
    pub fn child(&self, parent: usize, label: &str) -> Option<usize> {
        self.children[parent].iter().copied().find(|child| self.label(*child) == label)
    }

    /// The paragraph of an article by its number; the first is the article itself where it has no label.
    pub fn paragraph_of(&self, article: usize, number: u32) -> Option<usize> {
        self.child(article, &number.to_string()).or((number == 1).then_some(article))
    }

    /// The items of a clause.
    pub fn items(&self, index: usize) -> Vec<usize> {
        let item =
            |child: &usize| matches!(self.clauses[*child].kind, ClauseKind::Item | ClauseKind::Subitem);
        self.children[index].iter().copied().filter(item).collect()
    }

    /// Articles before or after one in the whole document.
    pub fn article_beside(&self, index: usize, steps: isize) -> Option<usize> {
        let here = self.article(index)?;
        if !is_article(self.label(here)) {
            return self.neighbour(here, steps);
        }
        let mut left = steps.unsigned_abs();
        let mut at = here;
        while left > 0 {
            at = at.checked_add_signed(steps.signum()).filter(|at| *at < self.clauses.len())?;
            left -= usize::from(is_article(self.label(at)));
        }
        Some(at)
    }

    /// The clauses from one to another in the same row.
    pub fn through(&self, first: usize, last: usize) -> Vec<usize> {
        if is_article(self.label(first)) && first < last {
            return (first..=last).filter(|index| is_article(self.label(*index))).collect();
        }
        let row = self.siblings(first);
        row.iter().copied().filter(|index| (first..=last).contains(index)).collect()
    }

    /// A label in the row of a clause or in one of the rows above it: 「上記3」 from 6-(1).
    pub fn in_sight(&self, label: &str, from: usize) -> Option<usize> {
        self.line(from)
            .find_map(|index| self.siblings(index).iter().copied().find(|other| self.label(*other) == label))
    }
}

fn is_article(label: &str) -> bool {
    label.starts_with('第') && label.contains('条')
}
