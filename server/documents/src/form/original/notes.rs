//! Notes on cells (メモ): a part of texts, a part of boxes that show them, and what points to both.

use super::cells::escaped;
use super::pack::Parts;
use crate::unreadable::Unreadable;
use crate::workbook::address;

const AUTHOR: &str = "情報セキュリティ事務局";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const BOXES: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
    xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"97\"/>\
    </o:shapelayout></xml>";

/// The sheet's text with notes on these cells; the parts beside it are added or go on.
pub fn add(
    parts: &mut Parts,
    sheet: &str,
    text: String,
    notes: &[(&str, &str)],
) -> Result<String, Unreadable> {
    if notes.is_empty() {
        return Ok(text);
    }
    let texts = parts.target(sheet, "/comments")?;
    let boxes = parts.target(sheet, "/vmlDrawing")?;
    write_texts(parts, sheet, texts, notes)?;
    match boxes {
        Some(part) => {
            let old = parts.text(&part)?.unwrap_or_else(|| BOXES.to_string());
            parts.replace(&part, with_boxes(&old, notes));
            Ok(text)
        }
        None => {
            let part = free(parts, "xl/drawings/vmlDrawing", "vml");
            parts.replace(&part, with_boxes(BOXES, notes));
            declare_default(parts)?;
            let id = relate(parts, sheet, "vmlDrawing", &seen_from(sheet, &part))?;
            Ok(pointing(&text, &id))
        }
    }
}

fn write_texts(
    parts: &mut Parts,
    sheet: &str,
    existing: Option<String>,
    notes: &[(&str, &str)],
) -> Result<(), Unreadable> {
    let comment = |(cell, text): &(&str, &str), author: usize| {
        format!(
            "<comment ref=\"{cell}\" authorId=\"{author}\"><text><r><t xml:space=\"preserve\">{}</t></r></text></comment>",
            escaped(text)
        )
    };
    if let Some(part) = existing
        && let Some(old) = parts.text(&part)?
        && let (Some(authors), Some(end)) = (old.find("</authors>"), old.find("</commentList>"))
        && authors < end
    {
        let author = old[..authors].matches("<author>").count() + old[..authors].matches("<author/>").count();
        // A second note on a cell is no workbook any more: ours gives way.
        let free = notes.iter().filter(|(cell, _)| !old.contains(&format!("ref=\"{cell}\"")));
        let new: String = free.map(|note| comment(note, author)).collect();
        let text =
            format!("{}<author>{AUTHOR}</author>{}{new}{}", &old[..authors], &old[authors..end], &old[end..]);
        parts.replace(&part, text);
        return Ok(());
    }
    let all: String = notes.iter().map(|note| comment(note, 0)).collect();
    let part = free(parts, "xl/comments", "xml");
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{MAIN}\"><authors><author>{AUTHOR}</author></authors><commentList>{all}</commentList></comments>"
    );
    parts.replace(&part, text);
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
    let types = parts.text(TYPES)?.unwrap_or_default();
    let own = format!("<Override PartName=\"/{part}\" ContentType=\"{kind}\"/>");
    parts.replace(TYPES, types.replacen("</Types>", &format!("{own}</Types>"), 1));
    relate(parts, sheet, "comments", &seen_from(sheet, &part)).map(|_| ())
}

/// The first name of its kind that no part has. Other programs look for notes under these names only.
fn free(parts: &mut Parts, start: &str, end: &str) -> String {
    let mut number = 1;
    loop {
        let name = format!("{start}{number}.{end}");
        if !parts.has(&name) {
            return name;
        }
        number += 1;
    }
}

/// How a sheet names another part: from its own folder where it stands in the usual one.
fn seen_from(sheet: &str, part: &str) -> String {
    match (sheet.starts_with("xl/worksheets/"), part.strip_prefix("xl/")) {
        (true, Some(rest)) => format!("../{rest}"),
        _ => format!("/{part}"),
    }
}

const TYPES: &str = "[Content_Types].xml";

/// Boxes are known by the end of their name.
fn declare_default(parts: &mut Parts) -> Result<(), Unreadable> {
    let types = parts.text(TYPES)?.unwrap_or_default();
    if types.contains("Extension=\"vml\"") {
        return Ok(());
    }
    let own = "<Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/>";
    let at = types
        .find("<Types")
        .and_then(|start| types[start..].find('>').map(|end| start + end + 1))
        .unwrap_or_default();
    parts.replace(TYPES, format!("{}{own}{}", &types[..at], &types[at..]));
    Ok(())
}

/// Lets the sheet point to a part; gives the id.
fn relate(parts: &mut Parts, sheet: &str, kind: &str, target: &str) -> Result<String, Unreadable> {
    let (folder, file) = sheet.rsplit_once('/').unwrap_or(("", sheet));
    let name = format!("{folder}/_rels/{file}.rels");
    let empty = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
    let old = parts.text(&name)?.unwrap_or_else(|| empty.to_string());
    let id = format!("rIdMinaoshi{kind}");
    let own = format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>");
    let text = match old.contains("</Relationships>") {
        true => old.replacen("</Relationships>", &format!("{own}</Relationships>"), 1),
        false => empty.replacen("</Relationships>", &format!("{own}</Relationships>"), 1),
    };
    parts.replace(&name, text);
    Ok(id)
}

/// The sheet with its pointer to the boxes, before what the schema wants behind it.
fn pointing(text: &str, id: &str) -> String {
    let own = format!("<legacyDrawing xmlns:r=\"{RELATIONS}\" r:id=\"{id}\"/>");
    let behind = [
        "<legacyDrawingHF",
        "<drawingHF",
        "<picture",
        "<oleObjects",
        "<controls",
        "<mc:AlternateContent",
        "<webPublishItems",
        "<tableParts",
        "<extLst",
        "</worksheet>",
    ];
    let from = text.find("</sheetData>").or_else(|| text.find("<sheetData/>")).unwrap_or_default();
    let at = behind.iter().filter_map(|tag| text[from..].find(tag)).min().map_or(text.len(), |at| from + at);
    format!("{}{own}{}", &text[..at], &text[at..])
}

/// The part of boxes with one more for each note.
fn with_boxes(old: &str, notes: &[(&str, &str)]) -> String {
    let boxes: String = (0..).zip(notes).filter_map(|(index, (cell, _))| one_box(index, cell)).collect();
    let end = old.rfind("</xml>").unwrap_or(old.len());
    format!("{}{boxes}{}", &old[..end], &old[end..])
}

fn one_box(index: usize, cell: &str) -> Option<String> {
    let (row, column) = address(cell)?;
    let (row, id) = (row - 1, 99_000 + index);
    Some(format!(
        "<v:shape id=\"_x0000_s{id}\" style=\"position:absolute;margin-left:60pt;margin-top:2pt;width:180pt;height:60pt;z-index:{z};visibility:hidden\" \
         fillcolor=\"#ffffe1\" o:insetmode=\"auto\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:fill color2=\"#ffffe1\"/>\
         <v:textbox style=\"mso-direction-alt:auto\"/><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>\
         <x:Anchor>{left}, 15, {row}, 2, {right}, 31, {bottom}, 1</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>\
         <x:Column>{column}</x:Column></x:ClientData></v:shape>",
        z = index + 1,
        left = column + 1,
        right = column + 4,
        bottom = row + 4,
    ))
}
