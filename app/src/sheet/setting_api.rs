//! Server functions of what a question is set to, of explanations and of attributes.

use crate::context::ask;
use crate::error::AppError;
use domain::Refusal;
use domain::answer::{Amount, Value};
use domain::question::setting::{Attribute, Scale, Setting, Shown, Threshold};
use leptos::prelude::*;
use leptos_axum::redirect;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::{department, sheet};
use uuid::Uuid;

/// The form of a question's settings. A box that is not ticked is not sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SettingForm {
    pub kind: String,
    /// One level a line, lowest first.
    pub level_texts: String,
    pub target: String,
    pub unit: String,
    pub limit: String,
    pub at_most: String,
    pub within_year: String,
    /// One row a line.
    pub rows: String,
    pub weight: String,
    pub informative: String,
    pub gate: String,
    pub evidence: String,
    pub comment_done: String,
    pub comment_partial: String,
    pub comment_not_done: String,
    pub comment_na: String,
    pub guidance: String,
    /// `always`, `having:KEY`, or `after:QUESTION=KEY|KEY`.
    pub shown: String,
    pub meaning_changed: String,
}

impl SettingForm {
    fn scale(&self) -> Result<Scale, Refusal> {
        let lines = |text: &str| text.lines().map(ToString::to_string).collect();
        Ok(match self.kind.as_str() {
            "marks" => Scale::Marks,
            "yes_no" => Scale::YesNo,
            "levels" => Scale::Levels { texts: lines(&self.level_texts), target: self.target.parse().ok() },
            "number" | "percent" => Scale::Number {
                unit: self.unit.clone(),
                percent: self.kind == "percent",
                threshold: self.threshold()?,
            },
            "day" => Scale::Day { within_year: self.within_year != "any" },
            "rows" => Scale::Rows { rows: lines(&self.rows) },
            _ => return Err(Refusal::field("kind", "回答の尺度を選んでください。")),
        })
    }

    fn threshold(&self) -> Result<Option<Threshold>, Refusal> {
        if self.limit.trim().is_empty() {
            return Ok(None);
        }
        let limit = Amount::parse(&self.limit, &self.unit).ok_or_else(|| {
            Refusal::field("limit", "基準を0以上の数値で入力するか、空欄にしてください。")
        })?;
        Ok(Some(Threshold { limit, at_most: self.at_most == "1" }))
    }

    fn shown(&self) -> Result<Shown, Refusal> {
        let unknown = || Refusal::field("shown", "表示の条件を一覧から選んでください。");
        match self.shown.split_once(':') {
            Some(("having", key)) => {
                let attribute = Attribute::from_key(key).ok_or_else(unknown)?;
                Ok(Shown::Having { attribute })
            }
            Some(("after", rest)) => {
                let (question, answers) = rest.split_once('=').ok_or_else(unknown)?;
                let question = question.parse().map_err(|_| unknown())?;
                Ok(Shown::After { question, answers: answers.split('|').map(Into::into).collect() })
            }
            _ if self.shown.is_empty() || self.shown == "always" => Ok(Shown::Always),
            _ => Err(unknown()),
        }
    }

    /// The setting the form describes.
    ///
    /// # Errors
    /// A refusal that names the field.
    pub fn setting(&self) -> Result<Setting, Refusal> {
        let ticked = [
            (&self.comment_done, Value::Done),
            (&self.comment_partial, Value::Partial),
            (&self.comment_not_done, Value::NotDone),
            (&self.comment_na, Value::NotApplicable),
        ];
        Ok(Setting {
            scale: self.scale()?,
            informative: self.informative == "1",
            gate: self.gate == "1",
            evidence: self.evidence == "1",
            comment_on: ticked.into_iter().filter(|(box_, _)| *box_ == "1").map(|(_, value)| value).collect(),
            guidance: self.guidance.clone(),
            shown: self.shown()?,
        })
    }
}

/// Sets a question of a sheet.
#[server(endpoint = "sheet/set_question")]
pub async fn set_question(
    sheet: Uuid,
    question: Uuid,
    #[server(default)] set: SettingForm,
) -> Result<(), AppError> {
    let ask = ask()?;
    let settings = sheet::Settings {
        setting: set.setting()?,
        weight: set.weight.parse().unwrap_or(0.0),
        meaning_changed: set.meaning_changed == "1",
    };
    let change = sheet::set(&ask.db, &ask.actor, sheet, question, settings, ask.now).await?;
    redirect(&format!("/sheets/{sheet}/questions/{question}?saved={}", change.key()));
    Ok(())
}

/// Begins a sheet with the questions of an edition of before.
#[server(endpoint = "sheet/copy")]
pub async fn copy_edition(edition: Uuid, fiscal_year: i32) -> Result<(), AppError> {
    let ask = ask()?;
    let sheet = sheet::create_from(&ask.db, &ask.actor, edition, fiscal_year, ask.now).await?;
    redirect(&format!("/sheets/{sheet}/compare"));
    Ok(())
}

/// Adds an explanation to a question of a frozen edition.
#[server(endpoint = "sheet/supplement")]
pub async fn add_supplement(item: Uuid, no: i32, text: String) -> Result<(), AppError> {
    let ask = ask()?;
    let edition = sheet::add_supplement(&ask.db, &ask.actor, item, &text, ask.now).await?;
    redirect(&format!("/editions/{edition}?added={no}#i{no}"));
    Ok(())
}

/// Sets the attributes of departments: `d` and the key of a department, each with the keys of what is ticked.
#[server(endpoint = "department/set_attributes")]
pub async fn set_attributes(
    #[server(default)] departments: BTreeMap<String, BTreeMap<String, String>>,
) -> Result<(), AppError> {
    let ask = ask()?;
    let mut wanted = BTreeMap::new();
    for (key, ticked) in departments {
        let id: Uuid =
            key.strip_prefix('d').and_then(|id| id.parse().ok()).ok_or(AppError::Malformed)?;
        let on = ticked.iter().filter(|(_, value)| *value == "1");
        let attributes: BTreeSet<Attribute> = on.filter_map(|(key, _)| Attribute::from_key(key)).collect();
        wanted.insert(id, attributes);
    }
    let changed = department::attribute::set(&ask.db, &ask.actor, wanted, ask.now).await?;
    redirect(&format!("/departments/attributes?changed={changed}"));
    Ok(())
}
