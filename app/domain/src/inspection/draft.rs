//! An inspection before it starts (下書き), and trying it out with a few people (試行).
//!
//! A rehearsal is an inspection of its own that is marked as one: its people answer the real sheets, and nothing of it
//! counts: it is in no result, no comparison of years, no audit and no improvement, and no answer of it is carried
//! over. When the draft starts or is discarded, its rehearsal ends.

use crate::refusal::Refusal;

/// How a draft ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Started,
    Discarded,
}

/// May it still be changed, rehearsed, started or discarded?
///
/// # Errors
/// When it was started or discarded.
pub fn may_change(end: Option<End>) -> Result<(), Refusal> {
    match end {
        None => Ok(()),
        Some(End::Started) => Err(Refusal::new(
            "この下書きの点検は、既に始まっています。期間と対象は、点検の「期間・対象の変更」で変更してください。",
        )),
        Some(End::Discarded) => {
            Err(Refusal::new("この下書きは破棄されています。新しい下書きを作成してください。"))
        }
    }
}

/// May a draft be kept? Everything else may still be missing or wrong; it is looked at when it starts.
///
/// # Errors
/// Without a name: the list of drafts shows nothing else.
pub fn may_keep(name: &str) -> Result<(), Refusal> {
    match name.trim() {
        "" => Err(Refusal::field("name", "点検の名称を入力してください。")),
        _ => Ok(()),
    }
}

/// May a rehearsal begin?
///
/// # Errors
/// While another one of the draft runs.
pub fn may_rehearse(running: bool) -> Result<(), Refusal> {
    match running {
        true => Err(Refusal::new("この下書きの試行が行われています。終えてから、次の試行を始めてください。")),
        false => Ok(()),
    }
}

/// May something count that comes from this inspection (an audit, an improvement)?
///
/// # Errors
/// For a rehearsal.
pub fn may_count(rehearsal: bool) -> Result<(), Refusal> {
    match rehearsal {
        true => Err(Refusal::new("試行の回答は点検の結果に数えないため、監査や改善の対象にできません。")),
        false => Ok(()),
    }
}

/// The name under which a draft is tried out: everybody sees on every page and in every message that it does not count.
pub fn rehearsal_name(name: &str) -> String {
    format!("【試行】{}", name.trim())
}

/// The staff numbers in a text: one on a line, or with spaces or commas between them. Each once, in their order.
///
/// # Errors
/// When there is none.
pub fn pilots(text: &str) -> Result<Vec<String>, Refusal> {
    let mut found: Vec<String> = Vec::new();
    for part in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '、' | '，')) {
        if !part.is_empty() && !found.iter().any(|known| known == part) {
            found.push(part.to_string());
        }
    }
    match found.is_empty() {
        true => {
            Err(Refusal::field("staff_nos", "試行に参加する職員の職員番号を、一人以上入力してください。"))
        }
        false => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ended_is_not_changed_and_one_rehearsal_runs_at_a_time() {
        assert!(may_change(None).is_ok());
        assert!(may_change(Some(End::Started)).is_err() && may_change(Some(End::Discarded)).is_err());
        assert!(may_rehearse(false).is_ok() && may_rehearse(true).is_err());
        assert!(may_count(false).is_ok() && may_count(true).is_err());
        assert!(may_keep("点検").is_ok());
        assert_eq!(may_keep("　").map_err(|refusal| refusal.field), Err(Some("name".into())));
    }

    #[test]
    fn staff_numbers_are_read_however_they_are_separated() {
        for (text, expected) in [
            ("100301", vec!["100301"]),
            ("100301\r\n100302\n\n100301", vec!["100301", "100302"]),
            ("100301、100302, 100303　100304", vec!["100301", "100302", "100303", "100304"]),
        ] {
            assert_eq!(pilots(text), Ok(expected.into_iter().map(String::from).collect()));
        }
        assert_eq!(pilots(" \n").map_err(|refusal| refusal.field), Err(Some("staff_nos".into())));
    }
}
