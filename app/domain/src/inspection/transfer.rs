//! 異動などの反映: what has to change in a running inspection because the roster changed since 基準日.
//!
//! Source: the field's eight rules for transfers in the middle of an inspection (see [`Rule`]). The rules only
//! propose; the 事務局 takes a proposal over or leaves it with a reason. Nothing that was handed in ever moves, so
//! figures of departments that have answered stay as they are.

mod match_up;
mod propose;
#[cfg(test)]
mod tests;
mod whole;

use super::all_handed_out;
use super::{Holder, owed};
use crate::department::Change;
use crate::post::AbsenceReason;
use crate::refusal::Refusal;
use crate::role::Role;
use match_up::match_up;
use propose::{in_place, of_person, without_account};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
pub use whole::new_in_department;

/// The eight rules, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// (1) The list is the snapshot of 基準日 and what came after: 採用, 復職.
    Joined,
    /// (2) Who has answered stays under the old department.
    AnsweredStays,
    /// (3) Who has not goes to the new one; another role is another sheet.
    UnansweredMoves,
    /// (4) Who is away for long is no target (対象外) and leaves the denominator.
    Absent,
    /// (5) Who answered and left the service stays counted; who did not leaves.
    Left,
    /// (6) The staff's sheet once, in 本務; heads per post.
    PerPost,
    /// (7) 事務取扱 and 代理 may confirm; the record says so.
    InPlace,
    /// (8) Who has no account answers by the number of the sheet or through the 推進員.
    WithoutAccount,
}

impl Rule {
    /// All rules, in the order of the page.
    pub const ALL: [Rule; 8] = [
        Rule::Joined,
        Rule::AnsweredStays,
        Rule::UnansweredMoves,
        Rule::Absent,
        Rule::Left,
        Rule::PerPost,
        Rule::InPlace,
        Rule::WithoutAccount,
    ];

    /// The key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Rule::Joined => "joined",
            Rule::AnsweredStays => "answered_stays",
            Rule::UnansweredMoves => "unanswered_moves",
            Rule::Absent => "absent",
            Rule::Left => "left",
            Rule::PerPost => "per_post",
            Rule::InPlace => "in_place",
            Rule::WithoutAccount => "without_account",
        }
    }

    /// The heading on the page.
    pub fn label(self) -> &'static str {
        match self {
            Rule::Joined => "採用・復職などで加わる人",
            Rule::AnsweredStays => "提出済みの人の異動",
            Rule::UnansweredMoves => "未提出の人の異動",
            Rule::Absent => "休職・育児休業などの人",
            Rule::Left => "退職した人",
            Rule::PerPost => "兼務のある人",
            Rule::InPlace => "事務取扱・代理の所属長",
            Rule::WithoutAccount => "アカウントのない人",
        }
    }

    /// The rule in one sentence.
    pub fn text(self) -> &'static str {
        match self {
            Rule::Joined => "基準日の後に採用された人、復職した人及び転入した人は、対象に加えます。",
            Rule::AnsweredStays => {
                "回答を提出した人の点検票は、提出したときの所属に残します。数値は変わりません。"
            }
            Rule::UnansweredMoves => {
                "まだ提出していない人の点検票は、新しい所属に移します。入力途中の回答も移ります。役割が変わった人には、新しい役割の点検票を配り、前の役割の点検票は対象から外します。"
            }
            Rule::Absent => "長く職務を離れる人の未提出の点検票は、対象から外し、把握率の分母に入れません。",
            Rule::Left => {
                "提出した後に退職した人の点検票は、数え続けます。未提出のものは、対象から外します。"
            }
            Rule::PerPost => "職員の点検票は本務で1回だけ、所属長の点検票は所属ごとに回答します。",
            Rule::InPlace => {
                "所属長の事務取扱及び代理は、所属長に代わって確認できます。代わりに確認したことは記録に残ります。"
            }
            Rule::WithoutAccount => {
                "アカウントのない人は、確認票の番号で共用の端末から回答するか、推進員が代わって入力します。"
            }
        }
    }
}

/// How far a sheet has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// 未着手.
    NotBegun,
    /// 回答中, or returned.
    Draft,
    /// 提出済み.
    Submitted,
    /// 所属長確認済み.
    Confirmed,
}

impl Begun {
    /// Handed in and not given back.
    pub fn is_answered(self) -> bool {
        matches!(self, Begun::Submitted | Begun::Confirmed)
    }
}

/// Why a sheet left the inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withdrawn {
    /// By a rule: it comes back when the reason is gone.
    ByRule,
    /// By hand: it stays away.
    ByHand,
}

/// A sheet of the inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub target: Uuid,
    pub person_id: Uuid,
    pub department_id: Uuid,
    pub role: Role,
    pub system: Option<String>,
    pub begun: Begun,
    /// None while it is owed.
    pub withdrawn: Option<Withdrawn>,
}

