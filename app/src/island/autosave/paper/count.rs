//! Counting anew after each answer: what is owed, what is complete, what is shown.

use super::{comment_of, document, elements, inner, setting_of, value_at, written};
use domain::question::setting::{Attribute, Place, hidden};
use domain::response::{Given, chapter_mark};
use uuid::Uuid;
use web_sys::Element;

/// The state of the whole sheet on the page.
pub struct Count {
    pub answered: usize,
    pub total: usize,
    /// Seconds the open questions will take.
    pub seconds: usize,
    /// Number of the first open question.
    pub next: Option<String>,
}

/// A question on the page.
struct Question {
    element: Element,
    identity: Uuid,
    given: Given,
}

fn questions(year: i32) -> Vec<Question> {
    let mut all: Vec<Question> = elements(document().query_selector_all("fieldset.q").ok())
        .into_iter()
        .filter_map(|element| {
            let identity = element.get_attribute("data-question")?.parse().ok()?;
            let given = given(&element, year);
            Some(Question { element, identity, given })
        })
        .collect();
    all.sort_by_key(|question| question.given.no);
    all
}

fn given(question: &Element, year: i32) -> Given {
    let may_be_na = question.has_attribute("data-na");
    let setting = setting_of(question);
    Given {
        no: question.id().trim_start_matches('q').parse().unwrap_or_default(),
        may_be_na,
        raw: setting.read(&written(question), may_be_na).ok().flatten(),
        setting,
        year,
        comment: comment_of(question),
        evidence: value_at(question, "input[data-evidence]"),
        files: elements(question.query_selector_all("[data-files] > li").ok()).len(),
        hidden: false,
    }
}

/// Counts anew, shows and hides questions, and writes the chapters' counts and the marks of the questions.
pub fn recount(year: i32, attributes: &[Attribute]) -> Count {
    let mut questions = questions(year);
    let places: Vec<Place> = questions
        .iter()
        .map(|question| Place {
            question: question.identity,
            shown: &question.given.setting.shown,
            raw: question.given.raw.as_ref(),
        })
        .collect();
    let hidden = hidden(&places, attributes);
    let mut count = Count { answered: 0, total: 0, seconds: 0, next: None };
    for question in &mut questions {
        question.given.hidden = hidden.contains(&question.identity);
        let is_next = add(&mut count, &question.given);
        mark(question, is_next);
    }
    for chapter in elements(document().query_selector_all("section.chapter").ok()) {
        show(&chapter, &questions);
    }
    count
}

/// Adds a question to the count; true for the first open one.
fn add(count: &mut Count, given: &Given) -> bool {
    if given.hidden {
        return false;
    }
    let complete = given.is_complete();
    count.total += 1;
    count.answered += usize::from(complete);
    if complete {
        return false;
    }
    count.seconds += given.setting.seconds();
    let is_next = count.next.is_none();
    if is_next {
        count.next = Some(given.no.to_string());
    }
    is_next
}

/// The next open question is tinted; a question that was marked as wrong stays so until it is complete.
fn mark(question: &Question, is_next: bool) {
    let element = &question.element;
    let before = element.class_name();
    let wrong = !question.given.is_complete() && before.contains("q--err");
    let mut class = match (wrong, is_next) {
        (true, _) => "q q--err",
        (false, true) => "q q--next",
        (false, false) => "q",
    }
    .to_string();
    if before.contains("q--ask") {
        class.push_str(" q--ask");
    }
    if before != class {
        element.set_class_name(&class);
    }
    let open = !question.given.hidden && !question.given.is_complete();
    drop(element.toggle_attribute_with_force("data-open", open));
    if element.has_attribute("hidden") != question.given.hidden {
        // Nothing can be done about an attribute that can't be set.
        drop(element.toggle_attribute_with_force("hidden", question.given.hidden));
    }
}

fn show(chapter: &Element, questions: &[Question]) {
    let own = || questions.iter().filter(|one| chapter.contains(Some(&one.element)) && !one.given.hidden);
    let done = own().filter(|one| one.given.is_complete()).count();
    let bad = own().filter(|one| one.given.is_half_done()).count();
    let total = own().count();
    if let Some(head) = inner::<Element>(chapter, "header .n") {
        head.set_text_content(Some(&format!("回答 {done}／{total}問")));
    }
    let (class, text) = chapter_mark(done, total, bad);
    let selector = format!("[data-chapter={}]", chapter.id());
    for place in elements(document().query_selector_all(&selector).ok()) {
        place.set_class_name(&format!("n {class}"));
        place.set_text_content(Some(&text));
    }
}
