//! The links that take a table out as a file. They stand at the right end above the table, on every page alike.

use crate::context::request;
use domain::permission::export::find;
use leptos::prelude::*;

/// The ways of writing a table: the key in the address, the word on the link, what is spoken.
pub const FORMS: [(&str, &str, &str); 3] = [
    ("xlsx", "Excel", "Excelブック"),
    ("csv", "CSV", "CSV（UTF-8）"),
    ("sjis", "CSV（Shift_JIS）", "CSV（Shift_JIS）"),
];

/// The links of one table. They carry what the page's address asks, so that the file holds the rows of the screen.
#[component]
pub fn Export(
    /// The name of the table in [`domain::permission::export::EXPORTS`].
    table: &'static str,
    /// The page it stands on, where its own address says less: the newest inspection's.
    #[prop(optional, into)]
    at: String,
) -> impl IntoView {
    let export = find(table)?;
    let here = request().map(|request| request.page).unwrap_or_default();
    let (path, query) = here.split_once('?').unwrap_or((&here, ""));
    let path = if at.is_empty() { path } else { at.as_str() };
    let asked: String = query.split('&').filter(|part| !part.is_empty()).map(|part| format!("{part}&")).collect();
    let address = export.at(path);
    let link = |(key, word, spoken): (&str, &str, &str)| {
        let label = format!("{word}で保存：{}", export.title);
        view! { <li><a href=format!("{address}?{asked}as={key}") aria-label=label title=format!("{spoken}で保存")>{word.to_string()}</a></li> }
    };
    let links = FORMS.map(link).collect_view();
    let spoken = format!("「{}」の表の保存", export.title);
    Some(view! {
        <div class="export only-screen" role="group" aria-label=spoken>
            <span>"この表を保存"</span>
            <ul>{links}</ul>
        </div>
    })
}
