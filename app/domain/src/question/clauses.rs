//! A sentence that forbids one thing and commands another, cut into the two. Source: field glossary §5.4 rule 1.

use super::carry::{object, occasion};
use super::condition;
use super::lead::LIST;
use super::verb::link;
use crate::clause::Class;

/// Ends of a part in the middle of a sentence: its class, how it ends there, how it ends alone.
const JOINTS: [(Class, &str, &str); 8] = [
    (Class::Prohibition, "てはならず、", "てはならない"),
    (Class::Prohibition, "ではならず、", "ではならない"),
    (Class::Prohibition, "てはならないものとし、", "てはならない"),
    (Class::Prohibition, "ことを禁止し、", "ことを禁止する"),
    (Class::Prohibition, "ことを禁じ、", "ことを禁ずる"),
    (Class::Prohibition, "ないものとし、", "ないものとする"),
    (Class::Prohibition, "ないこととし、", "ないこととする"),
    (Class::Duty, "なければならず、", "なければならない"),
];

/// The parts of a sentence with the class of each; the last one has the class of the sentence.
///
/// A condition that opens the sentence holds for every part that sets none of its own.
pub(super) fn parts(text: &str, class: Class) -> Vec<(Class, String)> {
    let (conditions, text) = opening(text);
    let mut parts = Vec::new();
    let mut rest = text.as_str();
    while let Some((at, (of, joint, end))) = next(rest) {
        parts.push((of, format!("{}{end}", &rest[..at])));
        rest = &rest[at + joint.len()..];
        for word in ["また、", "かつ、", "さらに、", "又は"] {
            rest = rest.strip_prefix(word).unwrap_or(rest);
        }
    }
    parts.push((class, rest.to_string()));
    parts.retain(|(_, part)| !part.is_empty());
    whole(&conditions, parts.into_iter().flat_map(|(class, part)| ways(class, part)).collect())
}

/// The conditions a sentence opens with, and the rest.
fn opening(text: &str) -> (String, String) {
    let pieces = condition::pieces(text);
    let count = pieces.iter().take_while(|piece| condition::ends(piece)).count();
    (pieces[..count].concat(), pieces[count..].concat())
}

/// 「鍵を複製し、又は貸してはならない」 forbids two acts.
fn ways(class: Class, part: String) -> Vec<(Class, String)> {
    let two = || {
        let (first, second) = ["、又は", "、若しくは"].iter().find_map(|word| part.split_once(word))?;
        let (act, _) = second.rsplit_once("はならない").filter(|(act, _)| act.ends_with(['て', 'で']))?;
        let cases = first.contains(LIST)
            || ["場合", "とき", "を除", "許可", "承認", "無断"].iter().any(|word| first.contains(word));
        let sound = !cases && first.contains('を') && !act.contains(['、', 'は']) && !act.contains("試み");
        let te = link(first).filter(|_| sound)?;
        Some(vec![(class, format!("{te}はならない")), (class, second.to_string())])
    };
    two().filter(|_| class == Class::Prohibition).unwrap_or_else(|| vec![(class, part)])
}

/// Every part with the conditions of the first and, where it names none, the object of the one before it.
fn whole(conditions: &str, parts: Vec<(Class, String)>) -> Vec<(Class, String)> {
    let mut known = occasion(conditions);
    let mut done = Vec::new();
    for (class, part) in parts {
        let (own, act) = opening(&part);
        let held = ["を", "が", "は、", "について"].iter().any(|particle| act.contains(particle));
        let act = match known.as_deref().filter(|_| !held && own.is_empty() && !done.is_empty()) {
            Some(thing) => format!("{thing}を{act}"),
            None => act,
        };
        let lost =
            own.split('、').next().is_some_and(|first| LOSING.iter().any(|verb| first.starts_with(verb)));
        let own = match known.as_deref().filter(|_| lost && !own.contains('を') && !own.contains('が')) {
            Some(thing) => format!("{thing}を{own}"),
            None => own,
        };
        let plain = act.replace("はならない", "").replace("なければならない", "て");
        known = object(&plain).filter(|thing| !LEAVE.contains(&thing.as_str())).or(known);
        let before = if own.is_empty() { conditions } else { own.as_str() };
        done.push((class, format!("{before}{act}")));
    }
    done
}

/// Verbs of a condition that speaks of the thing before it: 「鍵を貸してはならず、紛失したときは」.
const LOSING: [&str; 9] = ["紛失", "破損", "亡失", "返却", "廃棄", "使用し", "利用し", "送信", "持ち出"];

/// What is got or given by an act and is not its thing.
const LEAVE: [&str; 6] = ["許可", "承認", "承諾", "同意", "指示", "報告"];

fn next(text: &str) -> Option<(usize, (Class, &'static str, &'static str))> {
    JOINTS.iter().filter_map(|joint| text.find(joint.1).map(|at| (at, *joint))).min_by_key(|(at, _)| *at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_forbidden_and_what_is_commanded_are_two_parts() {
        let duty = |text: &str| (Class::Duty, text.to_string());
        let ban = |text: &str| (Class::Prohibition, text.to_string());
        assert_eq!(
            parts("鍵を貸してはならず、紛失したときは、届け出なければならない", Class::Duty),
            [ban("鍵を貸してはならない"), duty("鍵を紛失したときは、届け出なければならない")]
        );
        assert_eq!(
            parts("施錠しなければならず、また、鍵を放置してはならない", Class::Prohibition),
            [duty("施錠しなければならない"), ban("鍵を放置してはならない")]
        );
        assert_eq!(
            parts(
                "媒体を持ち出す場合は、許可を得なければならず、車内に放置してはならない",
                Class::Prohibition
            ),
            [
                duty("媒体を持ち出す場合は、許可を得なければならない"),
                ban("媒体を持ち出す場合は、媒体を車内に放置してはならない")
            ]
        );
        assert_eq!(
            parts("名簿を複製し、又は庁外に送付してはならない", Class::Prohibition),
            [ban("名簿を複製してはならない"), ban("名簿を庁外に送付してはならない")]
        );
        assert_eq!(parts("施錠する", Class::Duty), [duty("施錠する")]);
    }
}
