//! One sentence to its questions: one verifiable act each, です・ます, at most 80 characters.

use super::condition::{self, Condition};
use super::prohibition;
use super::verb::{link, te_form};
use crate::clause::{Class, Part, Sentence, segments, without_brackets};
use crate::role::Role;
use crate::topic::Topic;

/// The longest question.
pub(super) const LONGEST: usize = 80;

/// A question before it is addressed to a role.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    /// Words that may be left out when the question is too long, one by one from the front.
    spare: Vec<String>,
    /// 「〜においては、」, kept in every question of a chain.
    head: String,
    /// The condition, kept in every question of a chain.
    condition: String,
    /// The act with 「〜ていますか。」.
    act: String,
    /// What stands in for the question if even the act alone is too long.
    fallback: String,
    pub not_applicable: Option<String>,
    pub weight: f64,
    pub rule: &'static str,
    pub confidence: f64,
}

/// The questions of a sentence that obliges; none if nothing verifiable is in it.
pub(super) fn questions(sentence: &Sentence, heading: Option<&str>) -> Vec<Asked> {
    let body = body(sentence);
    let carried =
        sentence.class == Class::Prohibition && ["次に掲げる", "次の"].iter().any(|word| body.contains(word));
    if carried || delegated(&sentence.text) || !verifiable(&sentence.text) {
        return Vec::new();
    }
    let (condition, rest) = condition::take(&body);
    let fallback = fallback(heading, &rest);
    let parts = match sentence.class {
        Class::Prohibition => forbidden(&rest),
        _ => acts(&rest),
    };
    let chain = parts.len() > 1;
    parts.into_iter().map(|part| asked(part, sentence, condition.as_ref(), chain, &fallback)).collect()
}

