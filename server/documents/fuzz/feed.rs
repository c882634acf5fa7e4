//! What a fuzzer's bytes become: the first byte says which kind of file, the rest is its content. Bytes that are to be a
//! part of a package are packed here, so that a fuzzer works on the part itself and not on checksums.
//! The tests replay the kept inputs by the same functions.

use documents::form::legacy::{FilledForm, FilledItem, FormFile, bundle, read_by_layout, read_form};
use documents::form::original;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// Filled forms: every format, what is said of their layout, and a layout kept from one read on another.
pub fn form(input: &[u8]) {
    let Some((name, bytes)) = workbook(input) else { return };
    if bundle::is_bundle(&bytes)
        && let Ok(files) = bundle::open(&bytes)
    {
        for (name, bytes) in files.take(20) {
            let Ok(bytes) = bytes else { continue };
            drop(read_form(&name, &bytes));
        }
        return;
    }
    let Ok(file) = read_form(name, &bytes) else { return };
    for form in &file.forms {
        drop(read_by_layout(name, &bytes, &form.layout));
    }
}

/// Policies: docx, HTML and text.
pub fn policy(input: &[u8]) {
    let Some((kind, rest)) = input.split_first() else { return };
    let parts = parts(rest);
    let (name, bytes) = match kind % 5 {
        0 => ("p.docx", rest.to_vec()),
        1 => ("p.html", rest.to_vec()),
        2 => ("p.txt", rest.to_vec()),
        _ => ("p.docx", docx(&parts)),
    };
    drop(documents::policy::read(name, &bytes));
}

/// Rosters: every format.
pub fn roster(input: &[u8]) {
    if let Some((name, bytes)) = workbook(input) {
        drop(documents::roster::read(name, &bytes));
    }
}

/// A workbook that is written into: answers and remarks. What comes out must be a workbook again.
pub fn original(input: &[u8]) {
    let bytes = xlsx(&parts(input));
    let Ok(file) = read_form("o.xlsx", &bytes) else { return };
    let remarks = original::remarks(&file.forms);
    if let Ok(marked) = original::mark(&bytes, &remarks) {
        drop(read_form("o.xlsx", &marked));
    }
    if let Ok(filled) = original::fill(&bytes, &entries(&file)) {
        drop(read_form("o.xlsx", &filled));
    }
}

/// Something for every cell an answer was read from.
fn entries(file: &FormFile) -> Vec<original::Entry> {
    let entry = |form: &FilledForm, item: &FilledItem| {
        let cell = item.origin.cell.split('+').next()?.to_string();
        let (sheet, day) = (form.sheet.clone()?, item.no.is_none());
        Some(original::Entry { sheet, cell, text: if day { "2026-11-29" } else { "○" }.to_string(), day })
    };
    let forms = file.forms.iter();
    forms.flat_map(|form| form.items.iter().filter_map(move |item| entry(form, item))).collect()
}

fn workbook(input: &[u8]) -> Option<(&'static str, Vec<u8>)> {
    let (kind, rest) = input.split_first()?;
    Some(match kind % 8 {
        0 => ("f.xlsx", rest.to_vec()),
        1 => ("f.xls", rest.to_vec()),
        2 => ("f.ods", rest.to_vec()),
        3 => ("f.csv", rest.to_vec()),
        4 => ("f.tsv", rest.to_vec()),
        5 => ("f.ods", ods(rest)),
        _ => ("f.xlsx", xlsx(&parts(rest))),
    })
}

/// A zero byte ends a part: XML has none.
fn parts(input: &[u8]) -> Vec<&[u8]> {
    input.split(|byte| *byte == 0).collect()
}

fn xlsx(parts: &[&[u8]]) -> Vec<u8> {
    let part = |number: usize| parts.get(number).copied().unwrap_or_default();
    let book = format!(
        "<workbook xmlns='{MAIN}' xmlns:r='{RELATIONS}'><sheets><sheet name='S' sheetId='1' r:id='r1'/></sheets></workbook>"
    );
    let relations = format!(
        "<Relationships><Relationship Id='r1' Type='{RELATIONS}/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='r2' Type='{RELATIONS}/sharedStrings' Target='sharedStrings.xml'/><Relationship Id='r3' Type='{RELATIONS}/styles' Target='styles.xml'/></Relationships>"
    );
    let below = format!(
        "<Relationships><Relationship Id='r1' Type='{RELATIONS}/drawing' Target='../drawings/drawing1.xml'/></Relationships>"
    );
    pack(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", part(0)),
        ("xl/sharedStrings.xml", part(1)),
        ("xl/styles.xml", part(2)),
        ("xl/worksheets/_rels/sheet1.xml.rels", below.as_bytes()),
        ("xl/drawings/drawing1.xml", part(3)),
    ])
}

fn ods(content: &[u8]) -> Vec<u8> {
    pack(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)])
}

fn docx(parts: &[&[u8]]) -> Vec<u8> {
    let part = |number: usize| parts.get(number).copied().unwrap_or_default();
    pack(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", part(0)),
        ("word/numbering.xml", part(1)),
        ("word/styles.xml", part(2)),
    ])
}

fn pack(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        if zip.start_file(*name, options).and_then(|()| zip.write_all(content).map_err(Into::into)).is_err() {
            return Vec::new();
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}
