//! Short names a policy gives: 「最高情報セキュリティ責任者（以下「CISO」という。）」.

use super::PolicyText;
use serde::{Deserialize, Serialize};

/// A short name and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// Index of the clause that gives it.
    pub clause: usize,
    /// Index of the sentence within the clause.
    pub sentence: usize,
    /// The short name as printed.
    pub name: String,
    /// The words it stands for, as far as they can be told.
    pub stands_for: String,
}

/// All short names in document order.
pub fn aliases(policy: &PolicyText) -> Vec<Alias> {
    let mut found = Vec::new();
    for (clause, text) in policy.clauses.iter().enumerate() {
        for (sentence, written) in text.sentences.iter().enumerate() {
            in_sentence(&written.text, |name, stands_for| {
                found.push(Alias { clause, sentence, name, stands_for });
            });
        }
    }
    found
}

fn in_sentence(text: &str, mut take: impl FnMut(String, String)) {
    let mut from = 0;
    while let Some(at) = text[from..].find("以下").map(|at| from + at) {
        from = at + "以下".len();
        let after = text[from..]
            .trim_start_matches(['、', '単', 'に', 'こ', 'れ', 'ら', 'を', '総', '称', 'し', 'て', ' ']);
        let Some((name, rest)) = after.strip_prefix('「').and_then(|after| after.split_once('」')) else {
            continue;
        };
        if ["という", "といい", "と総称", "と略", "とする", "と呼"].iter().any(|word| rest.starts_with(word))
        {
            take(name.trim().to_string(), before(&text[..at]));
        }
    }
}

/// The noun before the bracket that gives the name: 本市に最高情報統括責任者（ → 最高情報統括責任者.
fn before(text: &str) -> String {
    let open = text.rfind(['(', '（']).filter(|at| !text[*at..].contains([')', '）']));
    let words = open.map_or(text, |at| &text[..at]).trim_end();
    let hiragana = |c: char| ('ぁ'..='ん').contains(&c);
    let stop = |c: char| hiragana(c) || matches!(c, '、' | '。' | '「' | '」' | '(' | '（');
    let noun = words.rsplit(stop).next().unwrap_or_default();
    let noun = if noun.is_empty() { words.rsplit(['、', '。']).next().unwrap_or_default() } else { noun };
    noun.trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_are_found_with_what_they_stand_for() {
        for (text, name, stands_for) in [
            (
                "本市に最高情報統括責任者（以下「ＣＩＳＯ」という。）を置く。",
                "ＣＩＳＯ",
                "最高情報統括責任者",
            ),
            ("職員、非常勤職員及び派遣労働者(以下「職員等」という。)は、守る。", "職員等", "派遣労働者"),
            (
                "情報システムを所管する課の所属管理者（以下単に「システム管理者」という。）は",
                "システム管理者",
                "所属管理者",
            ),
            ("事故（これに準ずるものを含む。以下「事故等」という。）", "事故等", "事故"),
        ] {
            let mut found = Vec::new();
            in_sentence(text, |name, stands_for| found.push((name, stands_for)));
            assert_eq!(found, [(name.to_string(), stands_for.to_string())], "{text}");
        }
    }

    #[test]
    fn other_uses_of_the_word_are_no_short_names() {
        in_sentence("区分Ⅱ以下の情報、「秘」以下同じ。以下「次」に掲げる。", |name, _| panic!("{name}"));
    }
}