/// The sentence without subject, connectors, brackets and 。
fn body(sentence: &Sentence) -> String {
    let chars: Vec<char> = sentence.text.chars().collect();
    let subject = sentence.marks.iter().find(|mark| mark.part == Part::Subject);
    let tail = |from: usize| chars.iter().skip(from).collect::<String>();
    let text = subject
        .map_or_else(|| sentence.text.clone(), |mark| without_subject(&chars, mark.from, mark.to, &tail));
    let text = without_brackets(&text);
    let text = text.trim().trim_end_matches('。').trim_start_matches('、').to_string();
    ["なお、", "また、", "さらに、", "併せて、", "特に、"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .map_or(text.clone(), str::to_string)
}

fn without_subject(chars: &[char], from: usize, to: usize, tail: &dyn Fn(usize) -> String) -> String {
    let before: String = chars[..from].iter().collect();
    let after = tail(to + 1);
    format!("{before}{}", after.trim_start_matches('、'))
}

/// 「別に定める」 refers to another document; there is nothing to ask about here.
fn delegated(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches('。');
    ["別に定める", "長が定める", "規定を準用する"].iter().any(|end| text.ends_with(end))
}

/// A noun in a list is asked about by its lead-in.
fn verifiable(text: &str) -> bool {
    text.trim_end().ends_with('。') || text.ends_with("こと") || te_form(text).is_some()
}

struct Act {
    head: String,
    spare: Vec<String>,
    act: String,
    absent: Option<String>,
    confidence: f64,
}

fn forbidden(rest: &str) -> Vec<Act> {
    let Some(found) = prohibition::positive(rest) else { return Vec::new() };
    let confidence = if found.sure { 0.8 } else { 0.6 };
    vec![Act { head: String::new(), spare: Vec::new(), act: found.text, absent: found.absent, confidence }]
}

/// Splits a 連用形 chain; a head such as 「〜においては、」 goes to every part.
fn acts(rest: &str) -> Vec<Act> {
    let rest = with_commas(&related(rest));
    let pieces = segments(&rest);
    let heads = pieces.iter().take_while(|piece| is_head(piece)).count();
    let head: String = pieces[..heads].concat();
    let mut parts = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for (index, piece) in pieces.iter().enumerate().skip(heads) {
        let words = piece.trim_end_matches('、');
        let last = index + 1 == pieces.len();
        let alternative = pieces
            .get(index + 1)
            .is_some_and(|next| next.starts_with("又は") || next.starts_with("若しくは"));
        let ends = if last { te_form(words) } else { chained(words, &open).filter(|_| !alternative) };
        match ends {
            Some(act) => parts.push(part(&head, &std::mem::take(&mut open), &act)),
            None => open.push(piece.clone()),
        }
    }
    without_goals(parts)
}

/// 「規定を整備し対策を講じる」 is a chain too, although 、 is missing.
fn with_commas(rest: &str) -> String {
    let chars: Vec<char> = rest.chars().collect();
    let kanji = |at: usize| chars.get(at).is_some_and(|c| ('一'..='龠').contains(c));
    let objects = |from: usize| chars.iter().skip(from).filter(|c| **c == 'を').count();
    let links = |at: usize| at >= 3 && chars[at] == 'し' && chars[at - 3] == 'を' && objects(at) == 1;
    let mut text = String::new();
    for (at, c) in chars.iter().enumerate() {
        text.push(*c);
        if links(at) && kanji(at - 1) && kanji(at - 2) && kanji(at + 1) {
            text.push('、');
        }
    }
    text
}

fn chained(words: &str, open: &[String]) -> Option<String> {
    let holds = |text: &str| text.contains('を') || text.ends_with("とともに") || text.contains("ようにした");
    (holds(words) || open.iter().any(|piece| piece.contains('を'))).then(|| link(words)).flatten()
}

fn is_head(piece: &str) -> bool {
    let ends = [
        "においては、",
        "については、",
        "に対しては、",
        "に関しては、",
        "では、",
        "について、",
        "に関し、",
        "に対し、",
    ];
    ends.iter().any(|end| piece.ends_with(end))
}

/// References to other clauses mean nothing on a sheet.
fn related(rest: &str) -> String {
    let pieces = segments(rest);
    let names = |piece: &String| {
        ["上記", "前項", "前条", "前号", "次の", "次に掲げる"].iter().any(|word| piece.contains(word))
    };
    let ends = |piece: &String| {
        ["ため、", "ために、", "より、", "基づき、", "ついて、"].iter().any(|end| piece.ends_with(end))
    };
    let mut kept: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let until = pieces[at..].iter().take(3).position(ends).filter(|_| names(piece));
        if until.is_none() {
            kept.push(piece.clone());
        }
        at += until.unwrap_or(0) + 1;
    }
    let words = [
        ("次に掲げる事項を定めなければ", "必要な事項を定めなければ"),
        ("次に掲げる事項", "定められた事項"),
        ("次の事項", "定められた事項"),
        ("次に掲げる", "定められた"),
        ("に関すること", "を行うこと"),
    ];
    words.iter().fold(kept.concat(), |text, (from, to)| text.replace(from, to))
}

/// The words of a part: lists before the act belong to it, adverbial phrases can be spared.
fn part(head: &str, open: &[String], act: &str) -> Act {
    let absent = condition::if_needed(&format!("{}{act}", open.concat()));
    let spared = open.iter().rposition(|piece| adverbial(piece)).map_or(0, |place| place + 1);
    let list: String = open[spared..].concat();
    let mut spare: Vec<String> = Vec::new();
    for piece in &open[..spared] {
        match spare.last_mut().filter(|last| !adverbial(last)) {
            Some(last) => last.push_str(piece),
            None => spare.push(piece.clone()),
        }
    }
    Act { head: head.to_string(), spare, act: format!("{list}{act}"), absent, confidence: 0.8 }
}

