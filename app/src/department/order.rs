//! In which order the sheets of the department stand.

use super::states::Gaps;
use crate::ui::Direction;
use std::cmp::Ordering;
use store::department::Row;

/// By what the sheets are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// Who is missing first; within that by name.
    #[default]
    Usual,
    Name,
    Sheet,
    State,
    Answered,
    Gaps,
    Submitted,
}

impl By {
    /// All with the key in the address.
    const ALL: [(&'static str, By); 7] = [
        ("", By::Usual),
        ("name", By::Name),
        ("sheet", By::Sheet),
        ("state", By::State),
        ("answered", By::Answered),
        ("gaps", By::Gaps),
        ("submitted", By::Submitted),
    ];

    /// The one of a key; the usual one for an unknown key.
    pub fn from_key(key: &str) -> By {
        By::ALL.into_iter().find(|(known, _)| *known == key).map(|(_, by)| by).unwrap_or_default()
    }

    /// The key in the address.
    pub fn key(self) -> &'static str {
        By::ALL.into_iter().find(|(_, by)| *by == self).map_or("", |(key, _)| key)
    }

    /// What pressing the heading once gives: the most gaps first, everything else from the smallest.
    fn first(self) -> Direction {
        if self == By::Gaps { Direction::Descending } else { Direction::Ascending }
    }
}

/// What the reader asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Order {
    pub by: By,
    /// The other way round.
    pub turned: bool,
}

impl Order {
    /// Reads the parameters of an address.
    pub fn read(sort: &str, turn: &str) -> Order {
        let by = By::from_key(sort);
        Order { by, turned: turn == "1" && by != By::Usual }
    }

    /// The same as parameters without a mark before them; empty for the usual order.
    pub fn query(self) -> String {
        match (self.by, self.turned) {
            (By::Usual, _) => String::new(),
            (by, false) => format!("sort={}", by.key()),
            (by, true) => format!("sort={}&turn=1", by.key()),
        }
    }

    /// The order that pressing a column's heading gives.
    pub fn pressed(self, by: By) -> Order {
        Order { by, turned: self.by == by && !self.turned }
    }

    /// How the table stands by a column.
    pub fn direction(self, by: By) -> Option<Direction> {
        (self.by == by).then(|| by.first().turned(self.turned))
    }

    /// Puts the rows, which come in the order of names, into this order. Equal ones stay in the order of names.
    pub fn sort(self, rows: &mut [(Row, Gaps)]) {
        match (self.by, self.turned) {
            (By::Name, true) => rows.reverse(),
            (By::Name, false) => {}
            (By::Usual, _) => rows.sort_by_key(|(row, _)| row.facts.standing.submitted),
            (by, turned) => rows.sort_by(|a, b| {
                let order = compare(by, a, b);
                let descending = by.first().turned(turned) == Direction::Descending;
                if descending { order.reverse() } else { order }
            }),
        }
    }
}

fn compare(by: By, (a, a_gaps): &(Row, Gaps), (b, b_gaps): &(Row, Gaps)) -> Ordering {
    // What was not handed in has no gaps to be counted and no time: less than nothing.
    let gaps = |gaps: &Gaps| gaps.map(|(partial, not_done)| (not_done + partial, not_done));
    match by {
        By::Usual | By::Name => Ordering::Equal,
        By::Sheet => (a.role, &a.system).cmp(&(b.role, &b.system)),
        By::State => stage(a).cmp(&stage(b)),
        By::Answered => a.progress.answered.cmp(&b.progress.answered),
        By::Gaps => gaps(a_gaps).cmp(&gaps(b_gaps)),
        By::Submitted => a.facts.submission.map(|(_, at)| at).cmp(&b.facts.submission.map(|(_, at)| at)),
    }
}

/// How far a sheet has come.
fn stage(row: &Row) -> u8 {
    match (row.facts.standing.submitted, row.facts.standing.returned, row.progress.answered) {
        (true, ..) => 3,
        (false, true, _) => 2,
        (false, false, 0) => 0,
        (false, false, _) => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pressing_a_heading_orders_by_it_and_pressing_it_again_turns_it_round() {
        let first = Order::default().pressed(By::Gaps);
        assert_eq!(first.query(), "sort=gaps");
        assert_eq!(first.direction(By::Gaps), Some(Direction::Descending));
        let again = first.pressed(By::Gaps);
        assert_eq!(again.query(), "sort=gaps&turn=1");
        assert_eq!(again.direction(By::Gaps), Some(Direction::Ascending));
        assert_eq!(again.pressed(By::Name).query(), "sort=name");
        assert_eq!(again.direction(By::Name), None);
    }

    #[test]
    fn an_order_goes_into_an_address_and_comes_back() {
        for (key, by) in By::ALL {
            for turned in [false, true].into_iter().filter(|turned| !(*turned && by == By::Usual)) {
                let turn = if turned { "1" } else { "" };
                assert_eq!(Order::read(key, turn), Order { by, turned });
            }
        }
        assert_eq!(Order::read("'", "1"), Order::default());
    }
}
