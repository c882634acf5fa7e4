//! A roster (職員名簿) as it was read: rows to be taken over and rows that can't be.

pub mod check;
pub mod choice;
pub mod date;
pub mod difference;
pub mod layout;
pub mod line;
pub mod organisation;
pub mod renaming;
mod taken;

use crate::post::{AbsenceReason, kind_of_title};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What reading a roster gave. Nothing of it is stored yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// Rows that can be taken over.
    pub rows: Vec<RosterRow>,
    /// What is wrong, by row.
    pub problems: Vec<RosterProblem>,
}

/// One person in one post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterRow {
    /// Row in the file, from 1, the heading row counted.
    pub row: usize,
    /// 部・局.
    pub division: String,
    /// 課・所属. Equal to `division` where a division has no departments.
    pub department: String,
    /// 所属コード, if the file has one; decides the order.
    pub department_code: Option<String>,
    /// 職員番号, kept as text with its leading zeros.
    pub staff_no: String,
    /// 氏名, every code point as in the file.
    pub name: String,
    /// ふりがな.
    pub kana: Option<String>,
    /// 職名.
    pub title: String,
    /// 雇用区分.
    pub employment: Option<String>,
    /// メールアドレス.
    pub email: Option<String>,
    /// True if this is the head of the department (所属長), from the title or a column 役割.
    pub head: bool,
    /// The information system this person answers for (所管システム), if the file says so.
    pub system: Option<String>,
    /// True for a further post beside the main one (兼務).
    #[serde(default)]
    pub concurrent: bool,
    /// Why this person is away for long, if the file says so.
    #[serde(default)]
    pub absence: Option<AbsenceReason>,
}

/// Why a row was not taken, or what was put right in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterProblem {
    /// Row in the file, from 1; 0 concerns the whole file.
    pub row: usize,
    /// True if the row is left out.
    pub rejected: bool,
    /// One Japanese sentence: what is wrong and what to do.
    pub text: String,
    /// The sheet of the workbook; empty for a CSV file and where it is not known.
    #[serde(default)]
    pub sheet: String,
    /// The column, by letter and heading (「D列 氏名」); empty where it concerns no column.
    #[serde(default)]
    pub column: String,
}

impl RosterProblem {
    /// A row that is left out.
    pub fn rejected(row: usize, text: impl Into<String>) -> RosterProblem {
        RosterProblem { row, rejected: true, text: text.into(), ..RosterProblem::default() }
    }

    /// Something to know about a row that is taken over; row 0 concerns the whole file.
    pub fn remark(row: usize, text: impl Into<String>) -> RosterProblem {
        RosterProblem { row, rejected: false, text: text.into(), ..RosterProblem::default() }
    }
}

impl Roster {
    /// Leaves out rows that contradict each other and remarks on departments without a head.
    pub fn checked(rows: Vec<RosterRow>, problems: Vec<RosterProblem>) -> Roster {
        let mut roster = Roster { rows, problems };
        roster.reject_shared_numbers();
        roster.reject_repeated_posts();
        roster.remark_on_heads();
        roster.remark_on_main_posts();
        roster.problems.sort_by_key(|problem| problem.row);
        roster
    }

    /// One number for two names: nobody can tell here which is right, so neither is taken.
    fn reject_shared_numbers(&mut self) {
        let mut rows_of: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
        for row in &self.rows {
            rows_of.entry(row.staff_no.clone()).or_default().push((row.row, row.name.clone()));
        }
        for (number, rows) in rows_of {
            if rows.iter().all(|(_, name)| without_blanks(name) == without_blanks(&rows[0].1)) {
                continue;
            }
            let list: Vec<String> = rows.iter().map(|(row, name)| format!("{row}行目「{name}」")).collect();
            let list = list.join("、");
            for (row, _) in &rows {
                self.leave_out(*row, format!(
                    "{row}行目：職員番号「{number}」が異なる氏名で使われています（{list}）。どれも取り込みません。職員番号又は氏名（字体の違いを含む。）を直してください。"
                ));
            }
        }
    }

