//! The way through the pages of a long list.

use leptos::prelude::*;

/// To the page before and the page after; nothing where there is one only.
#[component]
pub fn Pager(
    /// From 1.
    page: u64,
    pages: u64,
    /// The address of a page.
    href: impl Fn(u64) -> String,
) -> impl IntoView {
    (pages > 1).then(|| {
        view! {
            <nav class="pager" aria-label="ページ">
                {(page > 1).then(|| view! { <a href=href(page - 1)>"前のページ"</a> })}
                <span>{format!("{page}／{pages}ページ")}</span>
                {(page < pages).then(|| view! { <a href=href(page + 1)>"次のページ"</a> })}
            </nav>
        }
    })
}
