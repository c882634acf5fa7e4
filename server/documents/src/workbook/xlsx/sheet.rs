//! One sheet in one pass.

use super::package::{Relation, damaged, next, reader};
use super::strings::{Run, Strings};
use super::styles::Styles;
use crate::unreadable::Unreadable;
use crate::workbook::look::{DropDown, Traits};
use crate::workbook::{Cell, Merge, Row, Sheet, area, too_many, wingdings};
use crate::xml::{attribute, character, number, switch};
use quick_xml::events::{BytesStart, Event};

/// More merged areas or lists than this is no form.
const MOST_AREAS: usize = 100_000;
/// The last row and column Excel has, from 1 and from 0.
const LAST: (usize, usize) = (1_048_576, 16_383);

/// What lies over the sheet: ids of relations.
#[derive(Default)]
pub struct Links {
    pub drawing: Option<String>,
    /// Form controls: the id and the cell of their middle.
    pub controls: Vec<(String, super::drawn::Anchor)>,
}

impl Links {
    /// The part a relation points to.
    pub fn target<'a>(relations: &'a [Relation], id: &str) -> Option<&'a str> {
        relations.iter().find(|relation| relation.id == id).map(|relation| relation.target.as_str())
    }
}

/// Reads the part of a sheet into `sheet`, at most so many rows and cells that hold something.
pub fn read(
    text: &str,
    strings: &Strings,
    styles: &Styles,
    most: (usize, usize),
    sheet: &mut Sheet,
) -> Result<Links, Unreadable> {
    let mut reading = Reading::new(strings, styles, most, sheet);
    let mut reader = reader(text);
    loop {
        match next(&mut reader)? {
            Event::Start(start) => reading.open(&start)?,
            Event::End(end) => reading.close(end.local_name().as_ref())?,
            Event::Text(text) => reading.text(&text.xml10_content()),
            Event::CData(text) => reading.text(&text.xml10_content()),
            Event::GeneralRef(reference) => reading.character(character(&reference)),
            Event::Eof => return Ok(reading.finish()),
            _ => {}
        }
    }
}

/// Where the text in hand goes.
#[derive(PartialEq)]
enum Into {
    Nowhere,
    Value,
    List,
}

struct Reading<'a> {
    strings: &'a Strings,
    styles: &'a Styles,
    most: (usize, usize),
    sheet: &'a mut Sheet,
    links: Links,
    row: usize,
    column: usize,
    kind: Kind,
    style: usize,
    formula: bool,
    into: Into,
    value: String,
    run: Option<Run>,
    list: Option<DropDown>,
    list_text: String,
    hidden: Vec<usize>,
    filter: Option<Merge>,
    filtering: bool,
    control: Option<super::drawn::AnchorReading>,
    cells: usize,
    /// The cells of the row in hand, with its number.
    line: (usize, Row),
}

/// The `t` of a cell.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Number,
    Shared,
    Text,
    Bool,
    Date,
}

