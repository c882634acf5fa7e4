//! The class of a sentence, by its end and by where it stands. Source: field glossary §5.3.

use super::announce::{CATEGORIES, announced, announces_categories, announces_contents};
use super::end::{by_end, settled, verb};
use super::follow::{follow, paragraph_before, take_subject};
use super::organisation::Organisation;
use super::pattern::{conditions, connector, without_brackets};
use super::roles::presumed_role;
use super::subject::{self, Subject};
use super::topic::topic_of;
use super::{Class, ClauseKind, ClauseText, Mark, Part, Sentence, line_of, sentences};
use crate::topic::Topic;

/// Where a sentence stands.
#[derive(Debug, Clone)]
pub struct Context {
    /// The headings from the clause up to the root, nearest first, joined by a blank.
    pub headings: String,
    /// The chapter of the guideline.
    pub topic: Topic,
    /// True inside a 宣言書.
    pub declaration: bool,
    /// True if the clause has items below it.
    pub has_items: bool,
    /// True if the items below it are nouns, which its own question names.
    pub lists_nouns: bool,
    /// True in the supplementary provisions, which set the law in force and ask nothing.
    pub supplement: bool,
    /// The lead-in the clause is an item of.
    pub lead: Option<Lead>,
}

impl Default for Context {
    fn default() -> Context {
        Context {
            headings: String::new(),
            topic: Topic::Operation,
            declaration: false,
            has_items: false,
            lists_nouns: false,
            supplement: false,
            lead: None,
        }
    }
}

/// What an item takes over from the sentence that introduces its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// The class an item without a predicate takes.
    pub class: Class,
    /// The subject of the lead-in.
    pub subject: Option<String>,
}

/// Classifies every sentence of every clause; parents must come before their children.
pub fn classify_all(clauses: &mut [ClauseText]) {
    let organisation = Organisation::learn(clauses);
    for index in 0..clauses.len() {
        let context = context_of(clauses, index);
        let text = clauses[index].text.clone();
        let mut found: Vec<Sentence> = Vec::new();
        for text in sentences(&text) {
            let mut sentence = classify_in(text, &context, &organisation);
            if let Some(before) =
                found.last().filter(|_| sentence.marks.iter().all(|m| m.part != Part::Subject))
            {
                follow(&mut sentence, before);
            }
            found.push(sentence);
        }
        if let Some(before) = paragraph_before(clauses, index, &organisation)
            && let Some(first) = found.first_mut()
            && first.marks.iter().all(|mark| mark.part != Part::Subject)
        {
            take_subject(first, &before);
            let first = first.clone();
            for sentence in found.iter_mut().skip(1) {
                if sentence.subject.is_none() {
                    follow(sentence, &first);
                }
            }
        }
        clauses[index].sentences = found;
    }
}

pub(super) fn context_of(clauses: &[ClauseText], index: usize) -> Context {
    let path = &clauses[index].path;
    let line = line_of(clauses, index);
    let headings: Vec<&str> = line.iter().filter_map(|other| other.heading.as_deref()).collect();
    let next = clauses.get(index + 1).map_or(0, |next| next.path.len());
    Context {
        headings: headings.join(" "),
        topic: topic_of(clauses, index),
        declaration: headings.iter().any(|heading| heading.contains("宣言")),
        has_items: next > path.len() && clauses[index + 1].path.starts_with(path),
        lists_nouns: lists_nouns(clauses, index),
        supplement: path.first().is_some_and(|label| label.starts_with("附則") || label.starts_with("付則")),
        lead: line.get(1).filter(|_| !is_paragraph(&clauses[index])).and_then(|parent| lead_of(parent)),
    }
}

/// A 項 of an article stands for itself; it is no item of the article's first sentence.
pub(crate) fn is_paragraph(clause: &ClauseText) -> bool {
    let path = &clause.path;
    let number = path.last().is_some_and(|label| label.chars().all(char::is_numeric));
    let article = path.len() > 1 && path[path.len() - 2].contains('条');
    article && (number || clause.kind == ClauseKind::Paragraph)
}

fn lists_nouns(clauses: &[ClauseText], index: usize) -> bool {
    let path = &clauses[index].path;
    let below = clauses.iter().skip(index + 1).take_while(|other| other.path.starts_with(path));
    let mut items =
        below.filter(|other| other.path.len() == path.len() + 1 && !is_paragraph(other)).peekable();
    items.peek().is_some()
        && items.all(|item| sentences(&item.text).first().is_some_and(|first| is_noun(first)))
}

