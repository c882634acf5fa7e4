//! The tree of clauses from lines: labels decide, continuity confirms, typography only helps.

use super::caption::{amendment, bracketed, caption, captioned, takes_caption};
use super::join::{breaks_off, finished, join};
use super::label::{Label, Series, circled, counted, labels};
use super::lines::{Line, Mark};
use super::node::{Fit, Open, kind, place, place_counted};
use domain::clause::{ClauseKind, ClauseText};
use domain::policy::Remark;
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
        if let Some((label, keep, fit)) = self.label(line) {
            self.label_line(&label, keep, fit, line, next);
        } else if let Some(caption) = caption(&line.text).filter(|_| captioned(next)) {
            self.flush_caption();
            self.caption = Some((caption, line.number));
        } else if line.mark == Mark::Heading {
            self.unnumbered(Some(line.text.clone()), line.number);
        } else {
            self.flush_caption();
            self.text(&line.text, line);
        }
        self.full = line.full;
    }

    /// The label a line begins with, if it may stand here.
    fn label(&self, line: &Line) -> Option<(Label, usize, Fit)> {
        if let Some(number) = &line.counted {
            let label = counted(number, &line.text);
            let (keep, fit) = place_counted(&self.open, &label, &number.list, number.level);
            return Some((label, keep, fit));
        }
        let mut found: Vec<(Label, usize, Fit)> = circled(&line.text)
            .into_iter()
            .chain(labels(&line.text))
            .filter_map(|label| place(&self.open, &label).map(|(keep, fit)| (label, keep, fit)))
            .filter(|(label, _, fit)| self.believed(label, *fit, line))
            .collect();
        let best = [Fit::Next, Fit::First, Fit::Gap]
            .iter()
            .find_map(|fit| found.iter().position(|f| f.2 == *fit))?;
        Some(found.swap_remove(best))
    }

    /// Whether a label is one: not in the middle of a sentence, not without its neighbours.
    fn believed(&self, label: &Label, fit: Fit, line: &Line) -> bool {
        let marked = line.mark != Mark::Plain;
        if label.rest.is_empty() && self.full && !line.apart && !marked {
            return false;
        }
        let within = !marked && !line.apart && self.last_text().is_some_and(breaks_off);
        let prose =
            label.rest.starts_with(['の', 'に', 'は', 'を', 'が', 'と', 'か', '、']) && fit != Fit::Next;
        match fit {
            Fit::Next if label.series.fixed() => true,
            Fit::Next => !within || label.series.telling(),
            Fit::First => {
                !within
                    && !prose
                    && (label.series != Series::Paren || !label.rest.is_empty() || line.apart || marked)
            }
            Fit::Gap => !within && !prose && (label.series.telling() || marked),
        }
    }

    fn label_line(&mut self, label: &Label, keep: usize, fit: Fit, line: &Line, next: Option<&Line>) {
        if !takes_caption(label.series) {
            self.flush_caption();
        }
        self.open.truncate(keep);
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

    /// Splits what follows a label into heading and text.
    fn heading(&self, label: &Label, line: &Line, next: Option<&Line>) -> (Option<String>, String) {
        let rest = label.rest.clone();
        if rest.is_empty() {
            return (None, rest);
        }
        let chapter = label.series.rank() <= Series::Division.rank();
        let whole = rest.contains('。') && line.counted.is_some();
        if (chapter || line.mark == Mark::Heading) && !whole {
            let plain = caption(&rest).unwrap_or(rest);
            return (Some(plain), String::new());
        }
        if label.series == Series::Article
            && let Some((heading, text)) = bracketed(&rest)
        {
            return (Some(heading), text);
        }
        if self.titles(&rest, line, next) { (Some(rest), String::new()) } else { (None, rest) }
    }

    /// A short line without 。 that is followed by text is a heading, unless its neighbours have none.
    fn titles(&self, rest: &str, line: &Line, next: Option<&Line>) -> bool {
        let short = rest.chars().count() < 40 && !rest.contains('。') && !breaks_off(rest) && !line.full;
        let Some(next) = next.filter(|_| short) else { return false };
        let plain_sibling =
            self.sibling().is_some_and(|clause| clause.heading.is_none() && !clause.text.is_empty());
        let supplement =
            ["なお", "ただし", "また、", "この場合"].iter().any(|word| next.text.starts_with(word));
        if plain_sibling
            || (supplement && !line.hard_break)
            || next.mark == Mark::Heading && circled(&next.text).is_none() && labels(&next.text).is_empty()
        {
            return false;
        }
        let labelled = circled(&next.text).is_some() || !labels(&next.text).is_empty();
        let opens = labels(&next.text).iter().any(|label| label.number == 1)
            || circled(&next.text).is_some_and(|l| l.number == 1);
        !labelled || (opens && self.open.len() <= 2 && !rest.contains('、'))
    }

    /// The clause before this one in the same list.
    fn sibling(&self) -> Option<&ClauseText> {
        let depth = self.open.len() + 1;
        let parent = self.open.last().map(|node| node.clause);
        let from = parent.map_or(0, |parent| parent + 1);
        self.built.clauses.get(from..)?.iter().rfind(|clause| clause.path.len() == depth)
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
        let parent = self.path();
        let free =
            |number: &usize| !self.paths.contains_key(&[parent.as_slice(), &[format!("#{number}")]].concat());
        let number = (1..).find(free).unwrap_or(1);
        self.push(&format!("#{number}"), "", heading, kind, line);
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
        self.open.push(Open {
            series: Series::Unnumbered,
            number: 0,
            parts: Vec::new(),
            clause: self.built.clauses.len(),
            counted: None,
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
        let below_chapter = self.open.last().is_none_or(|node| node.series.rank() <= Series::Division.rank());
        if below_chapter {
            self.unnumbered(None, line.number);
        } else if self.closes_list(text, line) {
            self.open.pop();
        }
        let wraps = self.full && !line.apart;
        if let Some(node) = self.open.last() {
            join(&mut self.built.clauses[node.clause].text, text, wraps);
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
            && line.mark == Mark::Plain
            && self.open.len() > 1
            && text.ends_with('。')
            && node.number > 1
    }

    fn last_text(&self) -> Option<&str> {
        let node = self.open.last()?;
        let clause = &self.built.clauses[node.clause];
        (!clause.text.is_empty() && !finished(&clause.text)).then_some(clause.text.as_str())
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
