//! The tree of clauses from lines: labels decide, continuity confirms, typography only helps.

mod believe;
mod heading;

use super::caption::{amendment, caption, captioned, takes_caption, without_note};
use super::join::{breaks_off, join};
use super::label::{Label, Series};
use super::lines::{Line, Mark};
use super::node::{Fit, Nested, Open, kind};
use domain::clause::{ClauseKind, ClauseText};
use domain::policy::Remark;
use std::borrow::Cow;
use std::collections::HashMap;

/// What building the tree gave.
#[derive(Debug, Default)]
pub(super) struct Built {
    pub clauses: Vec<ClauseText>,
    pub remarks: Vec<Remark>,
}

/// Builds the tree of clauses.
pub(super) fn build(lines: &[Line]) -> Built {
    let mut builder = Builder::default();
    for (index, line) in lines.iter().enumerate() {
        builder.take(line, lines.get(index + 1));
    }
    builder.flush_caption();
    builder.built
}

/// Headings that never have a number and hold nothing but text.
fn preface(text: &str) -> bool {
    ["はじめに", "おわりに", "前文", "序文", "まえがき"].contains(&text.trim())
}

#[derive(Default)]
struct Builder {
    built: Built,
    open: Vec<Open>,
    /// How often a path was met.
    paths: HashMap<Vec<String>, usize>,
    /// （目的） before 第1条, with its line.
    caption: Option<(String, usize)>,
    /// The last line ran to the margin.
    full: bool,
    /// Rows that begin below others against their rank in this document.
    nested: Nested,
    /// The number of the last article; articles count through all chapters.
    article: u32,
    /// As in `Open`, for clauses that stand below none.
    last_child: Option<usize>,
    unnumbered: usize,
}

