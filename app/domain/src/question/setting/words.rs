//! Answers and settings in words, for screens, papers and workbooks.

use super::{Scale, Setting, Shown, Threshold};
use crate::answer::{Raw, Value};
use crate::calendar::wareki;
use uuid::Uuid;

/// The mark of a row of a table: ア, イ, ウ …
pub fn row_mark(index: usize) -> char {
    const MARKS: [char; super::MOST_ROWS] = ['ア', 'イ', 'ウ', 'エ', 'オ', 'カ', 'キ', 'ク', 'ケ', 'コ'];
    MARKS.get(index).copied().unwrap_or('・')
}

/// 90％以上
pub fn threshold_words(threshold: Threshold, unit: &str) -> String {
    format!("{}{unit}{}", threshold.limit, if threshold.at_most { "以下" } else { "以上" })
}

impl Setting {
    /// An answer in words: 実施, はい, 3（一部の端末だけ）, 12.5％, 令和8年5月1日, ア 実施、イ 未実施.
    pub fn words(&self, raw: &Raw) -> String {
        match raw {
            Raw::Mark(value) => value.label().to_string(),
            Raw::Yes => "はい".to_string(),
            Raw::No => "いいえ".to_string(),
            Raw::Level(level) => match self.level_text(*level) {
                Some(text) => format!("{level}（{text}）"),
                None => level.to_string(),
            },
            Raw::Number(amount) => format!("{amount}{}", self.scale.unit()),
            Raw::Day(day) => wareki(*day),
            Raw::NotYet => NOT_YET.to_string(),
            Raw::Rows(rows) => {
                let row = |(index, value): (usize, &Option<Value>)| {
                    format!("{} {}", row_mark(index), value.map_or("未回答", Value::label))
                };
                rows.iter().enumerate().map(row).collect::<Vec<_>>().join("、")
            }
        }
    }

    /// The text of a level from 1 to 5.
    pub fn level_text(&self, level: u8) -> Option<&str> {
        match &self.scale {
            Scale::Levels { texts, .. } => texts.get(usize::from(level).checked_sub(1)?).map(String::as_str),
            _ => None,
        }
    }

    /// The choices of the scale (without 該当なし) with their words; empty where something is typed or a table
    /// is filled in.
    pub fn choices(&self) -> Vec<Raw> {
        match &self.scale {
            Scale::Marks => [Value::Done, Value::Partial, Value::NotDone].map(Raw::Mark).to_vec(),
            Scale::YesNo => vec![Raw::Yes, Raw::No],
            Scale::Levels { texts, .. } => (1..).zip(texts).map(|(level, _)| Raw::Level(level)).collect(),
            Scale::Day { .. } => vec![Raw::NotYet],
            Scale::Number { .. } | Scale::Rows { .. } => Vec::new(),
        }
    }

    /// Which answers need 理由と改善の内容, in words; `None` where it is as usual (一部実施 and 未実施).
    pub fn comment_words(&self) -> Option<String> {
        if self.comment_on == Setting::default().comment_on {
            return None;
        }
        let names: Vec<&str> = self.comment_on.iter().map(|value| value.label()).collect();
        Some(match names.as_slice() {
            [] => "理由と改善の内容は、記入を要しない".to_string(),
            names if names.len() == Value::ALL.len() || !self.counts() => {
                "理由と改善の内容を、どの回答でも記入".to_string()
            }
            names => format!("理由と改善の内容を、「{}」のときに記入", names.join("」又は「")),
        })
    }

    /// What counts as 実施, in words, for the officer and for those who read the figures; `None` for ○△×.
    pub fn standard(&self) -> Option<String> {
        if !self.counts() {
            return Some("実施率に数えません（把握のための設問）。".to_string());
        }
        Some(match &self.scale {
            Scale::Marks => return None,
            Scale::YesNo => "「はい」を実施、「いいえ」を未実施と数えます。".to_string(),
            Scale::Levels { target, .. } => {
                let target = target.unwrap_or(5);
                format!("{target}以上を実施、1を未実施、その間を一部実施と数えます。")
            }
            Scale::Number { threshold, .. } => {
                let words = threshold.map(|threshold| threshold_words(threshold, self.scale.unit()));
                format!("{}を実施、それ以外を未実施と数えます。", words.unwrap_or_default())
            }
            Scale::Day { within_year: true } => {
                "年度内の日付を実施、年度外の日付及び「まだ行っていない」を未実施と数えます。".to_string()
            }
            Scale::Day { within_year: false } => {
                "日付があれば実施、「まだ行っていない」を未実施と数えます。".to_string()
            }
            Scale::Rows { .. } => {
                "該当する行が全て実施なら実施、全て未実施なら未実施、その他を一部実施と数えます。".to_string()
            }
        })
    }
}

impl Shown {
    /// When the question is shown, in words; `None` for always. `earlier` finds a question of the sheet by its
    /// identity: its number and setting.
    pub fn words<'a>(&self, earlier: impl Fn(Uuid) -> Option<(i32, &'a Setting)>) -> Option<String> {
        match self {
            Shown::Always => None,
            Shown::Having { attribute } => Some(format!("「{}」の所属だけに表示", attribute.label())),
            Shown::After { question, answers } => {
                let found = earlier(*question);
                let words =
                    |key: &String| {
                        let raw = Raw::from_key(key)?;
                        Some(found.map_or_else(
                            || Setting::default().words(&raw),
                            |(_, setting)| setting.words(&raw),
                        ))
                    };
                let answers: Vec<String> = answers.iter().filter_map(words).collect();
                let place = found.map_or_else(|| "前の設問".to_string(), |(no, _)| format!("問{no}"));
                Some(format!("{place}で「{}」と答えた場合だけ表示", answers.join("」又は「")))
            }
        }
    }
}

const NOT_YET: &str = "まだ行っていない";
