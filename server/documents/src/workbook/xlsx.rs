//! xlsx and xlsm in one pass for each part: values, merged areas, what is hidden, struck through, crossed out,
//! offered and drawn. calamine gives the values alone and walks a sheet again for each further thing.

mod drawn;
pub(crate) mod package;
mod sheet;
mod strings;
mod styles;

use super::kind::Archive;
use super::{MAX_CELLS, MAX_ROWS, Sheet, too_many};
use crate::unreadable::Unreadable;
use crate::xml::{attribute, switch};
use package::Package;
use quick_xml::events::Event;
use strings::Strings;
use styles::Styles;

/// The worksheets of a workbook, in the order of the tabs.
pub fn read(archive: Option<Archive>) -> Result<Vec<Sheet>, Unreadable> {
    let mut package = Package::of(archive.ok_or_else(package::damaged)?)?;
    let book = Book::read(&mut package)?;
    let strings =
        package.part(&book.strings)?.map_or_else(|| Ok(Strings::default()), |text| Strings::read(&text))?;
    let styles = package
        .part(&book.styles)?
        .map_or_else(|| Ok(Styles::default()), |text| Styles::read(&text, book.epoch_1904))?;
    let (mut sheets, mut rows, mut cells) = (Vec::new(), 0, 0);
    for tab in &book.tabs {
        let Some(text) = package.part(&tab.part)? else { continue };
        let mut sheet = Sheet { name: tab.name.clone(), visible: tab.visible, ..Sheet::default() };
        let links = sheet::read(&text, &strings, &styles, (MAX_ROWS - rows, MAX_CELLS - cells), &mut sheet)?;
        rows += sheet.rows.len();
        cells += sheet.rows.values().map(|row| row.len()).sum::<usize>();
        if rows > MAX_ROWS || cells > MAX_CELLS {
            return Err(too_many());
        }
        drop(text);
        drawn::read(&mut package, &tab.part, &links, &mut sheet)?;
        sheets.push(sheet);
    }
    if sheets.is_empty() { Err(package::damaged()) } else { Ok(sheets) }
}

/// What the workbook's own part says.
pub(crate) struct Book {
    /// The part itself.
    pub part: String,
    /// Its worksheets.
    pub tabs: Vec<Tab>,
    strings: String,
    /// The part of the styles.
    pub styles: String,
    /// Days count from 1904.
    pub epoch_1904: bool,
}

/// A worksheet.
pub(crate) struct Tab {
    /// What stands on the tab.
    pub name: String,
    visible: bool,
    /// Its part.
    pub part: String,
}

impl Book {
    /// Follows the package to its workbook.
    pub fn read(package: &mut Package) -> Result<Book, Unreadable> {
        let root = package.relations("")?;
        let path = root
            .iter()
            .find(|relation| relation.is("/officeDocument"))
            .map(|relation| relation.target.clone());
        let path = path.unwrap_or_else(|| "xl/workbook.xml".to_string());
        let text = package.part(&path)?.ok_or_else(package::damaged)?;
        let relations = package.relations(&path)?;
        let of = |kind: &str, usual: &str| {
            let found = relations.iter().find(|relation| relation.is(kind));
            found.map_or_else(|| usual.to_string(), |relation| relation.target.clone())
        };
        let mut book = Book {
            part: path,
            tabs: Vec::new(),
            strings: of("/sharedStrings", "xl/sharedStrings.xml"),
            styles: of("/styles", "xl/styles.xml"),
            epoch_1904: false,
        };
        let mut reader = package::reader(&text);
        loop {
            match package::next(&mut reader)? {
                Event::Start(start) if start.local_name().as_ref() == "workbookPr" => {
                    book.epoch_1904 = switch(&start, "date1904");
                }
                Event::Start(start) if start.local_name().as_ref() == "sheet" => {
                    let id = attribute(&start, "id").unwrap_or_default();
                    let found = relations.iter().find(|relation| relation.id == id);
                    // Chart and dialogue sheets hold no cells.
                    let Some(relation) = found.filter(|relation| relation.is("/worksheet")) else { continue };
                    let state = attribute(&start, "state").unwrap_or_default();
                    book.tabs.push(Tab {
                        name: attribute(&start, "name").unwrap_or_default(),
                        visible: !state.to_ascii_lowercase().contains("hidden"),
                        part: relation.target.clone(),
                    });
                }
                Event::Eof => return Ok(book),
                _ => {}
            }
        }
    }
}
