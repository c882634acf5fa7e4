//! Headings of tables that sort when they are pressed: plain links, so that an address holds the order.

use leptos::prelude::*;

/// In which direction a table stands by a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Ascending,
    Descending,
}

impl Direction {
    /// The other way round, if so.
    pub fn turned(self, turned: bool) -> Direction {
        match (self, turned) {
            (direction, false) => direction,
            (Direction::Ascending, true) => Direction::Descending,
            (Direction::Descending, true) => Direction::Ascending,
        }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Direction::Ascending => ("ascending", "▲"),
            Direction::Descending => ("descending", "▼"),
        }
    }
}

/// A heading with its link.
#[component]
pub fn SortHead(
    #[prop(into)] text: String,
    /// The page in the order that pressing gives.
    #[prop(into)]
    href: String,
    /// How the table stands by this column now; none if it is ordered by another.
    now: Option<Direction>,
    /// The column holds numbers.
    #[prop(optional)]
    num: bool,
) -> impl IntoView {
    let sort = now.map(|direction| direction.words().0);
    let mark = now.map_or("", |direction| direction.words().1);
    view! {
        <th scope="col" class=if num { "num sort" } else { "sort" } aria-sort=sort>
            <a href=href>{text}<span class="sort__mark" aria-hidden="true">{mark}</span></a>
        </th>
    }
}
