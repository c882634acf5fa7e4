//! The rows of the board as they were asked for. The page and the workbook walk the same ones.

use super::{Board, Division, Line};
use domain::inspection::board::{Asked, Show, Sort};
use uuid::Uuid;

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub enum Row<'a> {
    /// A 部 with its sums: over all of its departments, whichever are shown.
    Division(&'a Division),
    /// A department and its 部.
    Department(&'a Division, &'a Line),
}

impl Board {
    /// The rows in their order. In 組織順 each 部 stands above its departments; in any other order the departments
    /// of the whole city are compared with one another and the 部 has no row.
    pub fn rows(&self, asked: &Asked) -> Vec<Row<'_>> {
        let mut rows = Vec::new();
        for division in self.asked_divisions(asked) {
            let lines: Vec<&Line> = division.lines.iter().filter(|line| keeps(asked, line)).collect();
            if asked.sort == Sort::Organisation && !lines.is_empty() {
                rows.push(Row::Division(division));
            }
            rows.extend(lines.into_iter().map(|line| Row::Department(division, line)));
        }
        if asked.sort != Sort::Organisation {
            rows.sort_by(|a, b| match (a, b) {
                (Row::Department(_, a), Row::Department(_, b)) => asked.compare(&a.standing(), &b.standing()),
                _ => std::cmp::Ordering::Equal,
            });
        }
        rows
    }

    /// How many departments a tab would show, within the 部 asked for.
    pub fn count(&self, asked: &Asked, show: Show) -> usize {
        let lines = self.asked_divisions(asked).flat_map(|division| &division.lines);
        lines.filter(|line| show.keeps(&line.standing())).count()
    }

    /// The shown departments that miss something, and how many people that is.
    pub fn missing(&self, asked: &Asked) -> (Vec<Uuid>, usize) {
        let lines = self.rows(asked).into_iter().filter_map(|row| match row {
            Row::Department(_, line) if line.missing_people > 0 => Some(line),
            _ => None,
        });
        lines.fold((Vec::new(), 0), |(mut ids, people), line| {
            ids.push(line.department_id);
            (ids, people + line.missing_people)
        })
    }

    fn asked_divisions(&self, asked: &Asked) -> impl Iterator<Item = &Division> {
        let wanted = asked.division;
        self.divisions.iter().filter(move |division| wanted.is_none_or(|id| division.id == id))
    }
}

fn keeps(asked: &Asked, line: &Line) -> bool {
    asked.show.keeps(&line.standing())
}
