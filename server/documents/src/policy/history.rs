//! The printed history of a document: a table, or lines with a day and an act.

use super::era;
use super::lines::{Line, Mark};
use domain::clause::fold;
use domain::policy::HistoryEntry;
use time::Date;

/// The entries found so far and what the next line may complete.
#[derive(Debug, Default)]
pub(super) struct History {
    entries: Vec<HistoryEntry>,
    /// A day that stood alone; its act may follow.
    day: Option<(Date, String)>,
    /// 改正, on a line of its own before the days.
    act: String,
    /// The head of a history table or section was the last that was read.
    open: bool,
    /// The year of the row above; rows may leave it out.
    year: String,
}

pub(super) fn heading_of_history(text: &str) -> bool {
    let key = fold(text);
    let key = key.trim_matches(['(', ')', '【', '】', '[', ']', '〔', '〕', '<', '>', '■', '○']);
    [
        "改定履歴",
        "改訂履歴",
        "改正履歴",
        "制定改廃",
        "制定改廃経過",
        "改廃経過",
        "沿革",
        "履歴",
        "改定の履歴",
        "版数履歴",
        "変更履歴",
        "更新履歴",
    ]
    .contains(&key)
}

const ACTIONS: [&str; 12] =
    ["策定", "制定", "改定", "改訂", "改正", "施行", "決定", "廃止", "作成", "初版", "決裁", "見直し"];
/// A longer line is no line of a history.
const LONGEST: usize = 120;

/// Words that stand on a line of their own before the days.
const HEADS: [&str; 7] = ["改正", "制定", "全部改正", "一部改正", "全改", "策定", "改定"];
const ACTS: [&str; 8] = ["訓令", "規則", "告示", "条例", "規程", "要綱", "要領", "訓"];

impl History {
    /// Takes a line if it belongs to the history. After the first clause only tables and a section of its own do.
    pub fn takes(&mut self, line: &Line, begun: bool) -> bool {
        if let Mark::Row(cells) = &line.mark {
            return self.row(cells, begun);
        }
        if line.text.chars().count() > LONGEST {
            return false;
        }
        let key = fold(&line.text);
        if heading_of_history(&line.text) {
            self.open = true;
            return true;
        }
        if begun && !self.open {
            return false;
        }
        if self.day.is_none() && HEADS.contains(&key.as_str()) {
            self.act = key;
            return true;
        }
        let taken = self.line(&key);
        self.open &= taken;
        taken
    }

    /// All entries, oldest first as they are printed.
    pub fn entries(mut self) -> Vec<HistoryEntry> {
        self.close_day();
        self.entries
    }

    /// A day without an act is what the word before it says, or the first day of all.
    fn close_day(&mut self) {
        let Some((date, printed)) = self.day.take() else { return };
        if !self.act.is_empty() || self.open {
            let action = if self.act.is_empty() { "改正".to_string() } else { self.act.clone() };
            self.entries.push(HistoryEntry { date: Some(date), printed, action });
        }
    }

    /// 平成15年4月28日 策定; 改正 令和2年3月27日訓令第5号; or a day alone, the act on the next line.
    fn line(&mut self, key: &str) -> bool {
        if key.contains('。') || key.chars().count() > LONGEST {
            return false;
        }
        let inner = key.trim_matches(['(', ')', '[', ']', '〔', '〕', '・', '-']);
        let Some((date, from, to)) = era::find(inner) else {
            let acts = ACTS.iter().chain(&ACTIONS).any(|word| inner.contains(word));
            if acts && let Some((date, printed)) = self.day.take() {
                self.entries.push(HistoryEntry { date: Some(date), printed, action: inner.to_string() });
                return true;
            }
            return false;
        };
        let before = inner[..from].trim_matches([':', '・', '、', '(', ')']);
        let acts = ACTIONS.iter().any(|word| before.contains(word)) && before.chars().count() <= 8;
        if !(before.is_empty() || before == "沿革" || acts || is_version(before)) {
            return false;
        }
        self.close_day();
        // Several days may stand on one line.
        let next = era::find(&inner[to..]).map_or(inner.len(), |(_, at, _)| to + at);
        let later = &inner[next..];
        let action = inner[to..next].trim_matches(['(', ')', '・', ':', '、', '[', ']']);
        let action = if action.is_empty() && !is_version(before) { before } else { action };
        let printed = inner[from..to].to_string();
        if action.is_empty() {
            self.day = Some((date, printed));
        } else {
            if acts {
                self.act = before.to_string();
            }
            self.entries.push(HistoryEntry { date: Some(date), printed, action: action.to_string() });
        }
        if !later.is_empty() {
            self.line(later);
        }
        true
    }