impl<'a> Reading<'a> {
    fn new(
        strings: &'a Strings,
        styles: &'a Styles,
        most: (usize, usize),
        sheet: &'a mut Sheet,
    ) -> Reading<'a> {
        Reading {
            strings,
            styles,
            most,
            sheet,
            links: Links::default(),
            row: 0,
            column: 0,
            kind: Kind::Number,
            style: 0,
            formula: false,
            into: Into::Nowhere,
            value: String::new(),
            run: None,
            list: None,
            list_text: String::new(),
            hidden: Vec::new(),
            filter: None,
            filtering: false,
            control: None,
            cells: 0,
            line: (0, Row::new()),
        }
    }

    fn open(&mut self, start: &BytesStart) -> Result<(), Unreadable> {
        if let Some(control) = &mut self.control {
            control.open(start);
        }
        match start.local_name().as_ref() {
            "c" => self.open_cell(start)?,
            "v" => self.into = Into::Value,
            "f" => self.formula = true,
            "is" => self.run = Some(Run::default()),
            "row" => self.open_row(start)?,
            "mergeCell" => self.merge(start)?,
            "col" => self.column_width(start),
            "autoFilter" => self.filter = attribute(start, "ref").and_then(|text| area(&text)),
            "filterColumn" => self.filtering = true,
            "dataValidation" => self.open_list(start)?,
            "formula1" if self.list.is_some() => self.into = Into::List,
            "drawing" => self.links.drawing = attribute(start, "id"),
            "control" => self.control = Some(super::drawn::AnchorReading::new(attribute(start, "id"))),
            name => {
                if let Some(run) = &mut self.run {
                    run.open(name);
                }
            }
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Unreadable> {
        match name {
            "c" => self.close_cell()?,
            "v" | "formula1" => self.into = Into::Nowhere,
            "dataValidation" => self.close_list(),
            "control" => {
                if let Some((id, anchor)) = self.control.take().and_then(|control| control.finish()) {
                    self.links.controls.push((id, anchor));
                }
            }
            name => {
                if let Some(run) = &mut self.run {
                    run.close(name);
                }
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(control) = &mut self.control {
            control.text(text);
        }
        match (&mut self.run, &self.into) {
            (Some(run), _) => run.push(text),
            (None, Into::Value) => self.value.push_str(text),
            (None, Into::List) => self.list_text.push_str(text),
            (None, Into::Nowhere) => {}
        }
    }

    fn character(&mut self, c: Option<char>) {
        let mut buffer = [0; 4];
        if let Some(c) = c {
            self.text(c.encode_utf8(&mut buffer));
        }
    }

    fn open_row(&mut self, start: &BytesStart) -> Result<(), Unreadable> {
        self.row = number(start, "r").unwrap_or(self.row + 1);
        self.column = 0;
        if self.row == 0 || self.row > LAST.0 {
            return Err(damaged());
        }
        if switch(start, "hidden") {
            self.hidden.push(self.row);
        }
        Ok(())
    }

    fn open_cell(&mut self, start: &BytesStart) -> Result<(), Unreadable> {
        (self.kind, self.style, self.formula) = (Kind::Number, 0, false);
        self.value.clear();
        let mut addressed = false;
        for attribute in start.attributes().with_checks(false).flatten() {
            match attribute.key.local_name().as_ref() {
                "r" => {
                    let (row, column) = super::super::address(&attribute.value).ok_or_else(damaged)?;
                    (self.row, self.column, addressed) = (row, column + 1, true);
                }
                "s" => self.style = attribute.value.parse().unwrap_or_default(),
                "t" => {
                    self.kind = match attribute.value.as_ref() {
                        "s" => Kind::Shared,
                        "b" => Kind::Bool,
                        "d" => Kind::Date,
                        "n" => Kind::Number,
                        _ => Kind::Text,
                    }
                }
                _ => {}
            }
        }
        // Without an address a cell follows the one before.
        if !addressed {
            self.column += 1;
        }
        if self.row == 0 || self.row > LAST.0 || self.column > LAST.1 + 1 { Err(damaged()) } else { Ok(()) }
    }

    fn close_cell(&mut self) -> Result<(), Unreadable> {
        let run = self.run.take();
        let style = self.styles.get(self.style);
        let mut traits = Traits {
            struck: self.styles.struck(style),
            diagonal: style.diagonal,
            formula: self.formula,
            dated: false,
        };
        let text = match self.kind {
            Kind::Shared => {
                let index = self.value.trim().parse().unwrap_or(usize::MAX);
                self.strings.get(index).unwrap_or_default().to_string()
            }
            _ => run.map_or_else(|| std::mem::take(&mut self.value), |run| run.all),
        };
        let cell = self.cell(text, style.date, &mut traits);
        let at = (self.row, self.column - 1);
        if traits.any() {
            self.sheet.look.traits.insert(at, traits);
        }
        let Some(cell) = cell else { return Ok(()) };
        let cell = match (cell, self.styles.symbols(style)) {
            (Cell::Text(text), Some(font)) => Cell::Text(wingdings::shown(font, text)),
            (cell, _) => cell,
        };
        if self.line.0 != at.0 {
            self.put_line();
            self.line.0 = at.0;
        }
        self.line.1.insert(at.1, cell);
        self.cells += 1;
        if self.cells > self.most.1 || self.sheet.rows.len() > self.most.0 { Err(too_many()) } else { Ok(()) }
    }

    /// The row in hand goes to the others; rows may come twice in odd files.
    fn put_line(&mut self) {
        let (row, cells) = std::mem::take(&mut self.line);
        if !cells.is_empty() {
            self.sheet.rows.entry(row).or_default().extend(cells);
        }
    }

    fn cell(&self, text: String, date: bool, traits: &mut Traits) -> Option<Cell> {
        if text.trim().is_empty() {
            return None;
        }
        match self.kind {
            Kind::Bool => Some(Cell::Text(if text.trim() == "0" { "FALSE" } else { "TRUE" }.to_string())),
            Kind::Number => match text.trim().parse::<f64>() {
                Ok(serial) if date => {
                    Some(match super::super::day_of_serial(serial, self.styles.epoch_1904) {
                        Some(day) => {
                            traits.dated = true;
                            Cell::Text(day)
                        }
                        None => Cell::Number(serial),
                    })
                }
                Ok(number) => Some(Cell::Number(number)),
                Err(_) => Some(Cell::Text(text)),
            },
            Kind::Date => {
                traits.dated = true;
                Some(Cell::Text(text.split('T').next().unwrap_or_default().to_string()))
            }
            Kind::Shared | Kind::Text => Some(Cell::Text(text)),
        }
    }

    fn merge(&mut self, start: &BytesStart) -> Result<(), Unreadable> {
        self.sheet.merges.extend(attribute(start, "ref").and_then(|text| area(&text)));
        if self.sheet.merges.len() > MOST_AREAS { Err(too_many()) } else { Ok(()) }
    }

    fn column_width(&mut self, start: &BytesStart) {
        let (first, last): (usize, usize) =
            (number(start, "min").unwrap_or_default(), number(start, "max").unwrap_or_default());
        if switch(start, "hidden") && first > 0 && self.sheet.look.hidden_columns.len() < MOST_AREAS {
            self.sheet.look.hidden_columns.push((first - 1, last.saturating_sub(1)));
        }
    }

    fn open_list(&mut self, start: &BytesStart) -> Result<(), Unreadable> {
        self.list_text.clear();
        if attribute(start, "type").as_deref() != Some("list") {
            return Ok(());
        }
        let areas = attribute(start, "sqref").unwrap_or_default();
        let areas: Vec<Merge> = areas.split_whitespace().filter_map(area).collect();
        if areas.len() > MOST_AREAS || self.sheet.look.lists.len() > MOST_AREAS {
            return Err(too_many());
        }
        self.list = Some(DropDown { areas, choices: Vec::new() });
        Ok(())
    }

    fn close_list(&mut self) {
        let Some(mut list) = self.list.take() else { return };
        let text = self.list_text.trim();
        if let Some(text) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            list.choices = text.split(',').map(|choice| choice.trim().to_string()).collect();
        }
        self.sheet.look.lists.push(list);
    }

    fn finish(mut self) -> Links {
        self.put_line();
        let filter = self.filter.filter(|_| self.filtering);
        for row in self.hidden {
            let filtered = filter.is_some_and(|area| (area.rows.0..=area.rows.1).contains(&row));
            match filtered {
                true => self.sheet.look.filtered_rows.insert(row),
                false => self.sheet.look.hidden_rows.insert(row),
            };
        }
        self.links
    }
}
