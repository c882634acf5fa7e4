//! One sentence to its questions: one verifiable act each, です・ます, at most 80 characters.

use super::chain::{Act, acts_under, pieces};
use super::clauses;
use super::condition::{self, Condition};
use super::draft::LONGEST_CONDITION;
use super::lead::{Inherited, LIST, actor_condition, announced, body, subject_of, unnamed, with_carried};
use super::listing;
use super::prohibition;
use super::reference;
use super::simple::simple;
use super::verb::link;
use crate::clause::{Class, Sentence, announces_categories, is_noun};

/// Where a sentence stands and what it takes over from there.
#[derive(Debug, Clone, Default)]
pub(super) struct Setting {
    /// The nearest heading.
    pub heading: Option<String>,
    /// What its lead-in says.
    pub inherited: Inherited,
    /// The nouns of the list it introduces.
    pub items: Vec<String>,
    /// Whether the list is the contents of a document.
    pub contents: bool,
    /// 「業務を離れた後も、」: what 「その後も」 means.
    pub since: Option<String>,
    /// The text of the clause before it, which 「前項の」 speaks of.
    pub previous: String,
}

/// A question before it is addressed to a role.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    pub act: Act,
    /// The list of a lead-in in words, from the fullest to the shortest.
    pub list: Vec<String>,
    /// Whether the items of the list are to be checked one by one.
    pub items: bool,
    /// What stands in for the question if even the act alone is too long.
    pub fallback: String,
    pub not_applicable: Option<String>,
    pub weight: f64,
    pub rule: &'static str,
    pub confidence: f64,
}

