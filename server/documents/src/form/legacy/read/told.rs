//! The cells of the head an officer pointed at.

use super::super::date;
use super::super::filled::{Confidence, Head, Origin, Read, Rule};
use super::super::grid::Grid;
use super::super::head;
use super::super::layout::Layout;
use crate::workbook::address;

/// They go before labels. What stands in them is parted as it is without anybody pointing: from its label, a title
/// from the name.
pub fn apply(grid: &Grid, kept: &Layout, head: &mut Head) {
    for (field, cell) in &kept.head {
        let Some((row, column)) = address(cell) else { continue };
        let raw = grid.shown(row, column).to_string();
        let text = head::without_label(&raw);
        let origin = Origin { sheet: grid.sheet.name.clone(), cell: cell.clone(), raw, rule: Rule::Told };
        let read = |value: String| {
            (!value.is_empty()).then(|| Read { value, origin: origin.clone(), confidence: Confidence::High })
        };
        match field.as_str() {
            "department" => head.department = read(text),
            "respondent" => {
                let (position, name) = head::person(&text);
                let own = kept.head.contains_key("position");
                if let Some(position) = position.filter(|_| !own) {
                    head.position = read(position);
                }
                head.respondent = read(name);
            }
            "position" => head.position = read(head::person(&text).0.unwrap_or(text)),
            "staff_no" => head.staff_no = read(text),
            "system" => head.system = read(text),
            "date" => {
                let day = date::understand(&text, None).map(|found| found.day);
                head.date = day.map(|value| Read { value, origin, confidence: Confidence::High });
            }
            _ => {}
        }
    }
}
