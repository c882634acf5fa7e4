//! The workbook's own part: formulas are computed again on opening, if there are any.

use super::cells;
use super::pack::Parts;
use crate::unreadable::Unreadable;
use crate::workbook::package::damaged;

/// Asks for everything to be computed on opening and forgets what was computed before. A workbook without formulas stays
/// as it is.
pub fn recalculate(parts: &mut Parts) -> Result<(), Unreadable> {
    let sheets: Vec<String> = parts.book.tabs.iter().map(|tab| tab.part.clone()).collect();
    let mut formulas = false;
    for sheet in sheets {
        let text = parts.text(&sheet)?.unwrap_or_default();
        if ["<f>", "<f ", ":f>", ":f "].iter().any(|tag| text.contains(tag)) {
            formulas = true;
            parts.replace(&sheet, cells::forget_results(&text)?);
        }
    }
    let name = parts.book.part.clone();
    if formulas {
        let text = parts.text(&name)?.ok_or_else(damaged)?;
        if let Some(text) = asking(&text) {
            parts.replace(&name, text);
        }
    }
    Ok(())
}

/// The part with `fullCalcOnLoad`; `None` if it says so already.
fn asking(text: &str) -> Option<String> {
    if let Some(start) = text.find("calcPr").filter(|start| text[..*start].ends_with(['<', ':'])) {
        let end = start + text[start..].find('>')?;
        let tag = &text[start..end];
        if tag.contains("fullCalcOnLoad=\"1\"") || tag.contains("fullCalcOnLoad=\"true\"") {
            return None;
        }
        let tag = tag.replace("fullCalcOnLoad=\"0\"", "").replace("fullCalcOnLoad=\"false\"", "");
        let tag = tag.replacen("calcPr", "calcPr fullCalcOnLoad=\"1\"", 1);
        return Some(format!("{}{tag}{}", &text[..start], &text[end..]));
    }
    // The schema wants it behind these, in this order.
    let before = ["definedNames", "externalReferences", "functionGroups", "sheets"];
    let end = before.iter().find_map(|name| behind(text, name))?;
    let prefix = text[..end]
        .rsplit_once("</")
        .map_or("", |(_, tag)| tag.split_once(':').map_or("", |(prefix, _)| prefix));
    let colon = if prefix.is_empty() { "" } else { ":" };
    Some(format!("{}<{prefix}{colon}calcPr fullCalcOnLoad=\"1\"/>{}", &text[..end], &text[end..]))
}

/// Where an element ends.
fn behind(text: &str, name: &str) -> Option<usize> {
    let closing = format!("{name}>");
    let closed = text.rfind(&closing).filter(|at| text[..*at].ends_with("</") || text[..*at].ends_with(':'));
    closed.map(|at| at + closing.len()).or_else(|| {
        let empty = format!("<{name}/>");
        text.find(&empty).map(|at| at + empty.len())
    })
}

/// The chain of computation names cells that hold no formula any more: Excel makes it anew.
pub fn drop_chain(parts: &mut Parts) -> Result<(), Unreadable> {
    let chain = "xl/calcChain.xml";
    if !parts.has(chain) {
        return Ok(());
    }
    parts.drop_part(chain);
    let book = parts.book.part.clone();
    let (folder, file) = book.rsplit_once('/').unwrap_or(("", &book));
    for (name, tag) in [
        ("[Content_Types].xml".to_string(), "<Override"),
        (format!("{folder}/_rels/{file}.rels"), "<Relationship"),
    ] {
        if let Some(text) = parts.text(&name)? {
            parts.replace(&name, without(&text, tag, "calcChain"));
        }
    }
    Ok(())
}

/// The text without the first element of this kind that names something.
fn without(text: &str, tag: &str, name: &str) -> String {
    let Some(at) = text.find(name) else { return text.to_string() };
    let start = text[..at].rfind(tag);
    let end = text[at..].find('>').map(|end| at + end + 1);
    match (start, end) {
        (Some(start), Some(end)) => format!("{}{}", &text[..start], &text[end..]),
        _ => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workbook_asks_for_computation_once_and_in_the_right_place() {
        let cases = [
            (
                "<workbook><sheets/><calcPr calcId=\"1\"/></workbook>",
                Some("<workbook><sheets/><calcPr fullCalcOnLoad=\"1\" calcId=\"1\"/></workbook>"),
            ),
            ("<workbook><sheets/><calcPr fullCalcOnLoad=\"1\"/></workbook>", None),
            (
                "<workbook><sheets></sheets><definedNames></definedNames><extLst/></workbook>",
                Some(
                    "<workbook><sheets></sheets><definedNames></definedNames><calcPr fullCalcOnLoad=\"1\"/><extLst/></workbook>",
                ),
            ),
            (
                "<x:workbook><x:sheets></x:sheets></x:workbook>",
                Some("<x:workbook><x:sheets></x:sheets><x:calcPr fullCalcOnLoad=\"1\"/></x:workbook>"),
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(asking(text).as_deref(), expected, "{text}");
        }
    }
}
