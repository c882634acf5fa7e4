//! Forms as departments invent them: layout, wording, marks, numbering, notes between the questions, all by chance.
//! Built from the field's habits (glossary §3), not from any sample.

mod asked;
mod head;
mod marks;
mod words;

use super::truth::Truth;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
pub use words::Dice;

/// How the questions are numbered.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Numbering {
    Plain,
    Wide,
    Circled,
    Bracketed,
    Toi,
    Parts,
    /// 1-1 that Excel turned into a date.
    Dated,
    /// Before the text of the question.
    Within,
}

/// How the categories are shown.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Categories {
    None,
    Merged,
    FirstOnly,
    Rows,
}

/// How answers are given.
#[derive(Clone, PartialEq, Debug)]
enum Scale {
    /// One column; the texts for 実施, 一部実施, 未実施, 該当なし.
    One(&'static [&'static [&'static str]; 4]),
    /// One column for each choice.
    Choices(&'static [(&'static str, &'static str)]),
    /// A level of 1 to 5 in one column.
    Levels,
    /// One column for each level.
    LevelColumns,
}

/// A form with what is right about it.
pub struct Made {
    pub bytes: Vec<u8>,
    pub truth: Truth,
    /// What was chosen, for whoever has to find out why it was read wrongly.
    pub plan: String,
}

struct Columns {
    category: Option<u16>,
    no: Option<u16>,
    question: u16,
    answers: Vec<u16>,
    comment: Option<u16>,
    evidence: Option<u16>,
    last: u16,
}

/// A form by chance.
pub fn form(dice: &mut Dice) -> Made {
    let numbering = dice.pick(&[
        Numbering::Plain,
        Numbering::Plain,
        Numbering::Wide,
        Numbering::Circled,
        Numbering::Bracketed,
        Numbering::Toi,
        Numbering::Parts,
        Numbering::Dated,
        Numbering::Within,
    ]);
    let categories =
        dice.pick(&[Categories::None, Categories::Merged, Categories::FirstOnly, Categories::Rows]);
    let scale = marks::scale(dice);
    let tall = dice.chance(15);
    let plan = format!("{numbering:?} {categories:?} {scale:?} tall {tall}");
    let mut book = Workbook::new();
    let mut truth = Truth::default();
    let name = dice.pick(&["点検票", "自己点検", "Sheet1", "回答", "様式1", "チェックシート"]);
    let sample_first = dice.chance(15);
    if sample_first {
        sample(book.add_worksheet().set_name("記入例").expect("name"));
    }
    let sheet = book.add_worksheet().set_name(name).expect("name");
    truth.sheet = name.to_string();
    let mut build = Build {
        sheet,
        dice,
        numbering,
        categories,
        scale,
        tall,
        truth: &mut truth,
        row: 0,
        left: 0,
        merges: true,
    };
    build.all();
    if !sample_first && dice.chance(20) {
        tally(book.add_worksheet().set_name("集計").expect("name"));
    }
    Made { bytes: book.save_to_buffer().expect("written"), truth, plan }
}

/// A sheet that looks like a filled form and is a sample.
fn sample(sheet: &mut Worksheet) {
    for (column, text) in (0..).zip(["番号", "点検項目", "回答", "備考"]) {
        sheet.write_string(2, column, text).expect("heading");
    }
    for (row, text) in (3..).zip([
        "離席のとき画面をロックしている",
        "パスワードを使い回していない",
        "書類を施錠して保管している",
    ]) {
        sheet
            .write_number(row, 0, row - 2)
            .expect("no")
            .write_string(row, 1, text)
            .expect("text")
            .write_string(row, 2, "○")
            .expect("mark");
    }
}

fn tally(sheet: &mut Worksheet) {
    for (column, text) in (0..).zip(["分類", "点検項目", "回答", "件数"]) {
        sheet.write_string(1, column, text).expect("heading");
    }
    for row in 2..6 {
        sheet
            .write_string(row, 1, "実施している項目の合計")
            .expect("text")
            .write_number(row, 2, row)
            .expect("count");
    }
}

struct Build<'a> {
    sheet: &'a mut Worksheet,
    dice: &'a mut Dice,
    numbering: Numbering,
    categories: Categories,
    scale: Scale,
    tall: bool,
    truth: &'a mut Truth,
    row: u32,
    left: u16,
    merges: bool,
}

impl Build<'_> {
    fn text(&mut self, row: u32, column: u16, text: &str) {
        self.sheet.write_string(row, column, text).expect("text");
    }

    fn merge(&mut self, first: u32, left: u16, last: u32, right: u16, text: &str) {
        if first == last && left == right || !self.merges {
            self.text(first, left, text);
        } else {
            self.sheet.merge_range(first, left, last, right, text, &Format::new()).expect("merged");
        }
    }

    fn all(&mut self) {
        self.left = self.dice.below(3) as u16;
        self.merges = self.dice.chance(75);
        self.row = self.dice.below(2) as u32;
        let columns = self.columns();
        let title = self.dice.pick(&words::TITLES);
        let (row, left, last) = (self.row, self.left, columns.last);
        self.merge(row, left, row, last, title);
        self.row += 1;
        if self.dice.chance(60) {
            let text = self.dice.pick(&words::INSTRUCTIONS);
            self.merge(self.row, left, self.row, last, text);
            self.row += 1;
        }
        if let Some(text) = marks::legend(&self.scale, self.dice) {
            self.merge(self.row, left, self.row, last, &text);
            self.row += 1;
        }
        let before = self.dice.chance(85);
        if before {
            self.head(columns.last);
            self.row += 1 + self.dice.below(2) as u32;
        }
        self.headings(&columns);
        self.questions(&columns);
        if !before {
            self.row += 1;
            self.head(columns.last);
        }
        if self.dice.chance(50) {
            self.row += 1;
            let text = self.dice.pick(&words::ENDINGS);
            self.text(self.row, left, text);
        }
    }

    fn columns(&mut self) -> Columns {
        let mut next = self.left;
        let mut take = || {
            next += 1;
            next - 1
        };
        let answers = match &self.scale {
            Scale::One(_) | Scale::Levels => 1,
            Scale::Choices(labels) => labels.len(),
            Scale::LevelColumns => 4,
        };
        let category = matches!(self.categories, Categories::Merged | Categories::FirstOnly);
        let numbered = self.numbering != Numbering::Within;
        let mut columns = Columns {
            category: None,
            no: None,
            question: 0,
            answers: Vec::new(),
            comment: None,
            evidence: None,
            last: 0,
        };
        match self.dice.below(3) {
            0 => {
                columns.no = numbered.then(&mut take);
                columns.category = category.then(&mut take);
                columns.question = take();
                columns.answers = (0..answers).map(|_| take()).collect();
            }
            1 => {
                columns.category = category.then(&mut take);
                columns.no = numbered.then(&mut take);
                columns.question = take();
                columns.answers = (0..answers).map(|_| take()).collect();
            }
            _ => {
                columns.answers = (0..answers).map(|_| take()).collect();
                columns.category = category.then(&mut take);
                columns.no = numbered.then(&mut take);
                columns.question = take();
            }
        }
        columns.comment = self.dice.chance(80).then(&mut take);
        columns.evidence = (columns.comment.is_some() && self.dice.chance(25)).then(&mut take);
        columns.last = next - 1;
        columns
    }

    fn headings(&mut self, columns: &Columns) {
        let several = columns.answers.len() > 1;
        let deep = several && self.dice.chance(70);
        let (top, bottom) = (self.row, self.row + u32::from(deep));
        let mut heads: Vec<(u16, &str)> = vec![(columns.question, self.dice.pick(&words::QUESTION))];
        heads.extend(columns.no.map(|column| (column, self.dice.pick(&words::NO))));
        heads.extend(columns.category.map(|column| (column, self.dice.pick(&words::CATEGORY))));
        heads.extend(columns.comment.map(|column| (column, self.dice.pick(&words::COMMENT))));
        heads.extend(columns.evidence.map(|column| (column, self.dice.pick(&words::EVIDENCE))));
        for (column, text) in heads {
            if deep { self.merge(top, column, bottom, column, text) } else { self.text(top, column, text) }
        }
        let labels = marks::labels(&self.scale);
        match several {
            false => {
                let words = if self.scale == Scale::Levels { &words::LEVEL[..] } else { &words::ANSWER[..] };
                let text = self.dice.pick(words);
                self.text(top, columns.answers[0], text);
            }
            true => {
                if deep {
                    let text = self.dice.pick(&words::ANSWER);
                    self.merge(top, columns.answers[0], top, columns.answers[labels.len() - 1], text);
                }
                for (column, label) in columns.answers.iter().zip(labels) {
                    self.text(bottom, *column, label);
                }
            }
        }
        self.row = bottom + 1;
    }
}
