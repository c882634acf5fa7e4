//! The rule and the reason for each sheet and each post that found no match.

use super::super::Holder;
use super::match_up::Pair;
use super::{Act, Begun, Proposal, Roster, Rule, Sheet};
use crate::post::AbsenceReason;
use crate::role::Role;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The proposals about one person.
pub(super) fn of_person(person: Uuid, own: &[&Sheet], pairs: &[Pair], roster: &Roster) -> Vec<Proposal> {
    let about = About {
        roster,
        absent: roster.absent.get(&person).copied(),
        serves: roster.holders.iter().any(|one| one.person_id == person),
        known: !own.is_empty(),
        loses: pairs.iter().any(|pair| matches!(pair, Pair::Gone(sheet) if !sheet.begun.is_answered())),
        gains: pairs.iter().any(|pair| matches!(pair, Pair::New(_))),
    };
    pairs
        .iter()
        .filter_map(|pair| match pair {
            Pair::Same(_) => None,
            Pair::Elsewhere(sheet, holder) => about.elsewhere(sheet, holder),
            Pair::Back(sheet, holder) => Some(about.back(sheet, holder)),
            Pair::Gone(sheet) => Some(about.gone(sheet)),
            Pair::New(holder) => Some(about.added(holder)),
        })
        .collect()
}

/// What the reasons need to know about a person.
struct About<'a> {
    roster: &'a Roster,
    absent: Option<AbsenceReason>,
    /// Holds any post on the day.
    serves: bool,
    /// Had a sheet before.
    known: bool,
    /// Loses a sheet that was not handed in.
    loses: bool,
    /// Gains a sheet.
    gains: bool,
}

impl About<'_> {
    fn elsewhere(&self, sheet: &Sheet, holder: &Holder) -> Option<Proposal> {
        let why = match self.roster.ended.get(&sheet.department_id) {
            Some(change) => format!("組織改正（{}）により所属が変わりました。", change.label()),
            None => "異動により所属が変わりました。".to_string(),
        };
        let (rule, act, rest) = match sheet.begun {
            Begun::Submitted | Begun::Confirmed => {
                (Rule::AnsweredStays, Act::Keep, "提出した点検票は、前の所属に残します。")
            }
            Begun::Draft => (
                Rule::UnansweredMoves,
                Act::Move,
                "未提出の点検票は、入力途中の回答とともに新しい所属に移します。",
            ),
            Begun::NotBegun => (Rule::UnansweredMoves, Act::Move, "未提出の点検票は、新しい所属に移します。"),
        };
        Some(Proposal {
            to: Some(holder.department_id),
            title: holder.title.clone(),
            ..on(sheet, rule, act, why + rest)
        })
    }

    fn back(&self, sheet: &Sheet, holder: &Holder) -> Proposal {
        let reason = match self.roster.back.contains(&sheet.person_id) {
            true => "復職しました。対象に戻します。前に入力した回答は残っています。",
            false => "再び対象の役割に就きました。対象に戻します。前に入力した回答は残っています。",
        };
        Proposal {
            to: Some(holder.department_id),
            title: holder.title.clone(),
            ..on(sheet, Rule::Joined, Act::Restore, reason.to_string())
        }
    }

    fn gone(&self, sheet: &Sheet) -> Proposal {
        let answered = sheet.begun.is_answered();
        let (rule, why) = match (self.absent, self.serves) {
            (Some(reason), _) => (Rule::Absent, format!("{}中です。", reason.label())),
            (None, false) => (Rule::Left, "退職しました。".to_string()),
            (None, true) if sheet.role != Role::Staff && !self.gains => {
                (Rule::PerPost, format!("{}の発令がなくなりました。", sheet.role.short()))
            }
            (None, true) => (Rule::UnansweredMoves, "役割が変わりました。".to_string()),
        };
        match (answered, rule) {
            (true, Rule::UnansweredMoves | Rule::PerPost) => {
                on(sheet, Rule::AnsweredStays, Act::Keep, why + "提出した点検票は、前の所属に残します。")
            }
            (true, _) => on(sheet, rule, Act::Keep, why + "提出した点検票は、数え続けます。"),
            (false, _) => on(sheet, rule, Act::Withdraw, why + "未提出の点検票は、対象から外します。"),
        }
    }

    fn added(&self, holder: &Holder) -> Proposal {
        let (rule, reason) = match (holder.kind, self.known) {
            (kind, _) if kind.in_place() => (Rule::InPlace, format!("{}の発令がありました。", kind.label())),
            (_, true) if self.loses => {
                (Rule::UnansweredMoves, "役割が変わりました。新しい点検票を配ります。".to_string())
            }
            (_, true) => (Rule::PerPost, "新しい発令がありました。その点検票を配ります。".to_string()),
            (_, false) if self.roster.back.contains(&holder.person_id) => {
                (Rule::Joined, "復職しました。対象に加えます。".to_string())
            }
            (_, false) => (Rule::Joined, "基準日の後に加わりました。".to_string()),
        };
        Proposal {
            rule,
            act: Act::Add,
            target: None,
            person_id: holder.person_id,
            role: holder.role,
            system: holder.system.clone(),
            title: holder.title.clone(),
            from: None,
            to: Some(holder.department_id),
            reason,
        }
    }
}

fn on(sheet: &Sheet, rule: Rule, act: Act, reason: String) -> Proposal {
    Proposal {
        rule,
        act,
        target: Some(sheet.target),
        person_id: sheet.person_id,
        role: sheet.role,
        system: sheet.system.clone(),
        title: String::new(),
        from: Some(sheet.department_id),
        to: None,
        reason,
    }
}

/// Heads who stand in for others, in departments that owe sheets.
pub(super) fn in_place(sheets: &[Sheet], present: &[Holder]) -> Vec<Proposal> {
    let departments: BTreeSet<Uuid> = sheets.iter().map(|sheet| sheet.department_id).collect();
    present
        .iter()
        .filter(|one| one.role == Role::Manager && one.kind.in_place())
        .filter(|one| departments.contains(&one.department_id))
        .map(|one| Proposal {
            rule: Rule::InPlace,
            act: Act::Keep,
            target: None,
            person_id: one.person_id,
            role: one.role,
            system: None,
            title: one.title.clone(),
            from: Some(one.department_id),
            to: None,
            reason: format!("所属長の{}として確認できます。", one.kind.label()),
        })
        .collect()
}

/// Sheets that are still owed by people who can't sign in.
pub(super) fn without_account(sheets: &[Sheet], roster: &Roster) -> Vec<Proposal> {
    sheets
        .iter()
        .filter(|sheet| sheet.withdrawn.is_none() && !sheet.begun.is_answered())
        .filter(|sheet| roster.without_account.contains(&sheet.person_id))
        .map(|sheet| {
            let reason = "確認票の番号を渡すか、推進員が代わって入力します。".to_string();
            on(sheet, Rule::WithoutAccount, Act::Keep, reason)
        })
        .collect()
}
