//! What the end of a sentence says about its class. Source: field glossary §5.3.

use super::{Class, Mark, Part};

/// Ends that mean the same wherever they stand.
pub(super) fn settled(text: &str, plain: &str) -> Option<Class> {
    let ends = |words: &[&str]| words.iter().any(|word| plain.ends_with(word));
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    if ends(&["には適用しない", "については適用しない"]) && text.starts_with("この") {
        return Some(Class::Scope);
    }
    if delegates(plain) {
        Some(Class::Stipulation)
    } else if introduces_terms(plain)
        || ends(&["をいう", "と定義する", "を指す"])
        || (has(&["とは、"]) && has(&["をいい、"]))
    {
        Some(Class::Definition)
    } else if ends(&["目的とする", "目的とするものとする"]) {
        Some(Class::Purpose)
    } else if ends(&["この限りでない", "適用しない", "妨げない", "除く"])
        || (text.starts_with("ただし") && ends(&["ことができる", "省略できる", "足りる"]))
    {
        Some(Class::Exception)
    } else if ends(&[
        "ところによる",
        "みなす",
        "ことはない",
        "から実施する",
        "から適用する",
        "廃止する",
        "に読み替える",
        "読み替えるものとする",
        "従前の例による",
        "施行する",
        "同様とする",
        "含む",
        "含むものとする",
        "削除",
        "受けない",
    ]) || has(&["懲戒処分の対象"])
    {
        Some(Class::Background)
    } else if ends(&["対象外とする", "に適用する", "を対象とする", "適用を受ける"]) {
        Some(Class::Scope)
    } else {
        None
    }
}

/// Whether a sentence leaves the rest to somebody: 「必要な事項は、市長が別に定める」. A link to another document, nothing
/// to be asked about.
pub fn delegates(text: &str) -> bool {
    let text = text.trim().trim_end_matches('。');
    let ends = |words: &[&str]| words.iter().any(|word| text.ends_with(word));
    let rest =
        ["必要な事項は、", "必要な細目は、", "必要な事項については、"].iter().any(|word| text.contains(word));
    ends(&["別に定める", "別に定めるものとする"])
        || rest && ends(&["が定める", "が定めるものとする", "が、定める"])
}

/// Whether a sentence introduces the terms: 「用語の意義は、次の各号に定めるところによる」.
pub fn introduces_terms(text: &str) -> bool {
    let text = text.trim().trim_end_matches('。');
    ["用語の意義", "用語の定義"].iter().any(|word| text.contains(word))
        && ["よる", "とおりとする", "とおりである"].iter().any(|end| text.ends_with(end))
}

/// The class by the predicate alone.
pub(super) fn by_end(plain: &str) -> Class {
    let ends = |words: &[&str]| words.iter().any(|word| plain.ends_with(word));
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    if has(&["に努め", "よう努め", "を努め", "努力する", "努力しなければ"])
        || ends(&["望ましい", "心掛ける", "心がける"])
        || ends(&["配慮する", "配慮するものとする", "配慮しなければならない", "心掛けなければならない"])
    {
        Class::Effort
    } else if ends(&[
        "てはならない",
        "ではならない",
        "禁止する",
        "禁ずる",
        "禁じる",
        "禁止とする",
        "てはいけない",
    ]) {
        Class::Prohibition
    } else if ends(&["ければならない", "ねばならない", "義務を負う", "必要がある"]) {
        Class::Duty
    } else if ends(&[
        "ことができる",
        "できるものとする",
        "足りる",
        "足りるものとする",
        "差し支えない",
        "できる",
    ]) {
        Class::Permission
    } else if ends(&["ないこと", "ないものとする", "ない", "できないこととする", "ないこととする"])
        && !ends(&["少なくない", "ではない", "不可欠ではない"])
    {
        Class::Prohibition
    } else {
        plain_end(plain)
    }
}

/// 〜する: a duty in this kind of text, unless it sets up, appoints or describes.
fn plain_end(plain: &str) -> Class {
    let ends = |words: &[&str]| words.iter().any(|word| plain.ends_with(word));
    if ends(&["すること", "ものとする", "こととする", "ようにする", "にする", "明らかにする"])
    {
        return if ends(&["置くものとする", "充てるものとする"]) {
            Class::Stipulation
        } else {
            Class::Duty
        };
    }
    if ends(&[
        "置く",
        "充てる",
        "責任を負う",
        "有する",
        "組織する",
        "構成する",
        "とする",
        "担わせる",
        "担う",
        "委員会を設置する",
        "会議を設置する",
        "委員会を設ける",
        "会議を設ける",
    ]) {
        return Class::Stipulation;
    }
    if ends(&["ている", "である", "あった", "ある", "なる", "なった", "といえる", "です", "ます"])
    {
        return Class::Background;
    }
    let verb = plain.chars().last().is_some_and(|c| "うくぐすつぬぶむる".contains(c));
    if verb || ends(&["こと"]) { Class::Duty } else { Class::Background }
}

const VERBS: [&str; 18] = [
    "しなければならない",
    "しなければならない",
    "なければならない",
    "してはならない",
    "てはならない",
    "ではならない",
    "努めるものとする",
    "するものとする",
    "ものとする",
    "することができる",
    "ことができる",
    "を目的とする",
    "をいう",
    "を禁止する",
    "しないこと",
    "すること",
    "することが望ましい",
    "が望ましい",
];

/// The deciding words at the end; else the last few characters after the last particle.
pub(super) fn verb(text: &str) -> Option<Mark> {
    let end = text.trim_end_matches(['。', '）', ')']);
    let to = end.chars().count();
    let known = VERBS.iter().filter(|verb| end.ends_with(**verb)).map(|verb| verb.chars().count()).max();
    let length = known.or_else(|| {
        let tail = end.rsplit(['を', 'に', 'が', 'は', '、', 'と']).next()?;
        Some(tail.chars().count())
    })?;
    (length > 0 && length <= to).then_some(Mark { part: Part::Verb, from: to - length, to })
}