    /// The same person twice in the same department; other departments are 兼務 and allowed.
    fn reject_repeated_posts(&mut self) {
        let mut first: BTreeMap<(String, String, String), usize> = BTreeMap::new();
        let mut repeated = Vec::new();
        for row in &self.rows {
            let key = (row.staff_no.clone(), row.division.clone(), row.department.clone());
            match first.get(&key) {
                Some(earlier) => repeated.push((row.row, *earlier, row.staff_no.clone())),
                None => drop(first.insert(key, row.row)),
            }
        }
        for (row, earlier, number) in repeated {
            self.leave_out(row, format!(
                "{row}行目：職員番号「{number}」は同じ所属で{earlier}行目にもあります。{earlier}行目だけを取り込みます。重複する行を削除してください。"
            ));
        }
    }

    /// Two 本務 at the same time: the first stays, the others are taken as 兼務.
    fn remark_on_main_posts(&mut self) {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        let mut found = Vec::new();
        for row in self.rows.iter().filter(|row| !row.concurrent && kind_of_title(&row.title).is_none()) {
            match first.get(row.staff_no.as_str()) {
                None => drop(first.insert(&row.staff_no, row.row)),
                Some(earlier) => found.push(RosterProblem::remark(
                    row.row,
                    format!(
                        "{}行目：職員番号「{}」の本務が{earlier}行目にもあります。{earlier}行目を本務、この行を兼務として取り込みます。違うときは、兼務の行の職名に「（兼務）」と付けてください。",
                        row.row, row.staff_no
                    ),
                )),
            }
        }
        self.problems.extend(found);
    }

    fn leave_out(&mut self, row: usize, text: String) {
        self.rows.retain(|kept| kept.row != row);
        self.problems.push(RosterProblem::rejected(row, text));
    }

    fn remark_on_heads(&mut self) {
        let mut heads: Vec<(String, usize)> = Vec::new();
        for row in &self.rows {
            let name = row.full_department();
            match heads.iter_mut().find(|(known, _)| *known == name) {
                Some((_, count)) => *count += usize::from(row.head),
                None => heads.push((name, usize::from(row.head))),
            }
        }
        let named = |wanted: fn(usize) -> bool| -> Vec<String> {
            heads.iter().filter(|(_, count)| wanted(*count)).map(|(name, _)| name.clone()).collect()
        };
        let (none, several) = (named(|count| count == 0), named(|count| count > 1));
        if !none.is_empty() {
            self.problems.push(RosterProblem::remark(
                0,
                format!(
                    "所属長の見当たらない所属が{}あります（{}）。職名又は「役割」の列を確かめてください。",
                    none.len(),
                    some_of(&none)
                ),
            ));
        }
        if !several.is_empty() {
            self.problems.push(RosterProblem::remark(
                0,
                format!(
                    "所属長が2人以上いる所属が{}あります（{}）。職名又は「役割」の列を確かめてください。",
                    several.len(),
                    some_of(&several)
                ),
            ));
        }
    }
}

impl RosterRow {
    /// 部 and 課 together; once only where they are the same.
    pub fn full_department(&self) -> String {
        if self.division == self.department || self.division.is_empty() {
            return self.department.clone();
        }
        format!("{}　{}", self.division, self.department)
    }
}

/// True if a 職名 belongs to the head of a department: 課長, 室長, 園長 …, but not 課長補佐, 副園長, 係長.
///
/// Of several titles (「参事兼課長」) one suffices.
pub fn is_head_title(title: &str) -> bool {
    let plain = without_blanks(title);
    let outside: String = plain.chars().map_while(|c| (!matches!(c, '（' | '(')).then_some(c)).collect();
    // What stands in brackets is a remark, unless it names a post held beside the first.
    let inside =
        plain.split_once(['（', '(']).map(|(_, rest)| rest).filter(|rest| kind_of_title(rest).is_some());
    let inside = inside.map(|rest| rest.trim_end_matches(['）', ')']));
    outside.split('兼').chain(inside).any(|part| {
        let part = part.trim_end_matches("心得");
        let part = ENDINGS.iter().fold(part, |part, end| part.trim_end_matches(end));
        HEADS.iter().any(|head| part.ends_with(head)) && !LOOKALIKES.iter().any(|other| part.contains(other))
    })
}

