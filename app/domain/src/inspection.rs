//! An inspection (点検): how it starts, who owes which sheet, when it may be closed and reminded of.

pub mod board;
pub mod draft;
pub mod extension;
pub mod notice;
pub mod transfer;

use crate::approval::Level;
use crate::post::Kind;
use crate::rate::Scoring;
use crate::refusal::Refusal;
use crate::role::Role;
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

/// Who sees who answered what (記名・無記名).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Visibility {
    /// The head of the department sees individual answers with names.
    Named,
    /// The head sees only the totals of the department; 事務局 and auditors see answers.
    Totals,
    /// Nobody sees individual answers; only that a sheet was handed in is known by name.
    Anonymous,
}

impl Visibility {
    /// All, the usual one first.
    pub const ALL: [Visibility; 3] = [Visibility::Named, Visibility::Totals, Visibility::Anonymous];

    /// The stable key used in the database and in forms.
    pub fn key(self) -> &'static str {
        match self {
            Visibility::Named => "named",
            Visibility::Totals => "totals",
            Visibility::Anonymous => "anonymous",
        }
    }

    /// What the officer chooses.
    pub fn label(self) -> &'static str {
        match self {
            Visibility::Named => "記名：所属長も、所属の職員の回答を一人ずつ見ることができる",
            Visibility::Totals => "記名：所属長は、所属の集計だけを見ることができる",
            Visibility::Anonymous => "無記名：誰も個々の回答を見ることができない（提出したことだけが分かる）",
        }
    }

    /// What the person who answers is told, on the screen and on the form.
    pub fn told(self) -> &'static str {
        match self {
            Visibility::Named => "記名式です。提出した回答は、所属長、事務局及び監査人が閲覧します。",
            Visibility::Totals => {
                "記名式です。提出した回答は、事務局及び監査人が閲覧します。所属長は、提出の状況と所属の集計だけを見ます。"
            }
            Visibility::Anonymous => {
                "無記名式です。提出したことだけが氏名とともに示され、回答は集計だけに使われます。回答者が5人に満たない集計は示されません。"
            }
        }
    }

    /// The visibility of a key.
    pub fn from_key(key: &str) -> Option<Visibility> {
        Visibility::ALL.into_iter().find(|one| one.key() == key)
    }
}

/// What an inspection is part of, and how it is scored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The programme it belongs to: 令和8年度情報セキュリティ監査実施計画. May be blank.
    pub programme: String,
    /// The time the questions ask about (対象期間): 令和8年4月1日から9月30日まで. May be blank.
    pub covers: String,
    pub scoring: Scoring,
}

impl About {
    /// The programme and the time asked about, as they stand where the inspection is introduced; none where neither
    /// was given.
    pub fn told(&self) -> Option<String> {
        let parts = [("", &self.programme), ("対象期間：", &self.covers)];
        let parts = parts.into_iter().filter(|(_, text)| !text.trim().is_empty());
        let told = parts.map(|(name, text)| format!("{name}{}", text.trim())).collect::<Vec<_>>().join("　");
        Some(told).filter(|told| !told.is_empty())
    }
}

/// What the officer enters to start an inspection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    pub fiscal_year: i32,
    pub name: String,
    /// 基準日: posts of this day decide who owes a sheet.
    pub base_on: Date,
    pub opens_on: Date,
    pub due_on: Date,
    pub visibility: Visibility,
    /// Whom to ask, as it is printed on the sheets.
    pub contact: String,
    /// Role and frozen edition; a role without one gets no sheet.
    pub editions: Vec<(Role, Uuid)>,
    /// The steps after the heads' confirmations; none of them, some or all.
    #[serde(default)]
    pub levels: Vec<Level>,
    #[serde(default)]
    pub about: About,
}

/// May it start?
///
/// # Errors
/// Without a name, contact or edition, with days in the wrong order, or when the name is taken.
pub fn may_start(start: &Start, name_taken: bool) -> Result<(), Refusal> {
    if start.name.trim().is_empty() {
        return Err(Refusal::field("name", "点検の名称を入力してください。"));
    }
    if name_taken {
        return Err(Refusal::field(
            "name",
            "同じ名称の点検が既にあります。年度又は回数を加えて、区別できる名称にしてください。",
        ));
    }
    if start.due_on < start.opens_on {
        return Err(Refusal::field(
            "due_on",
            "回答期限が開始日より前です。開始日以後の日を入力してください。",
        ));
    }
    if start.base_on > start.due_on {
        return Err(Refusal::field(
            "base_on",
            "基準日が回答期限より後です。期限以前の日を入力してください。",
        ));
    }
    if start.contact.trim().is_empty() {
        return Err(Refusal::field("contact", "問合せ先を入力してください。点検票に表示されます。"));
    }
    if start.editions.is_empty() {
        return Err(Refusal::new(
            "配付する点検票が選ばれていません。先に点検票を確定し、役割ごとに選んでください。",
        ));
    }
    Ok(())
}