fn adverbial(piece: &str) -> bool {
    let ends = [
        "ため、",
        "ために、",
        "より、",
        "応じ、",
        "応じて、",
        "基づき、",
        "踏まえ、",
        "として、",
        "は、",
        "際、",
        "結果、",
        "とき、",
        "て、",
        "ところにより、",
    ];
    ends.iter().any(|end| piece.ends_with(end))
}

/// 「向上を図る」 names a goal; it is only asked if the sentence holds nothing else.
fn without_goals(parts: Vec<Act>) -> Vec<Act> {
    let goal = |part: &Act| part.act.ends_with("向上を図って") || part.act.ends_with("確保を図って");
    if parts.iter().all(goal) {
        return parts;
    }
    parts.into_iter().filter(|part| !goal(part)).collect()
}

fn asked(
    part: Act,
    sentence: &Sentence,
    condition: Option<&Condition>,
    chain: bool,
    fallback: &str,
) -> Asked {
    let rule = match (sentence.class, condition.is_some() || part.absent.is_some(), chain) {
        (Class::Prohibition, _, _) => "禁止の言い換え",
        (Class::Effort, _, _) => "努力義務",
        (_, true, _) => "条件付きの義務",
        (_, _, true) => "一文の分割",
        _ => "義務",
    };
    let vague = ["適切に", "十分な", "必要な措置", "等の対策", "技術的対策", "物理的な対策"]
        .iter()
        .any(|word| part.act.contains(word));
    Asked {
        spare: part.spare,
        head: part.head,
        condition: condition.map(|c| c.words.clone()).unwrap_or_default(),
        act: format!("{}いますか。", part.act),
        fallback: fallback.to_string(),
        not_applicable: part.absent.or_else(|| condition.and_then(|c| c.absent.clone())),
        weight: if sentence.class == Class::Effort { 0.5 } else { 1.0 },
        rule,
        confidence: if vague { part.confidence - 0.2 } else { part.confidence },
    }
}

fn fallback(heading: Option<&str>, rest: &str) -> String {
    let name: String = heading.map(without_brackets).unwrap_or_default().chars().take(30).collect();
    if name.is_empty() {
        let start: String = rest.chars().take(30).collect();
        return format!("「{start}…」について、定められたとおりに行っていますか。");
    }
    format!("「{name}」について、定められたとおりに行っていますか。")
}

/// The question as the role reads it.
pub(super) fn worded(asked: &Asked, role: Role, topic: Topic) -> String {
    let prefixes = [prefix(role, topic, asked), ""];
    for spared in 0..=asked.spare.len() {
        for prefix in prefixes {
            let text = format!(
                "{prefix}{}{}{}{}",
                asked.condition,
                asked.head,
                asked.spare[spared..].concat(),
                asked.act
            );
            let text =
                if prefix.is_empty() { text } else { text.replace("本市の保有する", "保有する") };
            if text.chars().count() <= LONGEST {
                return text;
            }
        }
    }
    let bare = [format!("{}{}{}", asked.condition, asked.head, shortened(&asked.act)), shortened(&asked.act)];
    bare.into_iter().find(|text| text.chars().count() <= LONGEST).unwrap_or_else(|| asked.fallback.clone())
}

/// The act from its last phrase on.
fn shortened(act: &str) -> String {
    let pieces = segments(act);
    let start = (0..pieces.len()).find(|from| pieces[*from..].concat().chars().count() <= LONGEST - 15);
    start.map_or_else(|| act.to_string(), |from| pieces[from..].concat())
}

fn prefix(role: Role, topic: Topic, asked: &Asked) -> &'static str {
    let start = format!("{}{}{}{}", asked.condition, asked.head, asked.spare.concat(), asked.act);
    let rooms = matches!(topic, Topic::Resilience | Topic::Physical);
    match role {
        Role::Manager if !start.starts_with("所属") && !start.starts_with("課") => "所属では、",
        Role::SystemManager if !rooms && !start.contains("情報システム") => {
            "所管する情報システムでは、"
        }
        _ => "",
    }
}
