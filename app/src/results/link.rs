//! Addresses of results and of the answers behind a figure.

use domain::answer::Value;
use domain::topic::Topic;
use uuid::Uuid;

/// The four views of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    City,
    Divisions,
    Departments,
    Questions,
}

impl View {
    /// All views with the word on the tab.
    pub const ALL: [(View, &'static str, &'static str); 4] = [
        (View::City, "", "全庁"),
        (View::Divisions, "divisions", "部別"),
        (View::Departments, "departments", "課別"),
        (View::Questions, "questions", "設問別"),
    ];

    /// The view of the address; 全庁 for anything else.
    pub fn from_key(key: &str) -> View {
        View::ALL.into_iter().find(|(_, known, _)| *known == key).map_or(View::City, |(view, ..)| view)
    }

    fn key(self) -> &'static str {
        View::ALL.into_iter().find(|(view, ..)| *view == self).map_or("", |(_, key, _)| key)
    }
}

fn with(path: String, query: Vec<(&str, Option<String>)>) -> String {
    let query: Vec<String> =
        query.into_iter().filter_map(|(key, value)| value.map(|value| format!("{key}={value}"))).collect();
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}

/// The results of an inspection.
pub fn results(inspection: Uuid, department: Option<Uuid>, view: View) -> String {
    let key = view.key();
    with(
        format!("/inspections/{inspection}/results"),
        vec![
            ("department", department.map(|id| id.to_string())),
            ("view", (!key.is_empty()).then(|| key.to_string())),
        ],
    )
}

/// What a figure is of.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figure {
    pub department: Option<Uuid>,
    pub topic: Option<Topic>,
    pub question: Option<Uuid>,
    pub value: Option<Value>,
    /// From 1; 0 leaves it out.
    pub page: u64,
}

/// The answers behind a figure.
pub fn answers(inspection: Uuid, figure: Figure) -> String {
    with(
        format!("/inspections/{inspection}/answers"),
        vec![
            ("department", figure.department.map(|id| id.to_string())),
            ("topic", figure.topic.map(|topic| topic.number().to_string())),
            ("question", figure.question.map(|id| id.to_string())),
            ("value", figure.value.map(|value| value.key().to_string())),
            ("page", (figure.page > 1).then(|| figure.page.to_string())),
        ],
    )
}