/// May the start go through with so many sheets to hand out?
///
/// # Errors
/// When nobody would owe a sheet.
pub fn may_hand_out(sheets: usize) -> Result<(), Refusal> {
    if sheets > 0 {
        return Ok(());
    }
    Err(Refusal::field(
        "base_on",
        "基準日に在籍する対象者がいません。名簿を取り込んだか、基準日が名簿の適用日以後かを確かめてください。",
    ))
}

/// What makes two sheets of an inspection the same: everybody the staff's once, a head's once for each department, a
/// system's once for each system.
pub type SheetKey = (Uuid, Role, Option<Uuid>, Option<String>);

/// The key of a sheet.
pub fn sheet_key(person: Uuid, role: Role, department: Uuid, system: Option<&str>) -> SheetKey {
    match role {
        Role::Staff => (person, role, None, None),
        Role::SystemManager => (person, role, None, system.map(ToString::to_string)),
        _ => (person, role, Some(department), None),
    }
}

/// May its notices be changed?
///
/// # Errors
/// When it is closed.
pub fn may_change_notices(closed: bool) -> Result<(), Refusal> {
    match closed {
        true => Err(Refusal::new("この点検は締め切られたため、通知はもう送られません。")),
        false => Ok(()),
    }
}

/// May it be closed?
///
/// # Errors
/// When it was closed before.
pub fn may_close(closed: bool) -> Result<(), Refusal> {
    if closed { Err(Refusal::new("この点検は、既に締め切られています。")) } else { Ok(()) }
}

/// May a reminder go to so many people?
///
/// # Errors
/// When the inspection is closed, has not begun, or nobody is missing.
pub fn may_remind(closed: bool, begun: bool, missing: usize) -> Result<(), Refusal> {
    if closed {
        return Err(Refusal::new("この点検は締め切られたため、督促を送れません。"));
    }
    if !begun {
        return Err(Refusal::new("この点検はまだ始まっていません。督促は開始日から送れます。"));
    }
    if missing == 0 {
        return Err(Refusal::new("点検票を提出していない職員はいません。督促を送る必要はありません。"));
    }
    Ok(())
}

/// Are all sheets out? Until then whoever still waits for one would look like somebody who misses none, and a sheet
/// that is to come like one that is missing.
///
/// # Errors
/// While they are being handed out.
pub fn all_handed_out(being_handed_out: bool) -> Result<(), Refusal> {
    match being_handed_out {
        true => Err(Refusal::new(
            "点検票を配付しているところです。配付が終わってから、もう一度操作してください。",
        )),
        false => Ok(()),
    }
}

/// May a head remind the own department's missing, of whom so many were not yet reminded today? Once a day for each
/// person: more would be ignored.
///
/// # Errors
/// As [`may_remind`]; when everybody missing was reminded today.
pub fn may_remind_own(closed: bool, begun: bool, missing: usize, left: usize) -> Result<(), Refusal> {
    may_remind(closed, begun, missing)?;
    match left {
        0 => Err(Refusal::new(
            "未提出の職員には、今日既に督促を送っています。督促は1人につき1日1回です。明日以後に送ってください。",
        )),
        _ => Ok(()),
    }
}

/// A post as the handing out of sheets sees it. The order is the order of appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    pub person_id: Uuid,
    pub department_id: Uuid,
    pub role: Role,
    pub kind: Kind,
    pub title: String,
    pub system: Option<String>,
}

impl Holder {
    /// Stands in (代理) for a head who is there: the head owes the sheet and gets the list of the missing. Without one
    /// the deputy does.
    pub fn leaves_it_to_the_head(&self, holders: &[Holder]) -> bool {
        let is_head = |other: &Holder| {
            other.role == Role::Manager
                && other.department_id == self.department_id
                && other.kind != Kind::Deputy
        };
        self.role == Role::Manager && self.kind == Kind::Deputy && holders.iter().any(is_head)
    }
}

/// Who owes which sheet: everybody the staff's once, in the main post; each head one per department (事務取扱
/// too, a 代理 only where there is no head); each 情報システム管理者 one per system.
pub fn owed(holders: &[Holder], with_edition: &[Role]) -> Vec<Holder> {
    let mut ordered: Vec<&Holder> = holders
        .iter()
        .filter(|one| with_edition.contains(&one.role) && !one.leaves_it_to_the_head(holders))
        .collect();
    // 本務 first; the sort keeps the order of appointment.
    ordered.sort_by_key(|one| (one.kind, is_additional(&one.title)));
    let mut owed: Vec<Holder> = Vec::new();
    let mut known = std::collections::BTreeSet::new();
    for one in ordered {
        if known.insert(sheet_key(one.person_id, one.role, one.department_id, one.system.as_deref())) {
            owed.push(one.clone());
        }
    }
    owed
}

