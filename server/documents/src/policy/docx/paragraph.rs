//! One paragraph while it is read.

use super::numbering::{Numbered, Numbering};
use super::styles::Styles;

/// What is known of a paragraph so far.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub style: Option<String>,
    pub num_id: Option<i64>,
    pub level: Option<u8>,
    pub outline: Option<u8>,
    /// The text that is shown; soft line breaks are line breaks.
    pub text: String,
    /// Something was left out because it is hidden.
    pub hid: bool,
    /// The paragraph mark was deleted: the next paragraph goes on with this one.
    pub joined: bool,
    /// The run that is being read is hidden.
    pub run_hidden: bool,
}

impl Paragraph {
    /// Whether it is a heading by its style or its own outline level.
    pub fn heading(&self, styles: &Styles) -> bool {
        self.outline.map_or_else(|| styles.heading(self.style.as_deref()), |level| level < 9)
    }

    /// Counts the paragraph in its list.
    pub fn count(&self, styles: &Styles, numbering: &mut Numbering) -> Option<Numbered> {
        let style = self.style.as_deref();
        let num_id = self.num_id.or_else(|| styles.num_id(style))?;
        let level = self
            .level
            .or_else(|| numbering.level_of_style(num_id, style, styles))
            .or_else(|| styles.level(style))
            .unwrap_or(0);
        numbering.count(num_id, level)
    }

    /// Takes what a paragraph with a deleted mark left before this one.
    pub fn follow(&mut self, before: Paragraph) {
        self.text = before.text + &self.text;
        if before.num_id.is_some() {
            (self.num_id, self.level) = (before.num_id, before.level);
        }
        self.style = before.style.or(self.style.take());
        self.outline = before.outline.or(self.outline);
    }
}
