//! Word patterns shared by classes, subjects and questions.

use super::split::{depths, segments};

/// Words that open a sentence without belonging to it.
pub(super) const CONNECTORS: [&str; 8] =
    ["なお、", "また、", "ただし、", "さらに、", "併せて、", "特に、", "この場合において、", "この場合、"];

const CONDITION_ENDS: [&str; 15] = [
    "場合",
    "場合に",
    "場合は",
    "場合には",
    "場合においては",
    "場合において",
    "とき",
    "ときは",
    "ときに",
    "ときには",
    "際",
    "際に",
    "際は",
    "際には",
    "にあっては",
];

/// The text without （…） and (…), with 「…」 kept.
pub(crate) fn without_brackets(text: &str) -> String {
    let mut level = 0usize;
    let closed = depths(text);
    let keep = |(c, depth): (char, usize)| {
        if matches!(c, '(' | '（') && depth > 0 {
            level += 1;
        }
        let kept = level == 0;
        if matches!(c, ')' | '）') && depth > 0 {
            level = level.saturating_sub(1);
        }
        kept.then_some(c)
    };
    text.chars().zip(closed).filter_map(keep).collect()
}

/// Length of the connector a text begins with, in characters.
pub(super) fn connector(text: &str) -> usize {
    CONNECTORS.iter().find(|word| text.starts_with(**word)).map_or(0, |word| word.chars().count())
}

/// The conditional clauses of a text as character ranges: 「〜する場合には、」「〜したときは、」.
///
/// 「必要に応じて」 counts too, but not 「定期的又は必要に応じて」, which leaves no choice.
pub(super) fn conditions(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let (mut at, mut from) = (0, 0);
    for segment in segments(text) {
        let length = segment.chars().count();
        let words = segment.trim_end_matches('、');
        if segment.ends_with('、') && CONDITION_ENDS.iter().any(|end| words.ends_with(end)) {
            found.push((from, at + length));
            from = at + length;
        } else if let Some(place) = needed(&segment) {
            found.push((at + place, at + place + 5));
        }
        at += length;
    }
    found
}

fn needed(segment: &str) -> Option<usize> {
    let before = &segment[..segment.find("必要に応じ")?];
    (!before.ends_with("又は")).then(|| before.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_found_and_regular_duties_have_none() {
        assert_eq!(conditions("外部委託する場合には、契約する。"), [(0, 11)]);
        assert_eq!(conditions("定期的又は必要に応じて監査する。"), []);
        assert_eq!(conditions("必要に応じて措置を講じる。"), [(0, 5)]);
    }

    #[test]
    fn brackets_go_and_quotations_stay() {
        assert_eq!(without_brackets("系(個人番号（等）系)の「鍵」"), "系の「鍵」");
        assert_eq!(without_brackets("系(未完"), "系(未完");
    }
}
