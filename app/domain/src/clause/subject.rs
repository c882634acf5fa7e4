//! Who a sentence gives a duty to: the written subject. Source: field glossary §5.3.

use super::classify::is_noun;
use super::pattern::{connector, without_brackets};
use super::split::depths;

/// A subject and where it stands, in characters.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Subject {
    pub name: String,
    pub from: usize,
    pub to: usize,
}

const ACTORS: [&str; 38] = [
    "CIO",
    "ＣＩＯ",
    "会議",
    "対応班",
    "班",
    "チーム",
    "部門",
    "窓口",
    "本部",
    "担当",
    "幹事会",
    "指定管理者",
    "者",
    "職員",
    "推進員",
    "管理員",
    "監査員",
    "委員",
    "長",
    "主任",
    "委員会",
    "本市",
    "市",
    "町",
    "村",
    "県",
    "CISO",
    "ＣＩＳＯ",
    "C I S O",
    "CSIRT",
    "ＣＳＩＲＴ",
    "事務局",
    "情報セキュリティ会議",
    "リーダー",
    "アドバイザー",
    "統括",
    "監査人",
    "課",
];
/// What stands before は or が when it marks no actor: 「〜には」「〜については」「〜する場合は」.
const NO_ACTOR: [&str; 4] = ["対象者の範囲", "何人", "時間帯担当", "の会議"];
const ADVERBIAL: [&str; 19] = [
    "関し",
    "対し",
    "ため",
    "より",
    "場合",
    "とき",
    "際",
    "年度",
    "的に",
    "おいて",
    "基づき",
    "応じ",
    "として",
    "ほか",
    "ついて",
    "は",
    "に",
    "て",
    "速やかに",
];

/// The first 「〜は」 whose head is an actor; else 「〜が」 before a short predicate or in the condition.
pub(super) fn find(text: &str) -> Option<Subject> {
    let chars: Vec<char> = text.chars().collect();
    let depths = depths(text);
    let start = connector(text);
    if let Some(subject) = everybody(&chars, start) {
        return Some(subject);
    }
    let by_ga = || (!is_noun(text)).then(|| by_ga(&chars, &depths, start)).flatten();
    by_wa(&chars, &depths, start).or_else(by_ga)
}

/// 「何人も、〜してはならない」 binds whoever works here.
fn everybody(chars: &[char], start: usize) -> Option<Subject> {
    let rest: String = chars.iter().skip(start).collect();
    let name = ["何人", "いかなる者", "いずれの者"]
        .into_iter()
        .find(|name| rest.starts_with(&format!("{name}も")))?;
    Some(Subject { name: name.to_string(), from: start, to: start + name.chars().count() })
}

fn by_wa(chars: &[char], depths: &[usize], start: usize) -> Option<Subject> {
    let mut from = start;
    for at in start..chars.len() {
        if chars[at] != 'は' || depths[at] > 0 {
            continue;
        }
        if let Some(subject) = actor(chars, depths, from, at) {
            return Some(subject);
        }
        if chars.get(at + 1) == Some(&'、') {
            from = at + 2;
        }
    }
    None
}

/// 「教育委員会が別に定める」 or 「職員等が〜する場合は、〜」; not 「職員等が遵守すべき事項を定める」.
fn by_ga(chars: &[char], depths: &[usize], start: usize) -> Option<Subject> {
    let mut from = start;
    let mut first = None;
    for at in start..chars.len() {
        if depths[at] > 0 {
            continue;
        }
        if chars[at] == 'が'
            && rules(chars, at, from == start)
            && let Some(subject) = actor(chars, depths, from, at)
        {
            // 「部外者が立ち入る場合は、職員が付き添う」: who acts in the end.
            first = Some(subject);
        }
        if chars[at] == '、' {
            from = at + 1;
        }
    }
    first
}

