//! The board (進行状況) as it was asked for: which departments it shows, and in which order. The screen and the
//! workbook ask the same rules, so that they can't differ.

use crate::rate::Coverage;
use std::cmp::Ordering;
use time::Date;
use uuid::Uuid;

/// How a department stands, as far as filtering and sorting need to know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Sheets.
    pub coverage: Coverage,
    /// Given back and not handed in again.
    pub returned: i64,
    pub confirmed: bool,
    /// The department's deadline; none where it does not matter.
    pub due_on: Option<Date>,
    /// Days since the department's deadline; 0 or less while there is time, and once the inspection is closed.
    pub days_late: i64,
}

impl Standing {
    /// Everything is handed in; the head has yet to confirm.
    pub fn is_ready_to_confirm(&self) -> bool {
        !self.confirmed && self.coverage.targets > 0 && self.coverage.missing() == 0
    }

    /// Something is missing although the deadline has passed.
    pub fn is_overdue(&self) -> bool {
        self.days_late > 0 && self.coverage.missing() > 0
    }
}

/// Which departments are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Show {
    #[default]
    All,
    Missing,
    Overdue,
    Returned,
    Waiting,
    Unconfirmed,
}

impl Show {
    /// All, in the order of the tabs.
    pub const ALL: [Show; 6] =
        [Show::All, Show::Missing, Show::Overdue, Show::Returned, Show::Waiting, Show::Unconfirmed];

    /// The key in the address.
    pub fn key(self) -> &'static str {
        match self {
            Show::All => "all",
            Show::Missing => "missing",
            Show::Overdue => "overdue",
            Show::Returned => "returned",
            Show::Waiting => "waiting",
            Show::Unconfirmed => "unconfirmed",
        }
    }

    /// The one of a key; all for anything else.
    pub fn from_key(key: &str) -> Show {
        Show::ALL.into_iter().find(|show| show.key() == key).unwrap_or_default()
    }

    /// The word on the tab.
    pub fn label(self) -> &'static str {
        match self {
            Show::All => "すべて",
            Show::Missing => "未提出あり",
            Show::Overdue => "期限超過",
            Show::Returned => "差戻し中",
            Show::Waiting => "確認待ち",
            Show::Unconfirmed => "未確認",
        }
    }

    /// Whether a department belongs to the tab.
    pub fn keeps(self, standing: &Standing) -> bool {
        match self {
            Show::All => true,
            Show::Missing => standing.coverage.missing() > 0,
            Show::Overdue => standing.is_overdue(),
            Show::Returned => standing.returned > 0,
            Show::Waiting => standing.is_ready_to_confirm(),
            Show::Unconfirmed => standing.coverage.targets > 0 && !standing.confirmed,
        }
    }
}

/// By what they are ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// 組織順, each 部 with its sum above its 課.
    #[default]
    Organisation,
    /// The lowest 把握率 first.
    Rate,
    /// Most missing sheets first.
    Missing,
    /// Most sheets owed first.
    Targets,
    /// Most sheets handed in first.
    Submitted,
    /// Most sheets given back first.
    Returned,
    /// The nearest deadline first.
    Due,
}

impl Sort {
    /// All, the usual one first.
    pub const ALL: [Sort; 7] = [
        Sort::Organisation,
        Sort::Rate,
        Sort::Missing,
        Sort::Targets,
        Sort::Submitted,
        Sort::Returned,
        Sort::Due,
    ];

    /// The key in the address.
    pub fn key(self) -> &'static str {
        match self {
            Sort::Organisation => "organisation",
            Sort::Rate => "rate",
            Sort::Missing => "missing",
            Sort::Targets => "targets",
            Sort::Submitted => "submitted",
            Sort::Returned => "returned",
            Sort::Due => "due",
        }
    }

    /// The one of a key; 組織順 for anything else.
    pub fn from_key(key: &str) -> Sort {
        Sort::ALL.into_iter().find(|sort| sort.key() == key).unwrap_or_default()
    }

    /// What the officer chooses; with `turned` the other way round.
    pub fn label(self, turned: bool) -> &'static str {
        match (self, turned) {
            (Sort::Organisation, _) => "組織順",
            (Sort::Rate, false) => "把握率の低い順",
            (Sort::Rate, true) => "把握率の高い順",
            (Sort::Missing, false) => "未提出の多い順",
            (Sort::Missing, true) => "未提出の少ない順",
            (Sort::Targets, false) => "対象の多い順",
            (Sort::Targets, true) => "対象の少ない順",
            (Sort::Submitted, false) => "提出済の多い順",
            (Sort::Submitted, true) => "提出済の少ない順",
            (Sort::Returned, false) => "差戻しの多い順",
            (Sort::Returned, true) => "差戻しの少ない順",
            (Sort::Due, false) => "期限の早い順",
            (Sort::Due, true) => "期限の遅い順",
        }
    }

    /// Whether the order that pressing the heading once gives goes upwards.
    pub fn is_upwards(self) -> bool {
        matches!(self, Sort::Organisation | Sort::Rate | Sort::Due)
    }

    /// What comes first. Equal ones stay in 組織順 (the sort is stable).
    fn compare(self, a: &Standing, b: &Standing) -> Ordering {
        match self {
            Sort::Organisation => Ordering::Equal,
            Sort::Rate => a.coverage.rate().unwrap_or(0.0).total_cmp(&b.coverage.rate().unwrap_or(0.0)),
            Sort::Missing => b.coverage.missing().cmp(&a.coverage.missing()),
            Sort::Targets => b.coverage.targets.cmp(&a.coverage.targets),
            Sort::Submitted => b.coverage.submitted.cmp(&a.coverage.submitted),
            Sort::Returned => b.returned.cmp(&a.returned),
            Sort::Due => a.due_on.cmp(&b.due_on),
        }
    }
}

