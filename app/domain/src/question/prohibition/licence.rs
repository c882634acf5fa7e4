//! Acts that are forbidden without leave, or before something else is done.

use super::Positive;
use crate::question::condition::absence;
use crate::question::verb::from_dictionary;

/// Words for acting without leave, the longest first.
const WITHOUT: [&str; 24] = [
    "の許可を得た上でなければ",
    "の承認を得た上でなければ",
    "の許可を得た後でなければ",
    "の承認を得た後でなければ",
    "の許可を受けた後でなければ",
    "の承認を受けなければ",
    "の許可を得ないで",
    "の許可を受けないで",
    "の許可を得ずに",
    "の許可を受けずに",
    "の許可を得なければ",
    "の許可を受けなければ",
    "の許可なく",
    "の承認を得ないで",
    "の承認を得ずに",
    "の承認を得なければ",
    "の承認を受けずに",
    "の承認なく",
    "の承諾なく",
    "の同意を得ずに",
    "の同意なく",
    "の許可なしに",
    "の承認なしに",
    "の指示なく",
];
/// The nouns of leave, as they stand in the question.
const LEAVE: [&str; 5] = ["許可", "承認", "承諾", "同意", "指示"];
const RULE: &str = "禁止（許可のない行為）";

/// 許可なく持ち出してはならない → 持ち出すときは、毎回許可を得ていますか.
pub(super) fn licence(plain: &str) -> Option<Positive> {
    let bare = |word: &&&str| plain.contains(**word) || plain.contains(word.trim_start_matches('の'));
    if let Some(word) = WITHOUT.iter().find(bare) {
        let (before, after, owned) = match plain.split_once(word) {
            Some((before, after)) => (before, after, true),
            None => plain
                .split_once(word.trim_start_matches('の'))
                .map(|(before, after)| (before, after, false))?,
        };
        return asked(before, after, owned, leave(word));
    }
    let (before, after) = plain.split_once("無断で")?;
    asked(before, after, false, "許可")
}

fn leave(word: &str) -> &'static str {
    LEAVE.into_iter().find(|leave| word.contains(leave)).unwrap_or("許可")
}

fn asked(before: &str, after: &str, owned: bool, leave: &str) -> Option<Positive> {
    let authority =
        if owned { before.rsplit(['、', 'に', 'を', 'は']).next().unwrap_or_default() } else { "" };
    let object = &before[..before.len() - authority.len()];
    let after = after.trim_start_matches('、');
    let act = format!("{}{after}", object.trim_end_matches('、'));
    let giver = if authority.is_empty() { String::new() } else { format!("{authority}の") };
    Some(Positive {
        absent: Some(absence(&act)),
        ..Positive::new(RULE, format!("{}ときは、毎回{giver}{leave}を得て", topic_as_object(&act)))
    })
}

/// 端末は、接続する(とき) → 端末を接続する.
fn topic_as_object(act: &str) -> String {
    match act.split_once("は、") {
        Some((topic, rest)) if !rest.contains('を') => format!("{topic}を{rest}"),
        _ => act.to_string(),
    }
}

/// 「所属長の許可を得た場合を除き」 grants what else is forbidden.
pub(super) fn by_exception(plain: &str, exception: &str) -> Option<Positive> {
    let word = LEAVE.iter().find(|leave| {
        exception.contains(&format!("{leave}を得た")) || exception.contains(&format!("{leave}を受けた"))
    })?;
    let (giver, _) = exception.split_once(word)?;
    asked(plain, "", false, word).map(|asked| Positive {
        text: asked.text.replace(&format!("毎回{word}"), &format!("毎回{giver}{word}")),
        ..asked
    })
}

/// 変更せずに運用してはならない → 変更してから運用していますか; two negations would stand in one question otherwise.
pub(super) fn first(plain: &str) -> Option<Positive> {
    if let Some((case, act)) =
        plain.split_once("と認めるときでなければ").or_else(|| plain.split_once("ときでなければ"))
    {
        let act = act.trim_start_matches('、');
        return Some(Positive::new("禁止（先にすべき行為）", format!("{act}ときは、{case}ことを確かめて")));
    }
    let ways = [
        ("せずに", "して"),
        ("しないで", "して"),
        ("しないまま", "して"),
        ("した後でなければ", "して"),
        ("してからでなければ", "して"),
        ("しなければ", "して"),
        ("た上でなければ", "て"),
        ("た後でなければ", "て"),
        ("てからでなければ", "て"),
        ("を経ずに", "を経て"),
        ("を経ないで", "を経て"),
        ("を得ずに", "を得て"),
        ("を受けずに", "を受けて"),
        ("を行わずに", "を行って"),
        ("を行わないで", "を行って"),
        ("を確かめずに", "を確かめて"),
    ];
    let (from, to) = ways.iter().find(|(from, _)| plain.contains(from))?;
    let (before, after) = plain.split_once(from)?;
    let then = from_dictionary(after.trim_start_matches('、'))?;
    Some(Positive::new("禁止（先にすべき行為）", format!("{before}{to}から{then}")))
}