/// Whether an item is a noun and no clause: 「監視カメラの設置」「退職したとき。」.
pub(crate) fn is_noun(text: &str) -> bool {
    let plain = without_brackets(text);
    let plain = plain.trim().trim_end_matches('。');
    let ends = |words: &[&str]| words.iter().any(|word| plain.ends_with(word));
    if plain.is_empty() {
        return false;
    }
    ends(&["とき", "場合", "もの", "者"])
        || !ends(&["こと", "ない", "しい", "ならぬ", "できる", "た", "だ"])
            && !plain.ends_with(['る', 'う', 'く', 'す', 'つ', 'む', 'ぶ', 'ぐ'])
}

/// The lead-in of a list: the last sentence of the parent that announces one, or the last one at all.
fn lead_of(parent: &ClauseText) -> Option<Lead> {
    let announces = |sentence: &&Sentence| announced(&sentence.text);
    let lead = parent.sentences.iter().rev().find(announces).or(parent.sentences.first())?;
    let first = parent.sentences.first().filter(|first| first.class.obliges());
    let class = match first.filter(|_| lead.class == Class::Background && announced(&lead.text)) {
        Some(first) => first.class,
        None => item_class(lead),
    };
    Some(Lead {
        class,
        subject: lead.subject.clone().or_else(|| first.and_then(|first| first.subject.clone())),
    })
}

/// What nouns under a lead-in are: acts inherit its class, categories and threats ask nothing.
fn item_class(lead: &Sentence) -> Class {
    let has = |words: &[&str]| words.iter().any(|word| lead.text.contains(word));
    let announced = announced(&lead.text);
    match lead.class {
        Class::Scope | Class::Threat => lead.class,
        Class::Definition if announced => lead.class,
        Class::Duty | Class::Umbrella if has(&["脅威"]) && announced => Class::Threat,
        Class::Duty | Class::Umbrella if !announced || has(&CATEGORIES) => Class::Background,
        Class::Umbrella | Class::Duty => Class::Duty,
        Class::Prohibition | Class::Effort if announced => lead.class,
        Class::Stipulation if has(&["権限及び責任", "責務", "職務"]) && announced => Class::Duty,
        _ => Class::Background,
    }
}

/// The deciding words of a sentence when the officer has chosen its class.
pub fn marks_as(text: &str, class: Class) -> Vec<Mark> {
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return Vec::new();
    }
    marks(text, subject::find(text).as_ref(), class)
}

/// Classifies one sentence, with the usual names of roles.
pub fn classify(text: &str, context: &Context) -> Sentence {
    classify_in(text, context, &Organisation::default())
}

fn classify_in(text: &str, context: &Context, organisation: &Organisation) -> Sentence {
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return unread(text);
    }
    let subject = subject::find(text);
    let class = class_of(text, context);
    let written = subject.as_ref().map(|subject| subject.name.clone());
    let name = written.or_else(|| context.lead.as_ref().and_then(|lead| lead.subject.clone()));
    let known = name.as_deref().and_then(|name| organisation.roles_of(name).into_iter().next());
    let asks = class.obliges() || matches!(class, Class::Umbrella | Class::Permission | Class::Declaration);
    let role = known.or_else(|| asks.then(|| presumed_role(context.topic, &context.headings, text)));
    Sentence {
        text: text.to_string(),
        class,
        marks: marks(text, subject.as_ref(), class),
        subject: name,
        role,
        role_presumed: role.is_some() && known.is_none(),
    }
}

/// No sentence of a rule is longer; such a text is a table or a damaged file.
const LONGEST: usize = 2_000;

fn unread(text: &str) -> Sentence {
    Sentence {
        text: text.to_string(),
        class: Class::Background,
        marks: Vec::new(),
        subject: None,
        role: None,
        role_presumed: false,
    }
}

fn class_of(text: &str, context: &Context) -> Class {
    let plain = without_brackets(text);
    let plain = plain.trim().trim_end_matches(['。', '．', '.']);
    let plain: String = plain.chars().skip(connector(plain)).collect();
    if let Some(class) = settled(text, &plain) {
        return class;
    }
    if let Some(class) = by_place(text, &plain, context) {
        return class;
    }
    let class = by_end(&plain);
    match class {
        Class::Duty if context.has_items && announced(&plain) && !asks_itself(&plain, context) => {
            Class::Umbrella
        }
        Class::Duty if by_lead(context) == Some(Class::Prohibition) && plain.ends_with("こと") => {
            Class::Prohibition
        }
        other => other,
    }
}

