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
    /// 計画中
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
            Stage::Planned => "計画中",
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
mod tests {
    use super::*;
    use crate::actor::ActorPost;
    use crate::role::Role;
    use time::macros::date;

    const HOME: Uuid = Uuid::from_u128(10);
    const TODAY: Date = date!(2026 - 11 - 23);

    fn actor(id: u128, department: u128, role: Role) -> Actor {
        let post = ActorPost {
            department_id: Uuid::from_u128(department),
            department: "所属".into(),
            role,
            title: "課長".into(),
        };
        Actor { person_id: Uuid::from_u128(id), name: "試験".into(), posts: vec![post], grants: vec![] }
    }

    fn standing(due_on: Option<Date>, completion: Option<Option<bool>>, planned_again: bool) -> Standing {
        let hands = vec![Uuid::from_u128(1)];
        Standing { department: HOME, fiscal_year: 2026, due_on, completion, planned_again, hands }
    }

    const DUE: Option<Date> = Some(date!(2026 - 12 - 25));

    #[test]
    fn the_stage_follows_from_the_rows() {
        for (due, completion, again, stage) in [
            (None, None, false, Stage::Unplanned),
            (DUE, None, false, Stage::Planned),
            (DUE, Some(None), false, Stage::Reported),
            (DUE, Some(Some(false)), false, Stage::SentBack),
            (DUE, Some(Some(false)), true, Stage::Planned),
            (DUE, Some(Some(true)), false, Stage::Verified),
            (DUE, Some(Some(true)), true, Stage::Verified),
        ] {
            assert_eq!(standing(due, completion, again).stage(), stage);
        }
    }

    #[test]
    fn overdue_is_a_passed_date_without_a_report() {
        let past = Some(date!(2026 - 11 - 20));
        for (due, completion, days) in [
            (None, None, None),
            (Some(TODAY), None, None),
            (past, None, Some(3)),
            (past, Some(None), None),
            (past, Some(Some(false)), Some(3)),
            (past, Some(Some(true)), None),
        ] {
            assert_eq!(standing(due, completion, false).overdue_days(TODAY), days);
        }
    }

    #[test]
    fn open_ones_of_earlier_years_stay_on_the_list() {
        let open = standing(DUE, None, false);
        let done = standing(DUE, Some(Some(true)), false);
        for (which, year, listed, years) in [
            (&open, 2026, true, 0),
            (&open, 2027, true, 1),
            (&open, 2025, false, 0),
            (&done, 2026, true, 0),
            (&done, 2027, false, 0),
        ] {
            assert_eq!(which.belongs_to_list_of(year), listed);
            assert_eq!(which.years_open(year), years);
        }
    }

    #[test]
    fn numbers_run_per_year_and_source() {
        let taken = ["R8-自-011", "R8-監-003", "R7-自-090", "R8-自-002"];
        for (year, source, label) in [
            (2026, Source::Inspection, "R8-自-012"),
            (2026, Source::Audit, "R8-監-004"),
            (2027, Source::Audit, "R9-監-001"),
            (2025, Source::Inspection, "R7-自-091"),
        ] {
            assert_eq!(next_label(year, source, taken), label);
        }
    }

    #[test]
    fn a_plan_needs_the_head_all_texts_and_a_day_to_come() {
        let head = actor(1, 10, Role::Manager);
        let open = standing(None, None, false);
        assert_eq!(may_plan(&head, &open, "原因", "内容", DUE, TODAY), Ok(date!(2026 - 12 - 25)));
        assert!(may_plan(&head, &open, "原因", "内容", Some(TODAY), TODAY).is_ok());
        for (cause, measure, due, field) in [
            (" ", "内容", DUE, "cause"),
            ("原因", "", DUE, "measure"),
            ("原因", "内容", None, "due_on"),
            ("原因", "内容", Some(date!(2026 - 11 - 22)), "due_on"),
        ] {
            let refusal = may_plan(&head, &open, cause, measure, due, TODAY).expect_err("refused");
            assert_eq!(refusal.field.as_deref(), Some(field));
        }
        for other in [actor(2, 10, Role::Staff), actor(3, 20, Role::Manager)] {
            assert!(may_plan(&other, &open, "原因", "内容", DUE, TODAY).is_err());
        }
        for completion in [Some(None), Some(Some(true))] {
            assert!(may_plan(&head, &standing(DUE, completion, false), "原因", "内容", DUE, TODAY).is_err());
        }
    }

    #[test]
    fn a_completion_needs_a_plan_and_a_report() {
        let head = actor(1, 10, Role::Manager);
        for (due, completion, report, allowed) in [
            (None, None, "実施した", false),
            (DUE, None, "実施した", true),
            (DUE, None, "　", false),
            (DUE, Some(None), "実施した", false),
            (DUE, Some(Some(false)), "実施した", true),
            (DUE, Some(Some(true)), "実施した", false),
        ] {
            assert_eq!(may_complete(&head, &standing(due, completion, false), report).is_ok(), allowed);
        }
    }

    #[test]
    fn somebody_else_verifies_the_newest_report() {
        let reported = standing(DUE, Some(None), false);
        for (id, department, newest, note, allowed) in [
            (9, 20, true, "現地で見た", true),
            (9, 20, true, "", false),
            (9, 20, false, "現地で見た", false),
            (1, 20, true, "現地で見た", false),
            (9, 10, true, "現地で見た", false),
        ] {
            let actor = actor(id, department, Role::Staff);
            assert_eq!(may_verify(&actor, &reported, newest, note).is_ok(), allowed, "{id} {department}");
        }
        let verifier = actor(9, 20, Role::Staff);
        for completion in [None, Some(Some(true)), Some(Some(false))] {
            assert!(may_verify(&verifier, &standing(DUE, completion, false), true, "見た").is_err());
        }
    }
}