/// 兼務, 併任 and the like are not the main post. A title such as 参事兼課長 is.
fn is_additional(title: &str) -> bool {
    ["兼務", "兼任", "併任", "（兼）", "(兼)"].iter().any(|word| title.contains(word))
}

/// Days from today to the deadline; negative when it has passed.
pub fn days_left(due_on: Date, today: Date) -> i64 {
    (due_on - today).whole_days()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn start() -> Start {
        Start {
            fiscal_year: 2026,
            name: "令和8年度情報セキュリティ自己点検".into(),
            base_on: date!(2026 - 10 - 01),
            opens_on: date!(2026 - 11 - 02),
            due_on: date!(2026 - 11 - 27),
            visibility: Visibility::Named,
            contact: "情報政策課（内線2341）".into(),
            editions: vec![(Role::Staff, Uuid::from_u128(1))],
            levels: Vec::new(),
            about: About::default(),
        }
    }

    #[test]
    fn a_start_names_the_field_that_is_wrong() {
        assert_eq!(may_start(&start(), false), Ok(()));
        let cases: [(Start, bool, Option<&str>); 6] = [
            (Start { name: " ".into(), ..start() }, false, Some("name")),
            (start(), true, Some("name")),
            (Start { due_on: date!(2026 - 11 - 01), ..start() }, false, Some("due_on")),
            (Start { base_on: date!(2026 - 11 - 28), ..start() }, false, Some("base_on")),
            (Start { contact: String::new(), ..start() }, false, Some("contact")),
            (Start { editions: Vec::new(), ..start() }, false, None),
        ];
        for (start, taken, field) in cases {
            assert_eq!(may_start(&start, taken).unwrap_err().field.as_deref(), field);
        }
    }

    #[test]
    fn everybody_owes_the_staff_sheet_once_and_in_the_main_post() {
        let holder = |department: u128, role, title: &str, system: Option<&str>| Holder {
            kind: Kind::Main,
            person_id: Uuid::from_u128(1),
            department_id: Uuid::from_u128(department),
            role,
            title: title.into(),
            system: system.map(Into::into),
        };
        let holders = [
            holder(20, Role::Staff, "主査（兼務）", None),
            holder(10, Role::Staff, "課長", None),
            holder(10, Role::Manager, "課長", None),
            holder(20, Role::Manager, "課長（兼務）", None),
            holder(10, Role::SystemManager, "課長", Some("住民記録")),
            holder(20, Role::SystemManager, "課長", Some("住民記録")),
            holder(10, Role::SystemManager, "課長", Some("税務")),
        ];
        let owed = owed(&holders, &Role::WITH_SHEET);
        let staff: Vec<_> = owed.iter().filter(|one| one.role == Role::Staff).collect();
        assert_eq!(staff.len(), 1);
        assert_eq!(staff[0].department_id, Uuid::from_u128(10));
        assert_eq!(owed.iter().filter(|one| one.role == Role::Manager).count(), 2);
        assert_eq!(owed.iter().filter(|one| one.role == Role::SystemManager).count(), 2);
        assert_eq!(super::owed(&holders, &[Role::Staff]).len(), 1);
    }

    #[test]
    fn a_deputy_takes_the_place_of_a_head_only_where_there_is_none() {
        let holder = |person: u128, department: u128, role, kind| Holder {
            kind,
            person_id: Uuid::from_u128(person),
            department_id: Uuid::from_u128(department),
            role,
            title: "課長補佐".into(),
            system: None,
        };
        let posts = [
            holder(1, 10, Role::Manager, Kind::Main),
            holder(2, 10, Role::Manager, Kind::Deputy),
            holder(3, 20, Role::Manager, Kind::Deputy),
            holder(4, 20, Role::Staff, Kind::Main),
        ];
        let left: Vec<bool> = posts.iter().map(|one| one.leaves_it_to_the_head(&posts)).collect();
        assert_eq!(left, [false, true, false, false]);
    }

    #[test]
    fn nobody_is_reminded_of_what_is_over_not_begun_or_done() {
        assert!(may_remind(false, true, 3).is_ok());
        assert!(may_remind_own(false, true, 3, 1).is_ok());
        assert!(may_remind_own(false, true, 3, 0).unwrap_err().text.contains("1日1回"));
        for (closed, begun, missing) in [(true, true, 3), (false, false, 3), (false, true, 0)] {
            assert!(may_remind(closed, begun, missing).is_err());
            assert!(may_remind_own(closed, begun, missing, missing).is_err());
        }
        assert!(may_close(true).is_err() && may_close(false).is_ok());
        assert!(may_hand_out(0).is_err() && may_hand_out(1).is_ok());
        assert_eq!(days_left(date!(2026 - 11 - 27), date!(2026 - 11 - 30)), -3);
    }
}