fn by_lead(context: &Context) -> Option<Class> {
    context.lead.as_ref().map(|lead| lead.class)
}

/// A lead-in that lists nouns or categories is the question, not they.
fn asks_itself(plain: &str, context: &Context) -> bool {
    context.lists_nouns && !NO_MEASURE.iter().any(|word| plain.contains(word))
        || announces_categories(plain)
        || announces_contents(plain)
}

/// Lists under these words name what is feared and not what is to be done.
const NO_MEASURE: [&str; 2] = ["脅威", "用語"];

/// Chapters and lists that decide for what stands in them.
fn by_place(text: &str, plain: &str, context: &Context) -> Option<Class> {
    let nearest = context.headings.split(' ').next().unwrap_or_default();
    let noun = !text.ends_with('。') && !predicate(plain) || context.lead.is_some() && is_noun(plain);
    if context.supplement && by_end(plain) == Class::Duty && !plain.ends_with("ならない") {
        return Some(Class::Background);
    }
    if context.declaration {
        let told = by_end(plain);
        return Some(if told == Class::Background { told } else { Class::Declaration });
    }
    if ["趣旨", "目的", "位置付け", "位置づけ"].contains(&nearest) && by_end(plain) == Class::Duty
    {
        return Some(Class::Purpose);
    }
    if noun {
        return Some(noun_class(context));
    }
    let range = context.headings.contains("範囲") || context.headings.contains("対象とする情報資産");
    let is_range = plain.ends_with("とする") || plain.ends_with("とおりである");
    (range && is_range && !plain.ends_with("ものとする")).then_some(Class::Scope)
}

fn noun_class(context: &Context) -> Class {
    if context.headings.contains("脅威") {
        return Class::Threat;
    }
    if context.headings.contains("範囲") {
        return Class::Scope;
    }
    by_lead(context).unwrap_or(Class::Background)
}

/// Whether words end in a predicate although 。 is missing.
fn predicate(plain: &str) -> bool {
    ["する", "こと", "ない", "ある", "いる", "講じる", "定める", "行う", "図る", "める", "ける"]
        .iter()
        .any(|end| plain.ends_with(end))
}

fn marks(text: &str, subject: Option<&Subject>, class: Class) -> Vec<Mark> {
    let mut marks = Vec::new();
    if let Some(subject) = subject {
        marks.push(Mark { part: Part::Subject, from: subject.from, to: subject.to });
    }
    let after = subject.map_or(0, |subject| (subject.to + 2).min(text.chars().count()));
    for (from, to) in conditions(text) {
        let from = if from < after && after < to { after } else { from };
        marks.push(Mark { part: Part::Condition, from, to });
    }
    if class.obliges()
        || matches!(class, Class::Permission | Class::Definition | Class::Purpose | Class::Umbrella)
    {
        marks.extend(verb(text));
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::role::Role;

    #[test]
    fn marks_point_at_subject_condition_and_verb() {
        let text = "職員等は、端末を持ち出す場合には、許可を得なければならない。";
        let sentence = classify(text, &Context::default());
        let chars: Vec<char> = text.chars().collect();
        let words: Vec<String> =
            sentence.marks.iter().map(|m| chars[m.from..m.to].iter().collect()).collect();
        assert_eq!(words, ["職員等", "端末を持ち出す場合には、", "なければならない"]);
        assert_eq!(sentence.role, Some(Role::Staff));
        assert!(!sentence.role_presumed);
    }

    #[test]
    fn without_a_subject_the_role_of_the_topic_is_presumed() {
        let context = Context { topic: Topic::Technical, ..Context::default() };
        let sentence = classify("技術的対策を講じる。", &context);
        assert_eq!((sentence.role, sentence.role_presumed), (Some(Role::SystemManager), true));
    }

    #[test]
    fn the_city_as_subject_leaves_the_role_presumed() {
        let sentence = classify("本市は、次の対策を講じる。", &Context::default());
        assert_eq!(sentence.subject.as_deref(), Some("本市"));
        assert!(sentence.role_presumed);
    }
}