/// The questions of a sentence that obliges; none if nothing verifiable is in it.
pub(super) fn questions(sentence: &Sentence, setting: &Setting) -> Vec<Asked> {
    if is_noun(&sentence.text) {
        return Vec::new();
    }
    let body = body(&sentence.text, subject_of(&sentence.marks));
    let body = match listing::marked(&body) {
        Some(_) if announces_only(sentence, &body, setting) => return Vec::new(),
        Some(_) if announces_categories(&body) => unnamed(&body),
        Some(_) if setting.contents => unnamed(&body),
        Some(marked) if !setting.items.is_empty() && !body.contains("脅威") => {
            listing::with_cases(&marked, &setting.items)
        }
        Some(_) if sentence.class == Class::Umbrella => up_to_list(&body).unwrap_or_default(),
        Some(_) => unnamed(&body),
        None => body,
    };
    if body.is_empty() {
        return Vec::new();
    }
    let later =
        setting.since.as_ref().and_then(|since| Some((since, body.strip_prefix("その後も")?.to_string())));
    let (since, body) = match later {
        Some((since, rest)) => (
            Some(Condition { words: since.clone(), absent: None }),
            rest.trim_start_matches('、').to_string(),
        ),
        None => (None, body),
    };
    let inherited = Inherited::default();
    let alone = subject_of(&sentence.marks).is_some();
    let inherited = if alone { &inherited } else { &setting.inherited };
    let body = reference::resolved(&body, &setting.previous);
    let framed = inherited.frame.as_ref().filter(|_| sentence.class == Class::Duty);
    let body = framed.and_then(|frame| frame.act(&body)).unwrap_or(body);
    let text = simple(&with_carried(&inherited.carried, &body));
    let before: Vec<Condition> = inherited
        .conditions
        .iter()
        .cloned()
        .chain(actor_condition(&sentence.text, &sentence.marks, &setting.previous))
        .chain(since)
        .chain(reference::condition_before(&sentence.text, &setting.previous))
        .collect();
    let mut found: Vec<(Act, &'static str, bool)> = clauses::parts(&text, sentence.class)
        .iter()
        .flat_map(|(class, part)| found_in(part, *class, &before))
        .collect();
    let chain = found.len() > 1;
    if found.is_empty() {
        found.push((Act { conditions: before, ..Act::default() }, "定めの確認", false));
    }
    let asked = found.into_iter().map(|(mut act, rule, sure)| {
        act.core = by_vendor(sentence, act.core);
        if rule == prohibition::BOTH {
            act.core = format!("{}は、{}", sentence.subject.as_deref().unwrap_or("関係する者"), act.core);
        }
        let list = if holds_list(&act) { listing::words(&setting.items) } else { Vec::new() };
        let needed = inherited.needed.clone();
        asked(act, sentence, setting, Named { rule, sure, chain, list, needed })
    });
    asked.collect()
}

/// The acts of a part that only commands or only forbids.
fn found_in(text: &str, class: Class, before: &[Condition]) -> Vec<(Act, &'static str, bool)> {
    let mut found = match class {
        Class::Prohibition => forbidden(text),
        _ if delegates(text) => delegated(text),
        _ => return acts_under(text, before).into_iter().map(|act| (act, "", true)).collect(),
    };
    for (act, ..) in &mut found {
        act.conditions.splice(0..0, before.iter().cloned());
    }
    found
}

/// Whether the list belongs into any part of an act.
fn holds_list(act: &Act) -> bool {
    let parts = [&act.topics, &act.spare].into_iter().flatten();
    act.core.contains(LIST)
        || parts.chain(act.conditions.iter().map(|c| &c.words)).any(|part| part.contains(LIST))
}

/// A prohibition or a reference whose whole content is a list of clauses is asked about by its items.
fn announces_only(sentence: &Sentence, body: &str, setting: &Setting) -> bool {
    if !setting.items.is_empty() {
        return false;
    }
    let act = [
        "行為をしてはならない",
        "行為を行ってはならない",
        "行為をしないこと",
        "行為を禁止する",
        "ことをしてはならない",
    ];
    sentence.class == Class::Prohibition && act.iter().any(|end| body.ends_with(end))
}

/// The acts before the one that announces the list: 「区画を定め、次に掲げる措置を講じる」 → 「区画を定める」.
fn up_to_list(body: &str) -> Option<String> {
    let (from, _) = announced(body)?;
    let before = body[..from].trim_end_matches('、');
    let te = link(before).filter(|_| before.contains('を') && body[..from].ends_with('、'))?;
    Some(format!("{te}いること"))
}

/// What is forbidden, as the one act asked about: conditions before it, exceptions left to the guidance.
fn forbidden(text: &str) -> Vec<(Act, &'static str, bool)> {
    let mut act = Act::default();
    let mut rest = String::new();
    let mut exception = None;
    for piece in pieces(text) {
        if condition::excepts(&piece) {
            exception = Some(piece);
        } else if condition::ends(&piece) {
            let words = format!("{}{piece}", std::mem::take(&mut rest));
            act.conditions.push(condition::of(words.trim_start_matches("又は")));
        } else if rest.is_empty()
            && ["ため、", "ために、", "ことから、", "より、"].iter().any(|end| piece.ends_with(end))
        {
            act.spare.push(piece);
        } else {
            rest.push_str(&piece);
        }
    }
    let licensed = exception.as_deref().and_then(|exception| prohibition::with_licence(&rest, exception));
    act.exception = exception.filter(|_| licensed.is_none());
    let Some(found) = licensed.or_else(|| prohibition::positive(&rest)) else { return Vec::new() };
    if let Some(absent) = found.absent.filter(|_| act.conditions.is_empty()) {
        act.conditions.push(Condition { words: String::new(), absent: Some(absent) });
    }
    act.core = repeated(&act.conditions, found.text);
    vec![(act, found.rule, found.sure)]
}

/// 「持ち出す場合は、持ち出すときは、許可を得て」 says the occasion once.
fn repeated(conditions: &[Condition], text: String) -> String {
    let said = |act: &str| conditions.iter().any(|condition| condition.words.contains(act));
    match text.split_once("ときは、") {
        Some((act, rest)) if said(act) => rest.to_string(),
        _ => text,
    }
}

/// 「必要な事項は、別に定める」「規定を準用する」
fn delegates(text: &str) -> bool {
    ["別に定める", "別に定めるものとする", "を準用する", "を準用するものとする"]
        .iter()
        .any(|end| text.ends_with(end))
}

/// Another document or another clause says what to do: whether it exists, whether it is followed.
fn delegated(text: &str) -> Vec<(Act, &'static str, bool)> {
    let last = |text: &str| text.rsplit("ほか、").next().unwrap_or(text).to_string();
    let core = match text.split_once("は、").filter(|_| text.contains("準用")) {
        Some((topic, _)) => format!("{}は、準用する定めのとおりに取り扱って", last(topic)),
        None => {
            let end = ["別に定めるものとする", "別に定める"]
                .iter()
                .find_map(|end| text.strip_suffix(end))
                .unwrap_or(text);
            let what = last(end.trim_end_matches('、'));
            format!("{}を別に定めて", what.trim_end_matches(['は', 'を']))
        }
    };
    vec![(Act { core, ..Act::default() }, "委任", false)]
}

/// What the vendor owes is asked of the department that hired it.
fn by_vendor(sentence: &Sentence, core: String) -> String {
    let vendors = [
        "委託事業者",
        "受託者",
        "受注者",
        "委託先",
        "受託事業者",
        "契約の相手方",
        "委託業者",
        "受託業者",
        "指定管理者",
    ];
    let subject = sentence.subject.as_deref().unwrap_or_default();
    match vendors
        .iter()
        .find(|vendor| subject.ends_with(**vendor) && !subject.contains("及び") && !subject.contains('、'))
    {
        Some(vendor) if !core.is_empty() => format!("{vendor}が{core}いることを確認して"),
        _ => core,
    }
}

struct Named {
    rule: &'static str,
    sure: bool,
    chain: bool,
    list: Vec<String>,
    needed: Option<String>,
}

fn asked(act: Act, sentence: &Sentence, setting: &Setting, named: Named) -> Asked {
    let needed = condition::if_needed(&format!("{}{}", act.spare.concat(), act.core));
    let by_condition = || act.conditions.iter().rev().find_map(|condition| condition.absent.clone());
    let absent = both(needed.or(named.needed), by_condition());
    let rule = match sentence.class {
        _ if !named.rule.is_empty() => named.rule,
        Class::Effort => "努力義務",
        _ if !named.list.is_empty() && !setting.items.is_empty() => "名詞の列記",
        _ if absent.is_some() => "条件付きの義務",
        _ if named.chain => "一文の分割",
        _ => "義務",
    };
    let vague = ["適切に", "適正に", "十分な", "必要な措置", "対策を講じて", "技術的対策", "物理的な対策"];
    let doubt = if vague.iter().any(|word| act.core.contains(word)) { 0.2 } else { 0.0 };
    Asked {
        items: !named.list.is_empty() || setting.contents,
        list: named.list,
        fallback: fallback(setting.heading.as_deref()),
        not_applicable: absent,
        weight: if sentence.class == Class::Effort { 0.5 } else { 1.0 },
        rule,
        confidence: if named.sure { 0.8 } else { 0.6 } - doubt,
        act,
    }
}

/// Under a condition, 「必要に応じて」 leaves two ways to have nothing to do.
fn both(needed: Option<String>, condition: Option<String>) -> Option<String> {
    let clear = |words: &String| words != "該当する事例なし" && !words.contains("必要な場面");
    match (needed, condition) {
        (Some(needed), Some(condition)) if clear(&condition) => {
            let joined = format!("{condition}、又は{needed}");
            Some(if joined.chars().count() <= LONGEST_CONDITION { joined } else { condition })
        }
        (needed, condition) => needed.or(condition),
    }
}

fn fallback(heading: Option<&str>) -> String {
    let name: String =
        heading.map(crate::clause::without_brackets).unwrap_or_default().chars().take(30).collect();
    if name.is_empty() {
        return "この条項に定められた事項を、そのとおりに行っていますか。".to_string();
    }
    format!("「{name}」について、定められたとおりに行っていますか。")
}
