//! An improvement (改善): planned and reported by the department, verified by somebody else.
//!
//! Its stage is never stored: it follows from the rows that were written. Source of the rules: the yearly
//! procedure of the field (「改善完了報告 ↔ 完了確認」 must be different people).

use crate::actor::Actor;
use crate::calendar::fiscal_year_code;
use crate::refusal::Refusal;
use time::Date;
use uuid::Uuid;

/// Where an improvement comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// An answer of the self-inspection.
    Inspection,
    /// A finding of an audit.
    Audit,
}

impl Source {
    /// The key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Source::Inspection => "self",
            Source::Audit => "audit",
        }
    }

    /// The source of a key.
    pub fn from_key(key: &str) -> Option<Source> {
        [Source::Inspection, Source::Audit].into_iter().find(|source| source.key() == key)
    }

    /// The word on screens and documents.
    pub fn label(self) -> &'static str {
        match self {
            Source::Inspection => "自己点検",
            Source::Audit => "監査",
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Source::Inspection => "自",
            Source::Audit => "監",
        }
    }
}

/// The label with the next free number of a fiscal year and source, e.g. `R8-自-012`.
pub fn next_label<'a>(year: i32, source: Source, taken: impl IntoIterator<Item = &'a str>) -> String {
    let prefix = format!("{}-{}-", fiscal_year_code(year), source.sign());
    let highest: u32 = taken
        .into_iter()
        .filter_map(|label| label.strip_prefix(&prefix)?.parse().ok())
        .max()
        .unwrap_or_default();
    format!("{prefix}{:03}", highest + 1)
}

/// Where an improvement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// 計画待ち
    Unplanned,
    /// 実施中: planned, not yet reported as done.
    Planned,
    /// 完了報告済: waits for verification.
    Reported,
    /// 差戻し: verified as not effective and not taken up again yet.
    SentBack,
    /// 確認済: finished for good.
    Verified,
}

impl Stage {
    /// The word on screens and documents.
    pub fn label(self) -> &'static str {
        match self {
            Stage::Unplanned => "計画待ち",
            Stage::Planned => "実施中",
            Stage::Reported => "完了報告済",
            Stage::SentBack => "差戻し",
            Stage::Verified => "確認済",
        }
    }

    /// Still to be worked on by somebody.
    pub fn is_open(self) -> bool {
        self != Stage::Verified
    }
}

/// What the rules need to know about an improvement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// The department that mends.
    pub department: Uuid,
    /// 年度 of origin.
    pub fiscal_year: i32,
    /// The due date of the newest plan.
    pub due_on: Option<Date>,
    /// The newest plan was made after the improvement was sent back.
    pub planned_again: bool,
    /// The newest completion: `None` without one, else its verification (effective or not) if there is one.
    pub completion: Option<Option<bool>>,
    /// Everybody who planned or reported; none of them verifies.
    pub hands: Vec<Uuid>,
}

impl Standing {
    /// The stage, derived.
    pub fn stage(&self) -> Stage {
        match self.completion {
            Some(Some(true)) => Stage::Verified,
            Some(None) => Stage::Reported,
            Some(Some(false)) if !self.planned_again => Stage::SentBack,
            Some(Some(false)) => Stage::Planned,
            None if self.due_on.is_some() => Stage::Planned,
            None => Stage::Unplanned,
        }
    }

    /// The due date has passed without a report of completion; the number of days.
    pub fn overdue_days(&self, today: Date) -> Option<i64> {
        let due = self.due_on?;
        let waits = matches!(self.stage(), Stage::Planned | Stage::SentBack);
        (waits && due < today).then(|| (today - due).whole_days())
    }

    /// Fiscal years since the origin while it is open: 0 in the year of origin.
    pub fn years_open(&self, year_now: i32) -> i32 {
        if self.stage().is_open() { (year_now - self.fiscal_year).max(0) } else { 0 }
    }

    /// It stays on the list of a fiscal year: of that year, or older and still open.
    pub fn belongs_to_list_of(&self, year: i32) -> bool {
        self.fiscal_year == year || (self.fiscal_year < year && self.stage().is_open())
    }
}

/// The longest text of a step, in characters.
pub const TEXT_LIMIT: usize = 2000;

