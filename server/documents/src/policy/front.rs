//! What stands before and after the clauses: title, history, signature.

use super::era;
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
    let mut front = Front::default();
    let mut rest: Vec<Line> = Vec::new();
    let mut day: Option<(String, Line)> = None;
    for line in lines {
        let begun = !rest.is_empty();
        if let Some(entry) = row(&line) {
            front.history.push(entry);
        } else if begun {
            rest.push(line);
        } else if let Some(entry) = entry(&line.text, day.take().map(|(text, _)| text)) {
            if entry.action.is_empty() {
                day = Some((line.text.clone(), line));
            } else {
                front.history.push(entry);
            }
        } else if matches!(line.mark, Mark::Row(_)) || heading_of_history(&line.text) {
            // The head of the history table.
        } else if front.title.is_empty() && !clause(&line) {
            front.title = title(&line.text);
        } else if clause(&line)
            || line.text.ends_with('。')
            || line.mark == Mark::Heading
            || caption(&line.text)
        {
            rest.push(line);
        }
    }
    (front, rest)
}

fn clause(line: &Line) -> bool {
    let first = |label: &super::label::Label| label.number <= 1 || label.series.fixed();
    labels(&line.text).iter().any(|label| first(label) && label.series != Series::Latin)
}

fn caption(text: &str) -> bool {
    text.starts_with(['(', '（']) && text.ends_with([')', '）'])
}

fn title(text: &str) -> String {
    text.trim_start_matches(['○', '◯', '〇', '◎', '●']).trim().to_string()
}

fn heading_of_history(text: &str) -> bool {
    ["改定履歴", "改訂履歴", "改正履歴", "制定改廃", "沿革", "目次"].contains(&fold(text).as_str())
}

const ACTIONS: [&str; 8] = ["策定", "制定", "改定", "改訂", "改正", "施行", "決定", "廃止"];

/// A row such as | 平成15年 | 4月28日 | 策定 |.
fn row(line: &Line) -> Option<HistoryEntry> {
    let Mark::Row(cells) = &line.mark else { return None };
    let joined = cells.concat();
    let entry = entry(&joined, None)?;
    ACTIONS.iter().any(|action| entry.action.contains(action)).then_some(entry)
}

/// 平成15年4月28日 策定; 改正 令和2年3月27日訓令第5号; or a day alone, the act on the next line.
fn entry(text: &str, before: Option<String>) -> Option<HistoryEntry> {
    let key = fold(text);
    if key.contains('。') || key.chars().count() > 60 {
        return None;
    }
    if let Some(day) = before.as_deref().map(fold) {
        let act = ["訓令", "規則", "告示", "条例", "規程", "策定", "制定", "改定", "改正"]
            .iter()
            .any(|word| key.contains(word));
        if let Some((date, from, to)) = era::find(&day).filter(|_| act && era::find(&key).is_none()) {
            return Some(HistoryEntry { date: Some(date), printed: day[from..to].to_string(), action: key });
        }
    }
    let (date, from, to) = era::find(&key)?;
    let around = ["改正", "制定", "沿革", ""];
    if !around.contains(&&key[..from]) && !ACTIONS.contains(&&key[..from]) {
        return None;
    }
    let action = key[to..].trim_matches(['(', ')', '・', ':', '、']);
    let action = if action.is_empty() { &key[..from] } else { action };
    Some(HistoryEntry { date: Some(date), printed: key[from..to].to_string(), action: action.to_string() })
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

    #[test]
    fn lines_of_a_history_are_read() {
        for (text, printed, action) in [
            ("平成15年4月28日 策定", "平成15年4月28日", "策定"),
            ("改正　令和２年３月２７日訓令第５号", "令和2年3月27日", "訓令第5号"),
            ("令和5年6月1日改定", "令和5年6月1日", "改定"),
        ] {
            let read = entry(text, None).expect(text);
            assert_eq!((read.printed.as_str(), read.action.as_str()), (printed, action));
        }
    }

    #[test]
    fn spaced_letters_are_joined_and_names_are_not() {
        assert_eq!(unspaced("責任者 (C I S O) 石原 重雄"), "責任者 (CISO) 石原 重雄");
    }
}
