//! What an answer says, in the terms of its question's setting.

use super::super::asked::{Asked, raw_of};
use super::Draft;
use crate::entity::answer;
use domain::Refusal;
use domain::answer::{Raw, Value};
use domain::calendar::iso;
use domain::question::setting::Scale;
use domain::response::{Given, may_answer};
use serde_json::{Value as Json, json};
use time::Date;

/// What an answer says, apart from where it came from.
#[derive(Default)]
pub(super) struct Content {
    pub raw: Option<Raw>,
    pub value: Option<Value>,
    /// The question's scale is ○△×, whose answers need no column of their own.
    pub marks: bool,
    pub comment: String,
    pub evidence: String,
    pub planned_on: Option<Date>,
}

impl Content {
    /// Reads a draft by the setting of its question.
    pub fn of(asked: &Asked, draft: &Draft, year: i32) -> Result<Content, Refusal> {
        let (no, may_be_na) = (asked.row.no, asked.row.not_applicable.is_some());
        let raw = asked
            .setting
            .read(&draft.written, may_be_na)
            .map_err(|what| Refusal::new(format!("問{no}{what}")))?;
        let (comment, evidence) = (tidy(&draft.comment), tidy(&draft.evidence));
        let setting = asked.setting.clone();
        let given = Given { no, may_be_na, setting, year, raw, comment, evidence, files: 0, hidden: false };
        may_answer(&given)?;
        Ok(Content {
            value: given.judgement().value(),
            marks: asked.setting.scale == Scale::Marks && asked.setting.counts(),
            raw: given.raw,
            comment: given.comment,
            evidence: given.evidence,
            planned_on: draft.planned_on,
        })
    }

    pub fn stored(row: Option<&answer::Model>) -> Content {
        let Some(row) = row else { return Content::default() };
        Content {
            raw: raw_of(row),
            comment: row.comment.clone(),
            evidence: row.evidence.clone(),
            planned_on: row.planned_on,
            ..Content::default()
        }
    }

    /// How the ledger has it; the evidence only where there is one.
    pub fn words(&self) -> Json {
        let mut words = json!({
            "value": self.raw.as_ref().map(Raw::key), "comment": self.comment,
            "planned_on": self.planned_on.map(iso),
        });
        if !self.evidence.is_empty() {
            words["evidence"] = json!(self.evidence);
        }
        words
    }
}

/// Browsers send CR LF; blanks at the ends say nothing.
fn tidy(comment: &str) -> String {
    comment.replace("\r\n", "\n").replace('\r', "\n").trim().to_string()
}
