//! What was just done, said on the page one comes back to; and the way back to where one was.

use super::badge::Tone;
use super::icon::{Icon, Sign};
use crate::context::{Returned, request};
use leptos::prelude::*;

/// Parameters of an address that say what the reader had chosen; they are kept on the way back.
const CHOSEN: [&str; 6] = ["state", "show", "sort", "turn", "division", "page"];

/// The way back to the page `path` after a form: with what had been chosen there (`page` is what the form carries
/// along), what was done (`said`), and the place on the page. Of another page nothing is kept.
pub fn back(path: &str, page: &str, said: &[(&str, String)], at: &str) -> String {
    let query = page.split_once('?').filter(|(known, _)| *known == path).map_or("", |(_, query)| query);
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let chosen = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(key, value)| CHOSEN.contains(key) && plain(value))
        .map(|(key, value)| format!("{key}={value}"));
    let said = said.iter().map(|(key, value)| format!("{key}={value}"));
    let query: Vec<String> = chosen.chain(said).collect();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    if at.is_empty() { format!("{path}{query}") } else { format!("{path}{query}#{at}") }
}

/// The sentence about what was just done. It stays in sight wherever on the page one comes back to, until it is
/// closed. Nothing where the page came back because something was refused.
#[component]
pub fn Done(
    #[prop(into)] text: String,
    /// Done, but with something to look after.
    #[prop(optional)]
    tone: Tone,
    /// A further sentence with links.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    if use_context::<Returned>().is_some() {
        return ().into_any();
    }
    let page = request().map(|request| request.page).unwrap_or_default();
    let path = page.split('?').next().unwrap_or_default().to_string();
    let close = back(&path, &page, &[], "");
    let (class, sign) = match tone {
        Tone::Warn => ("notice notice--warn notice--done", Sign::Warning),
        _ => ("notice notice--ok notice--done", Sign::Check),
    };
    view! {
        <p class=class role="status">
            <Icon sign/>
            <span>{text}{children.map(|children| children())}</span>
            <a class="notice__close" href=close>"閉じる"</a>
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::back;

    #[test]
    fn the_way_back_keeps_what_was_chosen_on_the_same_page_and_nothing_else() {
        let said = [("done", "returned".to_string()), ("n", "2".to_string())];
        for (page, expected) in [
            ("/d/1", "/d/1?done=returned&n=2#people"),
            ("/d/1?state=missing&show=worse", "/d/1?state=missing&show=worse&done=returned&n=2#people"),
            ("/d/1?done=confirmed&n=9&state=gaps", "/d/1?state=gaps&done=returned&n=2#people"),
            ("/d/2?state=missing", "/d/1?done=returned&n=2#people"),
            ("/d/1?state=%0d%0aSet-Cookie:x&x=1", "/d/1?done=returned&n=2#people"),
            ("https://elsewhere.example/d/1?state=missing", "/d/1?done=returned&n=2#people"),
        ] {
            assert_eq!(back("/d/1", page, &said, "people"), expected, "{page}");
        }
        assert_eq!(back("/d/1", "/d/1?state=missing&done=x", &[], ""), "/d/1?state=missing");
    }
}
