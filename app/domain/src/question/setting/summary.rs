//! What many people answered to one question, in words: distributions, means, ranges.

use super::{Scale, Setting, row_mark};
use crate::answer::{Amount, Raw, Value};
use crate::calendar::wareki;
use time::Date;

/// The answers of a question in a few lines. Empty for ○△×, whose counts stand in the table anyway, and where
/// nobody answered.
pub fn summary(setting: &Setting, counts: &[(Raw, i64)]) -> Vec<String> {
    let counts: Vec<&(Raw, i64)> = counts.iter().filter(|(_, number)| *number > 0).collect();
    if counts.is_empty() {
        return Vec::new();
    }
    let mut lines = match &setting.scale {
        Scale::Marks if setting.counts() => Vec::new(),
        Scale::Marks | Scale::YesNo => vec![choices(setting, &counts)],
        Scale::Levels { .. } => vec![choices(setting, &counts), mean_level(&counts)],
        Scale::Number { .. } => numbers(setting.scale.unit(), &counts),
        Scale::Day { .. } => days(&counts),
        Scale::Rows { rows } => (0..rows.len()).map(|row| table_row(row, &counts)).collect(),
    };
    lines.retain(|line| !line.is_empty());
    lines
}

fn number_of(counts: &[&(Raw, i64)], wanted: &Raw) -> i64 {
    counts.iter().filter(|(raw, _)| raw == wanted).map(|(_, number)| number).sum()
}

/// はい 12、いいえ 3; 段階1が0、段階2が4 …
fn choices(setting: &Setting, counts: &[&(Raw, i64)]) -> String {
    let line = |raw: &Raw| {
        let number = number_of(counts, raw);
        match raw {
            Raw::Level(level) => format!("段階{level}が{number}"),
            raw => format!("{} {number}", setting.words(raw)),
        }
    };
    setting.choices().iter().map(line).collect::<Vec<_>>().join("、")
}

fn mean_level(counts: &[&(Raw, i64)]) -> String {
    let levels = counts.iter().filter_map(|(raw, number)| match raw {
        Raw::Level(level) => Some((f64::from(*level), *number)),
        _ => None,
    });
    mean(levels).map(|mean| format!("平均 {mean:.1}")).unwrap_or_default()
}

fn mean(values: impl Iterator<Item = (f64, i64)>) -> Option<f64> {
    let (sum, number) =
        values.fold((0.0, 0), |(sum, all), (value, number)| (sum + value * number as f64, all + number));
    (number > 0).then(|| sum / number as f64)
}

/// 平均 84.2％（60％から100％まで、12件の回答）
fn numbers(unit: &str, counts: &[&(Raw, i64)]) -> Vec<String> {
    let amounts = || {
        counts.iter().filter_map(|(raw, number)| match raw {
            Raw::Number(amount) => Some((*amount, *number)),
            _ => None,
        })
    };
    let all: i64 = amounts().map(|(_, number)| number).sum();
    let ends: Option<(Amount, Amount)> =
        amounts().map(|(amount, _)| amount).min().zip(amounts().map(|(amount, _)| amount).max());
    let mean = mean(amounts().map(|(amount, number)| (amount.as_f64(), number)));
    match (mean, ends) {
        (Some(_), Some((least, most))) if least == most => {
            vec![format!("{least}{unit}（{all}件の回答）")]
        }
        (Some(mean), Some((least, most))) => {
            vec![format!("平均 {mean:.1}{unit}（{least}{unit}から{most}{unit}まで、{all}件の回答）")]
        }
        _ => Vec::new(),
    }
}

/// 日付あり 10（最も早い日 …）、まだ行っていない 2
fn days(counts: &[&(Raw, i64)]) -> Vec<String> {
    let days: Vec<(Date, i64)> = counts
        .iter()
        .filter_map(|(raw, number)| match raw {
            Raw::Day(day) => Some((*day, *number)),
            _ => None,
        })
        .collect();
    let number: i64 = days.iter().map(|(_, number)| number).sum();
    let ends = days.iter().map(|(day, _)| *day).min().zip(days.iter().map(|(day, _)| *day).max());
    let range = ends.map(|(first, last)| match first == last {
        true => format!("（{}）", wareki(first)),
        false => format!("（{}から{}まで）", wareki(first), wareki(last)),
    });
    let none = number_of(counts, &Raw::NotYet);
    vec![format!("日付あり {number}{}、まだ行っていない {none}", range.unwrap_or_default())]
}

/// ア 実施 12、一部実施 1、未実施 0、該当なし 2
fn table_row(row: usize, counts: &[&(Raw, i64)]) -> String {
    let number = |wanted: Value| -> i64 {
        let given = |raw: &Raw| match raw {
            Raw::Rows(rows) => rows.get(row).copied().flatten() == Some(wanted),
            Raw::Mark(value) => *value == wanted,
            _ => false,
        };
        counts.iter().filter(|(raw, _)| given(raw)).map(|(_, number)| number).sum()
    };
    let parts: Vec<String> =
        Value::ALL.into_iter().map(|value| format!("{} {}", value.label(), number(value))).collect();
    format!("{}　{}", row_mark(row), parts.join("、"))
}