fn filled(field: &str, text: &str, empty: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::field(field, empty));
    }
    if text.chars().count() > TEXT_LIMIT {
        return Err(Refusal::field(field, format!("長すぎます。{TEXT_LIMIT}字以内にしてください。")));
    }
    Ok(())
}

/// May an improvement be opened with this title and fact?
///
/// # Errors
/// When one of them is empty or too long.
pub fn may_open(title: &str, fact: &str) -> Result<(), Refusal> {
    filled("title", title, "件名を入力してください。")?;
    filled("fact", fact, "改善が必要な事実を入力してください。")
}

fn own_department(actor: &Actor, standing: &Standing) -> Result<(), Refusal> {
    if actor.heads(standing.department) {
        return Ok(());
    }
    Err(Refusal::new("計画及び完了報告は、その所属の情報セキュリティ管理者（所属長）が行います。"))
}

/// May the actor write this plan?
///
/// # Errors
/// When the actor is not the head, a text is missing, the due date has passed, or it is not the time to plan.
pub fn may_plan(
    actor: &Actor,
    standing: &Standing,
    cause: &str,
    measure: &str,
    due_on: Option<Date>,
    today: Date,
) -> Result<Date, Refusal> {
    own_department(actor, standing)?;
    match standing.stage() {
        Stage::Verified => return Err(Refusal::new("この改善は確認済みです。計画は変更できません。")),
        Stage::Reported => {
            return Err(Refusal::new("完了を報告済みです。確認の結果を待ってください。"));
        }
        Stage::Unplanned | Stage::Planned | Stage::SentBack => {}
    }
    filled("cause", cause, "原因を入力してください。")?;
    filled("measure", measure, "改善の内容を入力してください。")?;
    let Some(due_on) = due_on else {
        return Err(Refusal::field(
            "due_on",
            "期限を「令和8年12月25日」又は「2026-12-25」のように入力してください。",
        ));
    };
    if due_on < today {
        return Err(Refusal::field("due_on", "期限が過ぎています。今日以後の日を入力してください。"));
    }
    Ok(due_on)
}

/// May the actor report that it is done?
///
/// # Errors
/// When the actor is not the head, there is no plan, the report is empty, or it is reported already.
pub fn may_complete(actor: &Actor, standing: &Standing, report: &str) -> Result<(), Refusal> {
    own_department(actor, standing)?;
    match standing.stage() {
        Stage::Unplanned => {
            return Err(Refusal::new("先に計画（原因、改善の内容、期限）を登録してください。"));
        }
        Stage::Reported => {
            return Err(Refusal::new("完了は既に報告されています。確認の結果を待ってください。"));
        }
        Stage::Verified => return Err(Refusal::new("この改善は確認済みです。")),
        Stage::Planned | Stage::SentBack => {}
    }
    filled("report", report, "実施した内容を入力してください。")
}

/// May the actor verify at all? The permission is asked before; this is the separation of duties.
///
/// # Errors
/// When the actor planned or reported it, or works in the department.
pub fn may_be_verifier(actor: &Actor, standing: &Standing) -> Result<(), Refusal> {
    if standing.hands.contains(&actor.person_id) {
        return Err(Refusal::new("計画又は完了報告をした者は確認できません。別の者が確認してください。"));
    }
    if actor.belongs_to(standing.department) {
        return Err(Refusal::new("自らの所属の改善は確認できません。ほかの所属の者が確認してください。"));
    }
    Ok(())
}

/// May the actor write this verification of the newest completion?
///
/// # Errors
/// When nothing waits for verification, the actor had a hand in it, or nothing is said about what was seen.
pub fn may_verify(actor: &Actor, standing: &Standing, newest: bool, note: &str) -> Result<(), Refusal> {
    may_be_verifier(actor, standing)?;
    match standing.stage() {
        Stage::Reported if newest => {}
        Stage::Reported | Stage::SentBack | Stage::Planned if !newest => {
            return Err(Refusal::new(
                "新しい完了報告があります。画面を開き直して、新しい報告を確認してください。",
            ));
        }
        Stage::Verified => return Err(Refusal::new("この改善は既に確認済みです。")),
        _ => return Err(Refusal::new("完了がまだ報告されていないため、確認できません。")),
    }
    filled("note", note, "確かめた方法と結果を入力してください。")
}

#[cfg(test)]
mod tests;
