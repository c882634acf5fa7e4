//! What of a page is not its text: scripts, hidden parts, navigation, phonetic guides.

use html5gum::StartTag;

/// A part that is being left out.
#[derive(Debug, Default)]
pub(super) struct Skip {
    /// The element and how many of its name are open.
    open: Option<(String, usize)>,
}

const NAMES: [&str; 19] = [
    "head", "script", "style", "noscript", "template", "nav", "footer", "aside", "select", "button", "rt",
    "rp", "del", "svg", "iframe", "object", "textarea", "option", "audio",
];

/// Elements that may be left out by what their attributes say, because they are always closed.
const CLOSED: [&str; 10] = ["div", "section", "ul", "ol", "table", "span", "header", "p", "dl", "li"];

/// Words in `id` and `class` of navigation.
const NAVIGATION: [&str; 12] = [
    "nav",
    "gnavi",
    "breadcrumb",
    "pankuzu",
    "topicpath",
    "topic-path",
    "footer",
    "pagetop",
    "page-top",
    "sidebar",
    "copyright",
    "toolbar",
];

const VOID: [&str; 9] = ["br", "hr", "img", "input", "link", "meta", "col", "wbr", "area"];

impl Skip {
    /// Whether text is left out now.
    pub fn active(&self) -> bool {
        self.open.is_some()
    }

    /// A paragraph or a link list ends where the next block begins, closed or not.
    pub fn block_begins(&mut self) {
        if self.open.as_ref().is_some_and(|(name, _)| name == "p") {
            self.open = None;
        }
    }

    /// The beginning of an element; true if it is left out.
    pub fn begin(&mut self, name: &str, tag: &StartTag<()>) -> bool {
        if let Some((open, count)) = &mut self.open {
            *count += usize::from(open == name && !tag.self_closing);
            // A page without </head> begins with its body all the same.
            if open == "head" && name == "body" {
                self.open = None;
                return false;
            }
            return true;
        }
        let skipped = NAMES.contains(&name) || (CLOSED.contains(&name) && unseen(tag));
        if skipped && !tag.self_closing && !VOID.contains(&name) {
            self.open = Some((name.to_string(), 1));
        }
        skipped
    }

    /// The end of an element; true if it belongs to what is left out.
    pub fn end(&mut self, name: &str) -> bool {
        let Some((open, count)) = &mut self.open else { return false };
        if open == name {
            *count -= 1;
            if *count == 0 {
                self.open = None;
            }
        }
        true
    }
}

fn unseen(tag: &StartTag<()>) -> bool {
    let attribute = |name: &str| {
        let value =
            tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).to_lowercase());
        value.unwrap_or_default()
    };
    let style: String = attribute("style").chars().filter(|c| !c.is_whitespace()).collect();
    let words = format!("{} {}", attribute("id"), attribute("class"));
    let navigation = words.split_whitespace().any(|word| NAVIGATION.iter().any(|known| word.contains(known)));
    style.contains("display:none")
        || style.contains("visibility:hidden")
        || tag.attributes.contains_key(&b"hidden"[..])
        || navigation
}
