//! From the fields of a question to its answer. Nothing is guessed: what can't be read is refused.

use super::{Scale, Setting};
use crate::answer::{Amount, Raw, Value, Written};
use crate::calendar::parse_day;

impl Setting {
    /// The answer that stands in the fields; `None` if they are blank.
    ///
    /// # Errors
    /// One Japanese sentence without its subject (問n) when it is not an answer to this question.
    pub fn read(&self, written: &Written, may_be_na: bool) -> Result<Option<Raw>, String> {
        let typed = written.typed.trim();
        let chosen = match written.choice.as_str() {
            "" => None,
            key => Some(Raw::from_key(key).ok_or_else(|| UNKNOWN.to_string())?),
        };
        if chosen == Some(Raw::Mark(Value::NotApplicable)) && !may_be_na {
            return Err("では「該当なし」を選べません。".to_string());
        }
        if chosen.is_some() && (!typed.is_empty() || written.rows.iter().any(|row| !row.is_empty())) {
            return Err(
                "は、入力と「該当なし」などの選択の両方があります。どちらか一方にしてください。".to_string()
            );
        }
        match (chosen, &self.scale) {
            (Some(Raw::Mark(Value::NotApplicable)), _) => Ok(Some(Raw::Mark(Value::NotApplicable))),
            (Some(raw), scale) if suits(&raw, scale) => Ok(Some(raw)),
            (Some(_), _) => Err(UNKNOWN.to_string()),
            (None, Scale::Number { percent, .. }) if !typed.is_empty() => {
                self.number(typed, *percent).map(Some)
            }
            (None, Scale::Day { .. }) if !typed.is_empty() => day(typed).map(Some),
            (None, Scale::Rows { rows }) => table(&written.rows, rows.len(), may_be_na),
            (None, _) => Ok(None),
        }
    }

    fn number(&self, typed: &str, percent: bool) -> Result<Raw, String> {
        let unit = self.scale.unit();
        let amount = Amount::parse(typed, unit).ok_or_else(|| {
            format!(
                "の「{typed}」を数値として読み取れません。0以上の数値（小数は3桁まで）で入力してください。"
            )
        })?;
        if percent && amount > Amount::HUNDRED {
            return Err(format!(
                "の「{typed}」は100％を超えています。0から100までの数値で入力してください。"
            ));
        }
        Ok(Raw::Number(amount))
    }
}

const UNKNOWN: &str = "の回答を読み取れません。画面を開き直して選び直してください。";

/// Whether a choice (not 該当なし) is one of the scale's.
fn suits(raw: &Raw, scale: &Scale) -> bool {
    matches!(
        (raw, scale),
        (Raw::Mark(_), Scale::Marks)
            | (Raw::Yes | Raw::No, Scale::YesNo)
            | (Raw::Level(_), Scale::Levels { .. })
            | (Raw::NotYet, Scale::Day { .. })
    )
}

fn day(typed: &str) -> Result<Raw, String> {
    parse_day(typed).map(Raw::Day).ok_or_else(|| {
        format!(
            "の「{typed}」を日付として読み取れません。「2026-05-01」や「令和8年5月1日」のように入力してください。"
        )
    })
}

fn table(written: &[String], rows: usize, may_be_na: bool) -> Result<Option<Raw>, String> {
    if written.iter().all(String::is_empty) {
        return Ok(None);
    }
    if written.len() > rows {
        return Err(UNKNOWN.to_string());
    }
    let mut values = Vec::new();
    for row in 0..rows {
        let key = written.get(row).map_or("", String::as_str);
        let value = Value::from_key(key);
        if !key.is_empty() && value.is_none() {
            return Err(UNKNOWN.to_string());
        }
        if value == Some(Value::NotApplicable) && !may_be_na {
            return Err("では「該当なし」を選べません。".to_string());
        }
        values.push(value);
    }
    Ok(Some(Raw::Rows(values)))
}
