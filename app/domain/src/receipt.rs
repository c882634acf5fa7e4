//! The receipt (受領証): a number for one submission that can be checked years later.
//!
//! Two digests, one over the other. The first covers the answers exactly as they were handed in; it stands in the
//! event of the submission. The second, the number on the paper, covers the first and the chained hash of that event,
//! so it can only be had from an unbroken chain and these answers. How a digest is made is the caller's matter.

use uuid::Uuid;

/// One answer as it was handed in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handed {
    /// The question of the edition.
    pub item: Uuid,
    /// The key of the answer, e.g. `done` or `level:3`; empty if only a comment was given.
    pub value: String,
    pub comment: String,
    /// 証跡（文書名・保管場所）
    pub reference: String,
    /// 2026-12-25, or empty.
    pub planned_on: String,
    /// SHA-256 of each file in hex.
    pub files: Vec<String>,
}

impl Handed {
    /// Nothing was ever given to the question.
    pub fn is_blank(&self) -> bool {
        let texts = [&self.value, &self.comment, &self.reference, &self.planned_on];
        self.files.is_empty() && texts.iter().all(|text| text.is_empty())
    }

    /// As a list of texts; files in an order of their own.
    fn parts(&self) -> Vec<String> {
        let mut files = self.files.clone();
        files.sort_unstable();
        files.dedup();
        [
            self.item.to_string(),
            self.value.clone(),
            self.comment.clone(),
            self.reference.clone(),
            self.planned_on.clone(),
            files.len().to_string(),
        ]
        .into_iter()
        .chain(files)
        .collect()
    }
}

/// The digest over all answers of a sheet. The order in which they come does not matter, blank ones don't either.
pub fn answers_digest(answers: &[Handed], digest: impl Fn(&[&str]) -> String) -> String {
    let mut given: Vec<&Handed> = answers.iter().filter(|answer| !answer.is_blank()).collect();
    given.sort_by_key(|answer| answer.item);
    let parts: Vec<String> = given.into_iter().flat_map(Handed::parts).collect();
    digest(&[vec!["answers 1"], parts.iter().map(String::as_str).collect()].concat())
}

/// The number of the receipt.
pub fn number(event_hash: &str, answers_digest: &str, digest: impl Fn(&[&str]) -> String) -> String {
    digest(&["receipt 1", event_hash, answers_digest])
}

/// What was typed in from paper: spaces and hyphens don't count, neither do capitals and full-width letters.
pub fn typed(text: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        other => other,
    };
    text.chars().map(narrow).filter(char::is_ascii_hexdigit).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Not a real digest: all texts are visible in it.
    fn shown(parts: &[&str]) -> String {
        parts.iter().map(|part| format!("{}:{part};", part.len())).collect()
    }

    fn sheet() -> Vec<Handed> {
        let one = |item: u128, value: &str| Handed {
            item: Uuid::from_u128(item),
            value: value.into(),
            ..Handed::default()
        };
        let not_done =
            Handed { comment: "鍵がない".into(), planned_on: "2026-12-25".into(), ..one(2, "not_done") };
        let proven =
            Handed { reference: "台帳".into(), files: vec!["b".into(), "a".into()], ..one(3, "done") };
        vec![one(1, "done"), not_done, proven, one(4, "")]
    }

    #[test]
    fn every_change_of_an_answer_changes_the_digest() {
        let before = answers_digest(&sheet(), shown);
        let changes: [fn(&mut Vec<Handed>); 8] = [
            |sheet| sheet[0].value = "partial".into(),
            |sheet| sheet[0].item = Uuid::from_u128(9),
            |sheet| sheet[1].comment = "鍵が無い".into(),
            |sheet| sheet[1].planned_on = String::new(),
            |sheet| sheet[2].reference = "台帳（執務室）".into(),
            |sheet| sheet[2].files[0] = "c".into(),
            |sheet| drop(sheet.remove(2)),
            |sheet| sheet[3].value = "na".into(),
        ];
        for change in changes {
            let mut other = sheet();
            change(&mut other);
            assert_ne!(answers_digest(&other, shown), before, "{other:?}");
        }
    }

    #[test]
    fn order_and_blanks_say_nothing_and_texts_do_not_run_together() {
        let before = answers_digest(&sheet(), shown);
        let mut other = sheet();
        other.reverse();
        other[1].files.reverse();
        other.retain(|answer| !answer.is_blank());
        assert_eq!(answers_digest(&other, shown), before);
        let mut moved = sheet();
        (moved[2].value, moved[2].comment) = ("don".into(), "e".into());
        assert_ne!(answers_digest(&moved, shown), before);
    }

    #[test]
    fn the_number_hangs_on_the_event_and_on_the_answers() {
        let number = |event, answers| super::number(event, answers, shown);
        assert_ne!(number("e1", "a1"), number("e2", "a1"));
        assert_ne!(number("e1", "a1"), number("e1", "a2"));
    }

    #[test]
    fn a_number_from_paper_is_read() {
        assert_eq!(typed(" 12AB-34cd　５６ＥＦ "), "12ab34cd56ef");
    }
}
