//! One answer cell by its scale: what may be chosen there, and what stands there.

use super::value::{self, Reading};
use domain::answer::{Amount, Raw, Value};
use domain::calendar::parse_day;
use domain::question::setting::{Scale, Setting};

/// What kind of answer a cell holds; kept beside the question in the workbook, so that it can be read alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Marks,
    YesNo,
    Levels,
    /// With its unit.
    Number(String),
    Percent,
    Day,
    /// The head of a table of so many rows; they follow, each a cell of ○△×.
    Table(usize),
    Row,
}

impl Kind {
    pub fn of(scale: &Scale) -> Kind {
        match scale {
            Scale::Marks => Kind::Marks,
            Scale::YesNo => Kind::YesNo,
            Scale::Levels { .. } => Kind::Levels,
            Scale::Number { percent: true, .. } => Kind::Percent,
            Scale::Number { unit, .. } => Kind::Number(unit.clone()),
            Scale::Day { .. } => Kind::Day,
            Scale::Rows { rows } => Kind::Table(rows.len()),
        }
    }

    /// How it is kept in the hidden column.
    pub fn key(&self) -> String {
        match self {
            Kind::Marks => "marks".to_string(),
            Kind::YesNo => "yes_no".to_string(),
            Kind::Levels => "levels".to_string(),
            Kind::Number(unit) => format!("number:{unit}"),
            Kind::Percent => "percent".to_string(),
            Kind::Day => "day".to_string(),
            Kind::Table(rows) => format!("rows:{rows}"),
            Kind::Row => "row".to_string(),
        }
    }

    /// What the hidden column says; workbooks of before say nothing.
    pub fn from_key(key: &str) -> Option<Kind> {
        Some(match key.split_once(':') {
            Some(("number", unit)) => Kind::Number(unit.to_string()),
            Some(("rows", rows)) => Kind::Table(rows.parse().ok()?),
            Some(_) => return None,
            None => match key {
                "" | "marks" => Kind::Marks,
                "yes_no" => Kind::YesNo,
                "levels" => Kind::Levels,
                "percent" => Kind::Percent,
                "day" => Kind::Day,
                "row" => Kind::Row,
                _ => return None,
            },
        })
    }

    /// What the list of the cell offers; empty where something is typed.
    pub fn choices(&self, may_be_na: bool) -> Vec<&'static str> {
        let mut choices = match self {
            Kind::Marks | Kind::Row => vec!["実施", "一部実施", "未実施"],
            Kind::YesNo => vec!["はい", "いいえ"],
            Kind::Levels => vec!["1", "2", "3", "4", "5"],
            Kind::Number(_) | Kind::Percent | Kind::Day | Kind::Table(_) => return Vec::new(),
        };
        choices.extend(may_be_na.then_some("該当なし"));
        choices
    }

    /// What stands in a cell; `None` if it is blank.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence that begins with the cell and its text.
    pub fn understand(&self, text: &str, may_be_na: bool) -> Result<Option<Raw>, String> {
        let reading = value::understand(text);
        if reading == Reading::Blank {
            return Ok(None);
        }
        if reading == Reading::Known(Value::NotApplicable) {
            return match may_be_na {
                true => Ok(Some(Raw::Mark(Value::NotApplicable))),
                false => Err(self.not_offered()),
            };
        }
        match self {
            Kind::Marks | Kind::Row => marks(reading).map(|value| Some(Raw::Mark(value))),
            Kind::YesNo => match reading {
                Reading::Known(Value::Done) => Ok(Some(Raw::Yes)),
                Reading::Known(Value::NotDone) => Ok(Some(Raw::No)),
                _ => Err("を読み取れません。「はい」又は「いいえ」を選んでください。".to_string()),
            },
            Kind::Levels => level(text).map(Some),
            Kind::Number(unit) => number(text, unit, false).map(Some),
            Kind::Percent => number(text, "％", true).map(Some),
            Kind::Day => day(text).map(Some),
            Kind::Table(_) => Ok(None),
        }
    }

    fn not_offered(&self) -> String {
        let choices = self.choices(false);
        let instead = if choices.is_empty() {
            "値を入力してください。".to_string()
        } else {
            format!("「{}」から選んでください。", choices.join("」「"))
        };
        format!("は、この設問では選べません。{instead}")
    }
}

fn marks(reading: Reading) -> Result<Value, String> {
    match reading {
        Reading::Known(value) => Ok(value),
        Reading::Unsure => {
            Err("では実施の有無が分かりません。事務局に問い合わせ、一覧から選んでください。".to_string())
        }
        Reading::Ambiguous => Err("は意味が一つに定まりません。一覧から選び直してください。".to_string()),
        Reading::Unknown | Reading::Blank => {
            Err("を読み取れません。一覧から選び直してください。".to_string())
        }
    }
}

/// 3, ３, 「3　半分」.
fn level(text: &str) -> Result<Raw, String> {
    let digits: String = text.trim().chars().take_while(|c| c.is_numeric()).collect();
    let level = Amount::parse(&digits, "").and_then(|amount| Raw::from_key(&format!("level:{amount}")));
    level.ok_or_else(|| "を読み取れません。1から5までの数字を選んでください。".to_string())
}

fn number(text: &str, unit: &str, percent: bool) -> Result<Raw, String> {
    let amount = Amount::parse(text, unit).filter(|amount| !percent || *amount <= Amount::HUNDRED);
    let wanted =
        if percent { "0から100までの数値" } else { "0以上の数値（小数は3桁まで）" };
    amount.map(Raw::Number).ok_or_else(|| format!("を読み取れません。{wanted}を入力してください。"))
}

fn day(text: &str) -> Result<Raw, String> {
    if text.trim() == NOT_YET {
        return Ok(Raw::NotYet);
    }
    parse_day(text.trim()).map(Raw::Day).ok_or_else(|| {
        "を読み取れません。日付（2026/5/1、令和8年5月1日など）又は「まだ行っていない」を入力してください。".to_string()
    })
}

/// Instead of a day.
pub(super) const NOT_YET: &str = "まだ行っていない";

/// An answer as it stands in its cell; a table has none of its own.
pub(super) fn text(setting: &Setting, raw: &Raw) -> String {
    match raw {
        Raw::Level(level) => level.to_string(),
        Raw::Number(amount) => amount.to_string(),
        Raw::Rows(_) => String::new(),
        raw => setting.words(raw),
    }
}