/// The roster of a later day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// Posts of the day, in the order of appointment.
    pub holders: Vec<Holder>,
    /// Who is away on the day, and why.
    pub absent: BTreeMap<Uuid, AbsenceReason>,
    /// Who came back since 基準日.
    pub back: BTreeSet<Uuid>,
    /// How departments ended that exist no more.
    pub ended: BTreeMap<Uuid, Change>,
    /// Who can't sign in.
    pub without_account: BTreeSet<Uuid>,
}

/// What a proposal does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Nothing changes; said so that nobody wonders.
    Keep,
    /// The sheet goes to another department with everything entered in it.
    Move,
    /// A new sheet.
    Add,
    /// The sheet leaves the inspection.
    Withdraw,
    /// A sheet that left comes back, with everything entered in it.
    Restore,
}

impl Act {
    /// The word on the page.
    pub fn label(self) -> &'static str {
        match self {
            Act::Keep => "変更なし",
            Act::Move => "所属を移す",
            Act::Add => "対象に加える",
            Act::Withdraw => "対象から外す",
            Act::Restore => "対象に戻す",
        }
    }
}

/// A proposed change, with the rule and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub rule: Rule,
    pub act: Act,
    /// The sheet; none for a new one.
    pub target: Option<Uuid>,
    pub person_id: Uuid,
    pub role: Role,
    pub system: Option<String>,
    /// 職名 in the new department; empty where nothing is new.
    pub title: String,
    /// Where the sheet is now.
    pub from: Option<Uuid>,
    /// Where it will be.
    pub to: Option<Uuid>,
    pub reason: String,
}

impl Proposal {
    /// Whether anything would change.
    pub fn changes(&self) -> bool {
        self.act != Act::Keep
    }

    /// What makes it the same proposal when it is made again: for taking it over, and for remembering that it was
    /// left.
    pub fn key(&self) -> String {
        let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        let what = match self.act {
            Act::Keep => "keep",
            Act::Move => "move",
            Act::Add => "add",
            Act::Withdraw => "withdraw",
            Act::Restore => "restore",
        };
        let whose = match self.target {
            Some(target) => target.to_string(),
            None => format!("{}:{}", self.person_id, self.role.key()),
        };
        format!("{what}:{whose}:{}:{}", id(self.to), self.system.as_deref().unwrap_or_default())
    }
}

/// What has to change in an inspection whose sheets are these, on a day with this roster. Ordered by rule.
pub fn proposals(sheets: &[Sheet], roster: &Roster, with_edition: &[Role]) -> Vec<Proposal> {
    let present: Vec<Holder> =
        roster.holders.iter().filter(|one| !roster.absent.contains_key(&one.person_id)).cloned().collect();
    let owed = owed(&present, with_edition);
    let people: BTreeSet<Uuid> =
        sheets.iter().map(|sheet| sheet.person_id).chain(owed.iter().map(|one| one.person_id)).collect();
    let mut of_sheets: BTreeMap<Uuid, Vec<&Sheet>> = BTreeMap::new();
    for sheet in sheets {
        of_sheets.entry(sheet.person_id).or_default().push(sheet);
    }
    let mut of_owed: BTreeMap<Uuid, Vec<&Holder>> = BTreeMap::new();
    for one in &owed {
        of_owed.entry(one.person_id).or_default().push(one);
    }
    let none_sheets = Vec::new();
    let none_owed = Vec::new();
    let mut all = Vec::new();
    for person in people {
        let own = of_sheets.get(&person).unwrap_or(&none_sheets);
        let owes = of_owed.get(&person).unwrap_or(&none_owed);
        let pairs = match_up(own, owes);
        all.extend(of_person(person, own, &pairs, roster));
    }
    all.extend(in_place(sheets, &present));
    all.extend(without_account(sheets, roster));
    all.sort_by_key(|one: &Proposal| one.rule);
    all
}

/// May targets of an inspection be changed?
///
/// # Errors
/// When it was closed: what is past stays past. While its sheets are still being handed out: a sheet that is to come
/// would look like one that is missing.
pub fn may_transfer(closed: bool, being_handed_out: bool) -> Result<(), Refusal> {
    if closed {
        return Err(Refusal::new("この点検は締め切られたため、対象者を変更できません。"));
    }
    all_handed_out(being_handed_out)
}

/// May a sheet leave the inspection, come back or go elsewhere by hand?
///
/// # Errors
/// Without a reason, and for a sheet that was handed in: it has to be returned first.
pub fn may_change_target(begun: Begun, reason: &str) -> Result<(), Refusal> {
    needs_reason(reason)?;
    if begun.is_answered() {
        return Err(Refusal::new(
            "提出済みの点検票は、そのまま数えます。対象から外すとき又は所属を移すときは、先に所属長が差し戻してください。",
        ));
    }
    Ok(())
}

/// Every change by hand says why.
///
/// # Errors
/// Without a reason.
pub fn needs_reason(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() {
        return Err(Refusal::field("reason", "理由を入力してください。記録に残ります。"));
    }
    Ok(())
}