const HEADS: [&str; 13] = [
    "課長",
    "室長",
    "所長",
    "館長",
    "園長",
    "事務局長",
    "署長",
    "場長",
    "校長",
    "院長",
    "センター長",
    "会計管理者",
    "所属長",
];
/// What may follow a title that is held for another.
const ENDINGS: [&str; 5] = ["事務取扱", "職務代理者", "職務代理", "職務代行者", "職務代行"];
const LOOKALIKES: [&str; 6] = ["副", "補佐", "代理", "次長", "係長", "担当"];

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn some_of(names: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    let rest = names.len().saturating_sub(SHOWN);
    if rest == 0 { shown.join("、") } else { format!("{}ほか{rest}所属", shown.join("、")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(row: usize, staff_no: &str, name: &str, department: &str) -> RosterRow {
        RosterRow {
            row,
            division: "総務部".to_string(),
            department: department.to_string(),
            department_code: None,
            staff_no: staff_no.to_string(),
            name: name.to_string(),
            kana: None,
            title: "課長".to_string(),
            employment: None,
            email: None,
            head: true,
            system: None,
            concurrent: false,
            absence: None,
        }
    }

    fn checked(rows: Vec<RosterRow>) -> (Vec<usize>, Vec<usize>) {
        let roster = Roster::checked(rows, Vec::new());
        let rejected = roster.problems.iter().filter(|problem| problem.rejected);
        (roster.rows.iter().map(|row| row.row).collect(), rejected.map(|problem| problem.row).collect())
    }

    #[test]
    fn titles_of_heads_are_told_from_those_of_their_deputies() {
        for title in [
            "課長",
            "総務課長",
            "室長",
            "事務局長",
            "参事兼課長",
            "課長兼係長",
            "課長（事務取扱）",
            "所長事務取扱",
            "館　長",
            "課長職務代理者",
            "課長（職務代理者）",
            "次長兼人事課長事務取扱",
            "部長（人事課長事務取扱）",
        ] {
            assert!(is_head_title(title), "{title}");
        }
        for title in [
            "課長補佐",
            "副課長",
            "係長",
            "課長代理",
            "副園長",
            "部長",
            "局長",
            "主査",
            "担当課長",
            "主査（課長級）",
            "次長",
            "",
        ] {
            assert!(!is_head_title(title), "{title}");
        }
    }

    #[test]
    fn a_number_with_two_names_is_left_out_on_both_rows() {
        let rows = vec![
            row(2, "001", "髙橋 一", "人事課"),
            row(3, "001", "高橋 一", "財政課"),
            row(4, "002", "森", "人事課"),
        ];
        assert_eq!(checked(rows), (vec![4], vec![2, 3]));
    }

    #[test]
    fn a_person_in_two_departments_stays_in_both() {
        let rows = vec![row(2, "001", "森 一", "人事課"), row(3, "001", "森　一", "財政課")];
        assert_eq!(checked(rows), (vec![2, 3], vec![]));
    }

    #[test]
    fn a_person_twice_in_one_department_stays_once() {
        let rows = vec![row(2, "001", "森 一", "人事課"), row(3, "001", "森 一", "人事課")];
        assert_eq!(checked(rows), (vec![2], vec![3]));
    }

    #[test]
    fn departments_without_or_with_several_heads_are_remarked_on() {
        let lone = RosterRow { head: false, ..row(2, "001", "森", "人事課") };
        let rows = vec![lone, row(3, "002", "林", "財政課"), row(4, "003", "原", "財政課")];
        let texts: Vec<String> =
            Roster::checked(rows, Vec::new()).problems.into_iter().map(|p| p.text).collect();
        assert!(texts[0].contains("見当たらない") && texts[0].contains("総務部　人事課"), "{texts:?}");
        assert!(texts[1].contains("2人以上") && texts[1].contains("財政課"), "{texts:?}");
    }
}