impl Builder {
    fn take(&mut self, line: &Line, next: Option<&Line>) {
        if let Mark::Row(cells) = &line.mark {
            let text = cells.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" ");
            return self.text(&text, line);
        }
        if amendment(&line.text) {
            return self.remark(line.number, "改正の注記は条文に含めていません。");
        }
        let line = &*self.without_note(line);
        if let Some((label, keep, fit)) = self.label(line) {
            self.label_line(&label, keep, fit, line, next);
        } else if let Some(caption) = caption(&line.text).filter(|_| captioned(next)) {
            self.flush_caption();
            self.caption = Some((caption, line.number));
        } else if preface(&line.text) || (line.mark == Mark::Heading && !line.text.ends_with('。')) {
            self.unnumbered(Some(line.text.clone()), line.number);
        } else {
            self.flush_caption();
            self.text(&line.text, line);
        }
        self.full = line.full;
    }

    fn without_note<'a>(&mut self, line: &'a Line) -> Cow<'a, Line> {
        let text = without_note(&line.text);
        if text.len() == line.text.len() {
            return Cow::Borrowed(line);
        }
        self.remark(line.number, "改正の注記は条文に含めていません。");
        Cow::Owned(Line { text: text.to_string(), ..line.clone() })
    }

    fn label_line(&mut self, label: &Label, keep: usize, fit: Fit, line: &Line, next: Option<&Line>) {
        if !takes_caption(label.series) {
            self.flush_caption();
        }
        self.open.truncate(keep);
        if label.series == Series::Article {
            self.article = label.number;
        }
        let (heading, text) = self.heading(label, line, next);
        if fit == Fit::Gap {
            self.remark(line.number, &format!("「{}」の前の番号が見当たりません。", label.printed));
        }
        if line.mark == Mark::Heading && matches!(label.series, Series::Paren) && self.heading_level_differs()
        {
            self.remark(line.number, "見出しの大きさではなく番号の並びから階層を判断しました。");
        }
        let (caption, begin) = match self.caption.take() {
            Some((caption, begin)) => (Some(caption), begin),
            None => (None, line.number),
        };
        let kind = kind(label.series, self.open.last().map(|node| node.series));
        self.push(&label.canonical, &label.printed, heading.or(caption), kind, begin);
        if let Some(node) = self.open.last_mut() {
            (node.series, node.number, node.parts) = (label.series, label.number, label.parts.clone());
            node.counted = line.counted.as_ref().map(|counted| (counted.list.clone(), counted.level));
        }
        self.full = false;
        if !text.is_empty() {
            self.text(&text, line);
        }
    }

    fn heading_level_differs(&self) -> bool {
        self.open.last().is_some_and(|node| node.series.rank() > Series::Paren.rank())
    }

    /// A heading without a number below the nearest chapter, or a paragraph of its own.
    fn unnumbered(&mut self, heading: Option<String>, line: usize) {
        let keep = self
            .open
            .iter()
            .position(|node| node.series.rank() >= Series::Unnumbered.rank())
            .unwrap_or(self.open.len());
        self.open.truncate(keep);
        let kind = if heading.is_some() { ClauseKind::Article } else { ClauseKind::Paragraph };
        let number = self.open.last_mut().map_or(&mut self.unnumbered, |node| &mut node.unnumbered);
        *number += 1;
        let label = format!("#{number}");
        self.push(&label, "", heading, kind, line);
    }

    fn path(&self) -> Vec<String> {
        self.open.last().map(|node| self.built.clauses[node.clause].path.clone()).unwrap_or_default()
    }

    fn push(
        &mut self,
        canonical: &str,
        printed: &str,
        heading: Option<String>,
        kind: ClauseKind,
        line: usize,
    ) {
        let mut path = self.path();
        path.push(canonical.to_string());
        let times = self.paths.entry(path.clone()).or_insert(0);
        *times += 1;
        if *times > 1 {
            path.pop();
            path.push(format!("{canonical}#{times}"));
            self.paths.insert(path.clone(), 1);
            self.remark(line, &format!("「{printed}」が重複しています。"));
        }
        let clause = self.built.clauses.len();
        *self.open.last_mut().map_or(&mut self.last_child, |node| &mut node.last_child) = Some(clause);
        self.open.push(Open {
            series: Series::Unnumbered,
            number: 0,
            parts: Vec::new(),
            clause,
            counted: None,
            last_child: None,
            unnumbered: 0,
            titled: heading.as_deref().is_some_and(|heading| !preface(heading)),
        });
        let heading = heading.filter(|heading| !heading.is_empty());
        self.built.clauses.push(ClauseText {
            path,
            label: printed.to_string(),
            heading,
            text: String::new(),
            kind,
            line,
            sentences: Vec::new(),
        });
    }

    /// Text belongs to the open clause; below a chapter it is a paragraph of its own.
    fn text(&mut self, text: &str, line: &Line) {
        let below_chapter = self.open.last().is_none_or(|node| node.series.holds());
        if below_chapter {
            self.unnumbered(None, line.number);
        } else if self.closes_list(text, line) {
            self.open.pop();
        }
        let wraps = self.full && !line.apart;
        let listed = line.mark == Mark::Bullet || matches!(line.mark, Mark::Row(_));
        if let Some(node) = self.open.last() {
            let clause = &mut self.built.clauses[node.clause];
            if listed && !clause.text.is_empty() && !breaks_off(&clause.text) {
                clause.text.push('\n');
                clause.text.push_str(text);
            } else {
                join(&mut clause.text, text, wraps);
            }
        }
    }

    /// A sentence after a list of nouns goes on with the clause that holds the list.
    fn closes_list(&self, text: &str, line: &Line) -> bool {
        let Some(node) = self.open.last() else { return false };
        let clause = &self.built.clauses[node.clause];
        let noun = clause.heading.is_none()
            && !clause.text.is_empty()
            && !clause.text.contains('。')
            && !breaks_off(&clause.text);
        noun && line.apart
            && !line.turned
            && line.mark == Mark::Plain
            && self.open.len() > 1
            && text.ends_with('。')
            && node.number > 1
    }

    /// A caption that no article took was text.
    fn flush_caption(&mut self) {
        if let Some((caption, line)) = self.caption.take() {
            self.unnumbered(Some(caption), line);
        }
    }

    fn remark(&mut self, line: usize, text: &str) {
        self.built.remarks.push(Remark { line, text: text.to_string() });
    }
}
