//! Forms as departments invent them: layout, wording, marks, numbering, notes between the questions, all by chance.
//! Built from the field's habits (glossary §3), not from any sample.

mod head;
mod marks;
mod words;

use super::truth::{Item, Truth};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatBorder, FormatDiagonalBorder, Workbook, Worksheet};
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

    fn questions(&mut self, columns: &Columns) {
        let mut pool = words::questions(self.dice);
        let parts = 2 + self.dice.below(3);
        let mut count = 0;
        let heading = self.row;
        for part in 1..=parts {
            let category = words::CATEGORIES[part as usize % words::CATEGORIES.len()];
            if self.categories == Categories::Rows {
                let text = words::part(self.dice, part, category);
                self.merge(self.row, self.left, self.row, columns.last, &text);
                self.row += 1;
            }
            let first = self.row;
            let asked = 2 + self.dice.below(4);
            for index in 1..=asked {
                let Some(question) = pool.pop() else { break };
                count += 1;
                let no = if matches!(self.numbering, Numbering::Parts | Numbering::Dated) {
                    format!("{part}-{index}")
                } else {
                    count.to_string()
                };
                self.question(columns, &question, &no);
                if self.categories != Categories::Merged && self.dice.chance(6) {
                    self.between(columns);
                }
            }
            if let Some(column) = columns.category.filter(|_| self.row > first) {
                match self.categories {
                    Categories::Merged => self.merge(first, column, self.row - 1, column, category),
                    _ => self.text(first, column, category),
                }
            }
            if self.dice.chance(20) {
                self.sum(columns);
            }
        }
        let _ = heading;
    }

    fn between(&mut self, columns: &Columns) {
        match self.dice.below(3) {
            0 => self.row += 1,
            1 => {
                let text = self.dice.pick(&words::NOTES);
                self.merge(self.row, self.left, self.row, columns.last, text);
                self.row += 1;
            }
            _ => self.withdrawn(columns),
        }
    }

    /// A question of former years in a hidden row, with its old answer.
    fn withdrawn(&mut self, columns: &Columns) {
        self.text(self.row, columns.question, "（廃止）フロッピーディスクの本数を数えている");
        if let Some(no) = columns.no {
            self.text(self.row, no, "99");
        }
        self.text(self.row, columns.answers[0], "○");
        self.sheet.set_row_hidden(self.row).expect("hidden");
        self.row += 1;
    }

    fn sum(&mut self, columns: &Columns) {
        let text = self.dice.pick(&["小　計", "小計", "計", "○の数"]);
        self.text(self.row, columns.no.unwrap_or(columns.question), text);
        for column in &columns.answers {
            self.sheet.write_number(self.row, *column, 3).expect("sum");
        }
        self.row += 1;
    }

    fn question(&mut self, columns: &Columns, question: &str, no: &str) {
        let (row, last) = (self.row, self.row + u32::from(self.tall && self.merges));
        if let Some(column) = columns.no {
            self.number(row, last, column, no);
        }
        let text = match self.numbering {
            Numbering::Within => words::numbered(self.dice, no, question),
            _ => question.to_string(),
        };
        self.merge(row, columns.question, last, columns.question, &text);
        let mut item = Item {
            row: row as usize + 1,
            no: Some(no.to_string()),
            question: question.to_string(),
            ..Item::default()
        };
        self.answer(columns, row, &mut item);
        if let Some(column) = columns.comment.filter(|_| self.dice.chance(30)) {
            let text = self.dice.pick(&words::COMMENTS);
            self.text(row, column, text);
            item.comment = Some(text.to_string());
        }
        if let Some(column) = columns.evidence.filter(|_| self.dice.chance(30)) {
            self.text(row, column, "研修の受講者名簿");
        }
        self.truth.items.push(item);
        self.row = last + 1;
    }

    fn number(&mut self, row: u32, last: u32, column: u16, no: &str) {
        let text = match self.numbering {
            Numbering::Wide => words::wide(no),
            Numbering::Circled => words::circled(no),
            Numbering::Bracketed => format!("（{}）", words::wide(no)),
            Numbering::Toi => format!("問{no}"),
            _ => no.to_string(),
        };
        match self.numbering {
            Numbering::Dated => {
                let (month, day) = no.split_once('-').expect("parts");
                let date =
                    ExcelDateTime::from_ymd(2026, month.parse().expect("month"), day.parse().expect("day"))
                        .expect("date");
                self.sheet
                    .write_datetime_with_format(
                        row,
                        column,
                        date,
                        &Format::new().set_num_format("m\"月\"d\"日\""),
                    )
                    .expect("date");
            }
            Numbering::Plain if last == row && self.dice.chance(60) => {
                self.sheet.write_number(row, column, no.parse::<f64>().expect("number")).expect("no");
            }
            _ => self.merge(row, column, last, column, &text),
        }
    }

    fn answer(&mut self, columns: &Columns, row: u32, item: &mut Item) {
        let given = marks::given(&self.scale, self.dice);
        for (index, mark) in &given.marks {
            match mark.parse::<f64>() {
                Ok(number) if self.dice.chance(50) => {
                    self.sheet.write_number(row, columns.answers[*index], number).expect("number");
                }
                _ => self.text(row, columns.answers[*index], mark),
            }
        }
        if given.crossed {
            let line = Format::new()
                .set_border_diagonal(FormatBorder::Thin)
                .set_border_diagonal_type(FormatDiagonalBorder::BorderUp);
            for column in &columns.answers {
                self.sheet.write_blank(row, *column, &line).expect("line");
            }
        }
        (item.answer, item.problem) = (given.answer, given.problem);
    }
}
