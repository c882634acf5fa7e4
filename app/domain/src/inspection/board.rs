//! The board (進行状況) as it was asked for: which departments it shows, and in which order. The screen and the
//! workbook ask the same rules, so that they can't differ.

use crate::rate::Coverage;
use std::cmp::Ordering;
use uuid::Uuid;

/// How a department stands, as far as filtering and sorting need to know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Sheets.
    pub coverage: Coverage,
    /// Given back and not handed in again.
    pub returned: i64,
    pub confirmed: bool,
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
            Show::Missing => "未回答あり",
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

/// In which order they stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// 組織順, each 部 with its sum above its 課.
    #[default]
    Organisation,
    /// The lowest 把握率 first.
    Rate,
    /// Most missing sheets first.
    Missing,
}

impl Sort {
    /// All, the usual one first.
    pub const ALL: [Sort; 3] = [Sort::Organisation, Sort::Rate, Sort::Missing];

    /// The key in the address.
    pub fn key(self) -> &'static str {
        match self {
            Sort::Organisation => "organisation",
            Sort::Rate => "rate",
            Sort::Missing => "missing",
        }
    }

    /// The one of a key; 組織順 for anything else.
    pub fn from_key(key: &str) -> Sort {
        Sort::ALL.into_iter().find(|sort| sort.key() == key).unwrap_or_default()
    }

    /// What the officer chooses.
    pub fn label(self) -> &'static str {
        match self {
            Sort::Organisation => "組織順",
            Sort::Rate => "把握率の低い順",
            Sort::Missing => "未回答の多い順",
        }
    }

    /// What comes first. Equal ones stay in 組織順 (the sort is stable); departments that owe nothing come last.
    pub fn compare(self, a: &Standing, b: &Standing) -> Ordering {
        match self {
            Sort::Organisation => Ordering::Equal,
            Sort::Rate => rank(a).total_cmp(&rank(b)),
            Sort::Missing => b.coverage.missing().cmp(&a.coverage.missing()),
        }
    }
}

/// The rate; without one behind every rate there is.
fn rank(standing: &Standing) -> f64 {
    standing.coverage.rate().unwrap_or(2.0)
}

/// What is asked of the board.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    pub show: Show,
    pub sort: Sort,
    /// One 部 only.
    pub division: Option<Uuid>,
}

impl Asked {
    /// Reads the parameters of an address; what is unknown asks for nothing.
    pub fn read(show: &str, sort: &str, division: &str) -> Asked {
        Asked { show: Show::from_key(show), sort: Sort::from_key(sort), division: division.parse().ok() }
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
        // All, 未回答あり, 期限超過, 差戻し中, 確認待ち, 未確認
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
        for (sort, order) in [
            (Sort::Organisation, [0, 1, 2, 3, 4]),
            (Sort::Rate, [2, 4, 3, 0, 1]),
            (Sort::Missing, [3, 2, 4, 0, 1]),
        ] {
            let mut places: Vec<usize> = (0..all.len()).collect();
            places.sort_by(|a, b| sort.compare(&all[*a], &all[*b]));
            assert_eq!(places, order, "{sort:?}");
        }
    }

    #[test]
    fn what_is_asked_goes_into_an_address_and_comes_back() {
        let division = Uuid::from_u128(7);
        let asked = Asked { show: Show::Overdue, sort: Sort::Rate, division: Some(division) };
        assert_eq!(asked.query(), format!("?show=overdue&sort=rate&division={division}"));
        assert_eq!(Asked::read("overdue", "rate", &division.to_string()), asked);
        assert_eq!(Asked::default().query(), "");
        assert_eq!(Asked::read("x", "'", "1"), Asked::default());
        for (show, sort) in Show::ALL.into_iter().zip(Sort::ALL.into_iter().cycle()) {
            assert_eq!(Asked::read(show.key(), sort.key(), ""), Asked { show, sort, division: None });
        }
    }
}
