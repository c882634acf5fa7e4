//! Persons below each other, questions beside each other: a list of a department, or what a form service exports.

use super::columns::is_sentence;
use super::filled::{Confidence, Excluded, FilledForm, FilledItem, Head, Origin, Read, Rule};
use super::grid::{Grid, Span};
use super::mark::{Marks, level_of};
use super::rows::{is_note, is_sum};
use super::words::{Label, Role, label_of, role_of};
use super::{answer, number, read, sheets};

/// Fewer questions beside each other are no matrix.
const FEWEST: usize = 3;

/// The columns of a matrix.
struct Matrix {
    /// First and last row of the headings.
    rows: (usize, usize),
    /// Columns that say who answered.
    who: Vec<(usize, Label)>,
    questions: Vec<Asked>,
    remark: Option<usize>,
}

/// A question with its column.
struct Asked {
    column: usize,
    no: Option<String>,
    text: String,
}

/// The forms of a matrix, one for each person.
pub fn read(grid: &Grid, marks: &Marks, file: &str) -> Option<Vec<FilledForm>> {
    let matrix = grid.rows_from(1).take(40).find_map(|row| Matrix::at(grid, row, marks))?;
    let title = sheets::title(grid, 1, matrix.rows.0);
    let above = 1..=matrix.rows.0.saturating_sub(1);
    let (head, _) = read::header(grid, &[above], (title.as_deref().unwrap_or_default(), file));
    let mut forms: Vec<FilledForm> = Vec::new();
    let mut excluded = Vec::new();
    let marks = matrix.marks(grid, marks);
    for row in grid.rows_from(matrix.rows.1 + 1) {
        if grid.hidden(row) || !matrix.is_person(grid, row) {
            continue;
        }
        if let Some(reason) = matrix.left(grid, row) {
            excluded.push(Excluded { row, reason });
            continue;
        }
        forms.push(FilledForm {
            sheet: (!grid.sheet.untyped).then(|| grid.sheet.name.clone()),
            title: title.clone(),
            head: matrix.head(grid, row, &head),
            items: matrix.questions.iter().map(|asked| matrix.item(grid, row, asked, &marks)).collect(),
            remark: matrix.remark.and_then(|column| value(grid, row, column)),
            ..FilledForm::default()
        });
    }
    if let Some(first) = forms.first_mut() {
        first.excluded = excluded;
    }
    Some(forms)
}

impl Matrix {
    fn at(grid: &Grid, row: usize, marks: &Marks) -> Option<Matrix> {
        let cells = grid.cells(row);
        let who: Vec<(usize, Label)> =
            cells.iter().filter_map(|(column, text)| Some((*column, label_of(text)?.0))).collect();
        let named = who.iter().any(|(_, label)| {
            matches!(
                label,
                Label::Respondent
                    | Label::StaffNo
                    | Label::PositionName
                    | Label::Department
                    | Label::Date
                    | Label::DepartmentName
            )
        });
        let rest: Vec<&(usize, String)> =
            cells.iter().filter(|(column, _)| !who.iter().any(|(known, _)| known == column)).collect();
        if !named || rest.len() < FEWEST {
            return None;
        }
        let bottom = grid.end(row, cells.first()?.0).0;
        let below = if bottom > row { bottom } else { text_row(grid, row, &rest).unwrap_or(row) };
        let mut matrix = Matrix { rows: (row, below), who, questions: Vec::new(), remark: None };
        for (column, heading) in rest {
            matrix.take(grid, *column, heading, marks);
        }
        (matrix.questions.len() >= FEWEST).then_some(matrix)
    }

    fn take(&mut self, grid: &Grid, column: usize, heading: &str, marks: &Marks) {
        let (row, below) = self.rows;
        let mut text = if below > row { grid.text(below, column).to_string() } else { String::new() };
        if text.is_empty() && row > 1 {
            let above = grid.text(row - 1, column);
            text = if is_sentence(above) { above.to_string() } else { String::new() };
        }
        let no = number::number(heading, false);
        let split = number::split(heading);
        let asked = match (no, split) {
            (Some(no), _) => {
                Asked { column, no: Some(no), text: if text.is_empty() { heading.to_string() } else { text } }
            }
            (None, Some((no, rest))) => Asked { column, no: Some(no), text: rest },
            (None, None) if is_sentence(heading) || self.is_marked(grid, column, marks) => {
                Asked { column, no: None, text: heading.to_string() }
            }
            _ => {
                if role_of(heading) == Some(Role::Comment) {
                    self.remark = Some(column);
                }
                return;
            }
        };
        if self.is_marked(grid, column, marks) {
            self.questions.push(asked);
        }
    }

