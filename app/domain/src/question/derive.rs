//! One sentence to its questions: one verifiable act each, です・ます, at most 80 characters.

use super::chain::{Act, acts};
use super::condition::{self, Condition};
use super::prohibition;
use super::verb::te_form;
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

fn forbidden(rest: &str) -> Vec<Act> {
    let Some(found) = prohibition::positive(rest) else { return Vec::new() };
    let confidence = if found.sure { 0.8 } else { 0.6 };
    vec![Act { head: String::new(), spare: Vec::new(), act: found.text, absent: found.absent, confidence }]
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
