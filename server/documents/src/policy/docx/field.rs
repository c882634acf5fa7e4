//! Fields: their results are text, their codes are not, a table of contents is neither.

/// The fields that are open at a place of the document.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
}

#[derive(Debug, Default)]
struct Field {
    code: String,
    result: bool,
}

/// More nested fields are no text.
const DEEPEST: usize = 64;

impl Fields {
    /// `begin`, `separate` or `end` of a field; an end may leave a character behind.
    pub fn mark(&mut self, kind: &str) -> Option<char> {
        match kind {
            "begin" if self.open.len() < DEEPEST => self.open.push(Field::default()),
            "separate" => {
                if let Some(field) = self.open.last_mut() {
                    field.result = true;
                }
            }
            "end" => {
                return self.open.pop().filter(|field| !field.result).and_then(|field| enclosed(&field.code));
            }
            _ => {}
        }
        None
    }

    /// A piece of a field's code.
    pub fn code(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.result && field.code.len() < 500) {
            field.code.push_str(text);
        }
    }

    /// Whether text at this place is read.
    pub fn shown(&self) -> bool {
        self.open.iter().all(|field| field.result && !contents(&field.code))
    }
}

/// Whether a code makes a table of contents.
pub(super) fn contents(code: &str) -> bool {
    let first = code.split_whitespace().next().unwrap_or_default();
    ["TOC", "INDEX"].iter().any(|name| first.eq_ignore_ascii_case(name))
}

/// 囲い文字: `EQ \o\ac(○,1)` shows ①.
fn enclosed(code: &str) -> Option<char> {
    let inner = code.split_once("\\ac(")?.1;
    let digits: String = inner.chars().filter(char::is_ascii_digit).collect();
    let number: u32 = digits.parse().ok().filter(|_| inner.starts_with(['○', '◯']))?;
    (1..=20).contains(&number).then(|| char::from_u32(0x2460 - 1 + number)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_shown_and_tables_of_contents_are_not() {
        let mut fields = Fields::default();
        fields.mark("begin");
        fields.code(" TOC \\o ");
        assert!(!fields.shown());
        fields.mark("separate");
        assert!(!fields.shown());
        fields.mark("end");
        assert!(fields.shown());
        fields.mark("begin");
        fields.code("eq \\o\\ac(○,3)");
        assert_eq!(fields.mark("end"), Some('③'));
    }
}
