//! The 新旧対照表 as a Word document: A4 landscape, 明朝, two columns whose head repeats on every page, what
//! differs really underlined, so that the officer can go on working on it.

use docx_rs::{
    AlignmentType, Docx, Footer, LineSpacing, NumPages, PageMargin, PageNum, PageOrientationType, Paragraph,
    Run, RunFonts, Shading, ShdType, SpecialIndentType, Table, TableCell, TableCellMargins, TableLayoutType,
    TableRow, WidthType,
};
use domain::lineage::{Paragraph as Words, Row};
use std::io::Cursor;
use thiserror::Error;

/// The font of public documents. Word takes its own 明朝 where it is missing.
const MINCHO: &str = "ＭＳ 明朝";
/// A4 in twentieths of a point.
const A4: (u32, u32) = (11_906, 16_838);
/// 20 mm.
const MARGIN: i32 = 1_134;
/// Half of what the margins leave.
const COLUMN: usize = 7_285;
/// Between the words and the lines of the table: 2 points, and 4 at the sides.
const PADDING: usize = 40;
/// One full-width character of 10.5 points.
const CHARACTER: i32 = 210;

/// What goes into the document.
#[derive(Debug, Clone, Default)]
pub struct ComparisonTable {
    /// The policy's title.
    pub title: String,
    /// The newer and the older revision: 第2版（令和8年4月1日施行）.
    pub newer: String,
    pub older: String,
    /// The day it was made.
    pub made_on: String,
    pub rows: Vec<Row>,
}

/// Why no document came out.
#[derive(Debug, Error)]
pub enum ComparisonError {
    /// The package could not be written.
    #[error("writing the document: {0}")]
    Package(String),
    /// The library writes rows in another way than it did; the head would not repeat.
    #[error("the head row was not found")]
    Head,
}

/// Writes the document.
///
/// # Errors
/// When the package can't be written.
pub fn write(table: &ComparisonTable) -> Result<Vec<u8>, ComparisonError> {
    let fonts = RunFonts::new().ascii(MINCHO).hi_ansi(MINCHO).east_asia(MINCHO);
    let margin = PageMargin {
        top: MARGIN,
        left: MARGIN,
        bottom: MARGIN,
        right: MARGIN,
        header: MARGIN / 2,
        footer: MARGIN / 2,
        gutter: 0,
    };
    let note = "（備考）下線の部分は、改正部分である。同一の条項は省略し、番号のみが改まった条項は「（略）」と記載した。";
    let document = Docx::new()
        .default_fonts(fonts)
        .default_size(21)
        .page_size(A4.1, A4.0)
        .page_orient(PageOrientationType::Landscape)
        .page_margin(margin)
        .footer(Footer::new().add_paragraph(page_number()))
        .add_paragraph(line(&table.made_on, 21).align(AlignmentType::Right))
        .add_paragraph(line(&format!("{}　新旧対照表", table.title), 28).align(AlignmentType::Center))
        .add_paragraph(Paragraph::new())
        .add_table(rows(table))
        .add_paragraph(line(note, 18).line_spacing(LineSpacing::new().before(120)));
    let mut package = document.build();
    package.document = with_repeated_head(package.document)?;
    let mut bytes = Cursor::new(Vec::new());
    package.pack(&mut bytes).map_err(|error| ComparisonError::Package(error.to_string()))?;
    Ok(bytes.into_inner())
}

fn line(text: &str, size: usize) -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(text).size(size))
}

fn page_number() -> Paragraph {
    Paragraph::new()
        .align(AlignmentType::Center)
        .add_page_num(PageNum::new())
        .add_run(Run::new().add_text("／"))
        .add_num_pages(NumPages::new())
}

fn rows(table: &ComparisonTable) -> Table {
    let head = TableRow::new(vec![head("改正後", &table.newer), head("改正前", &table.older)]).cant_split();
    let body = table.rows.iter().map(|row| TableRow::new(vec![cell(&row.new), cell(&row.old)]).cant_split());
    Table::new(std::iter::once(head).chain(body).collect())
        .set_grid(vec![COLUMN, COLUMN])
        .width(COLUMN * 2, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(PADDING, PADDING * 2, PADDING, PADDING * 2))
}

fn head(name: &str, revision: &str) -> TableCell {
    TableCell::new()
        .width(COLUMN, WidthType::Dxa)
        .shading(Shading::new().shd_type(ShdType::Clear).color("auto").fill("EDEDED"))
        .add_paragraph(line(name, 21).align(AlignmentType::Center))
        .add_paragraph(line(revision, 18).align(AlignmentType::Center))
}

fn cell(paragraphs: &[Words]) -> TableCell {
    let empty = TableCell::new().width(COLUMN, WidthType::Dxa);
    paragraphs.iter().map(paragraph).fold(empty, TableCell::add_paragraph)
}

/// Deeper clauses stand further in, and their second line one character further.
fn paragraph(words: &Words) -> Paragraph {
    let depth = i32::try_from(words.depth.min(4)).unwrap_or(4);
    let indented = Paragraph::new().indent(
        Some((depth + 1) * CHARACTER),
        Some(SpecialIndentType::Hanging(CHARACTER)),
        None,
        None,
    );
    words.runs.iter().fold(indented, |paragraph, run| {
        let text = Run::new().add_text(&run.text);
        paragraph.add_run(if run.marked { text.underline("single") } else { text })
    })
}

/// The library has no word for a head row that repeats on every page; the first row is the head.
fn with_repeated_head(document: Vec<u8>) -> Result<Vec<u8>, ComparisonError> {
    let xml = String::from_utf8(document).map_err(|error| ComparisonError::Package(error.to_string()))?;
    let (before, after) = xml.split_once("<w:cantSplit />").ok_or(ComparisonError::Head)?;
    Ok(format!("{before}<w:cantSplit /><w:tblHeader />{after}").into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::lineage::{Kind, Words as Clause, table};
    use std::io::Read;

    fn xml(bytes: &[u8]) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
        let mut text = String::new();
        archive.by_name("word/document.xml").expect("its text").read_to_string(&mut text).expect("UTF-8");
        text
    }

    #[test]
    fn the_document_has_a_repeated_head_and_underlines_what_differs() {
        let clause = |text: &str| Clause {
            above: vec!["第1章　総則".into()],
            label: "1".into(),
            heading: "目的".into(),
            text: text.into(),
        };
        let rows = table(&[
            (Kind::Changed, vec![clause("10日以内 & <直ちに>")], vec![clause("5日以内 & <直ちに>")]),
            (Kind::New, vec![], vec![clause("新たに定める。")]),
        ]);
        let written = ComparisonTable {
            title: "凪原市情報セキュリティポリシー".into(),
            newer: "第2版".into(),
            older: "第1版".into(),
            made_on: "令和8年11月24日".into(),
            rows,
        };
        let xml = xml(&write(&written).expect("a document"));
        assert_eq!(xml.matches("<w:tblHeader />").count(), 1);
        assert_eq!(xml.matches("<w:tr>").count(), 3);
        assert!(xml.contains("<w:u w:val=\"single\" />") && xml.contains("（新設）"));
        assert!(xml.contains("&amp; &lt;直ちに&gt;"), "nothing in a text becomes a tag");
        assert!(xml.contains("w:orient=\"landscape\"") && xml.contains("w:w=\"16838\""));
    }
}