    /// Most texts in the column are answers.
    fn is_marked(&self, grid: &Grid, column: usize, marks: &Marks) -> bool {
        let levels = Marks { levels: true, ..Marks::default() };
        let rows = grid.rows_from(self.rows.1 + 1).take(200);
        let texts: Vec<String> =
            rows.map(|row| grid.shown(row, column).to_string()).filter(|text| !text.is_empty()).collect();
        let known =
            texts.iter().filter(|text| marks.value(text).is_some() || levels.value(text).is_some()).count();
        known * 10 >= texts.len() * 5
    }

    fn marks(&self, grid: &Grid, marks: &Marks) -> Marks {
        let texts: Vec<String> = grid
            .rows_from(self.rows.1 + 1)
            .flat_map(|row| self.questions.iter().map(move |asked| (row, asked.column)))
            .map(|(row, column)| grid.shown(row, column).to_string())
            .filter(|text| !text.is_empty())
            .collect();
        let digits: Vec<u8> = texts.iter().filter_map(|text| level_of(text)).collect();
        let different = digits.iter().collect::<std::collections::BTreeSet<_>>().len();
        let chosen = marks.legend.signs.keys().any(|sign| level_of(sign).is_some());
        let levels = !chosen && different >= 2 && digits.len() * 10 >= texts.len() * 6;
        Marks { levels, ..marks.clone() }
    }

    fn is_person(&self, grid: &Grid, row: usize) -> bool {
        let named: Vec<String> = self
            .who
            .iter()
            .map(|(column, _)| grid.shown(row, *column).to_string())
            .filter(|text| !text.is_empty())
            .collect();
        let first = grid.cells(row).first().map(|(_, text)| text.clone()).unwrap_or_default();
        !named.is_empty()
            && !named.iter().any(|text| is_sum(text) || is_note(text))
            && !is_sum(&first)
            && !is_note(&first)
    }

    /// Struck out, or a word such as 育休 over all answers.
    fn left(&self, grid: &Grid, row: usize) -> Option<String> {
        let struck = self.who.iter().any(|(column, _)| {
            grid.sheet.look.of(row, *column).struck && !grid.shown(row, *column).is_empty()
        });
        if struck {
            return Some("取消線が引かれているため、対象外として読み取りません。".to_string());
        }
        let first = self.questions.first()?.column;
        let wide = grid.end(row, first).1 > first;
        let text = grid.shown(row, first);
        (wide && !text.is_empty()).then(|| format!("回答欄に「{text}」とあるため、読み取りません。"))
    }

    fn head(&self, grid: &Grid, row: usize, above: &Head) -> Head {
        let mut head = above.clone();
        for (column, label) in &self.who {
            let Some(read) = value(grid, row, *column) else { continue };
            match label {
                Label::Respondent => head.respondent = Some(read),
                Label::StaffNo => head.staff_no = Some(read),
                Label::Position => head.position = Some(read),
                Label::Department | Label::Section => head.department = Some(read),
                Label::Date => {
                    head.date = super::date::understand(&read.value, None).map(|found| Read {
                        value: found.day,
                        origin: read.origin,
                        confidence: Confidence::High,
                    });
                }
                Label::PositionName => {
                    let (position, name) = super::head::position(&read.value);
                    head.position = position.map(|value| Read { value, ..read.clone() }).or(head.position);
                    head.respondent = Some(Read { value: name, ..read });
                }
                Label::DepartmentName => {
                    let (department, name) = super::head::department(&read.value);
                    head.department =
                        department.map(|value| Read { value, ..read.clone() }).or(head.department);
                    head.respondent = Some(Read { value: name, ..read });
                }
                _ => {}
            }
        }
        head
    }

    fn item(&self, grid: &Grid, row: usize, asked: &Asked, marks: &Marks) -> FilledItem {
        let found = answer::one(grid, Span::of(asked.column), (row, row), marks);
        FilledItem {
            row,
            no: asked.no.clone(),
            question: asked.text.clone(),
            answer: found.answer,
            fault: found.fault,
            raw_answer: found.raw,
            word: found.word,
            formula: found.formula,
            origin: found.origin,
            ..FilledItem::default()
        }
    }
}

/// The row of the questions' texts below the row of their numbers.
fn text_row(grid: &Grid, row: usize, numbers: &[&(usize, String)]) -> Option<usize> {
    let below = grid.rows_from(row + 1).next()?;
    let texts = numbers.iter().filter(|(column, _)| {
        let text = grid.own(below, *column);
        text.chars().count() >= 6 && super::value_of(text).is_none()
    });
    (texts.count() * 2 > numbers.len()).then_some(below)
}

fn value(grid: &Grid, row: usize, column: usize) -> Option<Read<String>> {
    let text = grid.shown(row, column).to_string();
    let origin = Origin {
        sheet: grid.sheet.name.clone(),
        cell: grid.name(row, column),
        raw: text.clone(),
        rule: Rule::Label,
    };
    (!text.is_empty()).then_some(Read { value: text, origin, confidence: Confidence::High })
}
