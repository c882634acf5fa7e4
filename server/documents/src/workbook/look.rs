//! What a sheet shows beside its texts: what is hidden, struck through, crossed out, offered, drawn over cells.

use super::Merge;
use std::collections::{BTreeMap, BTreeSet};

/// The look of a sheet. Only xlsx tells all of it; elsewhere parts stay empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Look {
    /// Rows somebody hid, from 1.
    pub hidden_rows: BTreeSet<usize>,
    /// Rows a filter hides: they are as valid as the others.
    pub filtered_rows: BTreeSet<usize>,
    /// Hidden columns from 0, first and last.
    pub hidden_columns: Vec<(usize, usize)>,
    /// Cells with something to tell, also blank ones, by row (from 1) and column (from 0).
    pub traits: BTreeMap<(usize, usize), Traits>,
    /// Lists offered in cells.
    pub lists: Vec<DropDown>,
    /// Check boxes, option buttons and ellipses that lie over cells.
    pub drawn: Vec<Drawn>,
}

/// What a cell looks like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Traits {
    /// 取消線
    pub struck: bool,
    /// 斜線
    pub diagonal: bool,
    /// The value is the result of a formula.
    pub formula: bool,
    /// The value was a date, kept as `2026-11-28`.
    pub dated: bool,
}

/// A list offered in cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropDown {
    /// Where it is offered.
    pub areas: Vec<Merge>,
    /// What it offers; empty if it refers to cells elsewhere.
    pub choices: Vec<String>,
}

/// Something drawn over the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    /// Row its middle lies in, from 1.
    pub row: usize,
    /// Column its middle lies in, from 0.
    pub column: usize,
    /// What it says.
    pub mark: DrawnMark,
}

/// What a drawn thing says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawnMark {
    /// A ticked check box or option button.
    Ticked,
    /// One that is not ticked.
    Unticked,
    /// A ring drawn around something.
    Ring,
}

impl Traits {
    /// True if there is anything to tell.
    pub fn any(self) -> bool {
        self != Traits::default()
    }
}

impl Look {
    /// The traits of a cell.
    pub fn of(&self, row: usize, column: usize) -> Traits {
        self.traits.get(&(row, column)).copied().unwrap_or_default()
    }

    /// True if somebody hid this column.
    pub fn hides_column(&self, column: usize) -> bool {
        self.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }

    /// The list offered in a cell.
    pub fn list_at(&self, row: usize, column: usize) -> Option<&DropDown> {
        self.lists.iter().find(|list| list.areas.iter().any(|area| area.holds(row, column)))
    }
}
