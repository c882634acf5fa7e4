//! Notices (通知) of an inspection: which kinds there are, when each is due, and the texts with their blanks.

mod text;

pub use text::{BLANKS, check, fill};

use crate::calendar::office::Calendar;
use crate::refusal::Refusal;
use time::{Date, Duration};

/// What is sent by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// To everybody who owes a sheet.
    Start,
    /// To the missing, some days before the deadline.
    Before,
    /// To the missing, on the day of the deadline.
    OnDay,
    /// To the missing, some days after it.
    Overdue,
    /// To the heads: who is missing in their department.
    Digest,
    /// To heads, 部長 and 統括, each open day: what waits for their confirmation or approval.
    Waiting,
}

impl Kind {
    /// All, in the order of time.
    pub const ALL: [Kind; 6] =
        [Kind::Start, Kind::Before, Kind::OnDay, Kind::Overdue, Kind::Digest, Kind::Waiting];

    /// The stable key.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Start => "start",
            Kind::Before => "before",
            Kind::OnDay => "on_day",
            Kind::Overdue => "overdue",
            Kind::Digest => "digest",
            Kind::Waiting => "waiting",
        }
    }

    /// The kind of a key.
    pub fn from_key(key: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Start => "開始通知",
            Kind::Before => "期限前の通知",
            Kind::OnDay => "期限当日の通知",
            Kind::Overdue => "期限後の督促",
            Kind::Digest => "所属長への未提出者一覧",
            Kind::Waiting => "確認・承認待ちの一覧（毎開庁日）",
        }
    }

    /// What its days count, if it has any.
    pub fn days_label(self) -> Option<&'static str> {
        match self {
            Kind::Start | Kind::OnDay | Kind::Waiting => None,
            Kind::Before | Kind::Digest => Some("期限の何日前に送るか"),
            Kind::Overdue => Some("期限の何日後に送るか"),
        }
    }
}

/// When and in which words a kind is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub kind: Kind,
    pub active: bool,
    /// Days before or after the deadline, in order.
    pub days: Vec<u16>,
    pub subject: String,
    pub body: String,
}

impl Rule {
    /// What holds until the officer changes it.
    pub fn usual(kind: Kind) -> Rule {
        let (subject, body) = text::usual(kind);
        let days = match kind {
            Kind::Start | Kind::OnDay | Kind::Waiting => Vec::new(),
            Kind::Before => vec![7, 3],
            Kind::Overdue => vec![1, 5],
            Kind::Digest => vec![3, 0],
        };
        Rule { kind, active: true, days, subject: subject.into(), body: body.into() }
    }

    /// The days as they are entered and kept: 「7、3」.
    pub fn days_text(&self) -> String {
        self.days.iter().map(u16::to_string).collect::<Vec<_>>().join("、")
    }
}

/// Reads days such as 「7、3」 or 「7,3」.
///
/// # Errors
/// A refusal that names the field: no number, more than 60 days, or none at all where days are needed.
pub fn read_days(kind: Kind, text: &str) -> Result<Vec<u16>, Refusal> {
    if kind.days_label().is_none() {
        return Ok(Vec::new());
    }
    let refused = |text: &str| Refusal::field("days", text);
    let mut days = Vec::new();
    for part in text.split(['、', ',', '，', ' ', '　']).filter(|part| !part.is_empty()) {
        let folded: String = part.chars().map(crate::calendar::fold_digit).collect();
        let day: u16 = folded.parse().map_err(|_| {
            refused("日数を読み取れません。「7、3」のように、数字を読点で区切って入力してください。")
        })?;
        if day > 60 {
            return Err(refused("日数は60日以内で入力してください。"));
        }
        days.push(day);
    }
    if days.is_empty() {
        return Err(refused("日数を入力してください。"));
    }
    if kind != Kind::Digest && days.contains(&0) {
        return Err(refused("1日以上を入力してください。当日の通知は別にあります。"));
    }
    days.sort_unstable_by(|a, b| b.cmp(a));
    days.dedup();
    Ok(days)
}

/// A notice and the day it was planned for: together they tell one occasion from the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occasion {
    pub planned_on: Date,
    pub kind: Kind,
}

/// Every occasion of the rules, those of closed days too, in the order of time; what is looked at each day is none.
pub fn plan(rules: &[Rule], opens_on: Date, due_on: Date) -> Vec<Occasion> {
    let mut all = Vec::new();
    for rule in rules.iter().filter(|rule| rule.active) {
        let kind = rule.kind;
        let shifted = |day: &u16| Duration::days(i64::from(*day));
        match kind {
            Kind::Start => all.push(Occasion { planned_on: opens_on, kind }),
            Kind::OnDay => all.push(Occasion { planned_on: due_on, kind }),
            // Every open day; nothing to be planned ahead.
            Kind::Waiting => {}
            Kind::Overdue => {
                all.extend(rule.days.iter().map(|day| Occasion { planned_on: due_on + shifted(day), kind }));
            }
            Kind::Before | Kind::Digest => {
                all.extend(rule.days.iter().map(|day| Occasion { planned_on: due_on - shifted(day), kind }));
            }
        }
    }
    all.retain(|one| one.kind == Kind::Start || one.planned_on > opens_on);
    all.sort();
    all
}

/// What is due on a day the city hall is open. An occasion of a closed day waits for the next open one. Of several
/// reminders that waited (the server stood still, or long holidays) only the latest goes out, and what speaks of a
/// deadline to come never goes out after it.
pub fn due(rules: &[Rule], opens_on: Date, due_on: Date, today: Date, calendar: &Calendar) -> Vec<Occasion> {
    let ripe = plan(rules, opens_on, due_on).into_iter().filter(|one| {
        let late = match one.kind {
            Kind::Start => today > due_on,
            Kind::Before => today >= due_on,
            Kind::OnDay => today > due_on,
            Kind::Overdue | Kind::Digest | Kind::Waiting => false,
        };
        !late && calendar.open_from(one.planned_on) <= today
    });
    let (mut found, mut reminder, mut digest) = (Vec::new(), None, None);
    for one in ripe {
        match one.kind {
            Kind::Start => found.push(one),
            Kind::Before | Kind::OnDay | Kind::Overdue => reminder = Some(one),
            Kind::Digest => digest = Some(one),
            Kind::Waiting => {}
        }
    }
    found.extend(reminder);
    found.extend(digest);
    let daily = rules.iter().any(|rule| rule.active && rule.kind == Kind::Waiting);
    if daily && today > opens_on && calendar.is_open(today) {
        found.push(Occasion { planned_on: today, kind: Kind::Waiting });
    }
    found
}

/// Whether anything could be due at all, whoever owes what: if not, nobody's sheets have to be looked at.
pub fn any_due(
    rules: &[Rule],
    opens_on: Date,
    due_days: impl IntoIterator<Item = Date>,
    today: Date,
    calendar: &Calendar,
) -> bool {
    let is_active = |occasion: Occasion| rules.iter().any(|rule| rule.active && rule.kind == occasion.kind);
    due_days
        .into_iter()
        .any(|due_on| due(rules, opens_on, due_on, today, calendar).into_iter().any(is_active))
}

#[cfg(test)]
mod tests;
