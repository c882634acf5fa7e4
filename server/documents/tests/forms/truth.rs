//! What is right about a form, and how much of it was read rightly.

use documents::form::legacy::FilledForm;
use domain::calendar::iso;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// A form as it should be read.
#[derive(Debug, Default, Clone)]
pub struct Truth {
    /// Name of the sheet; empty for CSV.
    pub sheet: String,
    pub department: Option<String>,
    pub respondent: Option<String>,
    pub position: Option<String>,
    pub date: Option<String>,
    pub items: Vec<Item>,
}

/// A question as it should be read.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Item {
    pub row: usize,
    pub no: Option<String>,
    pub question: String,
    pub answer: Option<String>,
    pub comment: Option<String>,
    pub problem: Option<String>,
}

/// How much was right.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Score {
    pub items: (usize, usize),
    pub head: (usize, usize),
    pub sheets: (usize, usize),
    pub faults: Vec<String>,
}

impl Score {
    pub fn add(&mut self, other: Score) {
        let sum = |a: (usize, usize), b: (usize, usize)| (a.0 + b.0, a.1 + b.1);
        self.items = sum(self.items, other.items);
        self.head = sum(self.head, other.head);
        self.sheets = sum(self.sheets, other.sheets);
        self.faults.extend(other.faults);
    }
}

/// Truths of a file of the material.
pub fn of_json(truth: &Value) -> Vec<Truth> {
    let text = |value: &Value| value.as_str().map(str::to_string);
    let item = |item: &Value| Item {
        row: item["row"].as_u64().and_then(|row| usize::try_from(row).ok()).unwrap_or_default(),
        no: text(&item["no"]),
        question: text(&item["question"]).unwrap_or_default(),
        answer: text(&item["answer"]),
        comment: text(&item["comment"]),
        problem: text(&item["problem"]),
    };
    let form = |form: &Value| Truth {
        sheet: text(&form["sheet"]).unwrap_or_default(),
        department: text(&form["meta"]["department"]),
        respondent: text(&form["meta"]["respondent"]),
        position: text(&form["meta"]["position"]),
        date: text(&form["meta"]["date_iso"]),
        items: form["items"].as_array().into_iter().flatten().map(item).collect(),
    };
    truth["sheets"].as_array().into_iter().flatten().map(form).collect()
}

fn squeeze(text: Option<&str>) -> Option<String> {
    let squeezed: String = text?.nfkc().filter(|c| !c.is_whitespace()).collect();
    (!squeezed.is_empty()).then_some(squeezed)
}

/// A name keeps its code points.
fn bare(text: Option<&str>) -> String {
    text.unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect()
}

/// Compares what was read with what is right.
pub fn score(truths: &[Truth], forms: &[FilledForm]) -> Score {
    let mut score = Score::default();
    let mut left: Vec<&FilledForm> = forms.iter().collect();
    for truth in truths {
        score.sheets.1 += 1;
        score.head.1 += 4;
        score.items.1 += truth.items.len();
        let near = |form: &&FilledForm| form.sheet.clone().unwrap_or_default() == truth.sheet;
        let same = |form: &&FilledForm| {
            near(form)
                && bare(form.head.respondent.as_ref().map(|read| read.value.as_str()))
                    == bare(truth.respondent.as_deref())
        };
        let found = left.iter().position(same).or_else(|| left.iter().position(near));
        let Some(index) = found else {
            score.faults.push(format!("{}: not read", truth.sheet));
            continue;
        };
        let form = left.remove(index);
        score.sheets.0 += 1;
        head(truth, form, &mut score);
        items(truth, form, &mut score);
    }
    score.sheets.1 += left.len();
    score.faults.extend(left.iter().map(|form| format!("{:?}: read as a form, is none", form.sheet)));
    score
}

fn head(truth: &Truth, form: &FilledForm, score: &mut Score) {
    let text =
        |read: &Option<documents::form::legacy::Read<String>>| read.as_ref().map(|read| read.value.clone());
    let head = &form.head;
    let date = head.date.as_ref().map(|read| iso(read.value));
    let pairs = [
        ("department", &truth.department, text(&head.department)),
        ("position", &truth.position, text(&head.position)),
        ("date", &truth.date, date),
    ];
    for (name, wanted, found) in pairs {
        match squeeze(wanted.as_deref()) == squeeze(found.as_deref()) {
            true => score.head.0 += 1,
            false => score.faults.push(format!("{name}: {wanted:?} read {found:?}")),
        }
    }
    let found = text(&head.respondent);
    match bare(truth.respondent.as_deref()) == bare(found.as_deref()) {
        true => score.head.0 += 1,
        false => score.faults.push(format!("respondent: {:?} read {found:?}", truth.respondent)),
    }
}

fn items(truth: &Truth, form: &FilledForm, score: &mut Score) {
    let mut pool: Vec<Item> = form
        .items
        .iter()
        .map(|item| Item {
            row: item.row,
            no: item.no.clone(),
            question: item.question.clone(),
            answer: item.answer.as_ref().map(|answer| answer.key()),
            comment: item.comment.clone(),
            problem: item.fault.map(|fault| fault.key().to_string()),
        })
        .collect();
    for wanted in &truth.items {
        let Some(index) = pool.iter().position(|item| item.row == wanted.row) else {
            score.faults.push(format!("row {}: not read: {}", wanted.row, wanted.question));
            continue;
        };
        let found = pool.remove(index);
        match plain(&found) == plain(wanted) {
            true => score.items.0 += 1,
            false => score.faults.push(format!("row {}: {wanted:?}\n      read {found:?}", wanted.row)),
        }
    }
    score.items.1 += pool.len();
    score.faults.extend(pool.iter().map(|item| format!("row {}: no question: {}", item.row, item.question)));
}

fn plain(item: &Item) -> [Option<String>; 5] {
    [&item.no, &Some(item.question.clone()), &item.answer, &item.comment, &item.problem]
        .map(|text| squeeze(text.as_deref()))
}
