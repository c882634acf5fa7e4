//! What the officer may set.

use super::{LEVELS, MOST_ROWS, Scale, Setting, Shown};
use crate::answer::{Amount, Value};
use crate::refusal::Refusal;
use uuid::Uuid;

/// The longest guidance, in characters.
pub const LONGEST_GUIDANCE: usize = 400;
const LONGEST_TEXT: usize = 60;
const LONGEST_UNIT: usize = 8;

impl Setting {
    /// The setting with its texts trimmed and its list of values in order.
    ///
    /// # Errors
    /// When a text is missing or too long, a target or threshold is impossible, or a gate counts nothing.
    pub fn checked(self) -> Result<Setting, Refusal> {
        let scale = checked_scale(self.scale)?;
        let guidance = self.guidance.replace("\r\n", "\n").trim().to_string();
        if guidance.chars().count() > LONGEST_GUIDANCE {
            return Err(Refusal::field(
                "guidance",
                format!("記入の手引は{LONGEST_GUIDANCE}字以内にしてください。"),
            ));
        }
        let comment_on = Value::ALL.into_iter().filter(|value| self.comment_on.contains(value)).collect();
        let setting = Setting { scale, guidance, comment_on, ..self };
        if setting.gate && !setting.counts() {
            return Err(Refusal::field(
                "gate",
                "必須にできるのは、実施率に数える設問だけです。目標若しくは基準を定めるか、必須を外してください。",
            ));
        }
        Ok(setting)
    }
}

fn checked_scale(scale: Scale) -> Result<Scale, Refusal> {
    match scale {
        Scale::Levels { texts, target } => {
            let texts = trimmed(texts, "level_texts")?;
            if texts.len() != LEVELS {
                return Err(Refusal::field(
                    "level_texts",
                    format!("5段階の説明は、低い方から1行に1つずつ{LEVELS}行で入力してください。"),
                ));
            }
            if target.is_some_and(|target| !(2..=5).contains(&target)) {
                return Err(Refusal::field("target", "目標の段階は2から5までの中から選んでください。"));
            }
            Ok(Scale::Levels { texts, target })
        }
        Scale::Number { unit, percent, threshold } => {
            let unit = if percent { String::new() } else { unit.trim().to_string() };
            if !percent && unit.is_empty() {
                return Err(Refusal::field("unit", "単位（件、人、台など）を入力してください。"));
            }
            if unit.chars().count() > LONGEST_UNIT {
                return Err(Refusal::field("unit", format!("単位は{LONGEST_UNIT}字以内にしてください。")));
            }
            if percent && threshold.is_some_and(|threshold| threshold.limit > Amount::HUNDRED) {
                return Err(Refusal::field("limit", "割合の基準は0から100までの数値にしてください。"));
            }
            Ok(Scale::Number { unit, percent, threshold })
        }
        Scale::Rows { rows } => {
            let rows = trimmed(rows, "rows")?;
            if !(2..=MOST_ROWS).contains(&rows.len()) {
                return Err(Refusal::field(
                    "rows",
                    format!("表の行は、1行に1つずつ2行から{MOST_ROWS}行までで入力してください。"),
                ));
            }
            Ok(Scale::Rows { rows })
        }
        Scale::Marks | Scale::YesNo | Scale::Day { .. } => Ok(scale),
    }
}

fn trimmed(texts: Vec<String>, field: &str) -> Result<Vec<String>, Refusal> {
    let texts: Vec<String> =
        texts.into_iter().map(|text| text.trim().to_string()).filter(|text| !text.is_empty()).collect();
    if texts.iter().any(|text| text.chars().count() > LONGEST_TEXT) {
        return Err(Refusal::field(field, format!("1行は{LONGEST_TEXT}字以内にしてください。")));
    }
    Ok(texts)
}

/// May these settings, in the order of their sheet, be frozen together?
///
/// # Errors
/// When a question depends on one that is not before it on the sheet, or on an answer that one does not offer.
pub fn fit_together(sheet: &[(Uuid, &Setting)]) -> Result<(), Refusal> {
    for (index, (_, setting)) in sheet.iter().enumerate() {
        let Shown::After { question, answers } = &setting.shown else { continue };
        let no = index + 1;
        let earlier = sheet.iter().take(index).find(|(id, _)| id == question);
        let Some((_, earlier)) = earlier else {
            return Err(Refusal::new(format!(
                "問{no}は、前にある設問の回答によって表示する設定ですが、その設問が前にありません。順序を改めるか、問{no}の表示の条件を改めてください。"
            )));
        };
        let offered: Vec<String> = earlier.choices().iter().map(|raw| raw.key()).collect();
        if !answers.iter().any(|answer| offered.contains(answer) || answer == Value::NotApplicable.key()) {
            return Err(Refusal::new(format!(
                "問{no}の表示の条件とした回答は、条件の設問では選べません。問{no}の表示の条件を改めてください。"
            )));
        }
    }
    Ok(())
}