/// What is asked of the board.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    pub show: Show,
    pub sort: Sort,
    /// The other way round.
    pub turned: bool,
    /// One 部 only.
    pub division: Option<Uuid>,
}

impl Asked {
    /// Reads the parameters of an address; what is unknown asks for nothing.
    pub fn read(show: &str, sort: &str, division: &str, turn: &str) -> Asked {
        let sort = Sort::from_key(sort);
        let turned = turn == "1" && sort != Sort::Organisation;
        Asked { show: Show::from_key(show), sort, turned, division: division.parse().ok() }
    }

    /// What pressing a heading gives: the order by it, and pressed again the other way round.
    pub fn pressed(&self, sort: Sort) -> Asked {
        let turned = self.sort == sort && !self.turned && sort != Sort::Organisation;
        Asked { sort, turned, ..*self }
    }

    /// What comes first. Departments that owe nothing come last in either direction.
    pub fn compare(&self, a: &Standing, b: &Standing) -> Ordering {
        let owes = |standing: &Standing| standing.coverage.targets == 0;
        let order = self.sort.compare(a, b);
        match self.sort {
            Sort::Organisation => Ordering::Equal,
            _ => owes(a).cmp(&owes(b)).then(if self.turned { order.reverse() } else { order }),
        }
    }

    /// The same as parameters, with the question mark; empty where nothing is asked.
    pub fn query(&self) -> String {
        let mut parts = Vec::new();
        if self.show != Show::default() {
            parts.push(format!("show={}", self.show.key()));
        }
        if self.sort != Sort::default() {
            parts.push(format!("sort={}", self.sort.key()));
        }
        if self.turned {
            parts.push("turn=1".to_string());
        }
        parts.extend(self.division.map(|division| format!("division={division}")));
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(targets: i64, submitted: i64, days_late: i64) -> Standing {
        Standing { coverage: Coverage { targets, submitted }, days_late, ..Standing::default() }
    }

    #[test]
    fn each_tab_keeps_what_its_word_says() {
        let done = standing(4, 4, 3);
        let confirmed = Standing { confirmed: true, ..done };
        let returned = Standing { returned: 1, ..standing(4, 3, 0) };
        // All, 未提出あり, 期限超過, 差戻し中, 確認待ち, 未確認
        for (standing, kept) in [
            (standing(4, 1, 0), [true, true, false, false, false, true]),
            (standing(4, 1, 1), [true, true, true, false, false, true]),
            (done, [true, false, false, false, true, true]),
            (confirmed, [true, false, false, false, false, false]),
            (returned, [true, true, false, true, false, true]),
            (Standing::default(), [true, false, false, false, false, false]),
        ] {
            assert_eq!(Show::ALL.map(|show| show.keeps(&standing)), kept, "{standing:?}");
        }
    }

    #[test]
    fn the_worst_comes_first_and_who_owes_nothing_last() {
        let all = [
            standing(4, 4, 0),
            standing(0, 0, 0),
            standing(10, 5, 0),
            standing(20, 12, 0),
            standing(2, 1, 0),
        ];
        for (sort, turned, order) in [
            (Sort::Organisation, false, [0, 1, 2, 3, 4]),
            (Sort::Rate, false, [2, 4, 3, 0, 1]),
            (Sort::Rate, true, [0, 3, 2, 4, 1]),
            (Sort::Missing, false, [3, 2, 4, 0, 1]),
            (Sort::Missing, true, [0, 4, 2, 3, 1]),
            (Sort::Targets, false, [3, 2, 0, 4, 1]),
            (Sort::Submitted, true, [4, 0, 2, 3, 1]),
        ] {
            let mut places: Vec<usize> = (0..all.len()).collect();
            let asked = Asked { sort, turned, ..Asked::default() };
            places.sort_by(|a, b| asked.compare(&all[*a], &all[*b]));
            assert_eq!(places, order, "{sort:?} {turned}");
        }
    }

    #[test]
    fn what_is_asked_goes_into_an_address_and_comes_back() {
        let division = Uuid::from_u128(7);
        let asked = Asked { show: Show::Overdue, sort: Sort::Rate, turned: false, division: Some(division) };
        assert_eq!(asked.query(), format!("?show=overdue&sort=rate&division={division}"));
        assert_eq!(Asked::read("overdue", "rate", &division.to_string(), ""), asked);
        let again = asked.pressed(Sort::Rate);
        assert_eq!(again.query(), format!("?show=overdue&sort=rate&turn=1&division={division}"));
        assert_eq!(Asked::read("overdue", "rate", &division.to_string(), "1"), again);
        assert_eq!(again.pressed(Sort::Rate), asked);
        assert_eq!(Asked::default().pressed(Sort::Organisation), Asked::default());
        assert_eq!(Asked::default().query(), "");
        assert_eq!(Asked::read("x", "'", "1", "1"), Asked::default());
        for (show, sort) in Show::ALL.into_iter().zip(Sort::ALL.into_iter().cycle()) {
            let asked = Asked { show, sort, ..Asked::default() };
            assert_eq!(Asked::read(show.key(), sort.key(), "", ""), asked);
        }
    }
}
