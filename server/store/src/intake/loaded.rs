//! Files as they are known: what was read, whose it is, what becomes of it.

use crate::entity::{edition_item, intake_form, intake_reading, intake_row, intake_taking, target};
use domain::Refusal;
use domain::answer::Raw;
use domain::intake::difference::Difference;
use domain::intake::{Certainty, Choice, Row, State, file_state};
use domain::layout::Drift;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A row of a form beside what it means.
#[derive(Debug, Clone)]
pub struct Line {
    pub row: intake_row::Model,
    /// The question it means.
    pub item: Option<edition_item::Model>,
    /// The reading alone is not sure of the question.
    pub asked_for: bool,
    pub facts: Row,
    pub state: State,
}

impl Line {
    /// What would be written.
    pub fn answer(&self) -> Option<Raw> {
        match &self.facts.choice {
            Some(Choice::Value(raw)) => Some(raw.clone()),
            _ => self.facts.raw.clone(),
        }
    }
}

/// A form with its owner.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub form: intake_form::Model,
    /// The owner settled, or the one proposed.
    pub target: Option<target::Model>,
    /// The owner, 「所属　氏名（点検票）」.
    pub owner: String,
    /// Whom one of our own forms was printed for, where somebody else was chosen.
    pub printed_for: Option<String>,
    /// Where the form speaks of somebody else.
    pub differences: Vec<Difference>,
    /// A person said whose it is, or that it is left out.
    pub settled: bool,
    pub sureness: Option<Certainty>,
    /// Why nothing can be written on the owner's sheet now.
    pub refusal: Option<Refusal>,
    /// The 様式 it was read by: its key and name.
    pub layout: Option<(Uuid, String)>,
    /// How it departs from that, as long as nobody accepted it.
    pub drifts: Vec<Drift>,
    pub lines: Vec<Line>,
}

impl Loaded {
    /// A person left it out.
    pub fn is_left_out(&self) -> bool {
        self.settled && self.target.is_none()
    }

    /// Nobody has to say whose it is any more.
    pub fn has_owner(&self) -> bool {
        self.settled || self.target.is_some() && self.sureness > Some(Certainty::Asked)
    }

    /// Rows in a state.
    pub fn count(&self, wanted: impl Fn(State) -> bool) -> usize {
        self.lines.iter().filter(|line| wanted(line.state)).count()
    }
}

/// A file without its content.
#[derive(Debug, Clone)]
pub struct LoadedFile {
    pub id: Uuid,
    pub intake: Uuid,
    pub no: i32,
    pub name: String,
    pub sha256: String,
    /// Its content is there.
    pub kept: bool,
    pub reading: Option<intake_reading::Model>,
    pub taking: Option<intake_taking::Model>,
    pub forms: Vec<Loaded>,
}

impl LoadedFile {
    /// May it be taken?
    ///
    /// # Errors
    /// A sentence that says what is left to do.
    pub fn may_take(&self) -> Result<(), Refusal> {
        if let Some(refusal) = self.reading.as_ref().and_then(|reading| reading.refusal.as_deref()) {
            return Err(Refusal::new(refusal));
        }
        if self.reading.is_none() {
            return Err(Refusal::new("このファイルは、まだ読み取られていません。しばらくお待ちください。"));
        }
        if self.forms.iter().all(Loaded::is_left_out) {
            return Err(Refusal::new("取り込む点検票がありません。"));
        }
        let open = |form: &Loaded| (form.has_owner(), form.lines.iter().map(|line| line.state).collect());
        let kept: Vec<&Loaded> = self.forms.iter().filter(|form| !form.is_left_out()).collect();
        if let Some(refusal) = kept.iter().find_map(|form| form.refusal.clone()) {
            return Err(refusal);
        }
        if let Some((first, second)) = twice(&kept) {
            return Err(Refusal::new(format!(
                "シート「{first}」と「{second}」の対象が同じ人です。どちらかの対象を選び直すか、「取り込まない」にしてください。"
            )));
        }
        if kept.iter().any(|form| !form.drifts.is_empty()) {
            return Err(Refusal::new(
                "登録した様式と異なる点があります。内容を確かめて、新しい形を受け入れるか、セルを指定し直してください。",
            ));
        }
        file_state(&kept.into_iter().map(open).collect::<Vec<_>>())
    }
}

/// The sheets of two forms that are one person's.
fn twice(forms: &[&Loaded]) -> Option<(String, String)> {
    let mut seen: BTreeMap<Uuid, &str> = BTreeMap::new();
    forms.iter().find_map(|form| {
        let sheet = form.form.sheet.as_str();
        let before = seen.insert(form.target.as_ref()?.id, sheet)?;
        Some((before.to_string(), sheet.to_string()))
    })
}
