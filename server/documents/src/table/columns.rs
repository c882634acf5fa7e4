//! What a table is made of: said once, for every way of writing it.

use super::Cell;
use domain::calendar::{wareki, wareki_time};
use time::{Date, OffsetDateTime};

type Make<T> = Box<dyn Fn(&T) -> Cell + Send + Sync>;

/// The columns of a table whose rows come from values of one kind.
pub struct Columns<T> {
    columns: Vec<(String, Make<T>)>,
}

/// A table with its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub headings: Vec<String>,
    /// As many cells in each as there are headings.
    pub rows: Vec<Vec<Cell>>,
}

impl<T: 'static> Default for Columns<T> {
    fn default() -> Columns<T> {
        Columns { columns: Vec::new() }
    }
}

impl<T: 'static> Columns<T> {
    /// No column yet.
    pub fn new() -> Columns<T> {
        Columns::default()
    }

    /// A column of texts or of numbers.
    pub fn with<C: Into<Cell>>(
        mut self,
        heading: impl Into<String>,
        cell: impl Fn(&T) -> C + Send + Sync + 'static,
    ) -> Columns<T> {
        self.columns.push((heading.into(), Box::new(move |row| cell(row).into())));
        self
    }

    /// A column of rates from 0 to 1.
    pub fn rate(
        self,
        heading: impl Into<String>,
        rate: impl Fn(&T) -> Option<f64> + Send + Sync + 'static,
    ) -> Columns<T> {
        self.with(heading, move |row| Cell::Rate(rate(row)))
    }

    /// A column of numbers with one decimal.
    pub fn decimal(
        self,
        heading: impl Into<String>,
        number: impl Fn(&T) -> Option<f64> + Send + Sync + 'static,
    ) -> Columns<T> {
        self.with(heading, move |row| Cell::Decimal(number(row)))
    }

    /// A day as two columns: as people read it (令和8年11月23日) and as programs do (2026-11-23).
    pub fn day(
        self,
        heading: &str,
        day: impl Fn(&T) -> Option<Date> + Clone + Send + Sync + 'static,
    ) -> Columns<T> {
        let words = day.clone();
        self.with(heading, move |row| words(row).map(wareki))
            .with(western(heading), move |row| day(row).map_or(Cell::Blank, Cell::Day))
    }

    /// A moment, in the same way.
    pub fn moment(
        self,
        heading: &str,
        at: impl Fn(&T) -> Option<OffsetDateTime> + Clone + Send + Sync + 'static,
    ) -> Columns<T> {
        let words = at.clone();
        self.with(heading, move |row| words(row).map(wareki_time))
            .with(western(heading), move |row| at(row).map_or(Cell::Blank, Cell::Moment))
    }

    /// The first row.
    pub fn headings(&self) -> Vec<String> {
        self.columns.iter().map(|(heading, _)| heading.clone()).collect()
    }

    /// The rows of some values.
    pub fn rows<'a>(&self, values: impl IntoIterator<Item = &'a T>) -> Vec<Vec<Cell>> {
        let row = |value: &T| self.columns.iter().map(|(_, make)| make(value)).collect();
        values.into_iter().map(row).collect()
    }

    /// The whole table.
    pub fn table<'a>(&self, values: impl IntoIterator<Item = &'a T>) -> Table {
        Table { headings: self.headings(), rows: self.rows(values) }
    }
}

fn western(heading: &str) -> String {
    format!("{heading}（西暦）")
}
