//! A row of a form: the question it means, and what is written into its cells.

use super::{ReadForm, ReadRow};
use crate::entity::answer;
use crate::response::{Asked, raw_of};
use domain::form::placing::placed;
use domain::intake::Certainty;
use domain::intake::fit::Fit;
use std::collections::BTreeMap;
use uuid::Uuid;

const NO_FIT: &str = "点検票に、同じ設問がありません。";
const UNSURE_FIT: &str = "設問が同じか、確かではありません。";
const NO_COMMENT: &str = "理由を書く欄が見つかりません。";
const NO_DAY: &str = "改善予定日を書く欄が分かりません。";
const NO_EVIDENCE: &str = "証跡を書く欄が分かりません。";

/// A row of it.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// As they stand in the form.
    pub no: String,
    pub question: String,
    /// The question it means.
    pub meant: Option<(i32, String)>,
    /// The question it may mean, which somebody has to confirm, or did: its item, number and text.
    pub proposed: Option<(Uuid, i32, String)>,
    /// Somebody confirmed it.
    pub confirmed: bool,
    /// The answer in words; to a question that is only proposed as well.
    pub answer: Option<String>,
    /// What stands there now.
    pub before: String,
    /// The remark that stands there now.
    pub remark: String,
    /// Cells and texts of the answer.
    pub cells: Vec<(String, String)>,
    /// Cell and text of the comment.
    pub comment: Option<(String, String)>,
    /// What can't be placed, and why.
    pub lacks: Vec<&'static str>,
}

/// The question a row means, or may mean.
pub(super) enum Meant<'a> {
    Nothing,
    Proposed(&'a Asked),
    Surely { asked: &'a Asked, confirmed: bool },
}

impl<'a> Meant<'a> {
    /// What a person settled goes first; what is only likely by its words has to be confirmed.
    pub(super) fn of(
        row: &ReadRow,
        fit: Option<Fit>,
        confirmed: Option<Uuid>,
        asked: &'a [Asked],
    ) -> Meant<'a> {
        let find = |item: Uuid| asked.iter().find(|one| one.row.id == item);
        let sure = fit.filter(|fit| fit.sureness > Certainty::Asked).map(|fit| fit.item);
        if let Some(asked) = row.item.into_iter().chain(sure).find_map(find) {
            return Meant::Surely { asked, confirmed: false };
        }
        match fit.and_then(|fit| find(fit.item)) {
            Some(asked) if confirmed == Some(asked.row.id) => Meant::Surely { asked, confirmed: true },
            Some(asked) => Meant::Proposed(asked),
            None => Meant::Nothing,
        }
    }

    pub(super) fn item(&self) -> Option<Uuid> {
        match self {
            Meant::Surely { asked, .. } => Some(asked.row.id),
            Meant::Proposed(_) | Meant::Nothing => None,
        }
    }
}

/// What becomes of a row.
pub(super) fn line(
    form: &ReadForm,
    row: &ReadRow,
    meant: &Meant,
    answers: &BTreeMap<Uuid, answer::Model>,
) -> Line {
    let mut line = Line {
        no: row.no.clone(),
        question: row.question.clone(),
        before: row.raw.clone(),
        remark: row.comment.clone(),
        ..Line::default()
    };
    let asked = match meant {
        Meant::Surely { asked, confirmed } => {
            line.confirmed = *confirmed;
            line.proposed = confirmed.then(|| proposal(asked));
            asked
        }
        Meant::Proposed(asked) => {
            line.proposed = Some(proposal(asked));
            let raw = answers.get(&asked.row.id).and_then(raw_of);
            line.answer = raw.map(|raw| asked.setting.words(&raw));
            line.lacks.push(UNSURE_FIT);
            return line;
        }
        Meant::Nothing => {
            line.lacks.push(NO_FIT);
            return line;
        }
    };
    line.meant = Some((asked.row.no, asked.row.text.clone()));
    let Some(given) = answers.get(&asked.row.id) else { return line };
    if let Some(raw) = raw_of(given) {
        line.answer = Some(asked.setting.words(&raw));
        match placed(&row.places, &form.wording, &raw) {
            Ok(cells) => line.cells = cells,
            Err(lack) => line.lacks.push(lack.text()),
        }
    }
    // What was written beside the old answer does not stay beside another one.
    let changes = given.comment != row.comment && !line.cells.is_empty();
    match &row.comment_cell {
        Some(cell) if changes => line.comment = Some((cell.clone(), given.comment.clone())),
        None if !given.comment.is_empty() => line.lacks.push(NO_COMMENT),
        _ => {}
    }
    line.lacks.extend(given.planned_on.map(|_| NO_DAY));
    line.lacks.extend((!given.evidence.is_empty()).then_some(NO_EVIDENCE));
    line
}

fn proposal(asked: &Asked) -> (Uuid, i32, String) {
    (asked.row.id, asked.row.no, asked.row.text.clone())
}