    /// A row such as | 平成15年 | 4月28日 | 策定 | or | 第2版 | 令和4年3月28日 | 一部改正 | 内容 |.
    fn row(&mut self, cells: &[String], begun: bool) -> bool {
        let keys: Vec<String> =
            cells.iter().map(|cell| fold(cell).trim_matches(['(', ')', '〔', '〕']).to_string()).collect();
        let Some((at, used, date, printed, left)) = self.dated(&keys) else {
            let strong =
                |key: &String| ["改定日", "改訂日", "改正日", "制定日"].iter().any(|word| key.contains(word));
            let head = |key: &String| {
                ["年月日", "改定日", "改訂日", "改正日", "施行日", "日付", "制定日"]
                    .iter()
                    .any(|word| key.contains(word))
            };
            self.open = keys.iter().any(head) || (!begun && self.open);
            // The empty head of a converted table says nothing.
            return self.open && (!begun || keys.iter().any(strong));
        };
        let others = keys.iter().enumerate().filter(|(index, _)| !(at..at + used).contains(index));
        let others: Vec<&String> =
            others.map(|(_, key)| key).filter(|key| !key.is_empty() && !is_version(key)).collect();
        let named =
            |key: &&&String| key.chars().count() <= 20 && ACTIONS.iter().any(|word| key.contains(word));
        let action = match others.iter().find(named) {
            _ if ACTIONS.iter().any(|word| left.contains(word)) => left,
            Some(action) => (*action).clone(),
            None if self.open => others.first().map(|key| (*key).clone()).unwrap_or_default(),
            None => return false,
        };
        self.entries.push(HistoryEntry { date: Some(date), printed, action });
        true
    }

    /// The day of a row: the cell, how many cells it takes, the day, its words, what else its cell says.
    fn dated(&mut self, keys: &[String]) -> Option<(usize, usize, Date, String, String)> {
        for at in 0..keys.len() {
            for used in [1, 2, 3] {
                let Some(cells) = keys.get(at..at + used).filter(|cells| !cells[0].is_empty()) else {
                    continue;
                };
                let text = cells.concat();
                if let Some((date, length)) = era::leading(&text) {
                    self.year = text.split('年').next().map(|year| format!("{year}年")).unwrap_or_default();
                    return Some((at, used, date, text[..length].to_string(), text[length..].to_string()));
                }
            }
            let text = format!("{}{}", self.year, keys[at]);
            if !self.year.is_empty()
                && keys[at].contains('月')
                && let Some((date, length)) = era::leading(&text)
            {
                return Some((at, 1, date, text[..length].to_string(), text[length..].to_string()));
            }
        }
        None
    }
}

/// 第2版, 初版, 1.0, Ver2.1, No.3
fn is_version(key: &str) -> bool {
    let plain: String = key.to_lowercase().chars().filter(|c| !"第版数号.:-".contains(*c)).collect();
    let plain = plain.trim_start_matches("ver").trim_start_matches("sion").trim_start_matches("rev");
    let plain = plain.trim_start_matches("no").trim_start_matches('v');
    key == "初版"
        || (!key.is_empty() && plain.chars().all(|c| c.is_ascii_digit()) && key.chars().count() <= 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::lines::lines;

    fn read(text: &str) -> Vec<(String, String)> {
        let mut history = History::default();
        for line in lines(text) {
            history.takes(&line, false);
        }
        history
            .entries()
            .into_iter()
            .map(|e| (e.date.map(|d| d.to_string()).unwrap_or_default(), e.action))
            .collect()
    }

    fn entry(day: &str, action: &str) -> (String, String) {
        (day.to_string(), action.to_string())
    }

    #[test]
    fn lines_of_a_history_are_read() {
        for (text, day, action) in [
            ("平成15年4月28日 策定", "2003-04-28", "策定"),
            ("改正　令和２年３月２７日訓令第５号", "2020-03-27", "訓令第5号"),
            ("令和5年6月1日改定", "2023-06-01", "改定"),
            ("（平成３０年３月１日規程第２号）", "2018-03-01", "規程第2号"),
            ("最終改正：令和6年4月1日", "2024-04-01", "最終改正"),
            ("第2版　令和6年4月1日　一部改定", "2024-04-01", "一部改定"),
        ] {
            assert_eq!(read(text), [entry(day, action)], "{text}");
        }
        let two = "改正　平成18年3月31日訓令第3号　平成20年3月31日訓令第7号";
        assert_eq!(read(two), [entry("2006-03-31", "訓令第3号"), entry("2008-03-31", "訓令第7号")]);
    }

    #[test]
    fn days_alone_take_the_act_that_follows_or_the_word_before_them() {
        assert_eq!(read("平成２９年３月３０日\n訓令第８号\n"), [entry("2017-03-30", "訓令第8号")]);
        assert_eq!(
            read("(制定 平成20年3月14日)\n改正\n平成21年3月16日\n平成22年3月23日\n"),
            [entry("2008-03-14", "制定"), entry("2009-03-16", "改正"), entry("2010-03-23", "改正")]
        );
    }

    #[test]
    fn tables_with_versions_and_years_left_out_are_read() {
        let table = "| 版 | 年月日 | 区分 | 概要 |\n|--|--|--|--|\n| 初版 | 令和元年9月20日 | 制定 | 新規 |\n| 第2版 | 令和4年3月28日 | 一部改正 | クラウドの追加 |\n";
        assert_eq!(read(table), [entry("2019-09-20", "制定"), entry("2022-03-28", "一部改正")]);
        let table = "| 令和2年 | 4月1日 | 策定 |\n| | 10月1日 | 改定 |\n";
        assert_eq!(read(table), [entry("2020-04-01", "策定"), entry("2020-10-01", "改定")]);
    }
}
