//! Lists of files: for their owner, with a button to take each off, and for readers.

use domain::evidence::size_text;
use leptos::prelude::*;
use store::evidence::File;

/// Where a reader of answers gets a file.
pub fn reader_link(file: &File) -> String {
    format!("/download/evidence/{}", file.id)
}

/// Where the owner of a sheet gets a file.
pub fn own_link(file: &File) -> String {
    format!("/download/own-evidence/{}", file.id)
}

/// The files of an answer, each a link.
#[component]
pub fn Links(
    files: Vec<File>,
    /// [`own_link`] or [`reader_link`].
    link: fn(&File) -> String,
) -> impl IntoView {
    (!files.is_empty()).then(|| {
        let one = |file: File| {
            let (size, href) = (size_text(file.size), link(&file));
            view! { <li><a href=href download="">{file.name}</a>" "<small>{size}</small></li> }
        };
        view! { <ul class="files" aria-label="証跡のファイル">{files.into_iter().map(one).collect_view()}</ul> }
    })
}

/// The entries of the owner's list; `no` is the number of the question.
pub fn own_entries(no: i32, files: &[File]) -> impl IntoView + use<> {
    let one = |file: &File| {
        let (link, size, name) = (own_link(file), size_text(file.size), file.name.clone());
        let (label, what) = (format!("「{name}」を外す"), format!("{no}:{}", file.id));
        view! {
            <li>
                <a href=link download="">{name}</a>
                " "
                <small>{size}</small>
                <button class="btn btn--s" name="remove" value=what aria-label=label formnovalidate>"外す"</button>
            </li>
        }
    };
    files.iter().map(one).collect_view()
}

/// The same entries as text, for the island after an upload.
pub fn own_entries_html(no: i32, files: &[File]) -> String {
    own_entries(no, files).to_html()
}
