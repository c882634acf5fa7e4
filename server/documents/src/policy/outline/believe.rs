//! Whether what looks like a label is one: not in the middle of a sentence, not without its neighbours.

use super::Builder;
use crate::policy::join::{breaks_off, finished, tail};
use crate::policy::label::{Label, Series, candidates, counted, goes_on};
use crate::policy::lines::{Line, Mark};
use crate::policy::node::{Fit, Hints, place, place_counted};

impl Builder {
    /// The label a line begins with, where it belongs and why, if it may stand here.
    pub(super) fn label(&mut self, line: &Line) -> Option<(Label, usize, Fit)> {
        let leads = self.leads();
        if let Some(number) = &line.counted {
            let label = counted(number, &line.text);
            let titled = line.mark == Mark::Heading;
            let hints = Hints { leads, titled, nested: &self.nested };
            let (keep, fit) = place_counted(&self.open, &label, &number.list, number.level, hints);
            return Some((label, keep, fit));
        }
        let hints = |label: &Label| {
            let titled = line.mark == Mark::Heading || (short(&label.rest) && !label.rest.is_empty());
            Hints { leads: leads && !self.repeats(label), titled, nested: &self.nested }
        };
        let mut found: Vec<(Label, usize, Fit)> = candidates(&line.text)
            .into_iter()
            .filter_map(|label| {
                place(&self.open, &label, hints(&label)).map(|(keep, fit)| (label, keep, fit))
            })
            .filter(|(label, _, fit)| self.believed(label, *fit, line))
            .collect();
        let best = [Fit::Next, Fit::First, Fit::Gap]
            .iter()
            .find_map(|fit| found.iter().position(|f| f.2 == *fit))?;
        let (label, keep, fit) = found.swap_remove(best);
        if let Some(inner) =
            self.open.last().filter(|_| leads && fit == Fit::First && keep == self.open.len())
        {
            self.nested.insert((inner.series, label.series));
        }
        Some((label, keep, fit))
    }

    /// Whether a label is the innermost one over again.
    fn repeats(&self, label: &Label) -> bool {
        self.open.last().is_some_and(|node| {
            let heading = self.built.clauses[node.clause].heading.as_deref();
            node.series == label.series && node.number == label.number && heading == Some(label.rest.as_str())
        })
    }

    /// Whether the innermost clause waits for its list: a heading without text, or a lead-in.
    fn leads(&self) -> bool {
        let Some(node) = self.open.last() else { return false };
        let clause = &self.built.clauses[node.clause];
        let text = tail(clause.text.trim_end());
        let last = text.trim_end_matches('。').rsplit(['。', '\n']).next().unwrap_or_default();
        let announces =
            ["次の", "次に", "以下の", "以下に", "下記", "次によ"].iter().any(|word| last.contains(word));
        text.is_empty() || (announces && finished(text))
    }

    fn believed(&self, label: &Label, fit: Fit, line: &Line) -> bool {
        let marked = line.mark != Mark::Plain;
        if label.rest.is_empty() && self.full && !line.apart && !marked {
            return false;
        }
        let within = !marked && !line.apart && self.last_text().is_some_and(breaks_off);
        if label.glued && (within || !self.counts_on(label, fit, line)) {
            return false;
        }
        let prose = goes_on(&label.rest);
        match fit {
            Fit::Next if label.series == Series::Article => !within || self.next_article(label),
            Fit::Next if label.series.fixed() => true,
            Fit::Next if within && prose => false,
            Fit::Next => !within || label.series.telling(),
            Fit::First => {
                !within
                    && !prose
                    && (label.series != Series::Paren || !label.rest.is_empty() || line.apart || marked)
            }
            Fit::Gap => !within && !prose && (label.series.telling() || marked || small_gap(label, line)),
        }
    }

    /// A label without a blank behind it: it goes on counting, or begins with a heading, and is no quantity.
    fn counts_on(&self, label: &Label, fit: Fit, line: &Line) -> bool {
        if goes_on(&label.rest) {
            return false;
        }
        match label.series {
            Series::Article => self.next_article(label),
            series if series.fixed() => true,
            Series::Number | Series::Dotted(_) | Series::Dai if quantity(&label.rest) => false,
            Series::Number | Series::Dotted(_) | Series::Dai => {
                let heading = label.rest.chars().count() <= 30 && !label.rest.contains('。');
                fit == Fit::Next
                    || (fit == Fit::First && heading && (line.apart || line.mark == Mark::Heading))
            }
            _ => true,
        }
    }

    /// Whether an article follows the last one, or is a branch of it.
    fn next_article(&self, label: &Label) -> bool {
        label.number == self.article + 1 || label.number == 1 || label.number == self.article
    }

    /// The text of the innermost clause if it has not come to its end.
    pub(super) fn last_text(&self) -> Option<&str> {
        let node = self.open.last()?;
        let clause = &self.built.clauses[node.clause];
        (!clause.text.is_empty() && !finished(&clause.text)).then_some(clause.text.as_str())
    }
}

/// A heading whose predecessors were lost on the way.
fn small_gap(label: &Label, line: &Line) -> bool {
    let heading = short(&label.rest) && !label.rest.contains('、');
    matches!(label.series, Series::Number | Series::Dai) && line.apart && heading && !quantity(&label.rest)
}

fn short(rest: &str) -> bool {
    rest.chars().count() <= 30 && !rest.contains('。')
}

/// 3年間, 2人, 10月1日, 24時間: a number of something.
fn quantity(rest: &str) -> bool {
    const UNITS: [&str; 45] = [
        "年",
        "月",
        "日",
        "人",
        "回",
        "台",
        "つ",
        "件",
        "名",
        "週",
        "時",
        "分",
        "秒",
        "割",
        "％",
        "%",
        "円",
        "部",
        "式",
        "号",
        "条",
        "項",
        "章",
        "節",
        "ページ",
        "頁",
        "次",
        "階",
        "桁",
        "文字",
        "か",
        "カ",
        "ヶ",
        "箇",
        "種",
        "段階",
        "点",
        "通",
        "枚",
        "倍",
        "度",
        "級",
        "者",
        "系統",
        "要素",
    ];
    const WORDS: [&str; 28] = [
        "人的", "人事", "人員", "人材", "部局", "部門", "部長", "回線", "台帳", "名称", "点検", "時刻",
        "次期", "件名", "通信", "通知", "通報", "階層", "項目", "条件", "条例", "年次", "月次", "日常",
        "日次", "級別", "式典", "種別",
    ];
    let unit =
        UNITS.iter().any(|unit| rest.starts_with(unit)) && !WORDS.iter().any(|word| rest.starts_with(word));
    unit || rest.starts_with(|c: char| c.is_ascii_digit())
}