fn rules(chars: &[char], at: usize, opens: bool) -> bool {
    let rest: String = chars[at + 1..].iter().collect();
    let until = rest.split('、').next().unwrap_or_default();
    let conditional =
        ["場合は", "場合には", "ときは", "際は", "際には"].iter().any(|end| until.ends_with(end));
    // 「市が貸与したものであること」 describes a thing.
    let thing = ["ものであること", "ものに限ること", "ものに限る"];
    if thing.iter().any(|end| rest.trim_end_matches('。').ends_with(end)) {
        return false;
    }
    if ["とき", "とき。", "場合", "場合。"].iter().any(|end| rest.ends_with(end)) {
        return false;
    }
    if rest.starts_with("招集し") || rest.starts_with("招集する") {
        return true;
    }
    let own = ["その職務を代理する", "付き添う", "立ち会う", "必要な指導を行う"]
        .iter()
        .any(|act| rest.contains(act));
    if own && !rest.contains('、') {
        return true;
    }
    (opens && conditional) || (!rest.contains('、') && !rest.contains('を') && rest.chars().count() <= 16)
}

/// The actor that ends before `to`, without adverbial phrases in front of it.
fn actor(chars: &[char], depths: &[usize], from: usize, to: usize) -> Option<Subject> {
    let mut from = after_adverbials(chars, depths, from, to);
    let needed = ["必要に応じて", "必要に応じ"]
        .iter()
        .find(|word| chars[from..to].starts_with(&word.chars().collect::<Vec<_>>()));
    from += needed.map_or(0, |word| word.chars().count());
    let written: String = chars[from..to].iter().collect();
    let head = without_brackets(&written);
    let plain = head.trim_end_matches('等');
    let fits = ACTORS.iter().any(|end| head.ends_with(end) || plain.ends_with(end));
    if !fits || NO_ACTOR.iter().any(|end| head.ends_with(end)) {
        return None;
    }
    let name = alias(&written).unwrap_or_else(|| head.trim().to_string());
    Some(Subject { name, from, to })
}

fn after_adverbials(chars: &[char], depths: &[usize], from: usize, to: usize) -> usize {
    let mut begin = from;
    for at in from..to {
        if chars[at] == '、' && depths[at] == 0 {
            let before: String = chars[begin..at].iter().collect();
            if ADVERBIAL.iter().any(|end| before.ends_with(end)) {
                begin = at + 1;
            }
        }
    }
    begin
}

/// The short name that 「(以下「職員等」という。)」 gives to what stands before it.
pub(super) fn alias(written: &str) -> Option<String> {
    let (_, rest) = written.rsplit_once("以下「").or_else(|| written.rsplit_once("以下、「"))?;
    let (name, after) = rest.split_once('」')?;
    (after.starts_with("という") || after.starts_with("とする")).then(|| name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<String> {
        find(text).map(|subject| subject.name)
    }

    #[test]
    fn the_alias_of_a_definition_in_brackets_is_the_subject() {
        let text =
            "職員、再任用職員及び会計年度任用職員等(以下「職員等」という。)は、遵守しなければならない。";
        assert_eq!(name(text).as_deref(), Some("職員等"));
    }

    #[test]
    fn an_object_is_no_subject() {
        let text = "CISOは、指摘事項を所管する管理者に対し、改善を指示しなければならない。";
        assert_eq!(name(text).as_deref(), Some("CISO"));
        assert_eq!(name("職員等に対しては、教育を実施する。"), None);
        assert_eq!(name("情報セキュリティに関し、職員等が遵守すべき事項を定める。"), None);
    }

    #[test]
    fn an_actor_marked_by_ga_counts_before_a_short_predicate() {
        assert_eq!(name("委員会の会議は、ＣＩＳＯが招集する。").as_deref(), Some("ＣＩＳＯ"));
        assert_eq!(name("必要な事項は、市長が定める。").as_deref(), Some("市長"));
        assert_eq!(name("職員等が外部から接続する場合は、許可を得る。").as_deref(), Some("職員等"));
    }

    #[test]
    fn everybody_is_a_subject_and_the_owner_of_a_thing_is_none() {
        assert_eq!(name("何人も、鍵を複製してはならない。").as_deref(), Some("何人"));
        assert_eq!(name("市が配備したものであること。"), None);
    }

    #[test]
    fn adverbial_phrases_before_the_subject_are_left_out() {
        assert_eq!(name("毎年度、統括責任者は、研修を行う。").as_deref(), Some("統括責任者"));
    }
}
