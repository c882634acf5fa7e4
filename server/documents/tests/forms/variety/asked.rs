//! Questions with their numbers, answers and comments, and what stands between them.

use super::super::truth::Item;
use super::{Build, Categories, Columns, Numbering, marks, words};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatBorder, FormatDiagonalBorder};

impl Build<'_> {
    pub fn questions(&mut self, columns: &Columns) {
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
