//! Things drawn over a sheet that people answer with: check boxes, option buttons, rings around a choice.

use super::package::{Package, next, reader};
use super::sheet::Links;
use crate::unreadable::Unreadable;
use crate::workbook::Sheet;
use crate::workbook::look::{Drawn, DrawnMark};
use crate::xml::attribute;
use quick_xml::events::{BytesStart, Event};

/// More than this is a picture and no form.
const MOST: usize = 5_000;
/// About the width and height of a usual cell, in English metric units: where in a cell an edge lies.
const USUAL: (f64, f64) = (609_600.0, 190_500.0);

/// Where the middle of something lies; row from 1, column from 0.
#[derive(Debug, Clone, Copy)]
pub struct Anchor {
    pub row: usize,
    pub column: usize,
}

/// Reads what lies over the sheet.
pub fn read(package: &mut Package, part: &str, links: &Links, sheet: &mut Sheet) -> Result<(), Unreadable> {
    if links.drawing.is_none() && links.controls.is_empty() {
        return Ok(());
    }
    let relations = package.relations(part)?;
    for (id, anchor) in links.controls.iter().take(MOST) {
        let Some(target) = Links::target(&relations, id) else { continue };
        if let Some(text) = package.part(target)?
            && let Some(ticked) = state(&text)?
        {
            let mark = if ticked { DrawnMark::Ticked } else { DrawnMark::Unticked };
            sheet.look.drawn.push(Drawn { row: anchor.row, column: anchor.column, mark });
        }
    }
    let drawing = links.drawing.as_deref().and_then(|id| Links::target(&relations, id));
    if let Some(target) = drawing
        && let Some(text) = package.part(target)?
    {
        rings(&text, sheet)?;
    }
    Ok(())
}

/// Whether a control is ticked; `None` if it is no box to tick.
fn state(text: &str) -> Result<Option<bool>, Unreadable> {
    let mut reader = reader(text);
    loop {
        match next(&mut reader)? {
            Event::Start(start) if start.local_name().as_ref() == "formControlPr" => {
                let kind = attribute(&start, "objectType").unwrap_or_default();
                let ticked = attribute(&start, "checked").is_some_and(|checked| checked == "Checked");
                return Ok(["CheckBox", "Radio"].contains(&kind.as_str()).then_some(ticked));
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

fn rings(text: &str, sheet: &mut Sheet) -> Result<(), Unreadable> {
    let mut reader = reader(text);
    let mut anchor: Option<AnchorReading> = None;
    let mut ring = false;
    loop {
        match next(&mut reader)? {
            Event::Start(start) => match start.local_name().as_ref() {
                "twoCellAnchor" => (anchor, ring) = (Some(AnchorReading::new(Some(String::new()))), false),
                "prstGeom" => {
                    let shape = attribute(&start, "prst").unwrap_or_default();
                    ring |= ["ellipse", "donut", "roundRect", "flowChartConnector"].contains(&shape.as_str());
                }
                _ => {
                    if let Some(anchor) = &mut anchor {
                        anchor.open(&start);
                    }
                }
            },
            Event::Text(text) => {
                if let Some(anchor) = &mut anchor {
                    anchor.text(&text.xml10_content());
                }
            }
            Event::End(end) if end.local_name().as_ref() == "twoCellAnchor" => {
                let found = anchor.take().and_then(AnchorReading::finish).filter(|_| ring);
                if let Some((_, Anchor { row, column })) = found
                    && sheet.look.drawn.len() < MOST
                {
                    sheet.look.drawn.push(Drawn { row, column, mark: DrawnMark::Ring });
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// An anchor under way: `from` and `to`, each with column, row and how far into the cell.
pub struct AnchorReading {
    id: Option<String>,
    corner: usize,
    field: Option<usize>,
    /// Column, its offset, row, its offset; of both corners.
    corners: [[f64; 4]; 2],
    seen: bool,
}

impl AnchorReading {
    /// An anchor of something with this relation.
    pub fn new(id: Option<String>) -> AnchorReading {
        AnchorReading { id, corner: 0, field: None, corners: [[0.0; 4]; 2], seen: false }
    }

    pub fn open(&mut self, start: &BytesStart) {
        match start.local_name().as_ref() {
            "from" => (self.corner, self.seen) = (0, true),
            "to" => self.corner = 1,
            "col" => self.field = Some(0),
            "colOff" => self.field = Some(1),
            "row" => self.field = Some(2),
            "rowOff" => self.field = Some(3),
            _ => self.field = None,
        }
    }

    pub fn text(&mut self, text: &str) {
        if let (Some(field), Ok(number)) = (self.field.take(), text.trim().parse::<f64>()) {
            self.corners[self.corner][field] = number;
        }
    }

    /// Its relation and where its middle lies.
    pub fn finish(self) -> Option<(String, Anchor)> {
        let id = self.id.filter(|_| self.seen)?;
        let at = |field: usize, usual: f64| {
            let place = |corner: [f64; 4]| corner[field] + (corner[field + 1] / usual).clamp(0.0, 0.99);
            (place(self.corners[0]) + place(self.corners[1])) / 2.0
        };
        let (column, row) = (at(0, USUAL.0), at(2, USUAL.1));
        if !(0.0..16_384.0).contains(&column) || !(0.0..1_048_576.0).contains(&row) {
            return None;
        }
        Some((id, Anchor { row: whole(row) + 1, column: whole(column) }))
    }
}

fn whole(number: f64) -> usize {
    format!("{:.0}", number.floor()).parse().unwrap_or_default()
}
