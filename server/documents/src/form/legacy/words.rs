//! The words forms use for their columns and for the labels of their head: data in `headings.tsv`, `parts.tsv`
//! and `labels.tsv`.

use super::super::value::fold;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a column of a table of questions holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    No,
    Category,
    Question,
    Answer,
    Current,
    Target,
    Previous,
    Comment,
    Evidence,
    Due,
    Clause,
    Ignore,
}

const ROLES: [(&str, Role); 12] = [
    ("no", Role::No),
    ("category", Role::Category),
    ("question", Role::Question),
    ("answer", Role::Answer),
    ("current", Role::Current),
    ("target", Role::Target),
    ("previous", Role::Previous),
    ("comment", Role::Comment),
    ("evidence", Role::Evidence),
    ("due", Role::Due),
    ("clause", Role::Clause),
    ("ignore", Role::Ignore),
];

fn role(key: &str) -> Option<Role> {
    ROLES.iter().find(|(known, _)| *known == key).map(|(_, role)| *role)
}

/// A field of the head of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    Department,
    Division,
    Section,
    Unit,
    Respondent,
    Position,
    StaffNo,
    PositionName,
    DepartmentName,
    DepartmentPositionName,
    Date,
    System,
    /// 所属長: who answers if nobody else is named.
    Superior,
    Remark,
    /// Something else; it ends the value before it.
    Other,
}

const LABELS: [(&str, Label); 15] = [
    ("department", Label::Department),
    ("division", Label::Division),
    ("section", Label::Section),
    ("unit", Label::Unit),
    ("respondent", Label::Respondent),
    ("position", Label::Position),
    ("staff_no", Label::StaffNo),
    ("position_name", Label::PositionName),
    ("department_name", Label::DepartmentName),
    ("department_position_name", Label::DepartmentPositionName),
    ("date", Label::Date),
    ("system", Label::System),
    ("superior", Label::Superior),
    ("remark", Label::Remark),
    ("other", Label::Other),
];

fn lines(text: &'static str) -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| {
        let mut parts = line.split('\t');
        (parts.next().unwrap_or_default(), parts.collect())
    })
}

/// Folded, without colons, bullets and what decorates a heading.
pub fn plain(text: &str) -> String {
    let mut plain = fold(text);
    plain.retain(|c| {
        !matches!(
            c,
            ':' | '*'
                | '※'
                | '【'
                | '】'
                | '「'
                | '」'
                | '■'
                | '◆'
                | '●'
                | '▼'
                | '〔'
                | '〕'
                | '<'
                | '>'
        )
    });
    let ends = ['[', ']', '・', '、', '。', '.'];
    plain.truncate(plain.trim_end_matches(ends).len());
    plain.drain(..plain.len() - plain.trim_start_matches(ends).len());
    plain
}

/// Without what stands in brackets.
pub fn without_brackets(text: &str) -> Cow<'_, str> {
    let (open, close) = (['(', '（', '[', '［'], [')', '）', ']', '］']);
    if !text.contains(open) && !text.contains(close) {
        return Cow::Borrowed(text);
    }
    let (mut depth, mut kept) = (0_usize, String::new());
    for c in text.chars() {
        match c {
            c if open.contains(&c) => depth += 1,
            c if close.contains(&c) => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    Cow::Owned(kept)
}

/// The role of a heading by its exact words, with and without what stands in brackets.
pub fn role_exact(heading: &str) -> Option<Role> {
    static KNOWN: LazyLock<HashMap<String, Role>> = LazyLock::new(|| {
        let mut known = HashMap::new();
        for (key, words) in lines(include_str!("headings.tsv")) {
            for word in words {
                if let Some(role) = role(key) {
                    known.entry(plain(word)).or_insert(role);
                }
            }
        }
        known
    });
    let folded = plain(heading);
    let bare = without_brackets(&folded);
    let bare = bare.strip_suffix('欄').filter(|bare| bare.chars().count() > 1).unwrap_or(&bare);
    KNOWN.get(&folded).or_else(|| KNOWN.get(bare)).copied()
}

/// The role of a heading by its words or, failing that, by a part of it.
pub fn role_of(heading: &str) -> Option<Role> {
    static PARTS: LazyLock<Vec<(Role, Vec<String>)>> = LazyLock::new(|| {
        lines(include_str!("parts.tsv"))
            .filter_map(|(key, words)| Some((role(key)?, words.into_iter().map(plain).collect())))
            .collect()
    });
    role_exact(heading).or_else(|| {
        let folded = plain(heading);
        // A sentence is no heading.
        if folded.chars().count() > 30 {
            return None;
        }
        let holds = |words: &Vec<String>, text: &str| words.iter().any(|word| text.contains(word.as_str()));
        let bare = without_brackets(&folded);
        let find = |text: &str| PARTS.iter().find(|(_, words)| holds(words, text)).map(|(role, _)| *role);
        find(&bare).or_else(|| find(&folded))
    })
}

/// False if no part of the text is one that heads questions: most texts are told apart by this alone.
pub fn may_ask(text: &str) -> bool {
    static PARTS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let lines = lines(include_str!("parts.tsv"));
        lines.filter(|(key, _)| role(key) == Some(Role::Question)).flat_map(|(_, words)| words).collect()
    });
    // Blanks within a heading (項　目) hide its parts; then the longer way is taken.
    text.contains(char::is_whitespace) || PARTS.iter().any(|part| text.contains(part))
}

/// The field a label names, and how early it stands in its line: the smaller the better.
pub fn label_of(text: &str) -> Option<(Label, usize)> {
    static KNOWN: LazyLock<HashMap<String, (Label, usize)>> = LazyLock::new(|| {
        let mut known = HashMap::new();
        for (key, words) in lines(include_str!("labels.tsv")) {
            let Some((_, label)) = LABELS.iter().find(|(name, _)| *name == key) else { continue };
            for (rank, word) in words.into_iter().enumerate() {
                known.entry(plain(word)).or_insert((*label, rank));
            }
        }
        known
    });
    if text.chars().count() > 40 {
        return None;
    }
    let folded = plain(text);
    let bare = without_brackets(&folded);
    let bare = bare.strip_suffix('欄').filter(|bare| bare.chars().count() > 1).unwrap_or(&bare);
    let plural = bare.trim_start_matches("あなたの").trim_start_matches("ご");
    [folded.as_str(), bare, plural].into_iter().find_map(|text| KNOWN.get(text)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_names_a_role_or_a_field() {
        for text in [include_str!("headings.tsv"), include_str!("parts.tsv")] {
            for (key, words) in lines(text) {
                assert!(role(key).is_some() && !words.is_empty(), "{key}");
            }
        }
        for (key, _) in lines(include_str!("labels.tsv")) {
            assert!(LABELS.iter().any(|(known, _)| *known == key), "{key}");
        }
    }

    #[test]
    fn headings_are_known_by_words_and_by_parts() {
        let cases = [
            ("番　号", Role::No),
            ("点検する事項", Role::Question),
            ("回　答", Role::Answer),
            ("水準（1～5）", Role::Answer),
            ("未実施等の理由・改善策", Role::Comment),
            ("いつまでに何をするか", Role::Comment),
            ("改善に向けたコメント", Role::Comment),
            ("証跡となる文書", Role::Evidence),
            ("前年度の回答", Role::Previous),
            ("所属長確認欄", Role::Ignore),
            ("【点検項目】", Role::Question),
            ("回答欄", Role::Answer),
        ];
        for (heading, role) in cases {
            assert_eq!(role_of(heading), Some(role), "{heading}");
        }
        assert_eq!(role_of("会議用机"), None);
    }
}
